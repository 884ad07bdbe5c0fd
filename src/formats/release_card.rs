//! Creates the card of a release for the list of releases.

use super::{ReleaseContent, html::CHECK_REPORT_PAGE};
use crate::{
    present::document::{Document, plain},
    render::html,
    site::{ReleaseCard, Site, TranslationCard},
};

/// The card of a release with this site.
pub(crate) fn release_card(content: &ReleaseContent, site: &Site) -> ReleaseCard {
    let document = &content.document;
    // The check report is excluded from search engines, so it is not in the sitemap.
    let pages = site.iter().map(|(path, _)| path).filter(|path| path.ends_with(".html") && *path != CHECK_REPORT_PAGE);
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
        translations: translations.map(|other| translation_card(other, document, site)).collect(),
    }
}

fn translation_card(document: &Document, original: &Document, site: &Site) -> TranslationCard {
    let folder = format!("{}/", document.language);
    let own = site.iter().filter_map(|(path, _)| path.strip_prefix(&folder)).filter(|path| path.ends_with(".html"));
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
