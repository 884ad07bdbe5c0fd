//! The page that lists the releases, newest first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    address::{COVER_FILE, FEED_FILE, canonical_address},
    head::{FeedLink, Head, LanguageView, Shell},
    summary::shorten,
    words::word,
};
use crate::{diag::Diagnostic, merge::Templates, present::document::FormattedDate};

/// A release in the list, which links to its first page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReleaseEntry {
    /// The release's folder.
    pub slug: String,
    /// The folder of its pages in this language: `<slug>/`, or `<slug>/en/` of a translation.
    pub folder: String,
    /// BCP 47 language tag of the title.
    pub language: String,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub issuer: String,
    /// One sentence; may be empty.
    pub description: String,
    /// The release date.
    pub date: FormattedDate,
    /// The files of the pages that search engines may find, in all its languages.
    pub pages: Vec<String>,
    /// The same pages in several languages: for each, its files by language.
    #[serde(skip)]
    pub alternates: Vec<BTreeMap<String, String>>,
    /// The draft label, if it is a draft.
    pub draft: Option<String>,
}

/// The content of the list of releases.
#[derive(Debug, Clone, Copy)]
pub struct ReleaseList<'a> {
    /// Newest first.
    pub releases: &'a [ReleaseEntry],
    /// BCP 47 tag of the language of the words.
    pub language: &'a str,
    /// The fixed words.
    pub words: &'a BTreeMap<String, String>,
    /// The title of the list; the default is the word `releases`.
    pub title: Option<&'a str>,
    /// The publisher of the releases, if it is not the issuer.
    pub publisher: Option<&'a str>,
    /// The URL at which the list's folder is published, if known.
    pub base: Option<BaseUrl<'a>>,
    /// Static files and policy, the same for every page.
    pub shell: Shell<'a>,
    /// The languages that there is a list in, that of `index.html` first; empty if there is only one.
    pub languages: &'a [ListLanguage],
    /// Whether it is the list in `index.html`. The others are `index.<language>.html`.
    pub is_main: bool,
}

/// A language that there is a list of releases in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListLanguage {
    /// BCP 47 language tag.
    pub language: String,
    /// The name of the language in itself.
    pub name: String,
    /// Whether its list is that of `index.html`.
    pub is_main: bool,
    /// The date of its latest release that is not a draft.
    pub updated: Option<String>,
}

impl ListLanguage {
    /// The file of its list.
    pub(super) fn file(&self) -> String {
        list_file(self.is_main, &self.language)
    }
}

/// The file of the list in a language.
pub fn list_file(is_main: bool, language: &str) -> String {
    if is_main { COVER_FILE.to_owned() } else { format!("index.{language}.html") }
}

/// The file of the feed in a language.
pub fn feed_file(is_main: bool, language: &str) -> String {
    if is_main { FEED_FILE.to_owned() } else { format!("feed.{language}.xml") }
}

/// The URL at which a folder is published: `https://ir.example.com/results/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseUrl<'a> {
    /// The whole URL, with a slash at its end.
    pub address: &'a str,
    /// The host name, without scheme or port.
    pub host: &'a str,
    /// The path: `/results/`.
    pub path: &'a str,
}

impl<'a> ReleaseList<'a> {
    /// The title of the list. Errors: the word for it is missing.
    pub(super) fn title(&self) -> Result<&'a str, Diagnostic> {
        self.title.map_or_else(|| word(self.words, "releases"), Ok)
    }

    /// The file of the feed.
    pub(super) fn feed_file(&self) -> String {
        feed_file(self.is_main, self.language)
    }

    /// The file that the list is to be found at: a list in the language of `index.html` is the same as that.
    pub(super) fn home(&self) -> String {
        let own = self.languages.iter().find(|language| language.language == self.language);
        own.map_or_else(|| list_file(self.is_main, self.language), ListLanguage::file)
    }

    /// The languages as the page links to them.
    fn language_views(&self) -> Vec<LanguageView<'a>> {
        let view = |language: &'a ListLanguage| LanguageView {
            language: &language.language,
            name: &language.name,
            href: language.file(),
            current: language.language == self.language,
            alternate: Some(match self.base {
                Some(base) => canonical_address(base.address, &language.file()),
                None => language.file(),
            }),
        };
        self.languages.iter().map(view).collect()
    }
}

/// The base URL and the latest published release, if both exist.
pub(super) fn base_and_latest<'a>(list: &ReleaseList<'a>) -> Option<(BaseUrl<'a>, &'a ReleaseEntry)> {
    Some((list.base?, published_releases(list).next()?))
}

/// The releases that are not drafts.
pub(super) fn published_releases<'a>(list: &ReleaseList<'a>) -> impl Iterator<Item = &'a ReleaseEntry> + use<'a> {
    list.releases.iter().filter(|release| release.draft.is_none())
}

#[derive(Serialize)]
struct ListView<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    years: Vec<Year<'a>>,
}

/// The releases of one year.
#[derive(Serialize)]
struct Year<'a> {
    year: String,
    releases: &'a [ReleaseEntry],
}

/// The page that lists the releases. Errors: a template fails, or a fixed word is missing.
pub fn index_page(list: &ReleaseList, templates: &Templates) -> Result<Vec<u8>, Diagnostic> {
    let canonical = list.base.map(|base| canonical_address(base.address, &list.home()));
    let (title, feed_file) = (list.title()?, list.feed_file());
    let feed = base_and_latest(list).map(|_| FeedLink { href: &feed_file, title });
    let latest = list.releases.first();
    let site = list.publisher.or(latest.map(|release| release.issuer.as_str())).unwrap_or(title).to_owned();
    let titles: Vec<&str> = list.releases.iter().take(3).map(|release| release.title.as_str()).collect();
    let description = shorten(&titles.join(word(list.words, "between_titles")?));
    let title = title.to_owned();
    let languages = list.language_views();
    let head = Head::new(&list.shell, list.language, list.words);
    let head = Head { title, description, site, canonical, feed, languages, ..head };
    Ok(templates.render("html/index.html", &ListView { head, years: years(list.releases) })?.into_bytes())
}

fn years(releases: &[ReleaseEntry]) -> Vec<Year<'_>> {
    let year = |release: &ReleaseEntry| release.date.iso.split('-').next().map(str::to_owned).unwrap_or_default();
    let same = releases.chunk_by(|a, b| year(a) == year(b));
    same.map(|releases| Year { year: releases.first().map(year).unwrap_or_default(), releases }).collect()
}
