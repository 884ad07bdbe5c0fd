//! The last good site of a release. Pages and downloads are written when they are asked for, and then kept.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use super::page_target::PageTarget;
use crate::{
    closing::Stopwatch,
    diag::{Diagnostic, Findings},
    formats::{
        Files, Format, Publication, ReleaseContent, page_paths, release_card, write_beside_pages, write_page,
        write_release,
    },
    present::document::Document,
    project::Project,
    site::{ReleaseCard, Site},
};

/// A release's last good site.
#[derive(Debug)]
pub(super) struct LastGood {
    pub content: ReleaseContent,
    project: Arc<Project>,
    /// The files that were written at once.
    site: Site,
    /// The pages, unless these are among them.
    pages: BTreeMap<String, Page>,
    /// Its entry in the list of releases.
    pub card: ReleaseCard,
    downloads: Vec<Download>,
    /// For each language and element id, the page that has it.
    by_id: OnceLock<BTreeMap<(String, String), String>>,
}

/// A format that is written when it is requested.
#[derive(Debug)]
struct Download {
    format: &'static Format,
    paths: Vec<String>,
    files: OnceLock<Result<Files, Vec<Diagnostic>>>,
}

/// The bytes of a page, once it was asked for.
type Page = OnceLock<Result<Vec<u8>, Vec<Diagnostic>>>;

/// The formats whose pages may be written at once; the others are written when they are asked for.
const EAGER_FORMATS: &[&Format] = &[Format::HTML];

