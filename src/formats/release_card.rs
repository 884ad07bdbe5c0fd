//! Creates the card of a release for the list of releases.

use super::html::CHECK_REPORT_PAGE;
use crate::{
    present::document::{Document, plain},
    site::{ReleaseCard, Site},
};

/// The card of a release with this site.
pub(crate) fn release_card(document: &Document, site: &Site) -> ReleaseCard {
    // The check report is excluded from search engines, so it is not in the sitemap.
    let pages = site.iter().map(|(path, _)| path).filter(|path| path.ends_with(".html") && *path != CHECK_REPORT_PAGE);
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
    }
}
