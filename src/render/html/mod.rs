//! The static site of a release: a cover, a page for each further narrative file, the whole on one page; the list of
//! releases, and what leads to them.

mod anchors;
mod block;
mod chart;
mod discovery;
mod head;
mod headline;
mod inline;
mod link;
mod notes;
mod page;
mod release_list;
mod structured_data;
mod summary;
mod table;
mod theme;

pub use discovery::signposts;
pub use head::{FeedLink, Head, POLICY, Shell};
pub use release_list::{Base, List, Listing, index};
pub use theme::{Palette, Theme, WebFace};

use crate::{diag::Diagnostic, merge::Templates, present::document::Document};

/// File of the cover.
const COVER: &str = "index.html";
/// File of the whole release on one page.
const FULL: &str = "full.html";
/// The feed of releases, from the output folder.
const FEED: &str = "feed.xml";

/// What stands beside the pages, as links from the release's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options<'a> {
    /// The address at which the release's folder is published, with a slash at its end, where it is known.
    pub base: Option<&'a str>,
    pub shell: Shell<'a>,
    /// Who publishes the release, where that is another than its issuer.
    pub publisher: Option<&'a str>,
    /// The list of releases, `../index.html`, if there is one.
    pub list: Option<&'a str>,
    /// The feed of releases, `../feed.xml`, if there is one.
    pub feed: Option<FeedLink<'a>>,
    /// The check report, `checks.html`, where the release publishes it.
    pub checks: Option<&'a str>,
    /// Extensions of the other formats that are built, in the order to show (`["pdf", "md"]`). The file is `<slug>.<extension>`,
    /// its name in print the word `format_<extension>`.
    pub downloads: &'a [&'a str],
    /// Extensions of the formats that each table has a file in (`["csv"]`): `tables/<id>.<extension>`.
    pub table_downloads: &'a [&'a str],
}

/// The release's pages, file name and bytes: the cover, the further pages in order, the whole.
///
/// Fails when a template does, when a fixed word is missing, or when two pages would have one file name.
pub fn html(
    document: &Document,
    templates: &Templates,
    options: &Options,
) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let site = page::Site::new(document, options)?;
    let mut files = Vec::new();
    for (number, file) in site.files().iter().enumerate() {
        let template = if number == 0 { "html/release.html" } else { "html/page.html" };
        files.push((file.clone(), templates.render(template, &site.page(number)?)?.into_bytes()));
    }
    files.push((FULL.to_owned(), templates.render("html/full.html", &site.full()?)?.into_bytes()));
    Ok(files)
}

/// The address of a page in the folder published at `base`; the folder's first page is the folder.
fn canonical(base: &str, file: &str) -> String {
    let mut address = base.to_owned();
    for byte in file.bytes().filter(|_| file != COVER) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// A fixed word, with its `{name}` places filled.
fn word(
    words: &std::collections::BTreeMap<String, String>,
    key: &str,
    fills: &[(&str, &str)],
) -> Result<String, Diagnostic> {
    let pattern = known_word(words, key)?.to_owned();
    Ok(fills.iter().fold(pattern, |text, (name, value)| text.replace(&format!("{{{name}}}"), value)))
}

/// A fixed word as it stands.
fn known_word<'a>(words: &'a std::collections::BTreeMap<String, String>, key: &str) -> Result<&'a str, Diagnostic> {
    let lacks = || Diagnostic::error("words", format!("the language has no word `{key}`, and a page needs it"));
    words.get(key).map(String::as_str).ok_or_else(lacks)
}
