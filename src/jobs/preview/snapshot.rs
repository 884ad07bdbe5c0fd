//! Everything as it stands: made from what stood before, and replaced whole.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use super::release_cache::ReleaseState;
use crate::{
    diag::{Diagnostic, Findings},
    jobs::{Outcome, Project, Report, formats, parallel, select::select},
    site::{ReleaseCard, Site},
};

/// Every release, the list of them, and what is wrong with all of them together.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    /// Another number whenever anything has changed.
    pub edition: u64,
    project: Arc<Project>,
    /// What is wrong with the project.
    faults: Findings,
    /// That, with what is wrong with the choice of releases and the list of them.
    pub general: Vec<Diagnostic>,
    /// The edition in which that changed last.
    since: u64,
    pub releases: BTreeMap<String, Arc<ReleaseState>>,
    /// The list of releases.
    pub list: Site,
}

/// Whether a release has to be made again.
type IsDue<'a> = &'a (dyn Fn(&ReleaseState) -> bool + Sync);

impl Snapshot {
    /// Nothing yet.
    pub(super) fn first(edition: u64) -> Self {
        Self { edition, ..Self::default() }
    }

    /// With everything made again.
    pub(super) fn anew(&self, root: &Path, slugs: &[String]) -> (Self, Report) {
        let (project, faults) = Project::load(root);
        self.next(root, slugs, Arc::new(project), faults, &|_| true)
    }

    /// With what the changed files have to do with made again.
    pub(super) fn after(&self, changed: &[String], root: &Path, slugs: &[String]) -> (Self, Report) {
        let in_releases: Vec<&str> = changed.iter().filter_map(|path| slug_of(path)).collect();
        if in_releases.len() < changed.len() {
            return self.anew(root, slugs);
        }
        let is_due =
            |held: &ReleaseState| in_releases.iter().any(|slug| held.slug == *slug || held.compares_with(slug));
        self.next(root, slugs, Arc::clone(&self.project), self.faults.clone(), &is_due)
    }

    /// The releases that are due and those that are new are made; the others are as they were.
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
        let made = parallel::each(&slugs, &|_, _| (), |slug| {
            let old = self.releases.get(slug);
            match old.filter(|held| !is_due(held)) {
                Some(held) => (Arc::clone(held), false),
                None => (ReleaseState::make(root, &project, slug, edition, old), true),
            }
        });
        let fresh: Vec<Arc<ReleaseState>> =
            made.iter().filter(|(_, fresh)| *fresh).map(|(held, _)| Arc::clone(held)).collect();
        let releases = if slugs.is_empty() {
            // Something is wrong with the folder of all: what was shown stays, and says so.
            self.releases.iter().map(|(slug, held)| (slug.clone(), held.out_of_reach())).collect()
        } else {
            slugs.into_iter().zip(made.into_iter().map(|(held, _)| held)).collect()
        };
        let list = general.keep_all(formats::list(&cards(&releases), &project)).unwrap_or_default();
        let general = general.sorted();
        let since = if general == self.general { self.since } else { edition };
        let mut next = Self { edition, project, faults, general, since, releases, list };
        if next.shows_the_same(self) {
            next.edition = self.edition;
        }
        let report = report(&next.general, &fresh);
        (next, report)
    }

    /// Another number whenever anything has changed that is shown with a release.
    pub(super) fn edition_of(&self, held: &ReleaseState) -> u64 {
        held.edition.max(self.since)
    }

    fn shows_the_same(&self, other: &Self) -> bool {
        let pairs = || self.releases.values().zip(other.releases.values());
        let is_same = self.releases.len() == other.releases.len() && pairs().all(|(a, b)| Arc::ptr_eq(a, b));
        is_same && self.general == other.general && self.list == other.list
    }
}

/// What is said of the releases that were made just now.
fn report(general: &[Diagnostic], fresh: &[Arc<ReleaseState>]) -> Report {
    let mut findings = Findings::new();
    findings.extend(general.iter().cloned());
    fresh.iter().for_each(|held| findings.extend(held.findings.iter().cloned()));
    let outcomes: Vec<Outcome> = fresh.iter().map(|held| held.outcome()).collect();
    Report { findings: findings.sorted(), outcomes }
}

/// The release whose folder a file is in; none for what all releases are made with.
fn slug_of(path: &str) -> Option<&str> {
    path.strip_prefix("content/")?.split_once('/').map(|(slug, _)| slug)
}

/// What the list says of each release, the latest first.
fn cards(releases: &BTreeMap<String, Arc<ReleaseState>>) -> Vec<ReleaseCard> {
    let cards = releases.values().filter_map(|held| held.good.as_ref().map(|good| good.card.clone()));
    let mut cards: Vec<ReleaseCard> = cards.collect();
    cards.sort_by(ReleaseCard::latest_first);
    cards
}
