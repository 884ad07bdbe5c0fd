//! The view of a link to a page or file that the templates receive.

use serde::Serialize;

/// A link to a page or file; `current` if it links to the page that contains it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LinkView {
    pub(super) href: String,
    pub(super) text: String,
    pub(super) current: bool,
}

impl LinkView {
    pub(super) fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into(), current: false }
    }
}
