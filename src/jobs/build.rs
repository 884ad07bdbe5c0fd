//! Building: every release that is asked for is made in memory, and the sound ones are swapped into the output.

use std::path::Path;

use super::{
    Outcome, Project, Report, Written,
    forms::{self, Form},
    release::{self, Made},
    select::select,
};
use crate::{
    diag::{Diagnostic, Findings},
    site::{Output, ReleaseCard},
};

/// What to build, and where to.
#[derive(Debug)]
pub struct Build<'a> {
    pub root: &'a Path,
    pub output: &'a Path,
    /// The output folder's name in messages.
    pub output_shown: &'a str,
    /// All releases when empty.
    pub slugs: &'a [String],
    pub forms: &'a [Form],
    /// Whether to build a release in spite of its findings.
    pub draft: bool,
}

/// Builds the releases asked for. One with findings at error level is not written, unless as a draft; the others are.
/// Where the templates or the output are at fault nothing is written, but everything is checked all the same.
pub fn build(request: &Build<'_>) -> Report {
    let mut findings = Findings::new();
    let slugs = select(request.root, request.slugs, &mut findings);
    if slugs.is_empty() {
        return Report { findings: findings.sorted(), outcomes: Vec::new() };
    }
    let (project, faults) = Project::load(request.root);
    let output = findings.keep(Output::open(request.output, request.output_shown)).filter(|_| faults.is_empty());
    findings.extend(faults);
    let outcomes: Vec<Outcome> =
        slugs.iter().map(|slug| build_one(request, &project, output.as_ref(), slug, &mut findings)).collect();
    if let Some(output) = output.filter(|_| outcomes.iter().any(|outcome| outcome.written.is_some())) {
        findings.keep_all(write_list(&project, &output));
    }
    Report { findings: findings.sorted(), outcomes }
}

fn build_one(
    request: &Build<'_>,
    project: &Project,
    output: Option<&Output>,
    slug: &str,
    findings: &mut Findings,
) -> Outcome {
    let mut made = release::make(request.root, project, slug, request.forms, request.draft);
    let written = output.and_then(|output| publish(&mut made, output, slug, request.draft));
    made.outcome(slug, written, findings)
}

/// Swaps the release in, if it was made and may be published. A failure joins its findings.
fn publish(made: &mut Made, output: &Output, slug: &str, draft: bool) -> Option<Written> {
    let (site, card) = made.site.take()?;
    if made.findings.has_errors() && !draft {
        return None;
    }
    let files = made.findings.keep(output.publish(&site, card))?;
    Some(Written { folder: output.shown(slug), files })
}

fn write_list(project: &Project, output: &Output) -> Result<(), Vec<Diagnostic>> {
    let releases = output.releases().map_err(|finding| vec![finding])?;
    if !releases.iter().any(ReleaseCard::has_pages) && !output.has_list() {
        return Ok(());
    }
    let site = forms::list(&releases, project)?;
    output.write_list(&site).map_err(|finding| vec![finding])
}