/// The file at a path of a release's site.
pub(super) enum SiteFile<'a> {
    File(&'a [u8]),
    /// It could not be written.
    Failed(&'a [Diagnostic]),
}

impl LastGood {
    /// Builds the site of a release; none if its templates cannot be rendered. Where rendering may find something, all pages are
    /// rendered at once.
    pub(super) fn build(
        content: ReleaseContent,
        project: &Arc<Project>,
        renders: bool,
        findings: &mut Findings,
    ) -> Option<Self> {
        let publication = Publication { names_figures: true, ..Publication::of(&Format::ALL, project) };
        let (site, paths) = if renders {
            (
                findings.keep_all(write_release(&content, EAGER_FORMATS, &publication, &mut Stopwatch::stopped()))?,
                Vec::new(),
            )
        } else {
            (findings.keep_all(write_beside_pages(&content, project))?, findings.keep(page_paths(&content))?)
        };
        project.templates()?;
        let mut all: Vec<&str> = site.iter().map(|(path, _)| path).chain(paths.iter().map(String::as_str)).collect();
        all.sort_unstable();
        let card = release_card(&content, &all);
        let pages = paths.into_iter().map(|path| (path, Page::new())).collect();
        let later = Format::ALL.into_iter().filter(|format| !EAGER_FORMATS.contains(format));
        let downloads =
            later.map(|format| Download { format, paths: format.paths(&content), files: OnceLock::new() }).collect();
        let (project, by_id) = (Arc::clone(project), OnceLock::new());
        Some(Self { content, project, site, pages, card, downloads, by_id })
    }

    pub(super) fn is_built_from(&self, content: Option<&ReleaseContent>, project: &Arc<Project>) -> bool {
        Arc::ptr_eq(&self.project, project) && content == Some(&self.content)
    }

    pub(super) fn document(&self) -> &Document {
        &self.content.document
    }

    /// The document in each of its languages, the original first.
    pub(super) fn documents(&self) -> impl Iterator<Item = &Document> {
        let translations = self.content.translations.iter().map(|translation| &translation.document);
        std::iter::once(&self.content.document).chain(translations)
    }

    /// The document that a file belongs to, and the file's path in the folder of its language.
    pub(super) fn document_of<'p>(&self, path: &'p str) -> (&Document, &'p str) {
        let translation = path.split_once('/').and_then(|(folder, file)| {
            let other = self.documents().skip(1).find(|document| document.language == folder)?;
            Some((other, file))
        });
        translation.unwrap_or((self.document(), path))
    }

    /// Whether the site has a page in this file.
    pub(super) fn has_page(&self, file: &str) -> bool {
        file.ends_with(".html") && (self.pages.contains_key(file) || self.site.get(file).is_some())
    }

    /// The folder of a language, in the folder of the release.
    pub(super) fn folder(&self, language: &str) -> String {
        if language == self.document().language { String::new() } else { format!("{language}/") }
    }

    /// The file at a path. A page or a download is written on the first request.
    pub(super) fn file(&self, path: &str) -> Option<SiteFile<'_>> {
        if let Some(bytes) = self.site.get(path) {
            return Some(SiteFile::File(bytes));
        }
        if let Some(page) = self.pages.get(path) {
            return Some(match page.get_or_init(|| self.write_page(path)) {
                Ok(bytes) => SiteFile::File(bytes),
                Err(findings) => SiteFile::Failed(findings),
            });
        }
        let download = self.downloads.iter().find(|download| download.paths.iter().any(|known| known == path))?;
        let publication = Publication { names_figures: true, ..Publication::of(&Format::ALL, &self.project) };
        match download.files.get_or_init(|| download.format.write(&self.content, &publication)) {
            Ok(files) => files.iter().find(|(known, _)| known == path).map(|(_, bytes)| SiteFile::File(bytes)),
            Err(findings) => Some(SiteFile::Failed(findings)),
        }
    }

    fn write_page(&self, path: &str) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let publication = Publication { names_figures: true, ..Publication::of(&Format::ALL, &self.project) };
        write_page(&self.content, &publication, path).map(Option::unwrap_or_default)
    }

    /// How many pages have been written.
    pub(super) fn written_pages(&self) -> usize {
        let at_once = self.site.iter().filter(|(path, _)| path.ends_with(".html")).count();
        at_once + self.pages.values().filter(|page| page.get().is_some()).count()
    }

    /// The page that a target is on: its file, and its title.
    pub(super) fn page_of(&self, target: &PageTarget) -> Option<(&str, &str)> {
        let folder = self.folder(&target.language);
        let file = if target.id.is_empty() {
            let file = format!("{folder}{}.html", target.page);
            if self.has_page(&file) { file } else { format!("{folder}{FIRST_PAGE}") }
        } else {
            let key = (target.language.clone(), target.id.clone());
            self.by_id.get_or_init(|| self.pages_by_id()).get(&key)?.clone()
        };
        let path = self.paths().find(|known| *known == file)?;
        let (document, file) = self.document_of(path);
        let pages = &document.pages;
        let own = pages.iter().find(|page| file.strip_suffix(".html") == Some(&page.id)).or(pages.first());
        Some((path, own.map_or(path, |page| page.title.as_str())))
    }

    /// The paths of all pages, sorted.
    fn paths(&self) -> impl Iterator<Item = &str> {
        let at_once = self.site.iter().map(|(path, _)| path).filter(|path| path.ends_with(".html"));
        at_once.chain(self.pages.keys().map(String::as_str))
    }

    /// Every element's id with the first page of its language that has it. Pages with few ids come first, so the page of the full
    /// release comes last.
    fn pages_by_id(&self) -> BTreeMap<(String, String), String> {
        let ids = |path: &str| match self.file(path) {
            Some(SiteFile::File(bytes)) => element_ids(bytes),
            _ => Vec::new(),
        };
        let mut pages: Vec<(&str, Vec<String>)> = self.paths().map(|path| (path, ids(path))).collect();
        pages.sort_by_key(|(_, ids)| ids.len());
        let mut by_id = BTreeMap::new();
        for (path, ids) in pages {
            let language = &self.document_of(path).0.language;
            ids.into_iter().for_each(|id| _ = by_id.entry((language.clone(), id)).or_insert_with(|| path.to_owned()));
        }
        by_id
    }
}

/// The first page of a release.
const FIRST_PAGE: &str = "index.html";

fn element_ids(page: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(page);
    let ids = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    ids.map(str::to_owned).collect()
}
