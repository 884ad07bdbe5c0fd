//! Tests the list of releases and the discovery files: sitemap, feed, `robots.txt` and `404.html`.

#[expect(dead_code, reason = "only the words are needed here")]
mod support;

use std::collections::BTreeMap;

use kessan::{
    merge::Templates,
    present::document::FormattedDate,
    render::{
        built_in,
        html::{self, BaseUrl, ReleaseEntry, ReleaseList, Shell},
    },
};
use roxmltree::{Document, Node};
use snapbox::{Data, assert_data_eq};
use support::sample;

const BASE: BaseUrl = BaseUrl { address: "https://ir.example.com/results/", host: "ir.example.com", path: "/results/" };

fn listing(slug: &str, iso: &str, language: &str, draft: Option<&str>) -> ReleaseEntry {
    ReleaseEntry {
        slug: slug.into(),
        folder: format!("{slug}/"),
        language: language.into(),
        title: format!("Results & <{slug}>"),
        issuer: "Example & Co.".into(),
        description: format!("What \"{slug}\" says\u{1}."),
        date: FormattedDate { iso: iso.into(), text: format!("on {iso}") },
        pages: vec!["full.html".into(), "index.html".into(), "決算 & more.html".into()],
        alternates: Vec::new(),
        draft: draft.map(Into::into),
    }
}

/// The latest is a draft, and another is in another language.
fn listings() -> Vec<ReleaseEntry> {
    vec![
        listing("c", "2030-01-02", "en", Some("DRAFT")),
        listing("b", "2030-01-01", "ja", None),
        listing("a", "2029-01-01", "en", None),
    ]
}

fn list<'a>(releases: &'a [ReleaseEntry], words: &'a BTreeMap<String, String>) -> ReleaseList<'a> {
    ReleaseList {
        releases,
        language: "en",
        words,
        title: None,
        publisher: None,
        base: None,
        shell: Shell::default(),
        languages: &[],
        is_main: true,
    }
}

/// Every file, with the list itself.
fn files(list: &ReleaseList) -> BTreeMap<String, String> {
    let templates = Templates::new(built_in::templates()).unwrap();
    let files = html::discovery_files(list, &templates).unwrap_or_else(|finding| panic!("{finding:?}"));
    let index = html::index_page(list, &templates).unwrap_or_else(|finding| panic!("{finding:?}"));
    let files = files.into_iter().chain([("index.html".to_owned(), index)]);
    files.map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

/// Every file where the base is known.
fn published() -> BTreeMap<String, String> {
    let (releases, words) = (listings(), sample::words());
    files(&ReleaseList { title: Some("Acme & Co."), base: Some(BASE), ..list(&releases, &words) })
}

#[test]
fn what_a_published_site_has() {
    let files = published();
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["404.html", "feed.xml", "index.html", "robots.txt", "sitemap.xml"]);
    for (name, text) in files {
        let golden = format!("{}/tests/discovery_files/{name}", env!("CARGO_MANIFEST_DIR"));
        assert_data_eq!(text, Data::read_from(golden.as_ref(), Some(snapbox::data::DataFormat::Text)).raw());
    }
}

#[test]
fn without_a_base_nothing_says_where_it_is() {
    let (releases, words) = (listings(), sample::words());
    let files = files(&list(&releases, &words));
    assert_eq!(files.keys().collect::<Vec<_>>(), ["404.html", "index.html", "robots.txt"]);
    assert_data_eq!(files["robots.txt"].as_str(), "User-agent: *\nAllow: /\n");
    for link in ["href=", "src=", "://"] {
        assert!(!files["404.html"].contains(link), "{}", files["404.html"]);
    }
    assert!(!files["index.html"].contains("feed.xml") && !files["index.html"].contains("canonical"));
}

