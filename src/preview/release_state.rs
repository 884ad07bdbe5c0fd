//! The state of one release in the preview: its findings and its last good site. Downloads are written on request and then
//! kept.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, OnceLock},
};

use super::{page_target::PageTarget, source_map::SourceMap};
use crate::{
    closing::{CheckReport, Closing, LoadedRelease},
    commands::{ClosedFigures, KeptFigures, Outcome},
    diag::{Diagnostic, Findings, Level, Suspect, count},
    formats::{Files, Format, Publication, ReleaseContent, release_card, write_release},
    present::document::Document,
    project::Project,
    site::{ReleaseCard, Site},
};

/// The formats that are written at once; the others are written when they are requested.
const EAGER_FORMATS: &[&Format] = &[Format::HTML];

/// The current state of a release.
#[derive(Debug, Clone)]
pub(super) struct ReleaseState {
    pub slug: String,
    /// A number that changes whenever the pages, the findings or the downloads change.
    pub edition: u64,
    pub findings: Vec<Diagnostic>,
    /// For each finding, its targets on the pages.
    pub targets: Vec<Vec<PageTarget>>,
    suspects: Vec<Suspect>,
    /// The prior releases that it is compared with.
    prior: Vec<String>,
    /// The site from the last state of the files that could be built.
    pub good: Option<Arc<LastGood>>,
    /// Whether that is the current state of the files.
    pub is_current: bool,
    /// The source map of the files of that state.
    source_map: Arc<SourceMap>,
    /// What explains the figures of the current state of the files; none if that cannot be built.
    figures: Option<Arc<KeptFigures>>,
}

/// A release's last good site.
#[derive(Debug)]
pub(super) struct LastGood {
    content: ReleaseContent,
    project: Arc<Project>,
    site: Site,
    /// Its entry in the list of releases.
    pub card: ReleaseCard,
    downloads: Vec<Download>,
    /// For each language and element id, the page that has it.
    pages: OnceLock<BTreeMap<(String, String), String>>,
}

/// A format that is written when it is requested.
#[derive(Debug)]
struct Download {
    format: &'static Format,
    paths: Vec<String>,
    files: OnceLock<Result<Files, Vec<Diagnostic>>>,
}

