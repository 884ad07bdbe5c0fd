//! A page of a release in all its languages beside each other, each in a pane of its own.

use serde::Serialize;

use super::last_good::LastGood;
use crate::{formats::same_page, present::document::plain};

/// The folder of these pages: `/_preview/beside/acme/outlook.html`.
pub(super) const BESIDE: &str = "/_preview/beside/";
/// The folder of what the panes show: the same files as at the root, in a frame.
pub(super) const PANE: &str = "/_preview/pane/";

/// The view of such a page.
#[derive(Debug, Serialize)]
pub(super) struct Beside {
    slug: String,
    title: String,
    /// The page in the language of the original, by itself.
    alone: String,
    /// Every page of the original.
    pages: Vec<PageLink>,
    panes: Vec<Pane>,
}

/// A page of the release.
#[derive(Debug, Serialize)]
struct PageLink {
    href: String,
    text: String,
    is_current: bool,
}

/// The page in a language.
#[derive(Debug, Serialize)]
struct Pane {
    language: String,
    /// The name of the language in itself.
    name: String,
    /// None where the page is not translated.
    src: Option<String>,
}

/// The address of a page of a release, in any language, beside the same page in the others; none in a release with one language,
/// and for files that are no page of the original.
pub(super) fn beside_address(good: &LastGood, path: &str) -> Option<String> {
    let (document, file) = good.document_of(path);
    let file = same_page(document, good.document(), file)?;
    let is_shown = good.documents().nth(1).is_some() && good.has_page(&file);
    is_shown.then(|| format!("{BESIDE}{}/{file}", good.document().slug))
}

/// The view of a page of the original beside its translations; none where [`beside_address`] is none.
pub(super) fn beside(good: &LastGood, file: &str) -> Option<Beside> {
    let original = good.document();
    let slug = &original.slug;
    let own = beside_address(good, file)?;
    let panes = good.documents().map(|document| Pane {
        language: document.language.clone(),
        name: document.words.get("language").cloned().unwrap_or_default(),
        src: same_page(original, document, file)
            .map(|file| format!("{PANE}{slug}/{}{file}", good.folder(&document.language))),
    });
    let files = original.pages.iter().enumerate().map(|(number, page)| match number {
        0 => ("index.html".to_owned(), &page.title),
        _ => (format!("{}.html", page.id), &page.title),
    });
    let pages = files.map(|(file, title)| {
        let href = format!("{BESIDE}{slug}/{file}");
        PageLink { is_current: href == own, href, text: title.clone() }
    });
    Some(Beside {
        slug: slug.clone(),
        title: plain(&original.title),
        alone: format!("/{slug}/{file}"),
        pages: pages.collect(),
        panes: panes.collect(),
    })
}
