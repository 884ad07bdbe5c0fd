//! Tests the HTML and Markdown writers on example documents.

#[path = "support/html.rs"]
mod html_reader;
mod support;

use std::{fs, path::Path};

use kessan::{
    merge::Templates,
    present::document::{Document, plain},
    render::{
        built_in,
        html::{self, Download, FeedLink, Options, ReleaseEntry, ReleaseList, Shell},
        markdown::markdown,
    },
};
use snapbox::{assert_data_eq, file};
use support::{reread, sample};

const OPTIONS: Options = Options {
    base: Some("https://example.com/acme/"),
    release_base: None,
    root: "",
    languages: &[],
    shell: Shell { assets: "assets", policy: html::POLICY },
    publisher: None,
    logo: None,
    list: Some("../index.html"),
    feed: Some(FeedLink { href: "../feed.xml", title: "Results of Example & Co." }),
    checks: None,
    checks_language: "en",
    downloads: &[
        Download { extension: "pdf", title: "PDF", media_type: "application/pdf", is_by_language: true },
        Download { extension: "md", title: "Markdown", media_type: "text/markdown", is_by_language: true },
    ],
    table_downloads: &[Download { extension: "csv", title: "CSV", media_type: "text/csv", is_by_language: false }],
    names_figures: false,
};

fn templates() -> Templates {
    Templates::new(built_in::templates()).unwrap()
}

fn pages(document: &Document) -> Vec<(String, String)> {
    let pages = html::html(document, &templates(), &OPTIONS).unwrap_or_else(|finding| panic!("{finding:?}"));
    pages.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
fn pages_of_a_small_release() {
    let files = pages(&sample::small());
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["index.html", "tables.html", "full.html"]);
    assert_data_eq!(&files[0].1, file!["writers/index.html": Text]);
    assert_data_eq!(&files[1].1, file!["writers/tables.html": Text]);
    assert_data_eq!(&files[2].1, file!["writers/full.html": Text]);
}

#[test]
fn pages_of_one_name_are_refused() {
    let mut document = sample::small();
    document.pages[1].id = "full".into();
    let finding = html::html(&document, &templates(), &OPTIONS).unwrap_err();
    assert_eq!(finding.message, "the page `full` would be the file `full.html`, which another page is");
}

#[test]
fn a_missing_word_is_a_finding() {
    let mut document = sample::small();
    document.words.remove("back_to_reference");
    let finding = html::html(&document, &templates(), &OPTIONS).unwrap_err();
    assert_eq!(finding.message, "the language has no word `back_to_reference`, and a page needs it");
    let mut document = sample::small();
    document.words.remove("contents");
    let finding = html::html(&document, &templates(), &OPTIONS).unwrap_err();
    assert_eq!(finding.message, "field `contents` is not defined");
    assert_eq!(finding.place.unwrap().0.source.path, "templates/html/base.html");
}

#[test]
fn hostile_text_is_text() {
    for (name, text) in pages(&sample::hostile()) {
        let page = html_reader::parse(&text);
        let all = |name: &str| page.find(&|element| element.name == name);
        // The scripts of a page are its own: a file, and what it says of itself to programs.
        let scripts: Vec<_> =
            all("script").iter().map(|script| [script.attribute("src"), script.attribute("type")]).collect();
        assert_eq!(scripts, [["", "application/ld+json"], ["assets/kessan.js", ""]], "{name}");
        assert!(["b", "img", "iframe", "style"].iter().all(|name| all(name).is_empty()), "{name}");
        assert!(page.find(&|element| !element.attribute("onclick").is_empty()).is_empty(), "{name}");
        assert!(!text.contains("<!-- "), "{name}");
        let text = page.text();
        let missing: Vec<_> = sample::HOSTILE.iter().filter(|words| !text.contains(**words)).collect();
        assert!(name == "index.html" || missing.is_empty(), "{name}: {missing:?}");
    }
}

