//! Builds one release in memory: loads it, closes it, and writes it in the requested formats.

use std::{path::Path, sync::Arc};

use super::{Outcome, OutputFolder};
use crate::{
    closing::{CheckReport, Closing, LoadedRelease, RuleCount, Stopwatch},
    diag::{Diagnostic, Findings, Level, Source, Suspect, count},
    formats::{Publication, ReleaseContent, check_print, release_card, write_release},
    project::Project,
    site::{ReleaseCard, Site},
};

/// The result of building a release, as far as it could be built.
#[derive(Default)]
pub(super) struct ReleaseBuild {
    /// None when it could not be loaded or written.
    pub site: Option<(Site, ReleaseCard)>,
    /// The files that it was built from, including those of its prior releases.
    pub dataset: Vec<Arc<Source>>,
    pub findings: Findings,
    pub suspects: Vec<Suspect>,
    pub check_report: Option<CheckReport>,
    /// What the rules looked at, of a check that could read everything.
    pub looked_at: Vec<RuleCount>,
}

/// The size in bytes, of a dataset or of the text of a page, that keeps within the limits of templates.
const MAX_SURE_SIZE: usize = 1024 * 1024;

/// Whether rendering may find what nothing else finds: an error in a template of the project, or a page beyond the limits of
/// templates. The built-in templates render every page of an ordinary size.
pub(crate) fn needs_rendering(project: &Project, dataset: &[Arc<Source>], closing: &Closing) -> bool {
    let size: usize = dataset.iter().map(|source| source.text.len()).sum();
    let has_large_page =
        || closing.documents().flat_map(|document| &document.pages).any(|page| page.size() > MAX_SURE_SIZE);
    project.has_own_templates() || size > MAX_SURE_SIZE && has_large_page()
}

/// Drops a value, or leaves its memory to the end of the process.
fn drop_unless<T>(leaves_memory: bool, value: T) {
    if leaves_memory {
        std::mem::forget(value);
    }
}

impl ReleaseBuild {
    /// Checks a release: where rendering may find something, it is written in the formats of the publication. Print is checked without
    /// them. With `counts` there is a check report; with `leaves_memory` the memory is not given back.
    pub(super) fn check(root: &Path, slug: &str, publication: &Publication, counts: bool, leaves_memory: bool) -> Self {
        let project = publication.project;
        let loaded = match LoadedRelease::load(root, project, slug) {
            Ok(loaded) => loaded,
            Err(findings) => return Self { findings, ..Self::default() },
        };
        let mut closing = Closing::new(&loaded);
        let suspects = closing.suspects();
        let is_complete = !closing.book.release.is_incomplete();
        let check_report = (counts && is_complete).then(|| CheckReport::new(&closing));
        let of_print = if is_complete { check_print(&closing, project) } else { Vec::new() };
        let looked_at = if is_complete { closing.results.looked_at.clone() } else { Vec::new() };
        let mut build = if needs_rendering(project, &loaded.sources(), &closing) {
            let (content, findings) = ReleaseContent::new(closing, false);
            Self::written(content, findings, publication, &mut Stopwatch::stopped())
        } else {
            let findings = std::mem::take(&mut closing.findings);
            drop_unless(leaves_memory, closing);
            Self { findings, ..Self::default() }
        };
        build.findings.extend(of_print);
        drop_unless(leaves_memory, loaded);
        Self { suspects, check_report, looked_at, ..build }
    }

    /// Builds a release, as a draft if it has errors. Findings do not stop it, so that errors in templates are reported in the same
    /// run.
    pub(super) fn new(
        root: &Path,
        slug: &str,
        publication: &Publication,
        draft: bool,
        stopwatch: &mut Stopwatch,
    ) -> Self {
        let loaded = match LoadedRelease::load(root, publication.project, slug) {
            Ok(loaded) => loaded,
            Err(findings) => return Self { findings, ..Self::default() },
        };
        stopwatch.lap("load");
        let closing = Closing::again(&loaded, None, stopwatch);
        let (dataset, suspects) = (loaded.sources(), closing.suspects());
        let (content, findings) = ReleaseContent::new(closing, draft);
        // The dataset is not needed any more, and writing needs memory.
        drop(loaded);
        stopwatch.lap("data");
        Self { dataset, suspects, ..Self::written(content, findings, publication, stopwatch) }
    }

    /// Writes the content of a release, unless it has none.
    fn written(
        content: Option<ReleaseContent>,
        mut findings: Findings,
        publication: &Publication,
        stopwatch: &mut Stopwatch,
    ) -> Self {
        let site = content.as_ref().and_then(|content| {
            let site = findings.keep_all(write_release(content, publication.formats, publication, stopwatch))?;
            let card = release_card(content, &site.iter().map(|(path, _)| path).collect::<Vec<_>>());
            Some((site, card))
        });
        let check_report = content.map(|content| content.check_report);
        Self { site, findings, check_report, ..Self::default() }
    }

    /// The outcome for the release, and its sorted findings.
    pub(super) fn outcome(self, slug: &str, written: Option<OutputFolder>) -> (Outcome, Vec<Diagnostic>) {
        let Self { suspects, check_report, looked_at, findings, .. } = self;
        let findings = findings.sorted();
        let (errors, warnings) = (count(&findings, Level::Error), count(&findings, Level::Warning));
        let (slug, summary) = (slug.to_owned(), check_report.as_ref().map(CheckReport::summary));
        let coverage = check_report.map(|report| report.coverage);
        (
            Outcome { slug, errors, warnings, suspects, looked_at, summary, coverage, written, phases: Vec::new() },
            findings,
        )
    }
}
