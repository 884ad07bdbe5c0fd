//! Loads a project: its templates and static files over the built-in ones, and the list of its releases.

mod appearance;
mod layers;
mod releases;
mod slug;

pub(crate) use releases::{release_folder, release_folders, select_releases};
pub(crate) use slug::check_slug;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
    sync::{Arc, OnceLock},
};

use crate::{
    diag::{Diagnostic, Findings, Place, Source, quoted_list, read_bytes, read_text, resolve_inside},
    load,
    merge::Templates,
    model::{
        At, PictureKind, Release, SiteSettings, Taxonomy, Words, collision_reason, fold_name, portability_problem,
    },
    render::{
        built_in,
        pdf::{Faces, Style},
    },
    site::{Hashes, sha256},
};
pub(crate) use appearance::Logo;
use appearance::read_appearance;
use layers::{Layers, TEMPLATES};

/// The folders that releases are built from, and workbooks that amounts come from, under the project's root.
pub(crate) const SOURCE_FOLDERS: [&str; 4] = ["content", TEMPLATES, STATIC, "sources"];
/// The folder of static files that a project may override; [`TEMPLATES`] is the other one.
const STATIC: &str = "static";
/// The folder of fonts, from the project's root.
const FONTS: &str = "static/fonts/";
/// The script of the pages.
const SCRIPT: &str = "static/kessan.js";
/// The words of the built-in English.
const ENGLISH: &str = "templates/words/en.toml";
/// The folder of the forms of exchanges.
const FILING: &str = "filing/";
/// The prefix of words that name an output format. A language need not have them, because every format has a title.
const FORMAT_NAME_PREFIX: &str = "format_";
/// The prefixes of words that a language may take from English: those of the redline, which is not published, and the names of
/// rules and of what they look at, which also the program's messages use.
const OPTIONAL_PREFIXES: [&str; 3] = ["redline_", "rule_", "looked_"];
/// The limit on nested folders, because a link to its own parent would never end.
const MAX_DEPTH: usize = 16;

/// A project: its templates and static files over the built-in ones, and what its releases share.
#[derive(Debug, Default)]
pub struct Project {
    /// The style of the PDF.
    pub style: Style,
    /// The fonts of the PDF.
    pub faces: Faces,
    /// Where the releases are published.
    pub site: SiteSettings,
    /// The static files, by their path within `static/` (`style.css`), and files generated from the theme.
    pub assets: BTreeMap<String, Arc<Vec<u8>>>,
    /// The fonts among them that pages use.
    web_faces: BTreeSet<String>,
    pub(crate) logo: Option<Logo>,
    layers: Layers,
    /// The templates, parsed once they are needed; none when one of them has an error.
    templates: OnceLock<Option<Templates>>,
    /// The words of the built-in English, whose fixed words are those that a language can have, once a language has been read.
    english: OnceLock<Option<Words>>,
}

impl Project {
    /// Loads the project at `root`. Findings: every file that cannot be read, is a template and not UTF-8, or is a link out of
    /// the root; a built-in file of the same name replaces it, so that everything else can be checked.
    pub fn load(root: &Path) -> (Self, Findings) {
        let mut project = Self::built_in();
        let mut findings = Findings::new();
        for path in list_files(root, TEMPLATES, &mut findings) {
            if let Some(source) = findings.keep(read_text(root, &path)) {
                project.layers.files.insert(path[TEMPLATES.len() + 1..].to_owned(), source);
            }
        }
        let mut own = BTreeSet::new();
        for path in list_files(root, STATIC, &mut findings) {
            if let Some(bytes) = findings.keep(read_bytes(root, &path)) {
                let path = &path[STATIC.len() + 1..];
                project.assets.insert(path.to_owned(), Arc::new(bytes));
                own.insert(path.to_owned());
            }
        }
        if project.has_own_templates() {
            project.templates = OnceLock::from(findings.keep(project.parse_templates()));
        }
        project.site = load::site(root, &mut findings);
        let appearance = read_appearance(&project.layers, &project.assets, &mut findings);
        (project.style, project.faces, project.logo) = (appearance.style, appearance.faces, appearance.logo);
        project.web_faces = appearance.pages.web.iter().map(|face| format!("fonts/{}", face.file)).collect();
        let generated = [("theme.css", appearance.pages.stylesheet()), ("icon.svg", appearance.pages.icon())];
        for (name, text) in generated {
            project.assets.entry(name.to_owned()).or_insert_with(|| Arc::new(text.into_bytes()));
        }
        findings.extend(check_portability(&project.assets, &own));
        (project, findings)
    }

