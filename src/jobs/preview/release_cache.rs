//! One release as the preview holds it: what was found in it, and its last good site, whose downloads are made when they
//! are asked for and then kept.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, OnceLock},
};

use super::source_map::{PageTarget, SourceMap};
use crate::{
    diag::{Diagnostic, Findings, Level, Suspect, count},
    jobs::{
        Format, Outcome, Project,
        formats::{self, Files, ReleaseContent},
        release::{Studied, in_short, prepare},
    },
    present::document::Document,
    site::{ReleaseCard, Site},
};

/// The forms that are made at once; the others wait until somebody asks.
const AT_ONCE: &[Format] = &[Format::Html];

/// A release as it stands.
#[derive(Debug, Clone)]
pub(super) struct ReleaseState {
    pub slug: String,
    /// Another number for other pages, other findings or other downloads.
    pub edition: u64,
    pub findings: Vec<Diagnostic>,
    /// For each finding, where on the pages it is to be seen.
    pub spots: Vec<Vec<PageTarget>>,
    suspects: Vec<Suspect>,
    /// The releases that it compares itself with.
    prior: Vec<String>,
    /// The site of the last state of the files that gave one.
    pub good: Option<Arc<LastGood>>,
    /// Whether that is the state they are in.
    pub is_current: bool,
    /// Where the files of that state are to be seen.
    atlas: Arc<SourceMap>,
}

/// A release's site.
#[derive(Debug)]
pub(super) struct LastGood {
    whole: ReleaseContent,
    project: Arc<Project>,
    site: Site,
    /// What the list of releases says of it.
    pub card: ReleaseCard,
    downloads: Vec<Download>,
    /// The page of each element that has a name, whole releases on one page apart.
    pages: OnceLock<BTreeMap<String, String>>,
}

/// A form that is made when somebody asks for it.
#[derive(Debug)]
struct Download {
    form: Format,
    paths: Vec<String>,
    made: OnceLock<Result<Files, Vec<Diagnostic>>>,
}

