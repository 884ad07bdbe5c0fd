//! Checking: everything that a build does, except writing.

use std::path::Path;

use super::{
    Project, Report,
    release::{self, Formats},
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

/// Checks the releases asked for, their templates included.
pub fn check(request: &Check<'_>) -> Report {
    let mut findings = Findings::new();
    let slugs = select(request.root, request.slugs, &mut findings);
    if slugs.is_empty() {
        return Report { findings: findings.sorted(), outcomes: Vec::new() };
    }
    let (project, faults) = Project::load(request.root, release::DEFAULTS);
    findings.extend(faults);
    let made = slugs.iter().map(|slug| (slug, release::make(request.root, &project, slug, Formats::ALL, false)));
    let outcomes = made.map(|(slug, made)| made.outcome(slug, None, &mut findings)).collect();
    Report { findings: findings.sorted(), outcomes }
}