#[test]
fn where_every_release_is_a_draft_nothing_is_announced() {
    let (releases, words) = ([listing("c", "2030-01-02", "en", Some("DRAFT"))], sample::words());
    let files = files(&ReleaseList { base: Some(BASE), ..list(&releases, &words) });
    assert_eq!(files.keys().collect::<Vec<_>>(), ["404.html", "index.html", "robots.txt"]);
    assert!(!files["index.html"].contains("feed.xml") && !files["robots.txt"].contains("Sitemap"));
}

/// RFC 4287, section 4: what a feed and an entry must have, how often, and in what form.
#[test]
fn the_feed_keeps_the_rules_of_atom() {
    let files = published();
    let document = Document::parse(&files["feed.xml"]).unwrap();
    let feed = document.root_element();
    assert_eq!(feed.tag_name(), (ATOM, "feed").into());
    let entries: Vec<_> = children(feed, "entry").collect();
    assert_eq!(entries.len(), 2);
    for node in entries.iter().copied().chain([feed]) {
        for name in ["id", "title", "updated"] {
            assert_eq!(children(node, name).count(), 1, "{name}");
        }
        for time in children(node, "updated").chain(children(node, "published")) {
            assert!(is_time(time.text().unwrap()), "{time:?}");
        }
        let author = children(node, "author").next().unwrap();
        assert!(children(author, "name").next().unwrap().text().is_some());
        let alternates = children(node, "link").filter(|link| link.attribute("rel") == Some("alternate"));
        assert_eq!(alternates.count(), 1);
    }
    let own = children(feed, "link").find(|link| link.attribute("rel") == Some("self")).unwrap();
    assert_eq!(own.attribute("href"), Some("https://ir.example.com/results/feed.xml"));
    let latest = |node| children(node, "updated").next().unwrap().text().unwrap().to_owned();
    assert_eq!(latest(feed), entries.iter().map(|entry| latest(*entry)).max().unwrap());
    let ids: Vec<_> = entries.iter().map(|entry| children(*entry, "id").next().unwrap().text().unwrap()).collect();
    assert_eq!(ids, ["tag:ir.example.com,2030:b", "tag:ir.example.com,2029:a"]);
    let title = children(entries[0], "title").next().unwrap().text();
    assert_eq!(title, Some("Results & <b>"));
}

#[test]
fn the_sitemap_has_every_page_once_below_the_base() {
    let files = published();
    let document = Document::parse(&files["sitemap.xml"]).unwrap();
    let root = document.root_element();
    assert_eq!(root.tag_name(), (SITEMAP, "urlset").into());
    let mut addresses: Vec<&str> = Vec::new();
    for url in root.children().filter(Node::is_element) {
        let text =
            |name: &str| url.children().find(|node| node.has_tag_name((SITEMAP, name))).and_then(|node| node.text());
        let (address, date) = (text("loc").unwrap(), text("lastmod").unwrap());
        assert!(address.starts_with(BASE.address) && address.is_ascii() && !address.contains(' '), "{address}");
        assert!(is_date(date), "{date}");
        addresses.push(address);
    }
    assert_eq!(addresses.len(), 1 + 2 * 3);
    assert!(addresses.contains(&"https://ir.example.com/results/b/"));
    addresses.sort_unstable();
    addresses.dedup();
    assert_eq!(addresses.len(), 7);
}

const ATOM: &str = "http://www.w3.org/2005/Atom";
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

fn children<'a, 'd>(node: Node<'a, 'd>, name: &'a str) -> impl Iterator<Item = Node<'a, 'd>> {
    node.children().filter(move |child| child.has_tag_name((ATOM, name)))
}

fn is_time(text: &str) -> bool {
    text.strip_suffix("T00:00:00Z").is_some_and(is_date)
}

fn is_date(text: &str) -> bool {
    let digits = |part: &str, len| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<_> = text.split('-').collect();
    parts.len() == 3 && digits(parts[0], 4) && digits(parts[1], 2) && digits(parts[2], 2)
}
