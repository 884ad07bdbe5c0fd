//! One release from its folder to its site in memory: load, figures, present, check, render.

use std::path::Path;

use super::{Outcome, Project, Written};
use crate::{
    diag::{Diagnostic, Findings, Level, count},
    present::document::{Dated, Document, Draft, plain},
    site::{Manifest, ReleaseCard, Site},
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
}

/// A release as far as it could be made.
pub(super) struct Made {
    /// None when it could not be loaded or rendered.
    pub site: Option<(Site, ReleaseCard)>,
    pub findings: Findings,
}

/// Makes a release's site. It is rendered in spite of findings, so that mistakes in templates show in the same run.
pub(super) fn make(root: &Path, project: &Project, slug: &str, formats: Formats, draft: bool) -> Made {
    let (document, mut findings) = prepare(root, slug, draft);
    let site = document.and_then(|document| {
        let site = findings.keep_all(render(&document, formats, project))?;
        Some((site, card(slug, &document)))
    });
    Made { site, findings }
}

impl Made {
    /// The outcome of the release; its findings join `all`.
    pub(super) fn outcome(self, slug: &str, written: Option<Written>, all: &mut Findings) -> Outcome {
        let found = self.findings.sorted();
        let (errors, warnings) = (count(&found, Level::Error), count(&found, Level::Warning));
        all.extend(found);
        Outcome { slug: slug.to_owned(), errors, warnings, written }
    }
}

/// What the list of releases says about a document.
fn card(slug: &str, document: &Document) -> ReleaseCard {
    ReleaseCard {
        slug: slug.to_owned(),
        title: plain(&document.title),
        issuer: document.issuer.clone(),
        language: document.language.clone(),
        date: document.date.iso.clone(),
        date_text: document.date.text.clone(),
        draft: document.draft.as_ref().map(|draft| draft.mark.clone()),
    }
}

// ---- STUBS: everything below stands in for phases that are not written yet. ----------------------------------------

/// STUB: becomes `crate::render::defaults::FILES`.
pub(super) const DEFAULTS: &[(&str, &str)] =
    &[("templates/page.html", "<!doctype html><title>{{ title }}</title>\n"), ("static/kessan.css", "body {}\n")];

/// Loads, computes, presents and checks the release under `root`/content/`slug`. No document: it cannot be loaded.
/// With `draft`, a document with findings at error level carries the draft's mark.
///
/// STUB after loading: `no.such` in the narrative is an unknown figure, nothing else is looked at.
pub fn prepare(root: &Path, slug: &str, draft: bool) -> (Option<Document>, Findings) {
    let (release, mut findings) = crate::load::release(root, slug);
    let Some(release) = release else { return (None, findings) };
    for page in &release.narrative {
        if let Some(at) = page.source.text.find("no.such") {
            let place = crate::diag::Place::new(&page.source, at..at + 7);
            findings.push(Diagnostic::error("figure", "no figure is called `no.such`").at(&place, ""));
        }
    }
    let mark = Draft { findings: findings.len(), mark: "DRAFT".to_owned() };
    (Some(example(slug, Some(mark).filter(|_| draft && findings.has_errors()))), findings)
}

/// Writes the document in the forms asked for.
///
/// STUB: one line each.
pub fn render(document: &Document, formats: Formats, project: &Project) -> Result<Site, Vec<Diagnostic>> {
    let mut site = Site::new();
    let slug = &document.slug;
    let mut add = |wanted: bool, path: String, text: String| {
        if wanted { site.insert(path, text).map_err(|finding| vec![finding]) } else { Ok(()) }
    };
    let page = project.templates.get("page.html").map(|source| source.text.clone()).unwrap_or_default();
    add(formats.html, "index.html".to_owned(), page)?;
    for (path, bytes) in &project.assets {
        add(formats.html, format!("static/{path}"), String::from_utf8_lossy(bytes).into_owned())?;
    }
    add(formats.markdown, format!("{slug}.md"), format!("# {slug}\n"))?;
    add(formats.pdf, format!("{slug}.pdf"), format!("%PDF {slug}\n"))?;
    Ok(site)
}

/// Writes the list of releases: `index.html`, and the assets it needs.
///
/// STUB: one line per release, unescaped.
pub fn render_list(releases: &[Manifest], _project: &Project) -> Result<Site, Vec<Diagnostic>> {
    let cards = releases.iter().filter_map(|manifest| manifest.release.as_ref());
    let lines: String = cards.map(|card| format!("<a href=\"{0}/index.html\">{0}</a>\n", card.slug)).collect();
    let mut site = Site::new();
    site.insert("index.html", lines).map_err(|finding| vec![finding])?;
    Ok(site)
}

/// STUB.
fn example(slug: &str, draft: Option<Draft>) -> Document {
    Document {
        slug: slug.to_owned(),
        language: "en".to_owned(),
        title: Vec::new(),
        issuer: String::new(),
        masthead: Vec::new(),
        date: Dated { iso: "2026-01-01".to_owned(), text: "January 1, 2026".to_owned() },
        description: String::new(),
        pages: Vec::new(),
        notes: Vec::new(),
        draft,
        words: std::collections::BTreeMap::new(),
    }
}
