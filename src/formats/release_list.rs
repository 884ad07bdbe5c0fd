//! Writes the list of all releases with pages, and the discovery files.

use crate::{
    diag::{Diagnostic, Findings},
    merge::Templates,
    model::{Address, Words},
    present::document::FormattedDate,
    project::Project,
    render::html,
    site::{ReleaseCard, Site},
};

/// The file of the list, in the output folder.
const INDEX_FILE: &str = "index.html";

/// Writes the list of the releases with pages, in the language of the latest: `index.html`, static files and discovery files.
/// `cards` are those of all releases, latest first.
pub(crate) fn release_list(cards: &[ReleaseCard], project: &Project) -> Result<Site, Vec<Diagnostic>> {
    let (Some(latest), Some(templates)) = (cards.first(), &project.templates) else { return Ok(Site::new()) };
    let mut findings = Findings::new();
    let words = project.words_of(&latest.language, &mut findings);
    let site = words.and_then(|words| {
        let releases: Vec<html::ReleaseEntry> =
            cards.iter().filter(|card| card.has_pages()).map(release_entry).collect();
        list_site(&release_list_view(&releases, &latest.language, &words, project), templates, project, &mut findings)
    });
    site.ok_or_else(|| findings.sorted())
}

/// The list with the project's title, publisher and address.
fn release_list_view<'a>(
    releases: &'a [html::ReleaseEntry],
    language: &'a str,
    words: &'a Words,
    project: &'a Project,
) -> html::ReleaseList<'a> {
    html::ReleaseList {
        releases,
        language,
        words: &words.words,
        title: project.site.title.as_deref(),
        publisher: project.site.publisher.as_deref(),
        base: project.site.url.as_ref().map(base_url),
        shell: html::Shell::default(),
    }
}

fn base_url(address: &Address) -> html::BaseUrl<'_> {
    html::BaseUrl { address: address.as_str(), host: address.host(), path: address.path() }
}

fn list_site(
    list: &html::ReleaseList,
    templates: &Templates,
    project: &Project,
    findings: &mut Findings,
) -> Option<Site> {
    let (page, discovery_files) = (html::index_page(list, templates), html::discovery_files(list, templates));
    let (page, discovery_files) = (findings.keep(page), findings.keep(discovery_files));
    let mut site = Site::new();
    for (path, bytes) in discovery_files?.into_iter().chain([(INDEX_FILE.to_owned(), page?)]) {
        findings.keep(site.insert(path, bytes))?;
    }
    for (path, bytes) in project.page_assets() {
        findings.keep(site.insert(format!("static/{path}"), bytes))?;
    }
    Some(site)
}

fn release_entry(card: &ReleaseCard) -> html::ReleaseEntry {
    html::ReleaseEntry {
        slug: card.slug.clone(),
        language: card.language.clone(),
        title: card.title.clone(),
        issuer: card.issuer.clone(),
        description: card.description.clone(),
        date: FormattedDate { iso: card.date.clone(), text: card.date_text.clone() },
        pages: card.pages.clone(),
        draft: card.draft.clone(),
    }
}
