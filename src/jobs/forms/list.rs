//! The list of all releases that have pages.

use crate::{
    diag::{Diagnostic, Findings},
    jobs::Project,
    load,
    merge::Templates,
    model::Address,
    present::document::Dated,
    render::html,
    site::{Manifest, ReleaseCard, Site},
};

/// The cover of a release, and the list of releases, in their folders.
const INDEX: &str = "index.html";
/// The static files that the list asks for.
const ASSETS: [&str; 3] = ["icon.svg", "style.css", "theme.css"];

/// Whether one of the releases has pages, so that there is something to list.
pub(in crate::jobs) fn have_pages(releases: &[Manifest]) -> bool {
    releases.iter().any(has_pages)
}

fn has_pages(manifest: &Manifest) -> bool {
    manifest.files.contains_key(INDEX)
}

/// Writes the list of the releases that have pages, in the language of the latest: `index.html` and its static files.
pub(in crate::jobs) fn list(releases: &[Manifest], project: &Project) -> Result<Site, Vec<Diagnostic>> {
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
    let list = html::List {
        releases: &listings,
        language,
        words: &words,
        title: project.site.title.as_deref(),
        host: html::Host { base: project.site.url.as_ref().map(Address::as_str), ..html::Host::default() },
    };
    let page = findings.keep(html::index(&list, templates))?;
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
