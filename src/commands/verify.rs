//! `kessan verify`: checks that an output folder is exactly what a build would write now, and reports what differs.

use std::path::Path;

use super::{
    Disposition, Outcome, OutputFolder, Report, build_inputs::BuildInputs, output_diff::OutputDiff,
    release_build::ReleaseBuild,
};
use crate::{
    closing::Stopwatch,
    diag::{Diagnostic, Findings, Level, count},
    formats::{Format, Publication},
    parallel::{self, Progress},
    project::{Project, release_folder, release_folders},
    site::{Manifest, Output, ReleaseCard},
};

/// The request for a verification.
#[derive(Debug)]
pub struct Verify<'a> {
    pub root: &'a Path,
    /// An output folder, or the folder of one release in it.
    pub output: &'a Path,
    /// Its name in messages.
    pub output_shown: &'a str,
}

/// Rebuilds everything in the output in memory, and compares it with the files.
pub fn verify(request: &Verify<'_>, progress: Progress) -> Report {
    let mut findings = Findings::new();
    let (project, project_findings) = Project::load(request.root);
    findings.extend(project_findings);
    let inputs = BuildInputs::new(request.root, &project, 1);
    let release = Output::open_for_release_folder(request.output, request.output_shown);
    let found = match release {
        Some(release) => release.and_then(|(output, slug)| {
            let releases = verify_releases(&inputs, &output, &[slug], progress)?;
            Ok(releases.into_iter().map(|(verified, _)| verified).collect())
        }),
        None => Output::open_to_read(request.output, request.output_shown)
            .and_then(|output| verify_output(&inputs, &output, progress)),
    };
    let verified = findings.keep(found).unwrap_or_default();
    let (outcomes, found): (_, Vec<_>) = verified.into_iter().unzip();
    findings.extend(found.into_iter().flatten());
    Report { findings: findings.sorted(), outcomes }
}

/// The outcome for a folder, and the differences found in it.
type VerifiedFolder = (Outcome, Vec<Diagnostic>);

/// A release's entry for the list, with the hash of its manifest.
type ListEntry = (ReleaseCard, String);

/// Verifies every release in the output, reports those that are missing, and verifies the list of releases.
fn verify_output(inputs: &BuildInputs, output: &Output, progress: Progress) -> Result<Vec<VerifiedFolder>, Diagnostic> {
    let mut published: Vec<String> = output.releases()?.into_iter().map(|(card, _)| card.slug).collect();
    let others = release_folders(inputs.root).unwrap_or_default().into_iter().filter(|slug| !published.contains(slug));
    // A folder that is named like a release has lost its manifest.
    let (lost, absent): (Vec<String>, Vec<String>) = others.partition(|slug| output.has_folder(slug));
    published.extend(lost.iter().cloned());
    let (mut verified, listed): (Vec<VerifiedFolder>, Vec<Option<ListEntry>>) =
        verify_releases(inputs, output, &published, progress)?.into_iter().unzip();
    verified.extend(absent.into_iter().map(|slug| {
        let message =
            format!("`{}` is missing: `{}` has not been built", output.display_path(&slug), release_folder(&slug));
        outcome(&slug, 0, vec![Diagnostic::error("output-missing", message)])
    }));
    verified.sort_by(|(a, _), (b, _)| a.slug.cmp(&b.slug));
    verified.push(verify_list(inputs, output, listed.into_iter().flatten().collect(), &lost)?);
    Ok(verified)
}

fn verify_releases(
    inputs: &BuildInputs,
    output: &Output,
    slugs: &[String],
    progress: Progress,
) -> Result<Vec<(VerifiedFolder, Option<ListEntry>)>, Diagnostic> {
    let all = parallel::map(slugs, progress, |slug| verify_release(inputs, output, slug).transpose());
    all.into_iter().flatten().collect()
}

