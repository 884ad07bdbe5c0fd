//! What the list of releases says about one.

use super::html::CHECK_REPORT_PAGE;
use crate::{
    present::document::{Document, plain},
    site::{ReleaseCard, Site},
};

/// The card of a release and its site.
pub(crate) fn release_card(document: &Document, site: &Site) -> ReleaseCard {
    // The check report is for those who are led to it: its page asks search engines to pass over it.
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