/// Text that runs the other way stays within its own element: what stands beside it is not turned round.
#[test]
fn text_that_runs_the_other_way_is_kept_apart() {
    const TURNED: &str = "\u{202e}";
    const APART: [&str; 14] = ["p", "li", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6", "bdi", "span", "a", "time"];
    for (name, text) in pages(&sample::hostile()) {
        let page = html_reader::parse(&text);
        let holders = page.find(&|element| {
            element.children.iter().any(|node| matches!(node, html_reader::Node::Text(text) if text.contains(TURNED)))
        });
        let own: Vec<_> = holders.iter().map(|element| element.name.as_str()).filter(|name| *name != "title").collect();
        assert!(name == "index.html" || own.len() > 3, "{name}");
        assert!(own.iter().all(|name| APART.contains(name) || *name == "text"), "{name}: {own:?}");
    }
}

#[test]
fn pages_say_what_they_are_to_programs() {
    let linked = |text: &str| -> serde_json::Value {
        let (_, rest) = text.split_once("<script type=\"application/ld+json\">").unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    };
    let meta = |text: &str, name: &str| -> String {
        let page = html_reader::parse(text);
        let found = page.find(&|element| [element.attribute("property"), element.attribute("name")].contains(&name));
        assert_eq!(found.len(), 1, "{name}");
        found[0].attribute("content").to_owned()
    };
    let files = pages(&sample::small());
    let [index, section, full] = [0, 1, 2].map(|at| files[at].1.as_str());
    let report = linked(index);
    assert_eq!(report["@type"], "Report");
    assert_eq!(report["name"], "Results of Example & Co.");
    assert_eq!((&report["datePublished"], &report["url"]), (&"2030-05-14".into(), &"https://example.com/acme/".into()));
    assert_eq!(report["publisher"]["name"], "Example & Co.");
    assert_eq!(report["encoding"][0]["contentUrl"], "https://example.com/acme/example.pdf");
    assert_eq!(report["encoding"][0]["encodingFormat"], "application/pdf");
    assert_eq!(linked(full), report);
    let part = linked(section);
    assert_eq!((&part["@type"], &part["isPartOf"]["@type"]), (&"WebPage".into(), &"Report".into()));
    assert_eq!(part["url"], "https://example.com/acme/tables.html");

    assert_eq!(meta(index, "og:url"), "https://example.com/acme/");
    assert_eq!(
        (meta(index, "og:type"), meta(index, "article:published_time")),
        ("article".into(), "2030-05-14".into())
    );
    assert_eq!(meta(index, "description"), "Revenues were JPY1,233 million, see the table.");
    assert_eq!(meta(section, "description"), "a|b");
    assert_eq!(meta(section, "og:title"), "Tables – Results of Example & Co.");

    // Nothing that is text there can end the element or the page.
    let hostile = pages(&sample::hostile()).remove(0).1;
    assert_eq!(linked(&hostile)["name"], sample::HOSTILE[1]);
}

#[test]
fn ids_are_unique_on_every_page() {
    for (name, text) in pages(&sample::release()) {
        let mut ids: Vec<_> = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name}");
    }
}

#[test]
fn links_within_the_release_lead_somewhere() {
    let files = pages(&sample::release());
    for (name, text) in &files {
        let links = text.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for link in links.filter(|link| link.contains('#')) {
            let (file, anchor) = link.split_once('#').unwrap();
            let file = if file.is_empty() { name } else { file };
            let (_, target) = files.iter().find(|(name, _)| name == file).unwrap();
            assert!(target.contains(&format!(" id=\"{anchor}\"")), "{link} in {name}");
        }
    }
}

#[test]
fn markdown_of_a_small_release() {
    assert_data_eq!(markdown(&sample::small()), file!["writers/small.md": Text].raw());
}

#[test]
fn markdown_keeps_every_cell_and_every_text() {
    for document in [sample::release(), sample::small(), sample::hostile()] {
        let read = reread::read(&markdown(&document));
        assert_eq!(read.tables, reread::tables(&document));
        assert_eq!(read.headings, reread::headings(&document));
    }
    let read = reread::read(&markdown(&sample::hostile()));
    assert_eq!(read.paragraphs[3..], [sample::HOSTILE, sample::HOSTILE].concat());
}

#[test]
#[ignore = "writes the examples into target/tmp, for eyes and outside validators"]
fn write_the_examples() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("example");
    let mut listings = Vec::new();
    for (document, slug) in
        [(sample::release(), "iij-fy2009"), (sample::small(), "small"), (sample::hostile(), "hostile")]
    {
        listings.push(write(&root, Document { slug: slug.to_owned(), ..document }));
    }
    let shell = Shell { assets: "iij-fy2009/assets", policy: html::POLICY };
    let (language, words) = ("en", &sample::words());
    let list = ReleaseList {
        releases: &listings,
        language,
        words,
        title: None,
        publisher: None,
        base: None,
        shell,
        languages: &[],
        is_main: true,
    };
    let page = html::index_page(&list, &templates()).unwrap();
    fs::write(root.join("index.html"), page).unwrap();
}

fn write(root: &Path, document: Document) -> ReleaseEntry {
    let folder = root.join(&document.slug);
    fs::create_dir_all(folder.join("assets")).unwrap();
    let (_, css) = built_in::FILES.iter().find(|(path, _)| *path == "static/style.css").unwrap();
    fs::write(folder.join("assets/style.css"), css).unwrap();
    for (name, text) in pages(&document) {
        fs::write(folder.join(name), text).unwrap();
    }
    fs::write(folder.join(format!("{}.md", document.slug)), markdown(&document)).unwrap();
    fs::write(folder.join(format!("{}.pdf", document.slug)), "").unwrap();
    ReleaseEntry {
        folder: format!("{}/", document.slug),
        slug: document.slug,
        language: document.language,
        title: plain(&document.title),
        issuer: document.issuer,
        description: document.description,
        date: document.date,
        pages: vec!["index.html".into()],
        alternates: Vec::new(),
        draft: document.draft.map(|draft| draft.mark),
    }
}
