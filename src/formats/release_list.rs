//! Writes the list of all releases with pages in each language, and the discovery files.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diag::{Diagnostic, Findings},
    merge::Templates,
    model::{Address, Words},
    present::document::FormattedDate,
    project::Project,
    render::html::{self, ListLanguage, ReleaseEntry, ReleaseList},
    site::{ReleaseCard, Site, TranslationCard},
};

/// Writes the list of the releases with pages: `index.html` in the language of the latest, `index.<language>.html` in each
/// language of a release that has several, static files and discovery files. `cards` are those of all releases, latest first.
pub(crate) fn release_list(cards: &[ReleaseCard], project: &Project) -> Result<Site, Vec<Diagnostic>> {
    let (Some(latest), Some(templates)) = (cards.first(), project.templates()) else { return Ok(Site::new()) };
    let mut findings = Findings::new();
    let lists = Lists::new(cards, &latest.language, project, &mut findings);
    let site = lists.and_then(|lists| lists.write(templates, project, &mut findings));
    site.ok_or_else(|| findings.sorted())
}

/// The lists of releases in their languages.
struct Lists<'a> {
    /// The language of `index.html`, and the words of each language.
    main: &'a str,
    words: BTreeMap<&'a str, Words>,
    /// The releases with pages.
    cards: Vec<&'a ReleaseCard>,
    /// The languages of the lists beside that one: those of releases that have several.
    further: Vec<&'a str>,
    languages: Vec<ListLanguage>,
}

impl<'a> Lists<'a> {
    /// Findings: a language has no words, or errors in them.
    fn new(cards: &'a [ReleaseCard], main: &'a str, project: &Project, findings: &mut Findings) -> Option<Self> {
        let cards: Vec<&ReleaseCard> = cards.iter().filter(|card| card.has_pages()).collect();
        let translations = || cards.iter().flat_map(|card| &card.translations).map(|other| other.language.as_str());
        let originals = cards.iter().filter(|card| !card.translations.is_empty()).map(|card| card.language.as_str());
        // The pages of a translation link to the list of their language, even if that is the same as `index.html`.
        let further: BTreeSet<&str> = originals.filter(|language| *language != main).chain(translations()).collect();
        let mut words = BTreeMap::new();
        for language in further.iter().copied().chain([main]) {
            words.insert(language, project.words_of(language, findings)?);
        }
        let mut lists = Self { main, words, cards, further: further.into_iter().collect(), languages: Vec::new() };
        let others = lists.further.iter().filter(|language| **language != main);
        let languages: Vec<_> = std::iter::once(&main).chain(others).map(|language| lists.language(language)).collect();
        lists.languages = if lists.further.is_empty() { Vec::new() } else { languages };
        Some(lists)
    }

    fn language(&self, language: &str) -> ListLanguage {
        let name = self.words.get(language).and_then(|words| words.words.get("language")).cloned().unwrap_or_default();
        let is_main = language == self.main;
        let published = self.releases(language, is_main).into_iter().find(|release| release.draft.is_none());
        let updated = published.map(|release| release.date.iso);
        ListLanguage { language: language.to_owned(), name, is_main, updated }
    }

    /// The releases of the list in a language: all in `index.html`, otherwise those that have the language.
    fn releases(&self, language: &str, is_main: bool) -> Vec<ReleaseEntry> {
        let has_language = |card: &ReleaseCard| card.language == language || card.translation(language).is_some();
        let listed = self.cards.iter().filter(|card| is_main || has_language(card));
        listed.map(|card| release_entry(card, language)).collect()
    }

    fn write(&self, templates: &Templates, project: &Project, findings: &mut Findings) -> Option<Site> {
        let mut files = self.list_files(self.main, true, templates, project, findings)?;
        for language in &self.further {
            files.extend(self.list_files(language, false, templates, project, findings)?);
        }
        let mut site = Site::new();
        for (path, bytes) in files {
            findings.keep(site.insert(path, bytes))?;
        }
        for (path, bytes) in project.page_assets() {
            findings.keep(site.insert(format!("static/{path}"), bytes))?;
        }
        Some(site)
    }

    /// The list in a language, its feed, and, with that of `index.html`, the other discovery files.
    fn list_files(
        &self,
        language: &str,
        is_main: bool,
        templates: &Templates,
        project: &Project,
        findings: &mut Findings,
    ) -> Option<Vec<(String, Vec<u8>)>> {
        let releases = self.releases(language, is_main);
        let list = ReleaseList {
            releases: &releases,
            language,
            words: &self.words.get(language)?.words,
            title: project.site.title.in_language(language),
            publisher: project.site.publisher.in_language(language),
            base: project.site.url.as_ref().map(base_url),
            shell: html::Shell::default(),
            languages: &self.languages,
            is_main,
        };
        let others = match is_main {
            true => html::discovery_files(&list, templates),
            false => html::feed(&list, templates).map(|feed| feed.into_iter().collect()),
        };
        let (page, others) = (findings.keep(html::index_page(&list, templates)), findings.keep(others));
        Some(others?.into_iter().chain([(html::list_file(is_main, language), page?)]).collect())
    }
}

fn base_url(address: &Address) -> html::BaseUrl<'_> {
    html::BaseUrl { address: address.as_str(), host: address.host(), path: address.path() }
}

/// A release in a language, or in that of its original if it does not have it.
fn release_entry(card: &ReleaseCard, language: &str) -> ReleaseEntry {
    let original = ReleaseEntry {
        slug: card.slug.clone(),
        folder: format!("{}/", card.slug),
        language: card.language.clone(),
        title: card.title.clone(),
        issuer: card.issuer.clone(),
        description: card.description.clone(),
        date: FormattedDate { iso: card.date.clone(), text: card.date_text.clone() },
        pages: card.pages.clone(),
        alternates: alternates(card),
        draft: card.draft.clone(),
    };
    let Some(translation) = card.translation(language).filter(|_| card.language != language) else { return original };
    ReleaseEntry {
        folder: format!("{}/{language}/", card.slug),
        language: language.to_owned(),
        title: translation.title.clone(),
        issuer: translation.issuer.clone(),
        description: translation.description.clone(),
        date: FormattedDate { text: translation.date_text.clone(), ..original.date },
        draft: translation.draft.clone(),
        ..original
    }
}

/// The pages that a release has in several languages: for each, its files by language.
fn alternates(card: &ReleaseCard) -> Vec<BTreeMap<String, String>> {
    let mut by_page: BTreeMap<&str, BTreeMap<String, String>> = BTreeMap::new();
    for TranslationCard { language, pages, .. } in &card.translations {
        for (file, original) in pages {
            let same = by_page.entry(original).or_default();
            same.insert(card.language.clone(), original.clone());
            same.insert(language.clone(), format!("{language}/{file}"));
        }
    }
    by_page.into_values().collect()
}
