//! Loads a release from its TOML files and reports all mistakes at once.

mod confirmed;
mod cycles;
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
pub use files::SIGNED;
pub use filing_forms::filing_forms;
pub use picture::picture;
pub use print_style::print_style;
pub use site::{SITE, site};
pub use texts::{Texts, texts};
pub use theme::theme;
pub use toml_table::{ALL, Entry, WrittenText, unknown_language};
use toml_table::{Edition, TomlTable};
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
    editions_with(root, slug, &[])
}

/// Loads the original as it would be if some of its TOML files had other contents.
pub fn release_with(root: &Path, slug: &str, changed: &[Arc<Source>]) -> (Option<Release>, Findings) {
    let (editions, findings) = editions_with(root, slug, changed);
    (editions.map(|editions| editions.original), findings)
}

fn editions_with(root: &Path, slug: &str, changed: &[Arc<Source>]) -> (Option<Editions>, Findings) {
    let mut findings = Findings::new();
    let Some(mut folder) = files::read_folder(root, slug, &mut findings) else {
        return (None, findings);
    };
    folder.replace(changed);
    let editions = Edition::of(&languages::languages(folder.settings.as_ref()));
    let (mut releases, editions, is_torn) = read_toml(slug, &folder, editions, &mut findings);
    for (release, edition) in releases.iter_mut().zip(editions) {
        (release.untranslated, release.originals) = edition.into_texts();
        release.files = folder.sources().map(Arc::clone).collect();
        if is_torn {
            release.unread.insert(Release::ANY.to_owned());
        }
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

/// Reads the TOML files of a release for each of its editions, which are returned with the texts that they recorded. Also
/// returns whether a part could not be read.
fn read_toml(
    slug: &str,
    folder: &files::Folder,
    editions: Vec<Edition>,
    findings: &mut Findings,
) -> (Vec<Release>, Vec<Edition>, bool) {
    let mut releases = release::releases(slug, folder.settings.as_ref(), &editions, findings);
    let mut is_torn = folder.is_incomplete || releases.iter().any(Release::is_incomplete);
    let mut each = |list: &[files::File], read: fn(&TomlTable, &mut Release, &mut Findings)| {
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

/// Reads the files of `<root>/content/<slug>/` without parsing them; with findings about the folder.
pub fn dataset(root: &Path, slug: &str) -> (Vec<Arc<Source>>, Findings) {
    let mut findings = Findings::new();
    let folder = files::read_folder(root, slug, &mut findings).unwrap_or_default();
    let pictures = folder.pictures.iter().map(|picture| &picture.source);
    (folder.sources().chain(pictures).map(Arc::clone).collect(), findings)
}
