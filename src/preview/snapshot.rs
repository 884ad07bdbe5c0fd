//! A snapshot of everything that the preview shows. Each is built from the one before and replaces it as a whole.

use std::{collections::BTreeMap, ops::Add, path::Path, sync::Arc};

use super::{kept::Work, release_state::ReleaseState};
use crate::{
    commands::{Outcome, Report},
    diag::{Diagnostic, Findings},
    formats::release_list,
    parallel,
    project::{Project, select_releases},
    site::{ReleaseCard, Site},
};

/// Every release, the list of releases, and the general findings.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    /// A number that changes whenever anything shown changes.
    pub edition: u64,
    /// The edition in which files that pages load changed last: a style sheet, a font, a picture.
    files_edition: u64,
    project: Arc<Project>,
    /// The findings of the project.
    project_findings: Findings,
    /// The findings of the project, of the selection of releases and of their list.
    pub general: Vec<Diagnostic>,
    /// The edition in which the general findings changed last.
    general_edition: u64,
    pub releases: BTreeMap<String, Arc<ReleaseState>>,
    /// What building it took.
    pub work: Work,
    /// The list of releases.
    pub list: Arc<ReleaseList>,
}

/// The list of releases, with what it was made of.
#[derive(Debug, Default)]
pub(super) struct ReleaseList {
    cards: Vec<ReleaseCard>,
    pub site: Site,
    /// Why there is no list.
    findings: Vec<Diagnostic>,
}

/// Whether a release has to be rebuilt.
type NeedsRebuild<'a> = &'a (dyn Fn(&ReleaseState) -> bool + Sync);

impl Snapshot {
    /// A snapshot without releases.
    pub(super) fn empty(edition: u64) -> Self {
        Self { edition, ..Self::default() }
    }

    /// Rebuilds everything.
    pub(super) fn rebuild_all(&self, root: &Path, slugs: &[String]) -> (Self, Report) {
        let (project, project_findings) = Project::load(root);
        let (mut next, report) = self.rebuild(root, slugs, Arc::new(project), project_findings, &|_| true);
        next.files_edition = next.edition;
        (next, report)
    }

    /// Rebuilds what depends on the changed files.
    pub(super) fn rebuild_changed(&self, changed: &[String], root: &Path, slugs: &[String]) -> (Self, Report) {
        let in_releases: Vec<&str> = changed.iter().filter_map(|path| slug_of(path)).collect();
        if in_releases.len() < changed.len() {
            return self.rebuild_all(root, slugs);
        }
        let needs_rebuild =
            |state: &ReleaseState| in_releases.iter().any(|slug| state.slug == *slug || state.compares_with(slug));
        let findings = self.project_findings.clone();
        let (mut next, report) = self.rebuild(root, slugs, Arc::clone(&self.project), findings, &needs_rebuild);
        if !changed.iter().all(|path| is_text(path)) {
            next.files_edition = next.edition;
        }
        (next, report)
    }

    /// Builds the releases that need it and new ones; the others are unchanged.
    fn rebuild(
        &self,
        root: &Path,
        slugs: &[String],
        project: Arc<Project>,
        project_findings: Findings,
        needs_rebuild: NeedsRebuild,
    ) -> (Self, Report) {
        let mut general = project_findings.clone();
        let slugs = select_releases(root, slugs, &mut general);
        let edition = self.edition + 1;
        let built = parallel::map(&slugs, &|_, _| (), |slug| {
            let old = self.releases.get(slug);
            match old.filter(|state| !needs_rebuild(state)) {
                Some(state) => (Arc::clone(state), false),
                None => (ReleaseState::build(root, &project, slug, edition, old), true),
            }
        });
        let rebuilt: Vec<Arc<ReleaseState>> =
            built.iter().filter(|(_, is_rebuilt)| *is_rebuilt).map(|(state, _)| Arc::clone(state)).collect();
        let releases = if slugs.is_empty() {
            // `content/` cannot be read: the pages are kept and marked as outdated.
            self.releases.iter().map(|(slug, state)| (slug.clone(), state.mark_outdated())).collect()
        } else {
            slugs.into_iter().zip(built.into_iter().map(|(state, _)| state)).collect()
        };
        let cards = cards(&releases);
        let is_same_list = Arc::ptr_eq(&project, &self.project) && cards == self.list.cards;
        let list = if is_same_list { Arc::clone(&self.list) } else { Arc::new(ReleaseList::new(cards, &project)) };
        general.extend(list.findings.iter().cloned());
        let general = general.sorted();
        let general_edition = if general == self.general { self.general_edition } else { edition };
        let work = rebuilt.iter().map(|state| state.work).fold(Work::default(), Work::add);
        let files_edition = self.files_edition;
        let mut next =
            Self { edition, files_edition, project, project_findings, general, general_edition, releases, work, list };
        if next.has_same_content(self) {
            next.edition = self.edition;
        }
        let report = report(&next.general, &rebuilt);
        (next, report)
    }

    /// A number that changes whenever anything shown with a release changes.
    pub(super) fn edition_of(&self, state: &ReleaseState) -> u64 {
        state.edition.max(self.general_edition)
    }

    /// The edition of the files that a page loads, which the next state of the page can do with; none where a script of the project's own
    /// has to begin again with each state.
    pub(super) fn loaded_files(&self) -> Option<u64> {
        (!self.project.has_own_script()).then_some(self.files_edition)
    }

    fn has_same_content(&self, other: &Self) -> bool {
        let pairs = || self.releases.values().zip(other.releases.values());
        let is_same_release = |a: &ReleaseState, b: &ReleaseState| {
            (&a.slug, a.edition, a.is_current) == (&b.slug, b.edition, b.is_current)
        };
        let is_same = self.releases.len() == other.releases.len() && pairs().all(|(a, b)| is_same_release(a, b));
        is_same && self.general == other.general && self.list.site == other.list.site
    }
}

impl ReleaseList {
    fn new(cards: Vec<ReleaseCard>, project: &Project) -> Self {
        match release_list(&cards, project) {
            Ok(site) => Self { cards, site, findings: Vec::new() },
            Err(findings) => Self { cards, site: Site::new(), findings },
        }
    }
}

/// The report on the releases that were rebuilt just now.
fn report(general: &[Diagnostic], rebuilt: &[Arc<ReleaseState>]) -> Report {
    let mut findings = Findings::new();
    findings.extend(general.iter().cloned());
    rebuilt.iter().for_each(|state| findings.extend(state.findings.iter().cloned()));
    let outcomes: Vec<Outcome> = rebuilt.iter().map(|state| state.outcome()).collect();
    Report { findings: findings.sorted(), outcomes }
}

/// The release whose folder a file is in; none for a file that all releases share.
fn slug_of(path: &str) -> Option<&str> {
    path.strip_prefix("content/")?.split_once('/').map(|(slug, _)| slug)
}

/// Whether pages are made of a file and do not load it.
fn is_text(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".toml")
}

/// The entries of the list of releases, the latest first.
fn cards(releases: &BTreeMap<String, Arc<ReleaseState>>) -> Vec<ReleaseCard> {
    let cards = releases.values().filter_map(|state| state.good.as_ref().map(|good| good.card.clone()));
    let mut cards: Vec<ReleaseCard> = cards.collect();
    cards.sort_by(ReleaseCard::cmp_latest_first);
    cards
}
