//! What releases are made from, as their manifests record it, and whether all of that is still as it was.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use super::{
    Disposition, Outcome, Project, Written, check_report,
    formats::{self, Format},
    release::BuiltRelease,
};
use crate::{
    diag::{Diagnostic, Level, Source},
    load,
    site::{Hashes, Manifest, Origin, Output, ReleaseCard, Site, sha256},
};

/// The check report that every release has.
const CHECKS: &str = "checks.json";

/// What all releases of a run are made from, beside the dataset of each.
pub(super) struct BuildInputs<'a> {
    pub root: &'a Path,
    pub project: &'a Project,
    shared: Hashes,
}

impl<'a> BuildInputs<'a> {
    pub(super) fn new(root: &'a Path, project: &'a Project) -> Self {
        Self { root, project, shared: project.hashes() }
    }

    /// The manifest of a release that was made in these forms; none of one that could not be.
    pub(super) fn manifest(&self, made: &BuiltRelease, forms: &[Format]) -> Option<Manifest> {
        let (site, card) = made.site.as_ref()?;
        let warnings = made.findings.iter().filter(|finding| finding.level == Level::Warning).count();
        let origin =
            Origin { forms: words(forms), warnings, dataset: hashes(&made.dataset), shared: self.shared.clone() };
        Some(Manifest::of_release(site, card.clone(), origin))
    }

    /// The list of releases, the latest first, each with the hash of its manifest; and the list's own manifest. None where
    /// there is nothing to list and there was no list before.
    pub(super) fn list(
        &self,
        releases: Vec<(ReleaseCard, String)>,
        was_there: bool,
    ) -> Result<Option<(Site, Manifest)>, Vec<Diagnostic>> {
        let hashes = releases.iter().map(|(card, hash)| (card.slug.clone(), hash.clone())).collect();
        let cards: Vec<ReleaseCard> = releases.into_iter().map(|(card, _)| card).collect();
        if !was_there && !cards.iter().any(ReleaseCard::has_pages) {
            return Ok(None);
        }
        let site = formats::list(&cards, self.project)?;
        let manifest = Manifest::of_list(&site, hashes, Origin { shared: self.shared.clone(), ..Origin::default() });
        Ok(Some((site, manifest)))
    }

    /// What became of a release in the output that would be made anew to the very same bytes; none where that is not
    /// sure. One that had findings is made again, so that they are told again.
    pub(super) fn unchanged(&self, output: &Output, slug: &str, forms: &[Format]) -> Option<Outcome> {
        let manifest = output.manifest(slug)?;
        let origin = &manifest.origin;
        let is_sound = origin.warnings == 0 && manifest.release.as_ref().is_some_and(|card| card.draft.is_none());
        let is_same = origin.forms == words(forms) && origin.shared == self.shared && self.is_same(slug, origin);
        // Somebody may have been at the output.
        let is_whole = || output.standing(slug).is_ok_and(|standing| standing == manifest.whole());
        if !manifest.is_by_this_program() || !is_sound || !is_same || !is_whole() {
            return None;
        }
        let studied = check_report::studied(slug, &output.read(slug, CHECKS)?)?;
        let written =
            Written { folder: output.shown(slug), files: manifest.files.len() + 1, became: Disposition::Unchanged };
        let slug = slug.to_owned();
        let suspects = Vec::new();
        Some(Outcome { slug, errors: 0, warnings: 0, suspects, studied: Some(studied), written: Some(written) })
    }

    /// Whether the datasets that a release was made from, its own and those of the releases it is compared with, are as they
    /// were: a file more changes a release as much as a changed one.
    fn is_same(&self, slug: &str, origin: &Origin) -> bool {
        let slugs = origin.dataset.keys().filter_map(|path| path.split('/').nth(1));
        let slugs: BTreeSet<&str> = slugs.chain([slug]).collect();
        let mut files = Vec::new();
        for other in slugs {
            let (read, findings) = load::dataset(self.root, other);
            if findings.has_errors() || other == slug && !findings.is_empty() {
                return false;
            }
            files.extend(read);
        }
        hashes(&files) == origin.dataset
    }
}

fn words(forms: &[Format]) -> Vec<String> {
    forms.iter().map(|form| form.word().to_owned()).collect()
}

fn hashes(files: &[Arc<Source>]) -> Hashes {
    files.iter().map(|file| (file.path.clone(), sha256(file.text.as_bytes()))).collect()
}
