//! The state of one release in the preview: its findings, its last good site, and what the next state may take from it.

use std::{path::Path, sync::Arc};

use super::{
    kept::{Kept, SourceMapOnDemand, Work},
    last_good::LastGood,
    page_target::PageTarget,
    source_map::SourceMap,
};
use crate::{
    closing::{CheckReport, Closing, LoadedRelease, Stopwatch},
    commands::{KeptFigures, Outcome, needs_rendering},
    diag::{Diagnostic, Findings, Level, Suspect, count},
    formats::{Former, ReleaseContent},
    project::Project,
};

/// The current state of a release.
#[derive(Debug, Clone)]
pub(super) struct ReleaseState {
    pub slug: String,
    /// A number that changes whenever the pages, the findings or the downloads change.
    pub edition: u64,
    pub findings: Vec<Diagnostic>,
    /// For each finding, its targets on the pages.
    pub targets: Vec<Vec<PageTarget>>,
    suspects: Vec<Suspect>,
    /// The prior releases that it is compared with.
    prior: Vec<String>,
    /// The site from the last state of the files that could be built.
    pub good: Option<Arc<LastGood>>,
    /// Whether that is the current state of the files.
    pub is_current: bool,
    /// The source map of the files of that state.
    source_map: Arc<SourceMapOnDemand>,
    /// What explains the figures of the current state of the files; none if that cannot be built.
    figures: Option<Arc<KeptFigures>>,
    kept: Kept,
    /// What building this state took.
    pub work: Work,
}

impl ReleaseState {
    /// Closes the release and builds its pages; the edition is that of `previous` if nothing shown has changed.
    pub(super) fn build(
        root: &Path,
        project: &Arc<Project>,
        slug: &str,
        edition: u64,
        previous: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        let ClosedRelease { content, renders, mut findings, suspects, source_map, prior, figures, kept, work } =
            ClosedRelease::new(root, project, slug, previous.map(Arc::as_ref));
        let old = previous.and_then(|previous| previous.good.as_ref());
        let same = old.filter(|good| good.is_built_from(content.as_ref(), project));
        let built = match same {
            Some(good) => Some(Arc::clone(good)),
            None => content.and_then(|content| LastGood::build(content, project, renders, &mut findings)).map(Arc::new),
        };
        let findings = findings.sorted();
        let replaced = old.filter(|_| same.is_none()).map_or(0, |good| good.written_pages());
        let work = Work { pages: replaced, ..work };
        let is_same = |previous: &&Arc<Self>| same.is_some() && previous.is_current && previous.findings == findings;
        if let Some(previous) = previous.filter(is_same) {
            // Lines of the files may have moved all the same.
            let source_map = Arc::new(source_map);
            return Arc::new(Self { source_map, figures, prior, kept, work, ..Self::clone(previous) });
        }
        let (is_current, good) = (built.is_some(), built.or_else(|| old.cloned()));
        let former = previous.filter(|_| !is_current).map(|previous| Arc::clone(&previous.source_map));
        let targets = findings.iter().map(|finding| find_targets(finding, &source_map, former.as_deref())).collect();
        let source_map = former.unwrap_or_else(|| Arc::new(source_map));
        let slug = slug.to_owned();
        let figures = figures.filter(|_| is_current);
        Arc::new(Self {
            slug,
            edition,
            findings,
            targets,
            suspects,
            prior,
            source_map,
            good,
            is_current,
            figures,
            kept,
            work,
        })
    }

    /// The state when the folder of content cannot be read: the last good site, no longer current.
    pub(super) fn mark_outdated(self: &Arc<Self>) -> Arc<Self> {
        let outdated = || Self { is_current: false, figures: None, ..Self::clone(self) };
        if self.is_current { Arc::new(outdated()) } else { Arc::clone(self) }
    }

    /// What explains its figures, and where the pages show them; none unless the pages are those of the files.
    pub(super) fn explained(&self) -> Option<(&KeptFigures, &SourceMap, &LastGood)> {
        Some((self.figures.as_deref()?, self.source_map.get(), self.good.as_deref()?))
    }

