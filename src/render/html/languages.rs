//! The links from a page to the same page in the other languages of the release.

use super::{
    address::{COVER_FILE, FULL_FILE, canonical_address},
    head::LanguageView,
    options::{LanguageLink, Options},
};
use crate::present::document::Document;

/// The languages of a release, for its page in `file`; empty if there is only one.
pub(super) fn languages<'a>(document: &Document, options: &Options<'a>, file: &str) -> Vec<LanguageView<'a>> {
    options.languages.iter().map(|link| language(document, link, file)).collect()
}

fn language<'a>(own: &Document, link: &'a LanguageLink, file: &str) -> LanguageView<'a> {
    let LanguageLink { document, folder, base, is_own } = link;
    let same = if *is_own { Some(file.to_owned()) } else { same_page(own, document, file) };
    let (name, target) = (document.words.get("language").map_or("", String::as_str), same.as_deref());
    let alternate = target.map(|target| match base {
        Some(base) => canonical_address(base, target),
        None => format!("{folder}{target}"),
    });
    let href = format!("{folder}{}", target.unwrap_or(COVER_FILE));
    LanguageView { language: &document.language, name, href, current: *is_own, alternate }
}

/// The file of the same page in another language; none where it is not translated.
pub fn same_page(own: &Document, other: &Document, file: &str) -> Option<String> {
    if file == FULL_FILE {
        return Some(file.to_owned());
    }
    let id = match file {
        COVER_FILE => own.pages.first().map(|page| page.id.as_str()),
        _ => file.strip_suffix(".html"),
    };
    let number = other.pages.iter().position(|page| Some(page.id.as_str()) == id)?;
    Some(if number == 0 { COVER_FILE.to_owned() } else { format!("{}.html", other.pages[number].id) })
}
