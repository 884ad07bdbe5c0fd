//! Finds and reads the files of a release: UTF-8 text inside the project folder.

use std::{fs, io, path::Path, sync::Arc};

use super::picture::MAX_BYTES;
use crate::{
    diag::{Diagnostic, Findings, Place, Source, nearest, read_bytes, read_text, resolve_inside},
    model::{PictureKind, ReservedCharacter},
};

/// A file: its text, and its name without leading number and extension.
#[derive(Clone)]
pub struct File {
    pub source: Arc<Source>,
    pub stem: String,
}

/// A picture beside the pages of the narrative.
#[derive(Clone)]
pub struct PictureFile {
    pub name: String,
    pub bytes: Vec<u8>,
    /// Its bytes, each as a character.
    pub source: Arc<Source>,
}

/// The files of a release by kind.
#[derive(Clone, Default)]
pub struct Folder {
    pub settings: Option<File>,
    pub statements: Vec<File>,
    pub measures: Vec<File>,
    pub relations: Vec<File>,
    pub exchange: Vec<File>,
    pub translated: Vec<File>,
    pub signed: Vec<File>,
    pub tables: Vec<File>,
    pub narrative: Vec<File>,
    pub pictures: Vec<PictureFile>,
    /// Whether a file could not be read.
    pub is_incomplete: bool,
}

impl Folder {
    /// All files that were read.
    pub fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        let Self { settings, statements, measures, relations, exchange, translated, signed, tables, narrative, .. } =
            self;
        let lists = [statements, measures, relations, exchange, translated, signed, tables, narrative];
        settings.iter().chain(lists.into_iter().flatten()).map(|file| &file.source)
    }

    /// The TOML files, in the order in which they are read.
    pub fn dataset(&self) -> impl Iterator<Item = &Arc<Source>> {
        let Self { settings, statements, measures, relations, exchange, translated, signed, tables, .. } = self;
        let lists = [statements, measures, relations, tables, exchange, translated, signed];
        settings.iter().chain(lists.into_iter().flatten()).map(|file| &file.source)
    }

    /// Gives some of the TOML files other contents.
    pub fn replace(&mut self, changed: &[Arc<Source>]) {
        for file in self.toml_files_mut() {
            if let Some(source) = changed.iter().find(|source| source.path == file.source.path) {
                file.source = Arc::clone(source);
            }
        }
    }

    fn toml_files_mut(&mut self) -> impl Iterator<Item = &mut File> {
        let Self { settings, statements, measures, relations, exchange, translated, signed, tables, .. } = self;
        let lists = [statements, measures, relations, exchange, translated, signed, tables];
        settings.iter_mut().chain(lists.into_iter().flatten())
    }
}

/// The files and folders at the top level of a release, apart from the narrative.
const KNOWN: [&str; 8] = [
    "release.toml",
    "measures.toml",
    "relations.toml",
    "exchange.toml",
    "translated.toml",
    "signoff.toml",
    "statements",
    "tables",
];

/// The file of confirmed translations.
pub const TRANSLATED: &str = "translated.toml";
/// The file of signatures.
pub const SIGNED: &str = "signoff.toml";

/// Reads `content/<slug>/` below the root; `None` if the folder cannot be read.
pub fn read_folder(root: &Path, slug: &str, findings: &mut Findings) -> Option<Folder> {
    let base = format!("content/{slug}");
    let names = list_folder(root, &base, findings)?;
    let mut folder = Folder::default();
    for name in names.iter().map(String::as_str) {
        let path = format!("{base}/{name}");
        match name {
            "release.toml" => folder.settings = read_file(root, &path, findings),
            "measures.toml" => folder.measures.extend(read_file(root, &path, findings)),
            "relations.toml" => folder.relations.extend(read_file(root, &path, findings)),
            "exchange.toml" => folder.exchange.extend(read_file(root, &path, findings)),
            TRANSLATED => folder.translated.extend(read_file(root, &path, findings)),
            SIGNED => folder.signed.extend(read_file(root, &path, findings)),
            "statements" => folder.statements = read_toml_files(root, &path, findings),
            "tables" => folder.tables = read_toml_files(root, &path, findings),
            _ if is_narrative(name) && !is_url_safe(name) => {
                let message = format!("`{path}` cannot be a page: its name becomes part of a URL");
                let help = "use only letters, digits, `-`, `_` and `.`";
                findings.push(Diagnostic::error("page", message).help(help));
            }
            _ if is_narrative(name) => folder.narrative.extend(read_file(root, &path, findings)),
            _ if PictureKind::of(name).is_some() => {}
            _ => warn_unused_file(&path, name, findings),
        }
    }
    read_pictures(root, &base, &names, &mut folder, findings);
    if !names.iter().any(|name| name == "release.toml") {
        findings.push(Diagnostic::io("read", format!("`{base}/release.toml` is missing")));
    }
    folder.is_incomplete = findings.has_errors();
    Some(folder)
}