    /// What content of the same dataset may take from its content.
    fn former(&self) -> Option<Former<'_>> {
        let (figures, content) = (self.figures.as_ref()?, &self.good.as_ref()?.content);
        let (relations, verdicts) = figures.relations();
        Some(Former { content, uses: figures.uses(), relations, verdicts })
    }

    /// Whether the release `slug` is a prior release of this one, so that its change changes this one.
    pub(super) fn compares_with(&self, slug: &str) -> bool {
        self.prior.iter().any(|prior| prior == slug)
    }

    /// The outcome to report for the release.
    pub(super) fn outcome(&self) -> Outcome {
        let [errors, warnings] = [Level::Error, Level::Warning].map(|level| count(&self.findings, level));
        let report = self.good.as_ref().filter(|_| self.is_current).map(|good| &good.content.check_report);
        let (summary, coverage) = (report.map(CheckReport::summary), report.map(|report| report.coverage.clone()));
        let (slug, suspects) = (self.slug.clone(), self.suspects.clone());
        Outcome { slug, errors, warnings, suspects, summary, coverage, ..Outcome::default() }
    }
}

/// The result of closing a release for the preview, as far as it could be closed.
#[derive(Default)]
struct ClosedRelease {
    content: Option<ReleaseContent>,
    /// Whether rendering its pages may find something.
    renders: bool,
    findings: Findings,
    suspects: Vec<Suspect>,
    source_map: SourceMapOnDemand,
    prior: Vec<String>,
    figures: Option<Arc<KeptFigures>>,
    kept: Kept,
    work: Work,
}

impl ClosedRelease {
    fn new(root: &Path, project: &Arc<Project>, slug: &str, previous: Option<&ReleaseState>) -> Self {
        let mut dataset = previous.map(|previous| previous.kept.dataset.clone()).unwrap_or_default();
        let loaded = LoadedRelease::load_again(root, project, slug, &mut dataset);
        let (kept, is_same) = Kept::renew(previous.map(|previous| &previous.kept), dataset, project);
        let is_kept = previous.is_some_and(|previous| previous.kept.dataset.is_same(&kept.dataset));
        let before = kept.presented();
        let work = Work { datasets: usize::from(!is_kept), ..Work::default() };
        let loaded = match loaded {
            Ok(loaded) => loaded,
            Err(findings) => return Self { findings, kept, work, ..Self::default() },
        };
        let prior = loaded.release.prior.iter().map(|prior| prior.value.clone()).collect();
        let closing = Closing::again(&loaded, Some(&kept.closing), &mut Stopwatch::stopped());
        let (tables, presented) = kept.presented();
        let work = Work { tables: tables - before.0, presented: presented - before.1, ..work };
        let suspects = closing.suspects();
        // Without findings nobody asks for it, unless a figure is clicked on.
        let needs_map = !closing.findings.is_empty() || closing.book.release.is_incomplete();
        let source_map = needs_map.then(|| source_map(&closing));
        let renders = needs_rendering(project, &loaded.sources(), &closing);
        let former = previous.filter(|_| is_same).and_then(ReleaseState::former);
        let (content, findings, closed) = ReleaseContent::again(closing, true, former.as_ref());
        let figures = Arc::new(KeptFigures::new(loaded, closed));
        let source_map = source_map.map_or_else(|| SourceMapOnDemand::of(&figures), SourceMapOnDemand::from);
        Self { content, renders, findings, suspects, source_map, prior, figures: Some(figures), kept, work }
    }
}

fn source_map(closing: &Closing) -> SourceMap {
    let translations = closing.translations.iter().map(|other| (&other.book, &other.presented));
    SourceMap::new(std::iter::once((&closing.book, &closing.presented)).chain(translations))
}

/// The targets of a finding; without any, those of the `former` source map.
fn find_targets(
    finding: &Diagnostic,
    source_map: &SourceMapOnDemand,
    former: Option<&SourceMapOnDemand>,
) -> Vec<PageTarget> {
    let targets = source_map.get().targets(finding);
    let of_former = || former.map(|former| former.get().former_targets(finding)).unwrap_or_default();
    if targets.is_empty() { of_former() } else { targets }
}
