//! The library's surface: a release is loaded, then checked, then built.

use std::path::Path;

use crate::{
    closing::{CheckReport, Closing, LoadedRelease, Stopwatch},
    commands::{Explanation, FigureSources, explain_figure},
    diag::{Diagnostic, Level},
    formats::{Format, Publication, ReleaseContent, write_release},
    project::{Project, release_folders},
    site::Site,
};

/// A release loaded from a project's folder, with the project's templates and words.
#[derive(Debug)]
pub struct Release {
    project: Project,
    loaded: LoadedRelease,
}

/// The slugs of the releases in a project, `content/<slug>/`, sorted. Errors: `content/` cannot be read.
pub fn releases(root: impl AsRef<Path>) -> Result<Vec<String>, Diagnostic> {
    release_folders(root.as_ref())
}

/// Loads the release `content/<slug>/` of the project at `root`.
///
/// A dataset with mistakes is loaded all the same where enough of it can be read: [`check`] reports them together with its own
/// findings. Errors: the project's templates or static files are at fault, or too little of the dataset can be read.
pub fn load(root: impl AsRef<Path>, slug: &str) -> Result<Release, Vec<Diagnostic>> {
    let root = root.as_ref();
    let (project, faults) = Project::load(root);
    if faults.has_errors() {
        return Err(faults.sorted());
    }
    let loaded = LoadedRelease::load(root, &project, slug).map_err(|findings| findings.sorted())?;
    Ok(Release { project, loaded })
}

/// A release whose figures were computed, presented in its language, and held to every rule.
pub struct Checked<'r> {
    release: &'r Release,
    closing: Closing<'r>,
}

/// Computes every figure of a release and holds it to every rule. Nothing is written.
pub fn check(release: &Release) -> Checked<'_> {
    Checked { release, closing: Closing::new(&release.loaded) }
}

impl Checked<'_> {
    /// Everything that was found, from loading to checking: errors first, each once.
    pub fn findings(&self) -> Vec<Diagnostic> {
        self.closing.findings.clone().sorted()
    }

    /// Whether a finding is an error, so that the release is not to be published.
    pub fn has_errors(&self) -> bool {
        self.closing.findings.iter().any(|finding| finding.level == Level::Error)
    }

    /// The check report: relations by verdict, every difference that is carried with its reason, and coverage.
    pub fn report(&self) -> CheckReport {
        CheckReport::new(&self.closing)
    }

    /// Where a figure comes from, what guards it and where it is shown. It is named as in formulas, `is.revenue@h1_2026`, or as
    /// a cell, `table/row/column`. Errors: there is no such figure.
    pub fn explain(&self, figure: &str) -> Result<Explanation, Vec<Diagnostic>> {
        explain_figure(&FigureSources::of(&self.closing), figure)
    }
}

/// Builds a checked release in the given formats, in memory: files by their paths in the release's folder.
///
/// Errors: the release has findings at error level, or a template or the printed layout fails.
pub fn build(checked: Checked, formats: &[&'static Format]) -> Result<Site, Vec<Diagnostic>> {
    let Checked { release, closing } = checked;
    let (content, findings) = ReleaseContent::new(closing, false);
    match content {
        Some(content) if !findings.has_errors() => {
            let publication = Publication::of(formats, &release.project);
            write_release(&content, formats, &publication, &mut Stopwatch::stopped())
        }
        _ => Err(findings.sorted()),
    }
}
