//! The list of releases, newest first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    address::FEED,
    head::{FeedLink, Head, Shell},
    summary::shortened,
    words::plain_word,
};
use crate::{diag::Diagnostic, merge::Templates, present::document::FormattedDate};

/// A release in the list. It links to `<slug>/index.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listing {
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
    /// The draft's mark, if it is one.
    pub draft: Option<String>,
}

/// The content of the list of releases.
#[derive(Debug, Clone, Copy)]
pub struct List<'a> {
    /// The latest first.
    pub releases: &'a [Listing],
    /// BCP 47 tag of the language of the words.
    pub language: &'a str,
    /// The fixed words.
    pub words: &'a BTreeMap<String, String>,
    /// The list's name; the word `releases` where it has none of its own.
    pub title: Option<&'a str>,
    /// Who publishes the releases, where this is not the issuer.
    pub publisher: Option<&'a str>,
    /// Where the list's folder is published, where that is known.
    pub base: Option<Base<'a>>,
    /// Static files and policy, the same for every page.
    pub shell: Shell<'a>,
}

/// Where a folder is published, `https://ir.example.com/results/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base<'a> {
    /// All of it, with a slash at its end.
    pub address: &'a str,
    /// The host name, without scheme or port.
    pub host: &'a str,
    /// What follows the host: `/results/`.
    pub path: &'a str,
}

impl<'a> List<'a> {
    /// The list's name. Fails when the word for it is missing.
    pub(super) fn title(&self) -> Result<&'a str, Diagnostic> {
        self.title.map_or_else(|| plain_word(self.words, "releases"), Ok)
    }
}

/// The base and the latest published release, if both exist.
pub(super) fn base_and_latest<'a>(list: &List<'a>) -> Option<(Base<'a>, &'a Listing)> {
    Some((list.base?, published(list).next()?))
}

/// The releases that are not drafts.
pub(super) fn published<'a>(list: &List<'a>) -> impl Iterator<Item = &'a Listing> + use<'a> {
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
    releases: &'a [Listing],
}

/// The page that lists the releases. Fails when a template does, or when a fixed word is missing.
pub fn index(list: &List, templates: &Templates) -> Result<Vec<u8>, Diagnostic> {
    let canonical = list.base.map(|base| base.address.to_owned());
    let title = list.title()?;
    let feed = base_and_latest(list).map(|_| FeedLink { href: FEED, title });
    let latest = list.releases.first();
    let site = list.publisher.or(latest.map(|release| release.issuer.as_str())).unwrap_or(title).to_owned();
    let titles: Vec<&str> = list.releases.iter().take(3).map(|release| release.title.as_str()).collect();
    let description = shortened(&titles.join("; "));
    let title = title.to_owned();
    let head = Head { title, description, site, canonical, feed, ..Head::new(&list.shell, list.language, list.words) };
    Ok(templates.render("html/index.html", &ListView { head, years: years(list.releases) })?.into_bytes())
}

fn years(releases: &[Listing]) -> Vec<Year<'_>> {
    let year = |release: &Listing| release.date.iso.split('-').next().map(str::to_owned).unwrap_or_default();
    let same = releases.chunk_by(|a, b| year(a) == year(b));
    same.map(|releases| Year { year: releases.first().map(year).unwrap_or_default(), releases }).collect()
}