/// Builds a release again, in memory.
fn rebuild(inputs: &BuildInputs, slug: &str, formats: &[&'static Format], draft: bool) -> ReleaseBuild {
    let publication = Publication::of(formats, inputs.project);
    ReleaseBuild::new(inputs.root, slug, &publication, draft, &mut Stopwatch::stopped())
}

/// Verifies a release; none if its folder has vanished meanwhile. If it cannot be rebuilt now, it is compared with its
/// own manifest.
fn verify_release(
    inputs: &BuildInputs,
    output: &Output,
    slug: &str,
) -> Result<Option<(VerifiedFolder, Option<ListEntry>)>, Diagnostic> {
    let Some(recorded) = output.manifest(slug) else { return verify_without_manifest(inputs, output, slug) };
    let (shown, inventory) = (output.display_path(slug), output.inventory_of(slug)?);
    let draft = recorded.release.as_ref().is_some_and(|card| card.draft.is_some());
    let formats = recorded_formats(&recorded);
    let mut rebuilt = rebuild(inputs, slug, &formats, draft);
    let current = inputs.manifest(&rebuilt, &formats).filter(|_| draft || !rebuilt.findings.has_errors());
    let mut found =
        OutputDiff { shown: &shown, inventory: &inventory, recorded: &recorded, current: current.as_ref() }.findings();
    if !inputs.root.join(release_folder(slug)).is_dir() {
        found.push(
            Diagnostic::error(
                "outdated",
                format!("`{shown}` has no dataset: there is no folder `{}`", release_folder(slug)),
            )
            .help("`kessan build --prune` removes it"),
        );
    } else if current.is_none() {
        let message =
            format!("`{shown}` is not compared with `{}`, which cannot be published now", release_folder(slug));
        found.push(Diagnostic::error("outdated", message));
        found.extend(std::mem::take(&mut rebuilt.findings).into_iter().filter(|finding| finding.level == Level::Error));
    }
    let listed = current.unwrap_or(recorded);
    let hash = listed.hash();
    Ok(Some((outcome(slug, inventory.len(), found), listed.release.map(|card| (card, hash)))))
}

/// Verifies a release whose manifest was lost: its folder is compared with what a build would write now in the formats that are
/// there. None if there is no such folder.
fn verify_without_manifest(
    inputs: &BuildInputs,
    output: &Output,
    slug: &str,
) -> Result<Option<(VerifiedFolder, Option<ListEntry>)>, Diagnostic> {
    if !output.has_folder(slug) {
        return Ok(None);
    }
    let (shown, inventory) = (output.display_path(slug), output.inventory_of(slug)?);
    let is_there = |format: &&Format| inventory.contains_key(&format.main_file(slug));
    let formats: Vec<&Format> = Format::ALL.into_iter().filter(is_there).collect();
    let rebuilt = rebuild(inputs, slug, &formats, false);
    let Some(current) = inputs.manifest(&rebuilt, &formats).filter(|_| !rebuilt.findings.has_errors()) else {
        return Ok(Some((outcome(slug, inventory.len(), vec![missing_manifest(&shown)]), None)));
    };
    let found =
        OutputDiff { shown: &shown, inventory: &inventory, recorded: &current, current: Some(&current) }.findings();
    let hash = current.hash();
    Ok(Some((outcome(slug, inventory.len(), found), current.release.map(|card| (card, hash)))))
}

fn missing_manifest(shown: &str) -> Diagnostic {
    Diagnostic::error("output-missing", format!("`{shown}/manifest.json` is missing or damaged"))
}

/// Verifies the list of releases. The folders of the `lost` releases have no manifest.
fn verify_list(
    inputs: &BuildInputs,
    output: &Output,
    mut releases: Vec<ListEntry>,
    lost: &[String],
) -> Result<VerifiedFolder, Diagnostic> {
    let (shown, inventory, recorded) =
        (output.display_path(""), output.inventory_outside_releases(lost)?, output.list_manifest());
    releases.sort_by(|(a, _), (b, _)| a.cmp_latest_first(b));
    let (current, mut found) = match inputs.list(releases, recorded.is_some()) {
        Ok(current) => (current.map(|(_, manifest)| manifest), Vec::new()),
        Err(found) => (None, found),
    };
    // A list without its manifest is compared with what would be written now.
    let recorded = recorded.or_else(|| current.clone().filter(|_| output.has_list()));
    if let Some(recorded) = recorded {
        found.extend(
            OutputDiff { shown: &shown, inventory: &inventory, recorded: &recorded, current: current.as_ref() }
                .findings(),
        );
    } else if current.is_some() {
        let message = format!("`{}` is missing", output.display_path("index.html"));
        found.push(Diagnostic::error("output-missing", message));
    }
    Ok(outcome(&shown, inventory.len(), found))
}

/// The formats that a release was built in; all of them if its manifest names none.
fn recorded_formats(recorded: &Manifest) -> Vec<&'static Format> {
    let is_recorded = |format: &&Format| recorded.origin.formats.iter().any(|name| name == format.name);
    let formats: Vec<&Format> = Format::ALL.into_iter().filter(is_recorded).collect();
    if formats.is_empty() { Format::ALL.to_vec() } else { formats }
}

fn outcome(slug: &str, files: usize, found: Vec<Diagnostic>) -> VerifiedFolder {
    let (errors, warnings) = (count(&found, Level::Error), count(&found, Level::Warning));
    let folder = OutputFolder { folder: slug.to_owned(), files, disposition: Disposition::Unchanged };
    let slug = slug.to_owned();
    let outcome = Outcome { slug, errors, warnings, written: Some(folder), ..Outcome::default() };
    (outcome, found)
}
