//! `kessan verify`: whether an output folder is exactly what a build would write now, and what differs.

use std::path::Path;

use super::{
    Disposition, Outcome, Report, Written,
    build_inputs::BuildInputs,
    output_diff::OutputDiff,
    parallel::{self, Progress},
    release_build::ReleaseBuild,
};
use crate::{
    diag::{Diagnostic, Findings, Level, count},
    formats::Format,
    project::{Project, release_folder, release_folders},
    site::{Manifest, Output, ReleaseCard},
};

/// What to verify.
#[derive(Debug)]
pub struct Verify<'a> {
    pub root: &'a Path,
    /// An output folder, or the folder of one release in it.
    pub output: &'a Path,
    /// Its name in messages.
    pub output_shown: &'a str,
}

/// Rebuilds everything in the output in memory, and compares.
pub fn verify(request: &Verify<'_>, progress: Progress) -> Report {
    let mut findings = Findings::new();
    let (project, faults) = Project::load(request.root);
    findings.extend(faults);
    let inputs = BuildInputs::new(request.root, &project);
    let one = Output::open_around_release(request.output, request.output_shown);
    let found = match one {
        Some(one) => one.and_then(|(output, slug)| {
            let releases = releases(&inputs, &output, &[slug], progress)?;
            Ok(releases.into_iter().map(|(told, _)| told).collect())
        }),
        None => Output::open_to_read(request.output, request.output_shown)
            .and_then(|output| whole(&inputs, &output, progress)),
    };
    let told = findings.keep(found).unwrap_or_default();
    let (outcomes, found): (_, Vec<_>) = told.into_iter().unzip();
    findings.extend(found.into_iter().flatten());
    Report { findings: findings.sorted(), outcomes }
}

/// What became of a folder, and what differs in it.
type Verified = (Outcome, Vec<Diagnostic>);

/// A release as the list is to name it, with the hash of its manifest.
type Listed = (ReleaseCard, String);

/// Every release in the output, every one that should be, and the list of them.
fn whole(inputs: &BuildInputs, output: &Output, progress: Progress) -> Result<Vec<Verified>, Diagnostic> {
    let mut standing: Vec<String> = output.releases()?.into_iter().map(|(card, _)| card.slug).collect();
    let others = release_folders(inputs.root).unwrap_or_default().into_iter().filter(|slug| !standing.contains(slug));
    // A folder of the name that has no manifest has lost it.
    let (lost, absent): (Vec<String>, Vec<String>) = others.partition(|slug| output.has_folder(slug));
    standing.extend(lost.iter().cloned());
    let (mut told, listed): (Vec<Verified>, Vec<Option<Listed>>) =
        releases(inputs, output, &standing, progress)?.into_iter().unzip();
    told.extend(absent.into_iter().map(|slug| {
        let message = format!("`{}` is missing: `{}` has not been built", output.shown(&slug), release_folder(&slug));
        outcome(&slug, 0, vec![Diagnostic::error("output-missing", message)])
    }));
    told.sort_by(|(a, _), (b, _)| a.slug.cmp(&b.slug));
    told.push(list(inputs, output, listed.into_iter().flatten().collect(), &lost)?);
    Ok(told)
}

fn releases(
    inputs: &BuildInputs,
    output: &Output,
    slugs: &[String],
    progress: Progress,
) -> Result<Vec<(Verified, Option<Listed>)>, Diagnostic> {
    let all = parallel::for_each(slugs, progress, |slug| release(inputs, output, slug).transpose());
    all.into_iter().flatten().collect()
}

