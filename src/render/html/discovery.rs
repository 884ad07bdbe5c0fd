//! The discovery files of a site: sitemap, feed, `robots.txt` and `404.html`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    address::canonical_address,
    head::Head,
    release_list::{BaseUrl, ListLanguage, ReleaseEntry, ReleaseList, base_and_latest, published_releases},
    words::format_word,
};
use crate::{diag::Diagnostic, merge::Templates};

const SITEMAP: &str = "sitemap.xml";

/// The files by name, the feed of the list among them. Sitemap and feed need a base URL and a release that is not a draft.
///
/// Errors: a template fails, or a fixed word is missing.
pub fn discovery_files(list: &ReleaseList, templates: &Templates) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let mut files = vec![
        ("404.html".to_owned(), templates.render("site/404.html", &NotFound::new(list)?)?.into_bytes()),
        ("robots.txt".to_owned(), templates.render("site/robots.txt", &Robots::new(list))?.into_bytes()),
    ];
    files.extend(feed(list, templates)?);
    if let Some((base, latest)) = base_and_latest(list) {
        let sitemap = templates.render("site/sitemap.xml", &Sitemap::new(list, base, latest))?;
        files.push((SITEMAP.to_owned(), sitemap.into_bytes()));
    }
    Ok(files)
}

/// The feed of a list, with the name of its file; none without a base URL or a release that is not a draft.
///
/// Errors: the template fails, or a fixed word is missing.
pub fn feed(list: &ReleaseList, templates: &Templates) -> Result<Option<(String, Vec<u8>)>, Diagnostic> {
    let Some((base, latest)) = base_and_latest(list) else { return Ok(None) };
    let text = templates.render("site/feed.xml", &Feed::new(list, base, latest)?)?;
    Ok(Some((list.feed_file(), text.into_bytes())))
}

#[derive(Serialize)]
struct NotFound<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    /// The path of the list's folder on the host.
    root: Option<&'a str>,
}

impl<'a> NotFound<'a> {
    /// Errors: a fixed word is missing.
    fn new(list: &ReleaseList<'a>) -> Result<Self, Diagnostic> {
        let ReleaseList { language, words, shell, .. } = *list;
        let root = list.base.map(|base| base.path);
        let assets = root.map(|root| format!("{root}{}", shell.assets));
        let title = format_word(words, "not_found_title", &[])?;
        let description = format_word(words, "not_found", &[])?;
        Ok(Self { head: Head { title, description, assets, ..Head::new(&shell, language, words) }, root })
    }
}

#[derive(Serialize)]
struct Robots {
    sitemap: Option<String>,
}

impl Robots {
    fn new(list: &ReleaseList) -> Self {
        Self { sitemap: base_and_latest(list).map(|(base, _)| format!("{}{SITEMAP}", base.address)) }
    }
}

#[derive(Serialize)]
struct Sitemap<'a> {
    pages: Vec<SitemapEntry<'a>>,
    /// Whether a page is there in several languages.
    translated: bool,
}

/// A page and its date.
#[derive(Serialize)]
struct SitemapEntry<'a> {
    address: String,
    date: &'a str,
    /// The same page in all its languages; empty if there is only one.
    alternates: Vec<Alternate<'a>>,
}

/// A page in a language.
#[derive(Serialize)]
struct Alternate<'a> {
    language: &'a str,
    address: String,
}

impl<'a> Sitemap<'a> {
    fn new(list: &ReleaseList<'a>, base: BaseUrl, latest: &'a ReleaseEntry) -> Self {
        let pages = published_releases(list).flat_map(|release| release_pages(release, base));
        let pages: Vec<_> = list_pages(list, base, latest).into_iter().chain(pages).collect();
        Self { translated: pages.iter().any(|page| !page.alternates.is_empty()), pages }
    }
}

