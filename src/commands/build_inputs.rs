//! The inputs of a build: what releases are built from, as their manifests record it, and whether it has changed since.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use serde::Deserialize;

use super::{Disposition, Outcome, OutputFolder, release_build::ReleaseBuild};
use crate::{
    closing::{CoverageCounts, RelationFamily, ReleaseSummary, RuleCount},
    diag::{Diagnostic, Level, Source},
    formats::{Format, release_list},
    load,
    project::Project,
    site::{Hashes, Manifest, Origin, Output, ReleaseCard, Site, from_json, sha256},
};

/// The check report that every release has.
const CHECK_REPORT: &str = "checks.json";

/// What all releases of a run are built from, besides the dataset of each.
pub(super) struct BuildInputs<'a> {
    pub root: &'a Path,
    pub project: &'a Project,
    /// How many threads a release has.
    pub threads: usize,
    shared: Hashes,
}

impl<'a> BuildInputs<'a> {
    pub(super) fn new(root: &'a Path, project: &'a Project, threads: usize) -> Self {
        Self { root, project, threads, shared: project.hashes() }
    }

    /// The manifest of a release built in these formats; none if it could not be built.
    pub(super) fn manifest(&self, release: &ReleaseBuild, formats: &[&'static Format]) -> Option<Manifest> {
        let (site, card) = release.site.as_ref()?;
        let warnings = release.findings.iter().filter(|finding| finding.level == Level::Warning).count();
        let origin = Origin {
            formats: format_names(formats),
            warnings,
            dataset: file_hashes(&release.dataset),
            shared: self.shared.clone(),
        };
        Some(Manifest::for_release(self.hashes_of(site), card.clone(), origin))
    }

    /// The hashes of the files of a site. Those of static files are among the hashes of the inputs.
    fn hashes_of(&self, site: &Site) -> Hashes {
        site.hashes(self.threads, |path, bytes| {
            let is_static = self.project.static_file(path) == Some(bytes);
            self.shared.get(path).filter(|_| is_static).cloned()
        })
    }

    /// The list of releases, the latest first, each with the hash of its manifest; and the list's own manifest. None if
    /// there is nothing to list and no list exists.
    pub(super) fn list(
        &self,
        releases: Vec<(ReleaseCard, String)>,
        has_list: bool,
    ) -> Result<Option<(Site, Manifest)>, Vec<Diagnostic>> {
        let hashes = releases.iter().map(|(card, hash)| (card.slug.clone(), hash.clone())).collect();
        let cards: Vec<ReleaseCard> = releases.into_iter().map(|(card, _)| card).collect();
        if !has_list && !cards.iter().any(ReleaseCard::has_pages) {
            return Ok(None);
        }
        let site = release_list(&cards, self.project)?;
        let manifest = Manifest::for_list(
            self.hashes_of(&site),
            hashes,
            Origin { shared: self.shared.clone(), ..Origin::default() },
        );
        Ok(Some((site, manifest)))
    }

    /// The outcome for a release whose rebuild would give the bytes that are in the output; none if that is not certain.
    /// A release with warnings is always rebuilt, so that they are reported again.
    pub(super) fn unchanged_outcome(
        &self,
        output: &Output,
        slug: &str,
        formats: &[&'static Format],
    ) -> Option<Outcome> {
        let manifest = output.manifest(slug)?;
        let origin = &manifest.origin;
        let is_sound = origin.warnings == 0 && manifest.release.as_ref().is_some_and(|card| card.draft.is_none());
        let is_same = origin.formats == format_names(formats)
            && origin.shared == self.shared
            && self.has_same_dataset(slug, origin);
        // Somebody may have changed files of the output.
        let is_intact = || output.inventory_of(slug).is_ok_and(|inventory| inventory == manifest.all_files());
        if !manifest.is_by_this_program() || !is_sound || !is_same || !is_intact() {
            return None;
        }
        let summary = summary(slug, &output.read(slug, CHECK_REPORT)?)?;
        let written = OutputFolder {
            folder: output.display_path(slug),
            files: manifest.files.len() + 1,
            disposition: Disposition::Unchanged,
        };
        let slug = slug.to_owned();
        Some(Outcome { slug, summary: Some(summary), written: Some(written), ..Outcome::default() })
    }

    /// Whether the datasets that a release was built from, its own and those of its prior releases, are unchanged; an added
    /// file counts as a change.
    fn has_same_dataset(&self, slug: &str, origin: &Origin) -> bool {
        let slugs = origin.dataset.keys().filter_map(|path| path.split('/').nth(1));
        let slugs: BTreeSet<&str> = slugs.chain([slug]).collect();
        let mut files = Vec::new();
        for other in slugs {
            let (read, findings) = load::dataset(self.root, other);
            let is_own = other == slug;
            if findings.has_errors() || is_own && (!findings.is_empty() || read.iter().any(|file| has_source(file))) {
                return false;
            }
            files.extend(read);
        }
        file_hashes(&files) == origin.dataset
    }
}

/// Whether a file may name a workbook to compare amounts with. It is no input of a build, so no manifest records it.
fn has_source(file: &Source) -> bool {
    file.path.contains("/statements/") && file.text.contains("source")
}

/// The summary in a check report that was written earlier; none if the file is no such report.
fn summary(slug: &str, report: &[u8]) -> Option<ReleaseSummary> {
    #[derive(Deserialize)]
    struct SavedReport {
        families: Vec<RelationFamily>,
        rules: Vec<RuleCount>,
        coverage: CoverageCounts,
    }
    let SavedReport { families, rules, coverage } = from_json(report)?;
    Some(ReleaseSummary { slug: slug.to_owned(), relations: families, rules, coverage })
}

fn format_names(formats: &[&Format]) -> Vec<String> {
    formats.iter().map(|format| format.name.to_owned()).collect()
}

fn file_hashes(files: &[Arc<Source>]) -> Hashes {
    files.iter().map(|file| (file.path.clone(), sha256(file.text.as_bytes()))).collect()
}