/// A release; none where its folder has gone meanwhile. Where it cannot be rebuilt now, it is held to its own manifest.
fn release(
    inputs: &BuildInputs,
    output: &Output,
    slug: &str,
) -> Result<Option<(Verified, Option<Listed>)>, Diagnostic> {
    let Some(written) = output.manifest(slug) else { return lost(inputs, output, slug) };
    let (shown, standing) = (output.shown(slug), output.inventory_of(slug)?);
    let draft = written.release.as_ref().is_some_and(|card| card.draft.is_some());
    let formats = formats(&written);
    let mut rebuilt = ReleaseBuild::new(inputs.root, inputs.project, slug, &formats, draft);
    let now = inputs.manifest(&rebuilt, &formats).filter(|_| draft || !rebuilt.findings.has_errors());
    let mut found = OutputDiff { shown: &shown, standing: &standing, written: &written, now: now.as_ref() }.findings();
    if !inputs.root.join(release_folder(slug)).is_dir() {
        found.push(
            Diagnostic::error(
                "outdated",
                format!("`{shown}` has no dataset: there is no folder `{}`", release_folder(slug)),
            )
            .help("`kessan build --prune` removes it"),
        );
    } else if now.is_none() {
        let message =
            format!("`{shown}` is not compared with `{}`, which cannot be published now", release_folder(slug));
        found.push(Diagnostic::error("outdated", message));
        found.extend(std::mem::take(&mut rebuilt.findings).into_iter().filter(|finding| finding.level == Level::Error));
    }
    let listed = now.unwrap_or(written);
    let hash = listed.hash();
    Ok(Some((outcome(slug, standing.len(), found), listed.release.map(|card| (card, hash)))))
}

/// A release whose manifest was lost: its folder is held to what would be written now, in the forms that stand there. None
/// where there is no such folder.
fn lost(inputs: &BuildInputs, output: &Output, slug: &str) -> Result<Option<(Verified, Option<Listed>)>, Diagnostic> {
    if !output.has_folder(slug) {
        return Ok(None);
    }
    let (shown, standing) = (output.shown(slug), output.inventory_of(slug)?);
    let is_there = |format: &&Format| standing.contains_key(&format.main_file(slug));
    let formats: Vec<&Format> = Format::ALL.into_iter().filter(is_there).collect();
    let rebuilt = ReleaseBuild::new(inputs.root, inputs.project, slug, &formats, false);
    let Some(now) = inputs.manifest(&rebuilt, &formats).filter(|_| !rebuilt.findings.has_errors()) else {
        return Ok(Some((outcome(slug, standing.len(), vec![without_manifest(&shown)]), None)));
    };
    let found = OutputDiff { shown: &shown, standing: &standing, written: &now, now: Some(&now) }.findings();
    let hash = now.hash();
    Ok(Some((outcome(slug, standing.len(), found), now.release.map(|card| (card, hash)))))
}

fn without_manifest(shown: &str) -> Diagnostic {
    Diagnostic::error("output-missing", format!("`{shown}/manifest.json` is missing or damaged"))
}

/// The list of releases, as it would be rebuilt now. The folders of the `lost` releases have no manifest.
fn list(
    inputs: &BuildInputs,
    output: &Output,
    mut releases: Vec<Listed>,
    lost: &[String],
) -> Result<Verified, Diagnostic> {
    let (shown, standing, written) = (output.shown(""), output.inventory_beside(lost)?, output.list());
    releases.sort_by(|(a, _), (b, _)| a.latest_first(b));
    let (now, mut found) = match inputs.list(releases, written.is_some()) {
        Ok(now) => (now.map(|(_, manifest)| manifest), Vec::new()),
        Err(found) => (None, found),
    };
    // A list that lost its manifest is held to what would be written now.
    let written = written.or_else(|| now.clone().filter(|_| output.has_list()));
    if let Some(written) = written {
        found
            .extend(OutputDiff { shown: &shown, standing: &standing, written: &written, now: now.as_ref() }.findings());
    } else if now.is_some() {
        let message = format!("`{}` is missing", output.shown("index.html"));
        found.push(Diagnostic::error("output-missing", message));
    }
    Ok(outcome(&shown, standing.len(), found))
}

/// The formats that a release was built in; all of them where its manifest does not say.
fn formats(written: &Manifest) -> Vec<&'static Format> {
    let is_recorded = |format: &&Format| written.origin.forms.iter().any(|name| name == format.name);
    let formats: Vec<&Format> = Format::ALL.into_iter().filter(is_recorded).collect();
    if formats.is_empty() { Format::ALL.to_vec() } else { formats }
}

fn outcome(slug: &str, files: usize, found: Vec<Diagnostic>) -> Verified {
    let (errors, warnings) = (count(&found, Level::Error), count(&found, Level::Warning));
    let written = Written { folder: slug.to_owned(), files, disposition: Disposition::Unchanged };
    let slug = slug.to_owned();
    let outcome = Outcome { slug, errors, warnings, written: Some(written), ..Outcome::default() };
    (outcome, found)
}
