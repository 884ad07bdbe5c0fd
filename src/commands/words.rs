//! `kessan words`: writes the texts of a dataset as CSV for translators, and puts their translations back into the TOML files.

mod changes;
mod columns;
mod placeholders;
mod returned_file;
mod splice;
mod text_list;
mod trial;

use std::path::Path;

use serde::Serialize;

use super::swap_files;
use crate::{
    diag::{Diagnostic, Findings},
    load::{self, Texts, unknown_language},
    model::At,
    project::select_releases,
};
use changes::Change;
pub(super) use swap_files::create as create_file;
pub use text_list::TextList;

/// A release and the language of a translation.
#[derive(Debug)]
pub struct Words<'a> {
    pub root: &'a Path,
    pub slug: &'a str,
    pub language: &'a str,
}

/// What reading translations changes.
#[derive(Debug, Serialize)]
pub struct WordsPlan {
    pub slug: String,
    pub language: String,
    /// The files that change, in the order of the release.
    pub files: Vec<PlannedFile>,
    /// Whether the files were changed, and not only planned to be.
    pub written: bool,
}

/// A file of the dataset that changes.
#[derive(Debug, Serialize)]
pub struct PlannedFile {
    pub path: String,
    /// The texts that were not translated.
    pub added: usize,
    /// The translations that are replaced.
    pub replaced: usize,
}

/// The texts of a release as CSV; only those without a translation if `is_missing_only`. Errors: the dataset cannot be read, or
/// the release has no such translation.
pub fn list_texts(request: &Words, is_missing_only: bool) -> Result<TextList, Vec<Diagnostic>> {
    let texts = load_texts(request)?;
    Ok(TextList::new(&texts, request.language, is_missing_only))
}

/// Writes a list to `root`/`path`. Errors: there is something already, or it cannot be written.
pub fn write_list(root: &Path, path: &str, list: &TextList) -> Result<(), Diagnostic> {
    swap_files::create(root, path, &list.csv)
}

/// Reads translations from the CSV file `root`/`path` into the dataset, if `is_written`; otherwise only plans to. Errors: every
/// mistake in the file; then nothing is written.
pub fn read_translations(request: &Words, path: &str, is_written: bool) -> Result<WordsPlan, Vec<Diagnostic>> {
    let texts = load_texts(request)?;
    let source = returned_file::read(request.root, path).map_err(|finding| vec![finding])?;
    let mut findings = Findings::new();
    let rows = columns::rows(&source, texts.original(), request.language, &mut findings);
    let changes = changes::changes(&rows, &texts, request.language, &mut findings);
    let files = trial::changed_files(&texts, &changes, request.language, &mut findings);
    if !findings.is_empty() {
        return Err(findings.sorted());
    }
    if is_written {
        let replaced: Vec<_> = files.iter().map(|file| (&file.before, &file.after)).collect();
        swap_files::replace(request.root, &replaced).map_err(|finding| vec![finding])?;
    }
    let files = files.iter().map(|file| planned_file(&file.before.path, &changes)).collect();
    let (slug, language) = (request.slug.to_owned(), request.language.to_owned());
    Ok(WordsPlan { slug, language, files, written: is_written })
}

fn planned_file(path: &str, changes: &[Change]) -> PlannedFile {
    let here = || changes.iter().filter(|change| change.text.place.source.path == path);
    let replaced = here().filter(|change| change.is_replaced).count();
    PlannedFile { path: path.to_owned(), added: here().count() - replaced, replaced }
}

/// The texts of the release. Errors: what could hide a text, or that the language is none of its translations.
fn load_texts(request: &Words) -> Result<Texts, Vec<Diagnostic>> {
    let mut findings = Findings::new();
    let named = [request.slug.to_owned()];
    for slug in select_releases(request.root, &named, &mut findings) {
        let (texts, found) = load::texts(request.root, &slug);
        findings.extend(found);
        if let Some(texts) = texts {
            check_language(&texts, request.language).map_err(|finding| vec![finding])?;
            return Ok(texts);
        }
    }
    Err(findings.sorted())
}

fn check_language(texts: &Texts, language: &str) -> Result<(), Diagnostic> {
    let languages: Vec<String> = texts.languages.iter().map(|known| known.value.clone()).collect();
    match texts.languages.iter().position(|known| known.value == language) {
        Some(0) => {
            let message = format!("`{language}` is the language of the original, not of a translation");
            let finding = Diagnostic::error("language", message);
            Err(texts.languages.iter().take(1).fold(finding, |finding, first| finding.at(&first.place, "")))
        }
        Some(_) => Ok(()),
        None => {
            let place = texts.languages.last().map(|last| &last.place);
            let Some(place) = place else { return Ok(()) };
            let finding = unknown_language(&At::new(language.to_owned(), place.clone()), &languages);
            let all = languages.iter().map(String::as_str).chain([language]).map(|tag| format!("\"{tag}\""));
            let all = all.collect::<Vec<_>>().join(", ");
            Err(finding.help(format!("to add a translation, write `language = [{all}]`")))
        }
    }
}
