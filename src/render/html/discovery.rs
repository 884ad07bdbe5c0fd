//! The discovery files of a site: sitemap, feed, `robots.txt` and `404.html`.

use serde::Serialize;

use super::{
    address::{FEED, canonical},
    head::Head,
    release_list::{Base, List, Listing, base_and_latest, published},
    words::filled_word,
};
use crate::{diag::Diagnostic, merge::Templates};

const SITEMAP: &str = "sitemap.xml";

/// The files by name. Sitemap and feed need a known base and a release that is not a draft.
///
/// Fails when a template does, or when a fixed word is missing.
pub fn discovery_files(list: &List, templates: &Templates) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let mut files = vec![
        ("404.html", templates.render("site/404.html", &NotFound::new(list)?)?),
        ("robots.txt", templates.render("site/robots.txt", &Robots::new(list))?),
    ];
    if let Some((base, latest)) = base_and_latest(list) {
        files.push((FEED, templates.render("site/feed.xml", &Feed::new(list, base, latest)?)?));
        files.push((SITEMAP, templates.render("site/sitemap.xml", &Sitemap::new(list, base, latest))?));
    }
    Ok(files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect())
}

#[derive(Serialize)]
struct NotFound<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    /// The list's folder, from the root of the host.
    root: Option<&'a str>,
}

impl<'a> NotFound<'a> {
    /// Fails when the word for its title is missing.
    fn new(list: &List<'a>) -> Result<Self, Diagnostic> {
        let List { language, words, shell, .. } = *list;
        let root = list.base.map(|base| base.path);
        let assets = root.map(|root| format!("{root}{}", shell.assets));
        let title = filled_word(words, "not_found_title", &[])?;
        let description = filled_word(words, "not_found", &[])?;
        Ok(Self { head: Head { title, description, assets, ..Head::new(&shell, language, words) }, root })
    }
}

#[derive(Serialize)]
struct Robots {
    sitemap: Option<String>,
}

impl Robots {
    fn new(list: &List) -> Self {
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
    fn new(list: &List<'a>, base: Base, latest: &'a Listing) -> Self {
        let home = SitemapEntry { address: base.address.to_owned(), date: &latest.date.iso };
        let pages = published(list).flat_map(|release| {
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
    /// Of the feed itself.
    address: String,
    /// Of the list of releases.
    home: &'a str,
    entries: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    /// Unchanged when the releases move to another folder, or from one scheme to another.
    id: String,
    language: &'a str,
    title: String,
    date: &'a str,
    author: String,
    address: String,
    summary: String,
}

impl<'a> Feed<'a> {
    fn new(list: &List<'a>, base: Base<'a>, latest: &'a Listing) -> Result<Self, Diagnostic> {
        Ok(Self {
            language: list.language,
            id: base.address,
            title: xml_text(list.title()?),
            updated: &latest.date.iso,
            author: xml_text(list.publisher.unwrap_or(&latest.issuer)),
            address: format!("{}{FEED}", base.address),
            home: base.address,
            entries: published(list).map(|release| Entry::new(release, base, list.publisher)).collect(),
        })
    }
}

impl<'a> Entry<'a> {
    fn new(release: &'a Listing, base: Base, publisher: Option<&str>) -> Self {
        let Listing { slug, language, date, .. } = release;
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

/// The address of a page of a release; its first page is its folder.
fn address(base: &str, slug: &str, page: &str) -> String {
    canonical(&format!("{base}{slug}/"), page)
}

/// Replaces characters that XML cannot contain.
fn xml_text(text: &str) -> String {
    let is_text = |c: char| matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'));
    text.chars().map(|c| if is_text(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}
