//! The page that lists the releases, newest first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    address::FEED_FILE,
    head::{FeedLink, Head, Shell},
    summary::shorten,
    words::word,
};
use crate::{diag::Diagnostic, merge::Templates, present::document::FormattedDate};

/// A release in the list, which links to `<slug>/index.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReleaseEntry {
    /// The release's folder.
    pub slug: String,
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
    /// The files of the pages that search engines may find.
    pub pages: Vec<String>,
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
    let canonical = list.base.map(|base| base.address.to_owned());
    let title = list.title()?;
    let feed = base_and_latest(list).map(|_| FeedLink { href: FEED_FILE, title });
    let latest = list.releases.first();
    let site = list.publisher.or(latest.map(|release| release.issuer.as_str())).unwrap_or(title).to_owned();
    let titles: Vec<&str> = list.releases.iter().take(3).map(|release| release.title.as_str()).collect();
    let description = shorten(&titles.join(word(list.words, "between_titles")?));
    let title = title.to_owned();
    let head = Head { title, description, site, canonical, feed, ..Head::new(&list.shell, list.language, list.words) };
    Ok(templates.render("html/index.html", &ListView { head, years: years(list.releases) })?.into_bytes())
}

fn years(releases: &[ReleaseEntry]) -> Vec<Year<'_>> {
    let year = |release: &ReleaseEntry| release.date.iso.split('-').next().map(str::to_owned).unwrap_or_default();
    let same = releases.chunk_by(|a, b| year(a) == year(b));
    same.map(|releases| Year { year: releases.first().map(year).unwrap_or_default(), releases }).collect()
}
