//! What the HTML and Markdown writers make of a Document.

mod support;

use std::{fs, path::Path};

use kessan::{
    merge::Templates,
    present::document::{Document, plain},
    render::{
        defaults,
        html::{self, List, Listing, Options, Shell},
        markdown::markdown,
    },
};
use snapbox::{assert_data_eq, file};
use support::{reread, sample};

const OPTIONS: Options = Options {
    base: Some("https://example.com/acme/"),
    shell: Shell { assets: "assets", policy: html::POLICY },
    list: Some("../index.html"),
    feed: Some("../feed.xml"),
    checks: None,
    downloads: &["pdf", "md"],
    table_downloads: &["csv"],
};

fn templates() -> Templates {
    Templates::new(defaults::templates()).unwrap()
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
    document.words.remove("format_md");
    let finding = html::html(&document, &templates(), &OPTIONS).unwrap_err();
    assert_eq!(finding.message, "the language has no word `format_md`, and a page needs it");
    let mut document = sample::small();
    document.words.remove("contents");
    let finding = html::html(&document, &templates(), &OPTIONS).unwrap_err();
    assert_eq!(finding.message, "field `contents` is not defined");
    assert_eq!(finding.place.unwrap().0.source.path, "templates/html/base.html");
}

#[test]
fn hostile_text_makes_no_elements() {
    for (name, text) in pages(&sample::hostile()) {
        // The one script of the page is its own, and it is a file.
        let own = r#"<script src="assets/kessan.js" defer></script>"#;
        assert_eq!(text.matches(own).count(), 1, "{name}");
        let text = text.replace(own, "");
        assert!(!text.contains("<script") && !text.contains("<b>") && !text.contains("<!-- "), "{name}");
    }
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
    let list = List { releases: &listings, language, words, title: None, publisher: None, base: None, shell };
    let page = html::index(&list, &templates()).unwrap();
    fs::write(root.join("index.html"), page).unwrap();
}

fn write(root: &Path, document: Document) -> Listing {
    let folder = root.join(&document.slug);
    fs::create_dir_all(folder.join("assets")).unwrap();
    let (_, css) = defaults::FILES.iter().find(|(path, _)| *path == "static/style.css").unwrap();
    fs::write(folder.join("assets/style.css"), css).unwrap();
    for (name, text) in pages(&document) {
        fs::write(folder.join(name), text).unwrap();
    }
    fs::write(folder.join(format!("{}.md", document.slug)), markdown(&document)).unwrap();
    fs::write(folder.join(format!("{}.pdf", document.slug)), "").unwrap();
    Listing {
        slug: document.slug,
        language: document.language,
        title: plain(&document.title),
        issuer: document.issuer,
        description: document.description,
        date: document.date,
        pages: vec!["index.html".into()],
        draft: document.draft.map(|draft| draft.mark),
    }
}