    /// The templates; none when one of them has an error, which was reported when the project was loaded.
    pub fn templates(&self) -> Option<&Templates> {
        self.templates.get_or_init(|| self.parse_templates().ok()).as_ref()
    }

    fn parse_templates(&self) -> Result<Templates, Diagnostic> {
        let texts = self.layers.files.iter().map(|(name, source)| (name.as_str(), source.text.as_str()));
        Templates::new(texts.filter(|(name, _)| built_in::is_template(name)))
    }

    /// Whether a template of the pages is not the built-in one.
    pub(crate) fn has_own_templates(&self) -> bool {
        let is_own = |(name, source): (&String, &Arc<Source>)| {
            built_in::is_template(name) && built_in::text(&format!("{TEMPLATES}/{name}")) != Some(source.text.as_str())
        };
        self.layers.files.iter().any(is_own)
    }

    /// Whether the script of the pages is not the built-in one.
    pub(crate) fn has_own_script(&self) -> bool {
        self.static_file(SCRIPT) != built_in::text(SCRIPT).map(str::as_bytes)
    }

    /// The static files published beside the pages, by their path within `static/`. Of the fonts only those that pages use; the
    /// others are for the PDF.
    pub(crate) fn page_assets(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let is_used = |path: &str| !path.starts_with("fonts/") || self.web_faces.contains(path);
        let assets = self.assets.iter().filter(move |(path, _)| is_used(path));
        assets.map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The bytes of a static file, by its path from the project's root.
    pub(crate) fn static_file(&self, path: &str) -> Option<&[u8]> {
        let asset = self.assets.get(path.strip_prefix(STATIC)?.strip_prefix('/')?)?;
        Some(asset.as_slice())
    }

    /// The words of a release's language. Findings: there are none, or errors in them.
    pub fn words(&self, language: &At<String>, findings: &mut Findings) -> Option<Words> {
        let layers = self.word_layers(&language.value).map_err(|finding| finding.at(&language.place, ""));
        self.read_words(&language.value, &findings.keep(layers)?, findings)
    }

    /// The words of a language. Findings: there are none, or errors in them.
    pub fn words_of(&self, language: &str, findings: &mut Findings) -> Option<Words> {
        let layers = findings.keep(self.word_layers(language))?;
        self.read_words(language, &layers, findings)
    }

    /// Adds the static pictures that the narrative of a release names, `static/plant.png`.
    pub(crate) fn add_pictures(&self, release: &mut Release) {
        let pictures = self.assets.iter().filter(|(path, _)| PictureKind::of(path).is_some());
        for (path, bytes) in pictures {
            let name = format!("{STATIC}/{path}");
            let is_named = |name: &str| release.narrative.iter().any(|page| page.source.text.contains(name));
            let stem = name.strip_suffix("png");
            let is_used = is_named(&name) || stem.is_some_and(|stem| is_named(&format!("{stem}svg")));
            if is_used {
                release.pictures.insert(name.clone(), load::picture(name, bytes.to_vec()));
            }
        }
    }

    /// The table of forms that has the form of a filing; if none has it, one that names the forms of all. Findings: there is no
    /// table, or errors in one.
    pub(crate) fn taxonomy(&self, form: &At<String>, findings: &mut Findings) -> Option<Taxonomy> {
        let tables = self.layers.files.iter().filter(|(name, _)| name.starts_with(FILING) && name.ends_with(".toml"));
        let mut tables: Vec<_> = tables.map(|(_, source)| source).collect();
        // Most often the first that is read is the one.
        tables.sort_by_key(|source| !source.text.contains(&format!("[form.{}]", form.value)));
        let mut others: Option<Taxonomy> = None;
        for source in tables {
            let is_built_in = built_in::text(&source.path) == Some(source.text.as_str());
            let table = match is_built_in {
                true => load::filing_form(source, &form.value),
                false => load::filing_forms(source, findings),
            };
            match &mut others {
                _ if table.forms.contains_key(&form.value) => return Some(table),
                Some(first) => first.forms.extend(table.forms),
                None => others = Some(table),
            }
        }
        others
    }

    /// All tables of forms, in the order of their names. Findings: errors in them.
    pub(crate) fn taxonomies(&self, findings: &mut Findings) -> Vec<Taxonomy> {
        let tables = self.layers.files.iter().filter(|(name, _)| name.starts_with(FILING) && name.ends_with(".toml"));
        tables.map(|(_, source)| load::filing_forms(source, findings)).collect()
    }

    fn word_layers(&self, language: &str) -> Result<Vec<Arc<Source>>, Diagnostic> {
        let layers = self.layers.sources(&format!("words/{language}.toml"));
        if !layers.is_empty() {
            return Ok(layers);
        }
        let known = self.layers.files.keys().filter_map(|name| name.strip_prefix("words/")?.strip_suffix(".toml"));
        let known = quoted_list(known);
        Err(Diagnostic::error("words", format!("there are no words of the language `{language}`"))
            .note(format!("expected `templates/words/{language}.toml`; known languages are {known}")))
    }

    fn read_words(&self, language: &str, layers: &[Arc<Source>], findings: &mut Findings) -> Option<Words> {
        if matches!(layers, [only] if built_in::text(ENGLISH) == Some(only.text.as_str())) {
            return self.english.get_or_init(english).clone();
        }
        let (english, none) = (self.english.get_or_init(english), BTreeMap::new());
        let known = english.as_ref().map_or(&none, |words| &words.words);
        let templates = || self.layers.files.iter().filter(|(name, _)| built_in::is_template(name));
        let is_used = |key: &str| templates().any(|(_, source)| source.text.contains(&format!("words.{key}")));
        let mut words = load::words(layers, &load::FixedWords { built_in: known, is_used: &is_used }, findings)?;
        let absent = known.iter().filter(|(key, _)| !key.starts_with(FORMAT_NAME_PREFIX));
        let absent: Vec<_> = absent.filter(|(key, _)| !words.words.contains_key(*key)).collect();
        let is_needed = |key: &&String| !OPTIONAL_PREFIXES.iter().any(|prefix| key.starts_with(prefix));
        let missing = absent.iter().map(|(key, _)| *key).filter(is_needed);
        let missing: Vec<&String> = missing.collect();
        if let (false, Some(file)) = (missing.is_empty(), layers.last()) {
            let finding =
                Diagnostic::error("words", format!("the language `{language}` lacks {}", quoted_list(missing)));
            findings.push(finding.at(&Place::new(file, 0..0), "").help("copy them from `templates/words/en.toml`"));
        }
        // Missing words are filled in, so that they are not reported again for every page that uses them.
        words.words.extend(absent.into_iter().map(|(key, word)| (key.clone(), word.clone())));
        Some(words)
    }

    /// The hashes of everything that all releases share: the templates, words and static files in use, and
    /// `content/site.toml`.
    pub(crate) fn hashes(&self) -> Hashes {
        let texts = self.layers.files.values().chain(&self.site.file);
        let texts = texts.map(|source| (source.path.clone(), hash_of_file(&source.path, source.text.as_bytes())));
        let assets = self.assets.iter().map(|(path, bytes)| (format!("{STATIC}/{path}"), bytes));
        let assets = assets.map(|(path, bytes)| {
            let hash = hash_of_file(&path, bytes);
            (path, hash)
        });
        texts.chain(assets).collect()
    }

    /// The project without files of its own.
    fn built_in() -> Self {
        let mut project = Self::default();
        for (path, text) in built_in::FILES {
            match path.split_once('/') {
                Some((TEMPLATES, name)) => {
                    project.layers.files.insert(name.to_owned(), Source::new(*path, *text));
                }
                Some((STATIC, name)) => {
                    project.assets.insert(name.to_owned(), Arc::new(text.as_bytes().to_vec()));
                }
                _ => {}
            }
        }
        project
    }
}

/// The SHA-256 of a file, which is known if it is the same as the built-in one.
fn hash_of_file(path: &str, bytes: &[u8]) -> String {
    let font = || Faces::built_in_file(path.strip_prefix(FONTS)?.strip_suffix(".ttf")?);
    let built_in = built_in::text(path).map(str::as_bytes).or_else(font);
    let known = built_in.filter(|built_in| *built_in == bytes).and_then(|_| built_in::sha256(path));
    known.map_or_else(|| sha256(bytes), str::to_owned)
}

/// The words of the built-in English, whose fixed words are those that a language can have.
fn english() -> Option<Words> {
    let file = built_in::text(ENGLISH).map(|text| Source::new(ENGLISH, text))?;
    let fixed = load::FixedWords { built_in: &BTreeMap::new(), is_used: &|_| true };
    load::words(&[file], &fixed, &mut Findings::new())
}

/// The paths of all files in a folder of `root`, sorted; hidden ones are ignored. None where there is no folder.
fn list_files(root: &Path, folder: &str, findings: &mut Findings) -> Vec<String> {
    let mut found = Vec::new();
    if root.join(folder).symlink_metadata().is_ok() {
        collect_files(root, folder, 0, &mut found, findings);
    }
    found.sort();
    found
}

fn collect_files(root: &Path, folder: &str, depth: usize, found: &mut Vec<String>, findings: &mut Findings) {
    if depth == MAX_DEPTH {
        findings.push(Diagnostic::io("read", format!("cannot read `{folder}`: it is too deep")));
        return;
    }
    for name in findings.keep(list_names(root, folder)).unwrap_or_default() {
        let path = format!("{folder}/{name}");
        match findings.keep(resolve_inside(root, &path)) {
            Some(place) if place.is_dir() => collect_files(root, &path, depth + 1, found, findings),
            Some(_) => found.push(path),
            None => {}
        }
    }
}

fn list_names(root: &Path, folder: &str) -> Result<Vec<String>, Diagnostic> {
    let read_error = |error: io::Error| Diagnostic::cannot_read(folder, &error);
    let entries = fs::read_dir(resolve_inside(root, folder)?).map_err(read_error)?;
    let entries = entries.collect::<io::Result<Vec<_>>>().map_err(read_error)?;
    let names = entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned());
    Ok(names.filter(|name| !name.starts_with('.') && !name.ends_with('~')).collect())
}

