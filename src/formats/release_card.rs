//! The entry of a release in the list of releases.

use super::html::CHECK_REPORT_PAGE;
use crate::{
    present::document::{Document, plain},
    site::{ReleaseCard, Site},
};

/// The entry of a release with this site.
pub(crate) fn release_card(document: &Document, site: &Site) -> ReleaseCard {
    // The check report is not listed: its page asks search engines to ignore it.
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
