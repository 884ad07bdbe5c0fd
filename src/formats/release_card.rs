//! Creates the card of a release for the list of releases.

use super::{ReleaseContent, html::CHECK_REPORT_PAGE};
use crate::{
    present::document::{Document, plain},
    render::html,
    site::{ReleaseCard, TranslationCard},
};

/// The card of a release whose site has these files.
pub(crate) fn release_card(content: &ReleaseContent, paths: &[&str]) -> ReleaseCard {
    let document = &content.document;
    // The check report is excluded from search engines, so it is not in the sitemap.
    let pages = paths.iter().copied().filter(|path| path.ends_with(".html") && *path != CHECK_REPORT_PAGE);
    let translations = content.translations.iter().map(|translation| &translation.document);
    ReleaseCard {
        slug: document.slug.clone(),
        title: plain(&document.title),
        issuer: document.issuer.clone(),
        language: document.language.clone(),
        date: document.date.iso.clone(),
        date_text: document.date.text.clone(),
        description: document.description.clone(),
        pages: pages.map(str::to_owned).collect(),
        draft: document.draft.as_ref().map(|draft| draft.mark.clone()),
        translations: translations.map(|other| translation_card(other, document, paths)).collect(),
    }
}

fn translation_card(document: &Document, original: &Document, paths: &[&str]) -> TranslationCard {
    let folder = format!("{}/", document.language);
    let own = paths.iter().filter_map(|path| path.strip_prefix(&folder)).filter(|path| path.ends_with(".html"));
    let with_original = own.filter_map(|file| Some((file.to_owned(), html::same_page(document, original, file)?)));
    TranslationCard {
        language: document.language.clone(),
        title: plain(&document.title),
        issuer: document.issuer.clone(),
        date_text: document.date.text.clone(),
        description: document.description.clone(),
        pages: with_original.collect(),
        draft: document.draft.as_ref().map(|draft| draft.mark.clone()),
    }
}
