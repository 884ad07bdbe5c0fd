//! Loads a release from its TOML files and reports all mistakes at once.

mod confirmed;
mod cycles;
mod dataset;
mod exchange;
mod file_name_check;
mod files;
mod filing_forms;
mod forecasts;
mod grouping;
mod languages;
mod line_or_measure;
mod measures;
mod name_check;
mod narrative;
mod nil_mark;
mod pasted;
mod picture;
mod print_style;
mod profit_or_loss;
mod relations;
mod release;
mod signoff;
mod site;
mod source;
mod statements;
mod syntax;
mod tables;
mod texts;
mod theme;
mod toml_table;
mod words;
mod written_nodes;

use std::{path::Path, sync::Arc};

use crate::{
    diag::{Findings, Source},
    model::Release,
};
use dataset::Dataset;
pub use dataset::KeptDataset;
pub use files::SIGNED;
pub use filing_forms::{filing_form, filing_forms};
pub use picture::picture;
pub use print_style::print_style;
pub use site::{SITE, site};
pub use texts::{Texts, texts};
pub use theme::theme;
pub use toml_table::{ALL, Entry, WrittenText, unknown_language};
pub use words::{FixedWords, words};
pub use written_nodes::{WrittenNode, written_nodes};

/// A release in each of its languages. Every edition has the same data; their texts differ.
#[derive(Debug)]
pub struct Editions {
    pub original: Release,
    /// In the order of `[release] language`.
    pub translations: Vec<Release>,
}

/// Loads the original of `<root>/content/<slug>/`. Returns no release if its folder cannot be read; otherwise what could be
/// read, with findings about the rest.
pub fn release(root: &Path, slug: &str) -> (Option<Release>, Findings) {
    let (editions, findings) = editions(root, slug);
    (editions.map(|editions| editions.original), findings)
}

/// Loads `<root>/content/<slug>/` in all its languages. Returns nothing if its folder cannot be read; otherwise what could
/// be read, with findings about the rest.
pub fn editions(root: &Path, slug: &str) -> (Option<Editions>, Findings) {
    editions_with(root, slug, &[], None)
}

/// The same, again: the dataset is read anew only if a file of it has changed since it was kept. It is kept for the next time.
pub fn editions_again(root: &Path, slug: &str, kept: &mut KeptDataset) -> (Option<Editions>, Findings) {
    editions_with(root, slug, &[], Some(kept))
}

/// Loads the original as it would be if some of its TOML files had other contents.
pub fn release_with(root: &Path, slug: &str, changed: &[Arc<Source>]) -> (Option<Release>, Findings) {
    let (editions, findings) = editions_with(root, slug, changed, None);
    (editions.map(|editions| editions.original), findings)
}

fn editions_with(
    root: &Path,
    slug: &str,
    changed: &[Arc<Source>],
    kept: Option<&mut KeptDataset>,
) -> (Option<Editions>, Findings) {
    let mut findings = Findings::new();
    let Some(mut folder) = files::read_folder(root, slug, &mut findings) else {
        return (None, findings);
    };
    folder.replace(changed);
    let dataset = match kept {
        Some(kept) => kept.read(slug, &mut folder),
        None => Dataset::read(slug, &folder),
    };
    findings.extend(dataset.findings);
    let mut releases = dataset.releases;
    for release in &mut releases {
        release.files = folder.sources().map(Arc::clone).collect();
        if dataset.is_torn || folder.is_incomplete {
            release.unread.insert(Release::ANY.to_owned());
        }
    }
    narrative::read(&folder.narrative, &mut releases, &mut findings);
    for picture in &folder.pictures {
        let path = format!("pictures/{}", picture.name);
        let read = self::picture(path, picture.bytes.clone());
        for release in &mut releases {
            release.pictures.insert(picture.name.clone(), read.clone());
            release.picture_files.push(Arc::clone(&picture.source));
        }
    }
    let mut releases = releases.into_iter();
    let Some(original) = releases.next() else { return (None, findings) };
    name_check::check_names(&original, &mut findings);
    file_name_check::check_file_names(&original, &mut findings);
    (Some(Editions { original, translations: releases.collect() }), findings)
}

/// Reads the files of `<root>/content/<slug>/` without parsing them; with findings about the folder.
pub fn dataset(root: &Path, slug: &str) -> (Vec<Arc<Source>>, Findings) {
    let mut findings = Findings::new();
    let folder = files::read_folder(root, slug, &mut findings).unwrap_or_default();
    let pictures = folder.pictures.iter().map(|picture| &picture.source);
    (folder.sources().chain(pictures).map(Arc::clone).collect(), findings)
}