/// The list in each language that has a release that is not a draft.
fn list_pages<'a>(list: &ReleaseList<'a>, base: BaseUrl, latest: &'a ReleaseEntry) -> Vec<SitemapEntry<'a>> {
    if list.languages.is_empty() {
        let address = base.address.to_owned();
        return vec![SitemapEntry { address, date: &latest.date.iso, alternates: Vec::new() }];
    }
    let languages = list.languages.iter().filter_map(|language| Some((language, language.updated.as_deref()?)));
    let languages: Vec<_> = languages.collect();
    let address = |file: &str| canonical_address(base.address, file);
    let alternate = |(language, _): &(&'a ListLanguage, &str)| Alternate {
        language: &language.language,
        address: address(&language.file()),
    };
    let entry = |(language, date): &(&'a ListLanguage, &'a str)| SitemapEntry {
        address: address(&language.file()),
        date,
        alternates: if languages.len() > 1 { languages.iter().map(alternate).collect() } else { Vec::new() },
    };
    languages.iter().map(entry).collect()
}

/// The pages of a release in all its languages.
fn release_pages<'a>(release: &'a ReleaseEntry, base: BaseUrl) -> Vec<SitemapEntry<'a>> {
    let address = |page: &str| address(base.address, &release.slug, page);
    let mut by_page: BTreeMap<&str, &'a BTreeMap<String, String>> = BTreeMap::new();
    for same in &release.alternates {
        by_page.extend(same.values().map(|page| (page.as_str(), same)));
    }
    let alternates = |page: &str| {
        let same = by_page.get(page).into_iter().flat_map(|same| same.iter());
        same.map(|(language, page)| Alternate { language, address: address(page) }).collect()
    };
    let entry =
        |page: &String| SitemapEntry { address: address(page), date: &release.date.iso, alternates: alternates(page) };
    release.pages.iter().map(entry).collect()
}

#[derive(Serialize)]
struct Feed<'a> {
    language: &'a str,
    id: String,
    title: String,
    updated: &'a str,
    author: String,
    /// The address of the feed.
    address: String,
    /// The address of the list of releases.
    home: String,
    entries: Vec<FeedEntry<'a>>,
}

#[derive(Serialize)]
struct FeedEntry<'a> {
    /// A tag URI: unchanged when the releases move to another folder or scheme.
    id: String,
    language: &'a str,
    title: String,
    date: &'a str,
    author: String,
    address: String,
    summary: String,
}

impl<'a> Feed<'a> {
    fn new(list: &ReleaseList<'a>, base: BaseUrl<'a>, latest: &'a ReleaseEntry) -> Result<Self, Diagnostic> {
        let address = canonical_address(base.address, &list.feed_file());
        Ok(Self {
            language: list.language,
            id: if list.is_main { base.address.to_owned() } else { address.clone() },
            title: xml_text(list.title()?),
            updated: &latest.date.iso,
            author: xml_text(list.publisher.unwrap_or(&latest.issuer)),
            address,
            home: canonical_address(base.address, &list.home()),
            entries: published_releases(list).map(|release| FeedEntry::new(release, base, list.publisher)).collect(),
        })
    }
}

impl<'a> FeedEntry<'a> {
    fn new(release: &'a ReleaseEntry, base: BaseUrl, publisher: Option<&str>) -> Self {
        let ReleaseEntry { folder, language, date, .. } = release;
        let year = date.iso.get(..4).unwrap_or_default();
        Self {
            id: format!("tag:{},{year}:{}", base.host, folder.trim_end_matches('/')),
            language,
            title: xml_text(&release.title),
            date: &date.iso,
            author: xml_text(publisher.unwrap_or(&release.issuer)),
            address: format!("{}{folder}", base.address),
            summary: xml_text(&release.description),
        }
    }
}

/// The address of a page of a release; the first page of a language has the address of its folder.
fn address(base: &str, slug: &str, page: &str) -> String {
    let (folder, file) = page.split_at(page.rfind('/').map_or(0, |slash| slash + 1));
    canonical_address(&format!("{base}{slug}/{folder}"), file)
}

/// Replaces characters that XML cannot contain.
fn xml_text(text: &str) -> String {
    let is_text = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    text.chars().map(|c| if is_text(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}