/// What stands at a path of a release's site.
pub(super) enum Found<'a> {
    File(&'a [u8]),
    /// It could not be made.
    Failed(&'a [Diagnostic]),
}

impl ReleaseState {
    /// The release as it stands now; the very one that was held where nothing of it has changed.
    pub(super) fn make(
        root: &Path,
        project: &Arc<Project>,
        slug: &str,
        edition: u64,
        before: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        let also = |studied: &Studied| {
            let prior = studied.checked.book.release.prior.iter().map(|prior| prior.value.clone());
            (SourceMap::of(studied), prior.collect::<Vec<_>>())
        };
        let (prepared, mut findings) = prepare(root, project, slug, true, also);
        let (suspects, whole, (atlas, prior)) =
            prepared.map_or_else(Default::default, |made| (made.suspects, made.whole, made.also));
        let old = before.and_then(|before| before.good.as_ref());
        let same = old.filter(|good| good.is_of(whole.as_ref(), project));
        let made = match same {
            Some(good) => Some(Arc::clone(good)),
            None => whole.and_then(|whole| LastGood::make(whole, project, &mut findings)).map(Arc::new),
        };
        let findings = findings.sorted();
        let is_same = |before: &&Arc<Self>| same.is_some() && before.is_current && before.findings == findings;
        if let Some(before) = before.filter(is_same) {
            return Arc::clone(before);
        }
        let (is_current, good) = (made.is_some(), made.or_else(|| old.cloned()));
        let former = before.filter(|_| !is_current).map(|before| Arc::clone(&before.atlas));
        let spots = findings.iter().map(|finding| spots(finding, &atlas, former.as_deref())).collect();
        let atlas = former.unwrap_or_else(|| Arc::new(atlas));
        Arc::new(Self { slug: slug.to_owned(), edition, findings, spots, suspects, prior, atlas, good, is_current })
    }

    /// The release when its folder cannot even be looked for: the last good site of it.
    pub(super) fn out_of_reach(self: &Arc<Self>) -> Arc<Self> {
        if self.is_current { Arc::new(Self { is_current: false, ..Self::clone(self) }) } else { Arc::clone(self) }
    }

    /// Whether a change of another release changes this one.
    pub(super) fn compares_with(&self, slug: &str) -> bool {
        self.prior.iter().any(|prior| prior == slug)
    }

    /// What a job says of the release.
    pub(super) fn outcome(&self) -> Outcome {
        let [errors, warnings] = [Level::Error, Level::Warning].map(|level| count(&self.findings, level));
        let studied = self.good.as_ref().filter(|_| self.is_current).map(|good| in_short(&good.whole));
        Outcome { slug: self.slug.clone(), errors, warnings, suspects: self.suspects.clone(), studied, written: None }
    }
}

/// Where a finding is to be seen on the pages that are shown, which may be those of a `former` state.
fn spots(finding: &Diagnostic, atlas: &SourceMap, former: Option<&SourceMap>) -> Vec<PageTarget> {
    let spots = atlas.spots(finding);
    if spots.is_empty() { former.map(|former| former.former_spots(finding)).unwrap_or_default() } else { spots }
}

impl LastGood {
    /// The site of a whole release; none where its templates cannot be filled.
    fn make(whole: ReleaseContent, project: &Arc<Project>, findings: &mut Findings) -> Option<Self> {
        let site = findings.keep_all(formats::some(&whole, AT_ONCE, &Format::ALL, project))?;
        project.templates.as_ref()?;
        let card = formats::card(&whole.document, &site);
        let later = Format::ALL.into_iter().filter(|form| !AT_ONCE.contains(form));
        let downloads = later.map(|form| Download { form, paths: form.paths(&whole), made: OnceLock::new() }).collect();
        Some(Self { whole, project: Arc::clone(project), site, card, downloads, pages: OnceLock::new() })
    }

    fn is_of(&self, whole: Option<&ReleaseContent>, project: &Arc<Project>) -> bool {
        Arc::ptr_eq(&self.project, project) && whole == Some(&self.whole)
    }

    pub(super) fn document(&self) -> &Document {
        &self.whole.document
    }

    /// What stands at a path, made now if need be.
    pub(super) fn at(&self, path: &str) -> Option<Found<'_>> {
        if let Some(bytes) = self.site.get(path) {
            return Some(Found::File(bytes));
        }
        let download = self.downloads.iter().find(|download| download.paths.iter().any(|known| known == path))?;
        let made = download.made.get_or_init(|| download.form.write(&self.whole, &Format::ALL, &self.project));
        match made {
            Ok(files) => files.iter().find(|(known, _)| known == path).map(|(_, bytes)| Found::File(bytes)),
            Err(findings) => Some(Found::Failed(findings)),
        }
    }

    /// The page that a spot is on: its file, and its title.
    pub(super) fn page_of(&self, spot: &PageTarget) -> Option<(&str, &str)> {
        let pages = &self.document().pages;
        let file = if spot.id.is_empty() {
            let file = format!("{}.html", spot.page);
            if self.site.get(&file).is_some() { file } else { String::from(COVER) }
        } else {
            self.pages.get_or_init(|| named(&self.site)).get(&spot.id)?.clone()
        };
        let (file, _) = self.site.iter().find(|(known, _)| *known == file)?;
        let own = pages.iter().find(|page| file.strip_suffix(".html") == Some(&page.id)).or(pages.first());
        Some((file, own.map_or(file, |page| page.title.as_str())))
    }
}

/// The first page of a release.
const COVER: &str = "index.html";

/// Every element's id and the first page that has it, pages of few elements first: the whole release on one page comes last.
fn named(site: &Site) -> BTreeMap<String, String> {
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
    let mut pages: Vec<(&str, Vec<String>)> = pages.map(|(path, bytes)| (path, ids(bytes))).collect();
    pages.sort_by_key(|(_, ids)| ids.len());
    let mut named = BTreeMap::new();
    for (path, ids) in pages {
        ids.into_iter().for_each(|id| _ = named.entry(id).or_insert_with(|| path.to_owned()));
    }
    named
}

fn ids(page: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(page);
    let ids = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    ids.map(str::to_owned).collect()
}
