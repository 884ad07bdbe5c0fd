//! A snapshot of everything that the preview shows: built from the snapshot before it, and replaced as a whole.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use super::release_state::ReleaseState;
use crate::{
    commands::{Outcome, Report, for_each},
    diag::{Diagnostic, Findings},
    formats::release_list,
    project::{Project, select},
    site::{ReleaseCard, Site},
};

/// Every release, the list of them, and what is wrong with all of them together.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    /// Changes whenever anything that is shown changes.
    pub edition: u64,
    project: Arc<Project>,
    /// The findings of the project.
    faults: Findings,
    /// Those, with the findings of the choice of releases and of their list.
    pub general: Vec<Diagnostic>,
    /// The edition in which the general findings changed last.
    general_edition: u64,
    pub releases: BTreeMap<String, Arc<ReleaseState>>,
    /// The list of releases.
    pub list: Site,
}

/// Whether a release has to be rebuilt.
type IsDue<'a> = &'a (dyn Fn(&ReleaseState) -> bool + Sync);

impl Snapshot {
    /// A snapshot of nothing.
    pub(super) fn first(edition: u64) -> Self {
        Self { edition, ..Self::default() }
    }

    /// Rebuilds everything.
    pub(super) fn rebuild_all(&self, root: &Path, slugs: &[String]) -> (Self, Report) {
        let (project, faults) = Project::load(root);
        self.next(root, slugs, Arc::new(project), faults, &|_| true)
    }

    /// Rebuilds what depends on the changed files.
    pub(super) fn rebuild_changed(&self, changed: &[String], root: &Path, slugs: &[String]) -> (Self, Report) {
        let in_releases: Vec<&str> = changed.iter().filter_map(|path| slug_of(path)).collect();
        if in_releases.len() < changed.len() {
            return self.rebuild_all(root, slugs);
        }
        let is_due =
            |state: &ReleaseState| in_releases.iter().any(|slug| state.slug == *slug || state.compares_with(slug));
        self.next(root, slugs, Arc::clone(&self.project), self.faults.clone(), &is_due)
    }

    /// Builds the releases that are due and those that are new; the others stay as they are.
    fn next(
        &self,
        root: &Path,
        slugs: &[String],
        project: Arc<Project>,
        faults: Findings,
        is_due: IsDue,
    ) -> (Self, Report) {
        let mut general = faults.clone();
        let slugs = select(root, slugs, &mut general);
        let edition = self.edition + 1;
        let built = for_each(&slugs, &|_, _| (), |slug| {
            let old = self.releases.get(slug);
            match old.filter(|state| !is_due(state)) {
                Some(state) => (Arc::clone(state), false),
                None => (ReleaseState::build(root, &project, slug, edition, old), true),
            }
        });
        let fresh: Vec<Arc<ReleaseState>> =
            built.iter().filter(|(_, fresh)| *fresh).map(|(state, _)| Arc::clone(state)).collect();
        let releases = if slugs.is_empty() {
            // The folder of content cannot be read: the pages stay, marked as outdated.
            self.releases.iter().map(|(slug, state)| (slug.clone(), state.outdated())).collect()
        } else {
            slugs.into_iter().zip(built.into_iter().map(|(state, _)| state)).collect()
        };
        let list = general.keep_all(release_list(&cards(&releases), &project)).unwrap_or_default();
        let general = general.sorted();
        let general_edition = if general == self.general { self.general_edition } else { edition };
        let mut next = Self { edition, project, faults, general, general_edition, releases, list };
        if next.shows_the_same(self) {
            next.edition = self.edition;
        }
        let report = report(&next.general, &fresh);
        (next, report)
    }

    /// Changes whenever anything that is shown with a release changes.
    pub(super) fn edition_of(&self, state: &ReleaseState) -> u64 {
        state.edition.max(self.general_edition)
    }

    fn shows_the_same(&self, other: &Self) -> bool {
        let pairs = || self.releases.values().zip(other.releases.values());
        let is_same = self.releases.len() == other.releases.len() && pairs().all(|(a, b)| Arc::ptr_eq(a, b));
        is_same && self.general == other.general && self.list == other.list
    }
}

/// The report on the releases that were rebuilt just now.
fn report(general: &[Diagnostic], fresh: &[Arc<ReleaseState>]) -> Report {
    let mut findings = Findings::new();
    findings.extend(general.iter().cloned());
    fresh.iter().for_each(|state| findings.extend(state.findings.iter().cloned()));
    let outcomes: Vec<Outcome> = fresh.iter().map(|state| state.outcome()).collect();
    Report { findings: findings.sorted(), outcomes }
}

/// The release whose folder a file is in; none for a file that all releases share.
fn slug_of(path: &str) -> Option<&str> {
    path.strip_prefix("content/")?.split_once('/').map(|(slug, _)| slug)
}

/// The entries of the list of releases, the latest first.
fn cards(releases: &BTreeMap<String, Arc<ReleaseState>>) -> Vec<ReleaseCard> {
    let cards = releases.values().filter_map(|state| state.good.as_ref().map(|good| good.card.clone()));
    let mut cards: Vec<ReleaseCard> = cards.collect();
    cards.sort_by(ReleaseCard::latest_first);
    cards
}