/// The file at a path of a release's site.
pub(super) enum SiteFile<'a> {
    File(&'a [u8]),
    /// It could not be written.
    Failed(&'a [Diagnostic]),
}

impl ReleaseState {
    /// Closes the release and builds its pages; the edition is that of `previous` if nothing shown has changed.
    pub(super) fn build(
        root: &Path,
        project: &Arc<Project>,
        slug: &str,
        edition: u64,
        previous: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        let ClosedRelease { content, mut findings, suspects, source_map, prior, figures } =
            ClosedRelease::new(root, project, slug);
        let old = previous.and_then(|previous| previous.good.as_ref());
        let same = old.filter(|good| good.is_built_from(content.as_ref(), project));
        let built = match same {
            Some(good) => Some(Arc::clone(good)),
            None => content.and_then(|content| LastGood::build(content, project, &mut findings)).map(Arc::new),
        };
        let findings = findings.sorted();
        let is_same = |previous: &&Arc<Self>| same.is_some() && previous.is_current && previous.findings == findings;
        if let Some(previous) = previous.filter(is_same) {
            // Lines of the files may have moved all the same.
            let (source_map, figures) = (Arc::new(source_map), figures.map(Arc::new));
            return Arc::new(Self { source_map, figures, prior, ..Self::clone(previous) });
        }
        let (is_current, good) = (built.is_some(), built.or_else(|| old.cloned()));
        let former = previous.filter(|_| !is_current).map(|previous| Arc::clone(&previous.source_map));
        let targets = findings.iter().map(|finding| find_targets(finding, &source_map, former.as_deref())).collect();
        let source_map = former.unwrap_or_else(|| Arc::new(source_map));
        let slug = slug.to_owned();
        let figures = figures.filter(|_| is_current).map(Arc::new);
        Arc::new(Self { slug, edition, findings, targets, suspects, prior, source_map, good, is_current, figures })
    }

    /// The state when the folder of content cannot be read: the last good site, no longer current.
    pub(super) fn mark_outdated(self: &Arc<Self>) -> Arc<Self> {
        let outdated = || Self { is_current: false, figures: None, ..Self::clone(self) };
        if self.is_current { Arc::new(outdated()) } else { Arc::clone(self) }
    }

    /// What explains its figures, and where the pages show them; none unless the pages are those of the files.
    pub(super) fn explained(&self) -> Option<(&KeptFigures, &SourceMap, &LastGood)> {
        Some((self.figures.as_deref()?, &self.source_map, self.good.as_deref()?))
    }

    /// Whether the release `slug` is a prior release of this one, so that its change changes this one.
    pub(super) fn compares_with(&self, slug: &str) -> bool {
        self.prior.iter().any(|prior| prior == slug)
    }

    /// The outcome to report for the release.
    pub(super) fn outcome(&self) -> Outcome {
        let [errors, warnings] = [Level::Error, Level::Warning].map(|level| count(&self.findings, level));
        let report = self.good.as_ref().filter(|_| self.is_current).map(|good| &good.content.check_report);
        let (summary, coverage) = (report.map(CheckReport::summary), report.map(|report| report.coverage.clone()));
        let (slug, suspects) = (self.slug.clone(), self.suspects.clone());
        Outcome { slug, errors, warnings, suspects, summary, coverage, ..Outcome::default() }
    }
}

/// The result of closing a release for the preview, as far as it could be closed.
#[derive(Default)]
struct ClosedRelease {
    content: Option<ReleaseContent>,
    findings: Findings,
    suspects: Vec<Suspect>,
    source_map: SourceMap,
    prior: Vec<String>,
    figures: Option<KeptFigures>,
}

impl ClosedRelease {
    fn new(root: &Path, project: &Project, slug: &str) -> Self {
        let loaded = match LoadedRelease::load(root, project, slug) {
            Ok(loaded) => loaded,
            Err(findings) => return Self { findings, ..Self::default() },
        };
        let prior = loaded.release.prior.iter().map(|prior| prior.value.clone()).collect();
        let closing = Closing::new(&loaded);
        let translations = closing.translations.iter().map(|other| (&other.book, &other.presented));
        let editions = std::iter::once((&closing.book, &closing.presented)).chain(translations);
        let (suspects, source_map) = (closing.suspects(), SourceMap::new(editions));
        let closed = ClosedFigures::of(&closing);
        let (content, findings) = ReleaseContent::new(closing, true);
        let figures = Some(KeptFigures::new(loaded, closed));
        Self { content, findings, suspects, source_map, prior, figures }
    }
}

/// The targets of a finding; without any, those of the `former` source map.
fn find_targets(finding: &Diagnostic, source_map: &SourceMap, former: Option<&SourceMap>) -> Vec<PageTarget> {
    let targets = source_map.targets(finding);
    if targets.is_empty() { former.map(|former| former.former_targets(finding)).unwrap_or_default() } else { targets }
}

impl LastGood {
    /// Builds the site of a release; none if its templates cannot be rendered.
    fn build(content: ReleaseContent, project: &Arc<Project>, findings: &mut Findings) -> Option<Self> {
        let publication = Publication { formats: &Format::ALL, project, names_figures: true };
        let site = findings.keep_all(write_release(&content, EAGER_FORMATS, &publication))?;
        project.templates()?;
        let card = release_card(&content, &site);
        let later = Format::ALL.into_iter().filter(|format| !EAGER_FORMATS.contains(format));
        let downloads =
            later.map(|format| Download { format, paths: format.paths(&content), files: OnceLock::new() }).collect();
        Some(Self { content, project: Arc::clone(project), site, card, downloads, pages: OnceLock::new() })
    }

    fn is_built_from(&self, content: Option<&ReleaseContent>, project: &Arc<Project>) -> bool {
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
        file.ends_with(".html") && self.site.get(file).is_some()
    }

    /// The folder of a language, in the folder of the release.
    pub(super) fn folder(&self, language: &str) -> String {
        if language == self.document().language { String::new() } else { format!("{language}/") }
    }

    /// The file at a path. A download is written on the first request.
    pub(super) fn file(&self, path: &str) -> Option<SiteFile<'_>> {
        if let Some(bytes) = self.site.get(path) {
            return Some(SiteFile::File(bytes));
        }
        let download = self.downloads.iter().find(|download| download.paths.iter().any(|known| known == path))?;
        let publication = Publication { formats: &Format::ALL, project: &self.project, names_figures: true };
        match download.files.get_or_init(|| download.format.write(&self.content, &publication)) {
            Ok(files) => files.iter().find(|(known, _)| known == path).map(|(_, bytes)| SiteFile::File(bytes)),
            Err(findings) => Some(SiteFile::Failed(findings)),
        }
    }

    /// The page that a target is on: its file, and its title.
    pub(super) fn page_of(&self, target: &PageTarget) -> Option<(&str, &str)> {
        let folder = self.folder(&target.language);
        let file = if target.id.is_empty() {
            let file = format!("{folder}{}.html", target.page);
            if self.site.get(&file).is_some() { file } else { format!("{folder}{FIRST_PAGE}") }
        } else {
            let key = (target.language.clone(), target.id.clone());
            self.pages.get_or_init(|| self.pages_by_id()).get(&key)?.clone()
        };
        let (path, _) = self.site.iter().find(|(known, _)| *known == file)?;
        let (document, file) = self.document_of(path);
        let pages = &document.pages;
        let own = pages.iter().find(|page| file.strip_suffix(".html") == Some(&page.id)).or(pages.first());
        Some((path, own.map_or(path, |page| page.title.as_str())))
    }

    /// Every element's id with the first page of its language that has it. Pages with few ids come first, so the page of the full
    /// release comes last.
    fn pages_by_id(&self) -> BTreeMap<(String, String), String> {
        let pages = self.site.iter().filter(|(path, _)| path.ends_with(".html"));
        let mut pages: Vec<(&str, Vec<String>)> = pages.map(|(path, bytes)| (path, element_ids(bytes))).collect();
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
