//! Builds one release in memory: loads it, closes it, and writes it in the requested formats.

use std::{path::Path, sync::Arc};

use super::{Outcome, OutputFolder};
use crate::{
    closing::{CheckReport, Closing, LoadedRelease},
    diag::{Diagnostic, Findings, Level, Source, Suspect, count},
    formats::{Format, Publication, ReleaseContent, check_print, release_card, write_release},
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
}

/// The size of a dataset, in bytes, of which every page keeps within the limits of templates.
const MAX_SURE_SIZE: usize = 1024 * 1024;

/// Whether rendering may find what nothing else finds: an error in a template of the project, or a page beyond the limits of
/// templates. The built-in templates render every page of an ordinary release.
fn needs_rendering(project: &Project, dataset: &[Arc<Source>]) -> bool {
    let size: usize = dataset.iter().map(|source| source.text.len()).sum();
    size > MAX_SURE_SIZE || project.has_own_templates()
}

impl ReleaseBuild {
    /// Checks a release: it is written in these formats, and print is checked without them.
    pub(super) fn check(root: &Path, project: &Project, slug: &str, formats: &[&'static Format]) -> Self {
        Self::build(root, project, slug, formats, false, true)
    }

    /// Builds a release. Findings do not stop it, so that errors in templates are reported in the same run.
    pub(super) fn new(root: &Path, project: &Project, slug: &str, formats: &[&'static Format], draft: bool) -> Self {
        Self::build(root, project, slug, formats, draft, false)
    }

    fn build(
        root: &Path,
        project: &Project,
        slug: &str,
        formats: &[&'static Format],
        draft: bool,
        checks_print: bool,
    ) -> Self {
        let loaded = match LoadedRelease::load(root, project, slug) {
            Ok(loaded) => loaded,
            Err(findings) => return Self { findings, ..Self::default() },
        };
        let closing = Closing::new(&loaded);
        let (dataset, suspects) = (loaded.sources(), closing.suspects());
        let (content, mut findings) = ReleaseContent::new(closing, draft);
        // The dataset is not needed any more, and writing needs memory.
        drop(loaded);
        if let Some(content) = content.as_ref().filter(|_| checks_print) {
            findings.extend(check_print(content, project));
        }
        let formats = if checks_print && !needs_rendering(project, &dataset) { &[] } else { formats };
        let site = content.as_ref().and_then(|content| {
            let publication = Publication { formats, project, names_figures: false };
            let site = findings.keep_all(write_release(content, formats, &publication))?;
            let card = release_card(content, &site);
            Some((site, card))
        });
        Self { site, dataset, findings, suspects, check_report: content.map(|content| content.check_report) }
    }

    /// The outcome for the release, and its sorted findings.
    pub(super) fn outcome(self, slug: &str, written: Option<OutputFolder>) -> (Outcome, Vec<Diagnostic>) {
        let Self { suspects, check_report, findings, .. } = self;
        let findings = findings.sorted();
        let (errors, warnings) = (count(&findings, Level::Error), count(&findings, Level::Warning));
        let (slug, summary) = (slug.to_owned(), check_report.as_ref().map(CheckReport::summary));
        let coverage = check_report.map(|report| report.coverage);
        (Outcome { slug, errors, warnings, suspects, summary, coverage, written }, findings)
    }
}
