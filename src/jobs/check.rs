//! Checking: everything that a build does, except writing.

use std::path::Path;

use super::{
    Project, Report,
    formats::Format,
    parallel::{self, Progress},
    release,
    select::select,
};
use crate::diag::Findings;

/// What to check.
#[derive(Debug)]
pub struct Check<'a> {
    pub root: &'a Path,
    /// All releases when empty.
    pub slugs: &'a [String],
}

/// What is made to check it: print is laid out when it is built, which takes most of a build's time.
const FORMS: &[Format] = &[Format::Html, Format::Markdown];

/// Checks the releases asked for, their templates included; the printed sheets are left to the build.
pub fn check(request: &Check<'_>, progress: Progress) -> Report {
    let mut findings = Findings::new();
    let slugs = select(request.root, request.slugs, &mut findings);
    if slugs.is_empty() {
        return Report { findings: findings.sorted(), outcomes: Vec::new() };
    }
    let (project, faults) = Project::load(request.root);
    findings.extend(faults);
    let made = parallel::each(&slugs, progress, |slug| {
        release::make(request.root, &project, slug, FORMS, false).outcome(slug, None)
    });
    let (outcomes, found): (_, Vec<_>) = made.into_iter().unzip();
    findings.extend(found.into_iter().flatten());
    Report { findings: findings.sorted(), outcomes }
}