/// Reads the pictures that a page of the narrative names. An SVG file needs a PNG file of the same name, for print.
fn read_pictures(root: &Path, base: &str, names: &[String], folder: &mut Folder, findings: &mut Findings) {
    let is_named = |name: &str| folder.narrative.iter().any(|page| page.source.text.contains(name));
    let is_used =
        |name: &str| is_named(name) || name.strip_suffix("png").is_some_and(|stem| is_named(&format!("{stem}svg")));
    let mut pictures = Vec::new();
    for name in names.iter().filter(|name| PictureKind::of(name).is_some()) {
        let path = format!("{base}/{name}");
        if !is_used(name) {
            warn_unused_file(&path, name, findings);
        } else if !is_url_safe(name) {
            let message = format!("`{path}` cannot be published: its name becomes part of a URL");
            let finding = Diagnostic::error("picture", message);
            findings.push(finding.help("use only letters, digits, `-`, `_` and `.`"));
        } else if fs::metadata(root.join(&path)).is_ok_and(|file| file.len() > MAX_BYTES as u64) {
            let message = format!("`{path}` has more than {} MiB", MAX_BYTES / 1024 / 1024);
            findings.push(Diagnostic::error("picture", message).help("save it smaller"));
        } else if let Some(bytes) = findings.keep(read_bytes(root, &path)) {
            let source = Source::new(path, bytes.iter().map(|byte| char::from(*byte)).collect::<String>());
            pictures.push(PictureFile { name: name.clone(), bytes, source });
        }
    }
    folder.pictures = pictures;
}

fn is_narrative(name: &str) -> bool {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && name[digits..].starts_with('-') && name.len() > digits + 4 && name.ends_with(".md")
}

/// Whether a name can be part of a URL without escapes.
fn is_url_safe(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c))
}

fn warn_unused_file(path: &str, name: &str, findings: &mut Findings) {
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

fn read_toml_files(root: &Path, base: &str, findings: &mut Findings) -> Vec<File> {
    let mut names = list_folder(root, base, findings).unwrap_or_default();
    // Editors and operating systems create hidden files.
    names.retain(|name| !name.starts_with('.'));
    let (read, rest): (Vec<_>, Vec<_>) = names.iter().partition(|name| name.ends_with(".toml"));
    for name in rest {
        warn_unused_file(&format!("{base}/{name}"), name, findings);
    }
    read.iter().filter_map(|name| read_file(root, &format!("{base}/{name}"), findings)).collect()
}

/// The names in a folder, sorted by leading number, then by name.
fn list_folder(root: &Path, base: &str, findings: &mut Findings) -> Option<Vec<String>> {
    let folder = findings.keep(resolve_inside(root, base))?;
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = findings.keep(entries.map_err(|error| Diagnostic::cannot_read(base, &error)))?;
    let mut names: Vec<_> = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort_by_cached_key(|name| (page_number(name), name.clone()));
    Some(names)
}

/// The leading number of a page's name, so that page 9 comes before page 10.
fn page_number(name: &str) -> u64 {
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    name[..digits].parse().unwrap_or(u64::MAX)
}

/// Reads one file; reports errors and returns `None`.
pub fn read_file(root: &Path, path: &str, findings: &mut Findings) -> Option<File> {
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
