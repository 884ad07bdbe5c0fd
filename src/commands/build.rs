//! `kessan build`: builds each selected release in memory, and swaps those without errors into the output.

use std::path::{Component, Path, PathBuf, absolute};

use super::{
    Disposition, Outcome, OutputFolder, Report, build_inputs::BuildInputs, orphaned::report_orphaned,
    release_build::ReleaseBuild,
};
use crate::{
    closing::Stopwatch,
    diag::{Diagnostic, Findings},
    formats::{Format, Publication},
    parallel::{self, Progress},
    project::{Project, SOURCE_FOLDERS, select_releases},
    site::Output,
};

/// The request for a build.
#[derive(Debug)]
pub struct Build<'a> {
    pub root: &'a Path,
    pub output: &'a Path,
    /// The output folder's name in messages.
    pub output_shown: &'a str,
    /// All releases when empty.
    pub slugs: &'a [String],
    pub formats: &'a [&'static Format],
    /// Whether to build releases with findings as drafts.
    pub draft: bool,
    /// Whether to rebuild releases that are unchanged.
    pub force: bool,
    /// Whether to remove orphaned releases from the output.
    pub prune: bool,
    /// Whether to keep the summary of each release, which has the counts of all rules.
    pub summaries: bool,
}

/// Builds the selected releases. A release with errors is written only as a draft. If the templates or the output have
/// errors, nothing is written, but everything is checked.
pub fn build(request: &Build<'_>, progress: Progress) -> Report {
    build_timed(request, progress, &mut Stopwatch::stopped())
}

/// The same, measured: `stopwatch` has what is done for all releases, and the outcome of a release what is done for it.
pub fn build_timed(request: &Build<'_>, progress: Progress, stopwatch: &mut Stopwatch) -> Report {
    let mut findings = Findings::new();
    let slugs = select_releases(request.root, request.slugs, &mut findings);
    if slugs.is_empty() {
        return Report { findings: findings.sorted(), outcomes: Vec::new() };
    }
    let (project, project_findings) = Project::load(request.root);
    let output = findings.keep(open_output(request)).filter(|_| project_findings.is_empty());
    findings.extend(project_findings);
    let inputs = BuildInputs::new(request.root, &project, parallel::threads_for_each(slugs.len()));
    let output = output.filter(|output| findings.keep(claim_list(&inputs, output)).is_some());
    stopwatch.lap("project");
    let measured = stopwatch.another();
    let built = parallel::map(&slugs, progress, |slug| {
        let mut stopwatch = measured.another();
        let (outcome, findings) = build_release(request, &inputs, output.as_ref(), slug, &mut stopwatch);
        // Of many releases, only what is asked for is kept; the amounts of a coverage hold the files that they were entered in.
        let summary = outcome.summary.filter(|_| request.summaries);
        (Outcome { phases: stopwatch.into_phases(), coverage: None, summary, ..outcome }, findings)
    });
    stopwatch.skip();
    let (mut outcomes, found): (Vec<Outcome>, Vec<_>) = built.into_iter().unzip();
    findings.extend(found.into_iter().flatten());
    if let Some(output) = output {
        outcomes.extend(report_orphaned(&inputs, &output, request.prune, &mut findings));
        if outcomes.iter().any(|outcome| outcome.written.is_some()) {
            findings.keep_all(write_list(&inputs, &output));
        }
        stopwatch.lap("list");
    }
    Report { findings: findings.sorted(), outcomes }
}

/// Opens the output. Errors: the project is read from that folder, or it cannot be opened.
fn open_output(request: &Build<'_>) -> Result<Output, Diagnostic> {
    let (root, output) = (real_path(request.root), real_path(request.output));
    let is_read = |folder: &&str| output.starts_with(root.join(folder));
    let source = if output == root { Some(".") } else { SOURCE_FOLDERS.into_iter().find(is_read) };
    if let Some(place) = place_outside_root(request) {
        let message = format!("`{}` leads out of the project's folder, to `{}`", request.output_shown, place.display());
        let finding = Diagnostic::io("output", message).note("a link in the project decides where files are written");
        return Err(finding.help("remove the link, or name that place itself with `--output`"));
    }
    match source {
        None => Output::open(request.output, request.output_shown),
        Some(folder) => {
            let message =
                format!("`{}` cannot be the output: the project is read from `{folder}`", request.output_shown);
            Err(Diagnostic::io("output", message).help("choose a folder of its own with `--output`"))
        }
    }
}

