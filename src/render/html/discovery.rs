//! The discovery files of a site: sitemap, feed, `robots.txt` and `404.html`.

use serde::Serialize;

use super::{
    address::{FEED_FILE, canonical_address},
    head::Head,
    release_list::{BaseUrl, ReleaseEntry, ReleaseList, base_and_latest, published_releases},
    words::format_word,
};
use crate::{diag::Diagnostic, merge::Templates};

const SITEMAP: &str = "sitemap.xml";

/// The files by name. Sitemap and feed need a base URL and a release that is not a draft.
///
/// Errors: a template fails, or a fixed word is missing.
pub fn discovery_files(list: &ReleaseList, templates: &Templates) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let mut files = vec![
        ("404.html", templates.render("site/404.html", &NotFound::new(list)?)?),
        ("robots.txt", templates.render("site/robots.txt", &Robots::new(list))?),
    ];
    if let Some((base, latest)) = base_and_latest(list) {
        files.push((FEED_FILE, templates.render("site/feed.xml", &Feed::new(list, base, latest)?)?));
        files.push((SITEMAP, templates.render("site/sitemap.xml", &Sitemap::new(list, base, latest))?));
    }
    Ok(files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect())
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
}

/// A page and its date.
#[derive(Serialize)]
struct SitemapEntry<'a> {
    address: String,
    date: &'a str,
}

impl<'a> Sitemap<'a> {
    fn new(list: &ReleaseList<'a>, base: BaseUrl, latest: &'a ReleaseEntry) -> Self {
        let home = SitemapEntry { address: base.address.to_owned(), date: &latest.date.iso };
        let pages = published_releases(list).flat_map(|release| {
            let address = |page: &String| address(base.address, &release.slug, page);
            release.pages.iter().map(move |page| SitemapEntry { address: address(page), date: &release.date.iso })
        });
        Self { pages: [home].into_iter().chain(pages).collect() }
    }
}

#[derive(Serialize)]
struct Feed<'a> {
    language: &'a str,
    id: &'a str,
    title: String,
    updated: &'a str,
    author: String,
    /// The address of the feed.
    address: String,
    /// The address of the list of releases.
    home: &'a str,
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
        Ok(Self {
            language: list.language,
            id: base.address,
            title: xml_text(list.title()?),
            updated: &latest.date.iso,
            author: xml_text(list.publisher.unwrap_or(&latest.issuer)),
            address: format!("{}{FEED_FILE}", base.address),
            home: base.address,
            entries: published_releases(list).map(|release| FeedEntry::new(release, base, list.publisher)).collect(),
        })
    }
}

impl<'a> FeedEntry<'a> {
    fn new(release: &'a ReleaseEntry, base: BaseUrl, publisher: Option<&str>) -> Self {
        let ReleaseEntry { slug, language, date, .. } = release;
        let year = date.iso.get(..4).unwrap_or_default();
        Self {
            id: format!("tag:{},{year}:{slug}", base.host),
            language,
            title: xml_text(&release.title),
            date: &date.iso,
            author: xml_text(publisher.unwrap_or(&release.issuer)),
            address: address(base.address, slug, "index.html"),
            summary: xml_text(&release.description),
        }
    }
}

/// The address of a page of a release; the first page has the address of the folder.
fn address(base: &str, slug: &str, page: &str) -> String {
    canonical_address(&format!("{base}{slug}/"), page)
}

/// Replaces characters that XML cannot contain.
fn xml_text(text: &str) -> String {
    let is_text = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    text.chars().map(|c| if is_text(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}
