//! `kessan check`: everything that a build does, except writing.

use std::path::Path;

use super::{
    Report,
    parallel::{self, Progress},
    release_build::ReleaseBuild,
};
use crate::{
    diag::Findings,
    formats::Format,
    project::{Project, select},
};

/// What to check.
#[derive(Debug)]
pub struct Check<'a> {
    pub root: &'a Path,
    /// All releases when empty.
    pub slugs: &'a [String],
}

/// The formats that are written to check them. Only a build lays out the PDF, which takes most of its time.
const FORMATS: &[&Format] = &[Format::HTML, Format::MARKDOWN];

/// Checks the releases asked for, their templates included; the layout of printed pages is left to the build.
pub fn check(request: &Check<'_>, progress: Progress) -> Report {
    let mut findings = Findings::new();
    let slugs = select(request.root, request.slugs, &mut findings);
    if slugs.is_empty() {
        return Report { findings: findings.sorted(), outcomes: Vec::new() };
    }
    let (project, faults) = Project::load(request.root);
    findings.extend(faults);
    let checked = parallel::for_each(&slugs, progress, |slug| {
        ReleaseBuild::new(request.root, &project, slug, FORMATS, false).outcome(slug, None)
    });
    let (outcomes, found): (_, Vec<_>) = checked.into_iter().unzip();
    findings.extend(found.into_iter().flatten());
    Report { findings: findings.sorted(), outcomes }
}
