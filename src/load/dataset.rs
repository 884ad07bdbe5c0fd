//! Reads the TOML files of a release, and keeps what was read of them until one of them changes.

use std::sync::Arc;

use super::{
    confirmed, exchange,
    files::{File, Folder},
    languages, measures, relations, release, signoff, statements, tables,
    toml_table::{self, Edition, TomlTable},
};
use crate::{
    diag::{Findings, Source},
    model::Release,
};

/// What the TOML files of a release say: its editions, without the narrative.
#[derive(Debug, Clone)]
pub(super) struct Dataset {
    /// The original first.
    pub releases: Vec<Release>,
    /// Whether a part could not be read.
    pub is_torn: bool,
    pub findings: Findings,
}

/// A dataset as it was read last, with its files; nothing at first.
#[derive(Debug, Clone, Default)]
pub struct KeptDataset(Option<Arc<(Vec<Arc<Source>>, Dataset)>>);

impl KeptDataset {
    /// Whether this is the very dataset that another one is.
    pub fn is_same(&self, other: &Self) -> bool {
        matches!((&self.0, &other.0), (Some(one), Some(other)) if Arc::ptr_eq(one, other))
    }

    /// The dataset of a folder. Unless its files are those that were read last, they are read. The folder gets the kept files, so
    /// that all places in them are of the same files.
    pub(super) fn read(&mut self, slug: &str, folder: &mut Folder) -> Dataset {
        let is_of = |files: &[Arc<Source>]| {
            let pairs = || files.iter().zip(folder.dataset());
            files.len() == folder.dataset().count()
                && pairs().all(|(kept, file)| (&kept.path, &kept.text) == (&file.path, &file.text))
        };
        let kept = match self.0.as_ref().filter(|kept| is_of(&kept.0)) {
            Some(kept) => Arc::clone(kept),
            None => Arc::new((folder.dataset().map(Arc::clone).collect(), Dataset::read(slug, folder))),
        };
        folder.replace(&kept.0);
        self.0 = Some(Arc::clone(&kept));
        kept.1.clone()
    }
}

impl Dataset {
    /// Reads the TOML files of a folder for each edition.
    pub fn read(slug: &str, folder: &Folder) -> Self {
        let mut findings = Findings::new();
        let editions = Edition::of(&languages::languages(folder.settings.as_ref()));
        let (mut releases, editions, is_torn) = read_toml(slug, folder, editions, &mut findings);
        for (release, edition) in releases.iter_mut().zip(editions) {
            (release.untranslated, release.originals) = edition.into_texts();
        }
        if let Some(original) = releases.first_mut() {
            let read = &mut |keys: &mut TomlTable, findings: &mut Findings| confirmed::read(keys, original, findings);
            for file in &folder.translated {
                toml_table::parse_file(file, &mut findings, read);
            }
            let read = &mut |keys: &mut TomlTable, findings: &mut Findings| signoff::read(keys, original, findings);
            for file in &folder.signed {
                toml_table::parse_file(file, &mut findings, read);
            }
        }
        Self { releases, is_torn, findings }
    }
}

/// Reads the TOML files of a release for each of its editions, which are returned with the texts that they recorded. Also
/// returns whether a part could not be read.
pub(super) fn read_toml(
    slug: &str,
    folder: &Folder,
    editions: Vec<Edition>,
    findings: &mut Findings,
) -> (Vec<Release>, Vec<Edition>, bool) {
    let mut releases = release::releases(slug, folder.settings.as_ref(), &editions, findings);
    let mut is_torn = releases.iter().any(Release::is_incomplete);
    let mut each = |list: &[File], read: fn(&TomlTable, &mut Release, &mut Findings)| {
        for file in list {
            is_torn |= !toml_table::parse_editions(file, &editions, findings, &mut |keys, findings| {
                if let Some(release) = releases.get_mut(keys.edition_index()) {
                    read(keys, release, findings);
                }
            });
        }
    };
    each(&folder.statements, statements::read);
    each(&folder.measures, measures::read);
    each(&folder.relations, relations::read);
    each(&folder.tables, tables::read);
    each(&folder.exchange, exchange::read);
    (releases, editions, is_torn)
}