/// Reports static files and folders whose names collide or are invalid on other systems. The `own` files of the project
/// are compared with the others, so that the finding is at a file that the user has.
fn check_portability(assets: &BTreeMap<String, Arc<Vec<u8>>>, own: &BTreeSet<String>) -> Findings {
    let mut findings = Findings::new();
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut reported = BTreeSet::new();
    let others = assets.keys().filter(|path| !own.contains(*path));
    for path in others.chain(own) {
        let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
        for part in ends.map(|end| &path[..end]) {
            let first = *seen.entry(fold_name(part)).or_insert(part);
            let same = collision_reason(first, part).map(|systems| format!("it is `{STATIC}/{first}` {systems}"));
            let why = portability_problem(part.rsplit('/').next().unwrap_or(part)).map(str::to_owned);
            if let Some(why) = why.or(same).filter(|_| reported.insert(part)) {
                let at = Place::new(&Source::new(format!("{STATIC}/{path}"), ""), 0..0);
                let message = format!("`{STATIC}/{part}` cannot be published: {why}");
                findings.push(Diagnostic::error("file-name", message).at(&at, "").help("rename it"));
            }
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_hashes_are_those_of_the_files() {
        for (path, text) in built_in::FILES {
            assert_eq!(hash_of_file(path, text.as_bytes()), sha256(text.as_bytes()), "{path}");
            assert_eq!(hash_of_file(path, b"changed"), sha256(b"changed"), "{path}");
        }
        let font = Faces::built_in_file("SourceSans3-Regular").unwrap();
        assert_eq!(hash_of_file("static/fonts/SourceSans3-Regular.ttf", font), sha256(font));
        assert!(built_in::sha256("static/fonts/SourceSans3-Regular.ttf").is_some());
    }
}
