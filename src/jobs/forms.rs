//! A release's forms: its Document written as pages, Markdown and PDF; and the list of all releases.

use super::{
    Project,
    checks::{self, Checks},
};
use crate::{
    diag::{Diagnostic, Findings},
    load,
    merge::Templates,
    present::document::{Dated, Document},
    render::{html, markdown::markdown, pdf},
    site::{self, Manifest, ReleaseCard, Site},
};

/// The forms a release is published in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Formats {
    pub html: bool,
    pub markdown: bool,
    pub pdf: bool,
}

impl Formats {
    /// Every form.
    pub const ALL: Self = Self { html: true, markdown: true, pdf: true };

    /// The endings of the forms that stand beside the pages, in the order to show.
    fn downloads(self) -> Vec<&'static str> {
        [("pdf", self.pdf), ("md", self.markdown)]
            .into_iter()
            .filter_map(|(end, wanted)| wanted.then_some(end))
            .collect()
    }
}

/// The cover of a release, and the list of releases, in their folders.
const INDEX: &str = "index.html";
/// The check report.
const CHECKS: &str = "checks.html";
/// The static files that every page asks for, wherever it stands.
const ASSETS: [&str; 3] = ["icon.svg", "style.css", "theme.css"];

/// Writes the document in the forms asked for. Every form is tried, so that the mistakes in all of them are told.
pub(super) fn release(
    document: &Document,
    checks: &Checks,
    formats: Formats,
    project: &Project,
) -> Result<Site, Vec<Diagnostic>> {
    let (mut site, mut findings) = (Site::new(), Findings::new());
    if formats.html {
        findings.keep_all(pages(document, checks, formats, project, &mut site));
    }
    findings.keep(site.insert("checks.json", site::json(checks)));
    if formats.markdown {
        findings.keep(site.insert(format!("{}.md", document.slug), markdown(document)));
    }
    if formats.pdf {
        findings.keep_all(print(document, project, &mut site));
    }
    if findings.is_empty() { Ok(site) } else { Err(findings.sorted()) }
}

/// Adds the printed release.
fn print(document: &Document, project: &Project, site: &mut Site) -> Result<(), Vec<Diagnostic>> {
    let Some(templates) = &project.templates else { return Ok(()) };
    let look = pdf::Look { style: &project.style, faces: &project.faces, templates };
    let bytes = pdf::pdf(document, &look)?;
    site.insert(format!("{}.pdf", document.slug), bytes).map_err(|finding| vec![finding])
}

/// Adds the pages and what they need beside them.
fn pages(
    document: &Document,
    checks: &Checks,
    formats: Formats,
    project: &Project,
    site: &mut Site,
) -> Result<(), Vec<Diagnostic>> {
    // Templates that cannot be parsed were told when the project was loaded.
    let Some(templates) = &project.templates else { return Ok(()) };
    let downloads = formats.downloads();
    let options = html::Options {
        host: html::Host::default(),
        list: Some("../index.html"),
        checks: checks.published.then_some(CHECKS),
        downloads: &downloads,
    };
    let pages = html::html(document, templates, &options).map_err(|finding| vec![finding])?;
    // Faces are set into the PDF; pages use the reader's own.
    let assets = project.assets.iter().filter(|(path, _)| !path.starts_with("fonts/"));
    let assets = assets.map(|(path, bytes)| (format!("static/{path}"), bytes.clone()));
    let mut findings = Findings::new();
    if let Some(page) = findings.keep(checks::page(checks, document, templates, &options.host)) {
        findings.keep(site.insert(CHECKS, page));
    }
    for (path, bytes) in pages.into_iter().chain(assets) {
        findings.keep(site.insert(path, bytes));
    }
    if findings.is_empty() { Ok(()) } else { Err(findings.sorted()) }
}

/// Whether one of the releases has pages, so that there is something to list.
pub(super) fn have_pages(releases: &[Manifest]) -> bool {
    releases.iter().any(has_pages)
}

fn has_pages(manifest: &Manifest) -> bool {
    manifest.files.contains_key(INDEX)
}

/// Writes the list of the releases that have pages, in the language of the latest: `index.html` and its style sheet.
pub(super) fn list(releases: &[Manifest], project: &Project) -> Result<Site, Vec<Diagnostic>> {
    let latest = releases.iter().find_map(|manifest| manifest.release.as_ref());
    let cards = releases.iter().filter(|manifest| has_pages(manifest));
    let cards: Vec<&ReleaseCard> = cards.filter_map(|manifest| manifest.release.as_ref()).collect();
    let (Some(latest), Some(templates)) = (latest, &project.templates) else { return Ok(Site::new()) };
    let mut findings = Findings::new();
    let site = list_page(&cards, &latest.language, templates, project, &mut findings);
    site.ok_or_else(|| findings.sorted())
}

fn list_page(
    cards: &[&ReleaseCard],
    language: &str,
    templates: &Templates,
    project: &Project,
    findings: &mut Findings,
) -> Option<Site> {
    let words = load::words(&findings.keep(project.words_of(language))?, findings)?.words;
    let listings: Vec<html::Listing> = cards.iter().map(|card| listing(card)).collect();
    let page = findings.keep(html::index(&listings, templates, language, &words, &html::Host::default()))?;
    let mut site = Site::new();
    findings.keep(site.insert(INDEX, page))?;
    for name in ASSETS {
        if let Some(bytes) = project.assets.get(name) {
            findings.keep(site.insert(format!("static/{name}"), bytes.clone()))?;
        }
    }
    Some(site)
}

fn listing(card: &ReleaseCard) -> html::Listing {
    html::Listing {
        slug: card.slug.clone(),
        language: card.language.clone(),
        title: card.title.clone(),
        issuer: card.issuer.clone(),
        date: Dated { iso: card.date.clone(), text: card.date_text.clone() },
        draft: card.draft.clone(),
    }
}
