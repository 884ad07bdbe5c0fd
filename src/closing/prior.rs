//! Loads the prior releases of a release: those published earlier that it is compared with.

use std::path::Path;

use crate::{
    diag::{Diagnostic, Findings, nearest},
    load,
    model::{At, Release},
    project::release_folders,
};

/// Loads the prior releases. Findings: each one that cannot be read. Its own errors are reported only when it is checked
/// itself.
pub(super) fn load_prior(root: &Path, release: &Release, findings: &mut Findings) -> Vec<Release> {
    let mut prior = Vec::new();
    for slug in &release.prior {
        if slug.value == release.slug {
            let finding = Diagnostic::error("comparatives", "a release cannot be its own prior release");
            findings.push(finding.at(&slug.place, "name the folder of the one published before"));
            continue;
        }
        let (loaded, prior_findings) = load::release(root, &slug.value);
        match loaded {
            Some(loaded) if !prior_findings.has_errors() => prior.push(loaded),
            loaded => findings.push(unreadable_prior(root, release, slug, loaded.is_some())),
        }
    }
    prior
}

/// The finding that a prior release cannot be read, with help to fix it.
fn unreadable_prior(root: &Path, release: &Release, slug: &At<String>, exists: bool) -> Diagnostic {
    let message = format!("the prior release `{}` cannot be read", slug.value);
    let finding = Diagnostic::error("comparatives", message).at(&slug.place, "");
    if exists {
        return finding.help(format!("fix the errors that `kessan check {}` reports", slug.value));
    }
    let is_named = |other: &String| *other == release.slug || release.prior.iter().any(|prior| prior.value == *other);
    let others: Vec<_> =
        release_folders(root).unwrap_or_default().into_iter().filter(|other| !is_named(other)).collect();
    match nearest(&slug.value, others.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help(format!("expected the folder `content/{}`", slug.value)),
    }
}