/// The real path of the output, if its path is below the root but a link leads out of the root. A path outside the root is
/// the user's own choice.
fn place_outside_root(request: &Build<'_>) -> Option<PathBuf> {
    let (root, output) = (absolute(request.root).ok()?, absolute(request.output).ok()?);
    let below = output.strip_prefix(&root).ok()?;
    let is_below = below.components().all(|part| matches!(part, Component::Normal(_)));
    let place = real_path(&output);
    (is_below && !place.starts_with(real_path(&root))).then_some(place)
}

/// The path with links and `..` resolved. Nothing need exist at it.
fn real_path(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent(), path.components().next_back()) {
        (Some(above), Some(Component::Normal(name))) => {
            let here = if above.as_os_str().is_empty() { Path::new(".") } else { above };
            real_path(here).join(name)
        }
        (Some(above), Some(Component::ParentDir)) => real_path(above).parent().map(Path::to_owned).unwrap_or_default(),
        _ => path.to_owned(),
    }
}

fn build_release(
    request: &Build<'_>,
    inputs: &BuildInputs,
    output: Option<&Output>,
    slug: &str,
    stopwatch: &mut Stopwatch,
) -> (Outcome, Vec<Diagnostic>) {
    let unchanged =
        output.filter(|_| !request.force).and_then(|output| inputs.unchanged_outcome(output, slug, request.formats));
    stopwatch.lap("compare");
    if let Some(outcome) = unchanged {
        return (outcome, Vec::new());
    }
    let publication = Publication { threads: inputs.threads, ..Publication::of(request.formats, inputs.project) };
    let mut release = ReleaseBuild::new(request.root, slug, &publication, request.draft, stopwatch);
    let written = output.and_then(|output| publish(request, inputs, output, slug, &mut release, stopwatch));
    release.outcome(slug, written)
}

/// Swaps the release into the output, if it was built and may be published. A failure is added to its findings.
fn publish(
    request: &Build,
    inputs: &BuildInputs,
    output: &Output,
    slug: &str,
    release: &mut ReleaseBuild,
    stopwatch: &mut Stopwatch,
) -> Option<OutputFolder> {
    if release.findings.has_errors() && !request.draft {
        return None;
    }
    let manifest = inputs.manifest(release, request.formats)?;
    stopwatch.lap("hash");
    let (site, _) = release.site.take()?;
    let published = output.publish(&site, &manifest, slug, inputs.threads);
    stopwatch.lap("write");
    let (files, leftover) = release.findings.keep(published)?;
    release.findings.extend(leftover);
    Some(OutputFolder { folder: output.display_path(slug), files, disposition: Disposition::Written })
}

/// Claims the list of releases before anything is written. Errors: the output has a list that kessan did not write.
fn claim_list(inputs: &BuildInputs, output: &Output) -> Result<(), Diagnostic> {
    let lost = if output.list_manifest().is_none() { output.releases()? } else { Vec::new() };
    // Faults of the list are reported when it is written.
    let list = if lost.is_empty() { None } else { inputs.list(lost, false).ok().flatten() };
    output.claim_list(list.as_ref())
}

fn write_list(inputs: &BuildInputs, output: &Output) -> Result<(), Vec<Diagnostic>> {
    let releases = output.releases().map_err(|finding| vec![finding])?;
    let Some((site, manifest)) = inputs.list(releases, output.list_manifest().is_some())? else { return Ok(()) };
    output.write_list(&site, &manifest).map_err(|finding| vec![finding])
}
