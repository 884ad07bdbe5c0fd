//! The texts of a release that its translations may have in another language, each with a name and the place it is written at.
//!
//! They are what the readers of the dataset took as texts for readers, so that there is no second list of such keys.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use toml::{
    Spanned,
    de::{DeArray, DeTable, DeValue},
};

use super::{
    dataset::read_toml,
    files::{self, Folder},
    languages,
    toml_table::{ALL, Edition, WrittenText},
};
use crate::{
    diag::{Findings, Level, Source},
    model::{At, Release},
};

/// The texts of a release, in the order of its files.
pub struct Texts {
    /// The languages of the release, the original's first.
    pub languages: Vec<At<String>>,
    pub texts: Vec<WrittenText>,
    /// Whether readers see the report of checks, which has the reasons of declarations.
    pub publishes_checks: bool,
    slug: String,
    folder: Folder,
}

/// Reads the texts of `<root>/content/<slug>/`. Findings: whatever could hide a text. A text that is not translated is none.
pub fn texts(root: &Path, slug: &str) -> (Option<Texts>, Findings) {
    let mut findings = Findings::new();
    match files::read_folder(root, slug, &mut findings) {
        // The bytes of pictures are of no use here.
        Some(folder) => texts_of(slug, Folder { pictures: Vec::new(), ..folder }, findings),
        None => (None, findings),
    }
}

impl Texts {
    /// The texts as they would be if some files had other contents.
    pub fn with(&self, changed: &[Arc<Source>]) -> (Option<Self>, Findings) {
        let mut folder = self.folder.clone();
        folder.replace(changed);
        texts_of(&self.slug, folder, Findings::new())
    }

    /// The language of the original.
    pub fn original(&self) -> &str {
        self.languages.first().map_or("", |language| &language.value)
    }
}

fn texts_of(slug: &str, folder: Folder, mut findings: Findings) -> (Option<Texts>, Findings) {
    let editions = Edition::collecting(&languages::languages(folder.settings.as_ref()));
    let (mut releases, editions, _) = read_toml(slug, &folder, editions, &mut findings);
    let mut faults = Findings::new();
    faults.extend(findings.into_iter().filter(|found| found.level == Level::Error && found.rule != "untranslated"));
    if releases.is_empty() || !faults.is_empty() {
        return (None, faults);
    }
    let Release { languages, publish_checks: publishes_checks, .. } = releases.swap_remove(0);
    let mut texts: Vec<_> = editions.into_iter().flat_map(Edition::into_written).collect();
    let original = languages.first().map_or("", |language| language.value.as_str());
    name_texts(&mut texts, slug, &folder, original);
    (Some(Texts { languages, texts, publishes_checks, slug: slug.to_owned(), folder }), faults)
}

/// Puts texts into the order of the files and names each by its file and the keys that lead to it.
fn name_texts(texts: &mut Vec<WrittenText>, slug: &str, folder: &Folder, original: &str) {
    let start = |text: &WrittenText| text.entries.first().map_or(0, |entry| entry.text.place.start);
    let mut by_file: BTreeMap<String, Vec<WrittenText>> = BTreeMap::new();
    for text in texts.drain(..) {
        let path = text.entries.first().map(|entry| entry.text.place.source.path.clone());
        by_file.entry(path.unwrap_or_default()).or_default().push(text);
    }
    let mut names = BTreeSet::new();
    for source in folder.sources() {
        let Some(mut found) = by_file.remove(&source.path) else { continue };
        found.sort_by_key(start);
        found.dedup_by_key(|text| start(text));
        let paths = key_paths(&source.text, original);
        let file = source.path.strip_prefix(&format!("content/{slug}/")).unwrap_or(&source.path);
        for mut text in found {
            let Some(entry) = text.original(original) else { continue };
            let path = paths.get(&entry.text.place.start).map_or(&[][..], Vec::as_slice);
            let path = if entry.key.is_some() { &path[..path.len().saturating_sub(1)] } else { path };
            text.id = unused(&format!("{file}:{}", path.join(".")), &mut names);
            texts.push(text);
        }
    }
}

/// A name, with a number where another has the same.
fn unused(name: &str, names: &mut BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{name}#{number}"));
    let name = [name.to_owned()].into_iter().chain(numbered).find(|name| !names.contains(name)).unwrap_or_default();
    names.insert(name.clone());
    name
}

/// The keys that lead to every text and list of a file, by the position at which it begins.
fn key_paths(text: &str, original: &str) -> BTreeMap<usize, Vec<String>> {
    let mut paths = KeyPaths { original, path: Vec::new(), found: BTreeMap::new() };
    paths.walk_table(DeTable::parse_recoverable(text).0.get_ref());
    paths.found
}

struct KeyPaths<'a> {
    original: &'a str,
    path: Vec<String>,
    found: BTreeMap<usize, Vec<String>>,
}

/// The keys that may name a table of a list, the first that it has.
const NAMES: [&str; 10] = ["id", "name", "figure", "relation", "page", "line", "period", "member", "text", "kind"];

impl KeyPaths<'_> {
    fn walk(&mut self, value: &Spanned<DeValue>) {
        match value.get_ref() {
            DeValue::Table(table) => self.walk_table(table),
            DeValue::Array(list) => {
                self.found.insert(value.span().start, self.path.clone());
                self.walk_list(list);
            }
            DeValue::String(_) => _ = self.found.insert(value.span().start, self.path.clone()),
            _ => {}
        }
    }

    fn walk_table(&mut self, table: &DeTable) {
        for (key, value) in table.iter() {
            self.path.push(one_line(key.get_ref()));
            self.walk(value);
            self.path.pop();
        }
    }

    /// An entry has its own name, with a number from its second use in the list on, or else its number among those without.
    fn walk_list(&mut self, list: &DeArray) {
        let mut uses: BTreeMap<String, usize> = BTreeMap::new();
        for value in list.iter() {
            let name = value.get_ref().as_table().and_then(|table| self.name(table)).unwrap_or_default();
            let count = uses.entry(name.clone()).or_default();
            *count += 1;
            self.path.push(match (name.is_empty(), *count) {
                (true, count) => count.to_string(),
                (false, 1) => name,
                (false, count) => format!("{name}#{count}"),
            });
            self.walk(value);
            self.path.pop();
        }
    }

    fn name(&self, table: &DeTable) -> Option<String> {
        let text = |key: &str| {
            let value = table.get(key)?.get_ref();
            let by_language = value.as_table().and_then(|table| table.get(ALL).or_else(|| table.get(self.original)));
            by_language.map_or(value, |value| value.get_ref()).as_str().map(one_line)
        };
        NAMES.iter().find_map(|key| text(key)).filter(|name| !name.is_empty())
    }
}

/// A text without line breaks and runs of spaces.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
