//! One release from its folder to its site in memory: load, figures, present, check, render.

use std::path::Path;

use super::{Formats, Outcome, Project, Written, forms};
use crate::{
    diag::{Findings, Level, count},
    load,
    present::document::{Dated, Document, Draft, Inline, Page, plain},
    site::{ReleaseCard, Site},
};

/// A release as far as it could be made.
pub(super) struct Made {
    /// None when it could not be loaded or rendered.
    pub site: Option<(Site, ReleaseCard)>,
    pub findings: Findings,
}

/// Makes a release's site. It is rendered in spite of findings, so that mistakes in templates show in the same run.
pub(super) fn make(root: &Path, project: &Project, slug: &str, formats: Formats, draft: bool) -> Made {
    let (document, mut findings) = prepare(root, project, slug, draft);
    let site = document.and_then(|document| {
        let site = findings.keep_all(forms::release(&document, formats, project))?;
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

// ---- STUB: the phases between loading and the Document are not written yet. -----------------------------------------

/// Loads, computes, presents and checks the release under `root`/content/`slug`, in the language of the project's
/// words. No document: it cannot be loaded. With `draft`, a document with findings at error level carries the mark.
///
/// STUB after loading: `no.such` in the narrative is an unknown figure; of the release only its head is shown.
fn prepare(root: &Path, project: &Project, slug: &str, draft: bool) -> (Option<Document>, Findings) {
    let (release, mut findings) = load::release(root, slug);
    let Some(release) = release else { return (None, findings) };
    let Some(words) = findings.keep(project.words(&release.language)).and_then(|file| load::words(file, &mut findings))
    else {
        return (None, findings);
    };
    for page in &release.narrative {
        if let Some(at) = page.source.text.find("no.such") {
            let place = crate::diag::Place::new(&page.source, at..at + 7);
            findings.push(crate::diag::Diagnostic::error("figure", "no figure is called `no.such`").at(&place, ""));
        }
    }
    let mark = Draft { findings: findings.len(), mark: "DRAFT".to_owned() };
    let title = vec![Inline::Text { text: release.title.value }];
    let document = Document {
        slug: slug.to_owned(),
        language: release.language.value,
        pages: vec![Page { id: "index".to_owned(), title: plain(&title), new_sheet: false, blocks: Vec::new() }],
        title,
        issuer: release.issuer.value,
        masthead: Vec::new(),
        date: Dated { iso: "2026-01-01".to_owned(), text: "January 1, 2026".to_owned() },
        description: String::new(),
        notes: Vec::new(),
        draft: Some(mark).filter(|_| draft && findings.has_errors()),
        words: words.words,
    };
    (Some(document), findings)
}
