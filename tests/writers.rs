//! What the HTML and Markdown writers make of a Document.

mod support;

use std::{fs, path::Path};

use kessan::{
    merge::Templates,
    present::document::Document,
    render::{
        defaults,
        html::{self, Listing, Options},
        markdown::markdown,
    },
};
use support::sample;

const OPTIONS: Options =
    Options { stylesheet: "assets/style.css", list: Some("../index.html"), downloads: &["pdf", "md"] };

fn templates() -> Templates {
    Templates::new(defaults::templates()).unwrap()
}

fn pages(document: &Document) -> Vec<(String, String)> {
    let pages = html::html(document, &templates(), &OPTIONS).unwrap_or_else(|finding| panic!("{finding:?}"));
    pages.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

#[test]
#[ignore = "writes the example into target/tmp, for eyes and outside validators"]
fn write_the_example() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("example");
    let document = sample::release();
    let folder = root.join(&document.slug);
    fs::create_dir_all(folder.join("assets")).unwrap();
    let css = defaults::FILES.iter().find(|(path, _)| *path == "static/style.css").unwrap().1;
    fs::write(folder.join("assets/style.css"), css).unwrap();
    for (name, text) in pages(&document) {
        fs::write(folder.join(name), text).unwrap();
    }
    fs::write(folder.join("iij-fy2009.md"), markdown(&document)).unwrap();
    fs::write(folder.join("iij-fy2009.pdf"), "").unwrap();
    let listing = Listing {
        slug: document.slug,
        language: document.language.clone(),
        title: kessan::present::document::plain(&document.title),
        issuer: document.issuer,
        date: document.date,
        draft: document.draft.map(|draft| draft.mark),
    };
    let css = "iij-fy2009/assets/style.css";
    fs::write(root.join("index.html"), html::index(&[listing], &templates(), "en", &document.words, css).unwrap())
        .unwrap();
}
