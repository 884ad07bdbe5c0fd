//! The static site of a release: a cover, a page for each further narrative file, and the whole release on one page. Also
//! the list of releases and the discovery files.

mod address;
mod anchors;
mod block;
mod chart;
mod discovery;
mod head;
mod headline;
mod inline;
mod languages;
mod link;
mod notes;
mod options;
mod page;
mod picture_address;
mod release_list;
mod structured_data;
mod summary;
mod table;
mod theme;
mod words;

pub use discovery::{discovery_files, feed};
pub use head::{FeedLink, Head, LanguageView, POLICY, Shell};
pub use languages::same_page;
pub use options::{Download, LanguageLink, LogoView, Options};
pub use release_list::{BaseUrl, ListLanguage, ReleaseEntry, ReleaseList, feed_file, index_page, list_file};
pub use theme::{Palette, ScreenFaces, Theme, WebFace};

use address::FULL_FILE;

use crate::{diag::Diagnostic, merge::Templates, present::document::Document};

/// The whole of a redline as one file that needs no other: the style sheet and the pictures are in it.
///
/// Errors: a template fails, or a fixed word is missing.
pub fn redline(document: &Document, templates: &Templates, stylesheet: &str) -> Result<Vec<u8>, Diagnostic> {
    let shell = Shell { policy: REDLINE_POLICY, ..Shell::default() };
    let options = Options { shell, checks_language: &document.language, ..Options::default() };
    let site = page::Site::new(document, &options)?;
    Ok(templates.render("html/redline.html", &site.redline(stylesheet)?)?.into_bytes())
}

/// The policy of a redline: nothing from anywhere, and no scripts.
const REDLINE_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// The pages of a release as (file name, bytes): the cover, the further pages in order, the whole release on one page.
///
/// Errors: a template fails, a fixed word is missing, or two pages would have the same file name.
pub fn html(
    document: &Document,
    templates: &Templates,
    options: &Options,
) -> Result<Vec<(String, Vec<u8>)>, Diagnostic> {
    let site = page::Site::new(document, options)?;
    let numbers = (0..site.files().len()).map(Some).chain([None]);
    numbers.map(|number| render_page(&site, number, templates)).collect()
}

/// One of the pages; none if no page has that file name. Errors: as of [`html`].
pub fn page(
    document: &Document,
    templates: &Templates,
    options: &Options,
    file: &str,
) -> Result<Option<Vec<u8>>, Diagnostic> {
    let site = page::Site::new(document, options)?;
    let number = site.files().iter().position(|known| known == file);
    let is_page = number.is_some() || file == FULL_FILE;
    is_page.then(|| render_page(&site, number, templates).map(|(_, bytes)| bytes)).transpose()
}

/// The file names of the pages, in the order of [`html`]. Errors: two pages would have the same file name.
pub fn page_files(document: &Document) -> Result<Vec<String>, Diagnostic> {
    let mut files = page::file_names(&document.pages)?;
    files.push(FULL_FILE.to_owned());
    Ok(files)
}

/// The page of a narrative file, counted from 0, or the whole release on one page.
fn render_page(
    site: &page::Site,
    number: Option<usize>,
    templates: &Templates,
) -> Result<(String, Vec<u8>), Diagnostic> {
    let file = number.and_then(|number| site.files().get(number)).map_or(FULL_FILE, String::as_str);
    let page = match number {
        Some(0) => templates.render("html/release.html", &site.page(0)?),
        Some(number) => templates.render("html/page.html", &site.page(number)?),
        None => templates.render("html/full.html", &site.full()?),
    };
    Ok((file.to_owned(), page?.into_bytes()))
}
