//! `kessan check`: does everything that a build does, except writing and the layout of the PDF, whose characters it looks up.

use std::path::Path;

use super::{Report, release_build::ReleaseBuild};
use crate::{
    diag::Findings,
    formats::{Format, Publication},
    parallel::{self, Progress},
    project::{Project, select_releases},
};

/// The request for a check.
#[derive(Debug)]
pub struct Check<'a> {
    pub root: &'a Path,
    /// All releases when empty.
    pub slugs: &'a [String],
    /// Whether relations and covered amounts are counted.
    pub counts: bool,
    /// Whether the process ends after it. The memory of a single release is then left to the system, which takes all of it at once.
    pub ends_process: bool,
}

/// The formats that are written to check them, where a template may have an error. Only a build lays out the PDF, which takes most of its time.
const FORMATS: &[&Format] = &[Format::HTML, Format::MARKDOWN];

/// Checks the selected releases and their templates.
pub fn check(request: &Check<'_>, progress: Progress) -> Report {
    let mut findings = Findings::new();
    let slugs = select_releases(request.root, request.slugs, &mut findings);
    if slugs.is_empty() {
        return Report { findings: findings.sorted(), outcomes: Vec::new() };
    }
    let (project, project_findings) = Project::load(request.root);
    findings.extend(project_findings);
    let leaves_memory = request.ends_process && slugs.len() == 1;
    let checked = parallel::map(&slugs, progress, |slug| {
        let publication = Publication::of(FORMATS, &project);
        ReleaseBuild::check(request.root, slug, &publication, request.counts, leaves_memory).outcome(slug, None)
    });
    let (outcomes, found): (_, Vec<_>) = checked.into_iter().unzip();
    findings.extend(found.into_iter().flatten());
    Report { findings: findings.sorted(), outcomes }
}
