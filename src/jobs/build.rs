//! Building: every release that is asked for is made in memory, and the sound ones are swapped into the output.

use std::path::{Component, Path, PathBuf};

use super::{
    Disposition, Outcome, Report, Written,
    fingerprint::BuildInputs,
    formats::Format,
    orphaned::stale,
    parallel::{self, Progress},
    project::Project,
    release::{self, BuiltRelease},
    select::select,
};
use crate::{
    diag::{Diagnostic, Findings},
    site::Output,
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
    pub forms: &'a [Format],
    /// Whether to build a release in spite of its findings.
    pub draft: bool,
    /// Whether to make releases anew of which nothing has changed since they were built.
    pub force: bool,
    /// Whether to take releases out of the output that have no dataset any more.
    pub prune: bool,
}

/// Builds the releases asked for. One with findings at error level is not written, unless as a draft; the others are.
/// Where the templates or the output are at fault nothing is written, but everything is checked all the same.
pub fn build(request: &Build<'_>, progress: Progress) -> Report {
    let mut findings = Findings::new();
    let slugs = select(request.root, request.slugs, &mut findings);
    if slugs.is_empty() {
        return Report { findings: findings.sorted(), outcomes: Vec::new() };
    }
    let (project, faults) = Project::load(request.root);
    let output = findings.keep(open(request)).filter(|_| faults.is_empty());
    findings.extend(faults);
    let recipe = BuildInputs::new(request.root, &project);
    let output = output.filter(|output| findings.keep(own_list(&recipe, output)).is_some());
    let made = parallel::each(&slugs, progress, |slug| build_one(request, &recipe, output.as_ref(), slug));
    let (mut outcomes, found): (Vec<Outcome>, Vec<_>) = made.into_iter().unzip();
    findings.extend(found.into_iter().flatten());
    if let Some(output) = output {
        outcomes.extend(stale(&recipe, &output, request.prune, &mut findings));
        if outcomes.iter().any(|outcome| outcome.written.is_some()) {
            findings.keep_all(write_list(&recipe, &output));
        }
    }
    Report { findings: findings.sorted(), outcomes }
}

/// The output. Errors: it is where the project is read from, or cannot be had.
fn open(request: &Build<'_>) -> Result<Output, Diagnostic> {
    let (root, output) = (real(request.root), real(request.output));
    let read = |folder: &&str| output.starts_with(root.join(folder));
    let taken = if output == root { Some(".") } else { super::preview::FOLDERS.into_iter().find(read) };
    match taken {
        None => Output::open(request.output, request.output_shown),
        Some(folder) => {
            let message =
                format!("`{}` cannot be the output: the project is read from `{folder}`", request.output_shown);
            Err(Diagnostic::io("output", message).help("choose a folder of its own with `--output`"))
        }
    }
}

/// A path without links and `..`, whether there is something at it or not.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent(), path.components().next_back()) {
        (Some(above), Some(Component::Normal(name))) => {
            let here = if above.as_os_str().is_empty() { Path::new(".") } else { above };
            real(here).join(name)
        }
        (Some(above), Some(Component::ParentDir)) => real(above).parent().map(Path::to_owned).unwrap_or_default(),
        _ => path.to_owned(),
    }
}

fn build_one(
    request: &Build<'_>,
    recipe: &BuildInputs,
    output: Option<&Output>,
    slug: &str,
) -> (Outcome, Vec<Diagnostic>) {
    let standing = output.filter(|_| !request.force).and_then(|output| recipe.unchanged(output, slug, request.forms));
    if let Some(outcome) = standing {
        return (outcome, Vec::new());
    }
    let mut made = release::make(request.root, recipe.project, slug, request.forms, request.draft);
    let written = output.and_then(|output| publish(request, recipe, output, slug, &mut made));
    made.outcome(slug, written)
}

/// Swaps the release in, if it was made and may be published. A failure joins its findings.
fn publish(
    request: &Build,
    recipe: &BuildInputs,
    output: &Output,
    slug: &str,
    made: &mut BuiltRelease,
) -> Option<Written> {
    if made.findings.has_errors() && !request.draft {
        return None;
    }
    let manifest = recipe.manifest(made, request.forms)?;
    let (site, _) = made.site.take()?;
    let (files, left) = made.findings.keep(output.publish(&site, &manifest, slug))?;
    made.findings.extend(left);
    Some(Written { folder: output.shown(slug), files, became: Disposition::Written })
}

/// Sees to it that the list of releases is kessan's to write, before anything is.
fn own_list(recipe: &BuildInputs, output: &Output) -> Result<(), Diagnostic> {
    let lost = if output.list().is_none() { output.releases()? } else { Vec::new() };
    // What is wrong with the list is told when it is written.
    let list = if lost.is_empty() { None } else { recipe.list(lost, false).ok().flatten() };
    output.claim_list(list.as_ref())
}

fn write_list(recipe: &BuildInputs, output: &Output) -> Result<(), Vec<Diagnostic>> {
    let releases = output.releases().map_err(|finding| vec![finding])?;
    let Some((site, manifest)) = recipe.list(releases, output.list().is_some())? else { return Ok(()) };
    output.write_list(&site, &manifest).map_err(|finding| vec![finding])
}
