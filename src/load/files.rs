//! Finds and reads a release's files: UTF-8 text inside the root, and nothing else.

use std::{fs, io, path::Path, sync::Arc};

use crate::{
    diag::{Diagnostic, Findings, Place, Source, inside, nearest, read_text},
    model::ReservedCharacter,
};

/// One file: its text, and its name without number and ending.
pub struct File {
    pub source: Arc<Source>,
    pub stem: String,
}

/// A release's files by what they are.
#[derive(Default)]
pub struct Folder {
    pub settings: Option<File>,
    pub statements: Vec<File>,
    pub measures: Vec<File>,
    pub relations: Vec<File>,
    pub tables: Vec<File>,
    pub narrative: Vec<File>,
    /// Whether one of them could not be read.
    pub torn: bool,
}

impl Folder {
    /// Every file that was read.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        let Self { settings, statements, measures, relations, tables, narrative, .. } = self;
        let lists = [statements, measures, relations, tables, narrative];
        settings.iter().chain(lists.into_iter().flatten()).map(|file| &file.source)
    }
}

/// Files at a release's top level that are read, beside the narrative.
const KNOWN: [&str; 5] = ["release.toml", "measures.toml", "relations.toml", "statements", "tables"];

/// Reads `content/<slug>/` below the root; none when there is no such folder.
pub fn folder(root: &Path, slug: &str, findings: &mut Findings) -> Option<Folder> {
    let base = format!("content/{slug}");
    let names = names(root, &base, findings)?;
    let mut folder = Folder::default();
    for name in names.iter().map(String::as_str) {
        let path = format!("{base}/{name}");
        match name {
            "release.toml" => folder.settings = file(root, &path, findings),
            "measures.toml" => folder.measures.extend(file(root, &path, findings)),
            "relations.toml" => folder.relations.extend(file(root, &path, findings)),
            "statements" => folder.statements = tomls(root, &path, findings),
            "tables" => folder.tables = tomls(root, &path, findings),
            _ if is_narrative(name) && !is_address(name) => {
                let message = format!("`{path}` cannot be a page: its name becomes part of a URL");
                let help = "use only letters, digits, `-`, `_` and `.`";
                findings.push(Diagnostic::error("page", message).help(help));
            }
            _ if is_narrative(name) => folder.narrative.extend(file(root, &path, findings)),
            _ => unknown(&path, name, findings),
        }
    }
    if !names.iter().any(|name| name == "release.toml") {
        findings.push(Diagnostic::io("read", format!("`{base}/release.toml` is missing")));
    }
    folder.torn = findings.has_errors();
    Some(folder)
}

fn is_narrative(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && name[digits..].starts_with('-') && name.len() > digits + 4 && name.ends_with(".md")
}

/// Whether a name may be in an address as it is.
fn is_address(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
}

fn unknown(path: &str, name: &str, findings: &mut Findings) {
    if name.starts_with('.') || name.ends_with('~') {
        return;
    }
    let mut finding = Diagnostic::warning("unused-file", format!("`{path}` is not read"));
    if let Some(near) = nearest(name, KNOWN) {
        finding = finding.help(format!("did you mean `{near}`?"));
    } else if name.ends_with(".md") {
        finding = finding.note("a page of the narrative is named `NN-name.md`");
    }
    findings.push(finding);
}

fn tomls(root: &Path, base: &str, findings: &mut Findings) -> Vec<File> {
    let mut names = names(root, base, findings).unwrap_or_default();
    // Editors and systems put files of their own beside those being written.
    names.retain(|name| !name.starts_with('.'));
    let (read, rest): (Vec<_>, Vec<_>) = names.iter().partition(|name| name.ends_with(".toml"));
    for name in rest {
        unknown(&format!("{base}/{name}"), name, findings);
    }
    read.iter().filter_map(|name| file(root, &format!("{base}/{name}"), findings)).collect()
}

/// The names in a folder, sorted.
fn names(root: &Path, base: &str, findings: &mut Findings) -> Option<Vec<String>> {
    let folder = findings.keep(inside(root, base))?;
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = findings.keep(entries.map_err(|error| Diagnostic::cannot_read(base, &error)))?;
    let mut names: Vec<_> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_by_cached_key(|name| (number(name), name.clone()));
    Some(names)
}

/// The number that a page's name begins with: page 9 is before page 10.
fn number(name: &str) -> u64 {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    name[..digits].parse().unwrap_or(u64::MAX)
}

/// Reads one file; none where that fails, which is reported.
pub fn file(root: &Path, path: &str, findings: &mut Findings) -> Option<File> {
    let source = findings.keep(read_text(root, path))?;
    if let Some(found) = ReservedCharacter::find(&source.text) {
        let place = Place::new(&source, found.span.clone());
        findings.push(found.at(&place));
        return None;
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let stem = stem.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-').to_owned();
    Some(File { source, stem })
}
