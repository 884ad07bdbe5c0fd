//! A link that templates receive: to a page, or to a file.

use serde::Serialize;

/// A link to a page or file; `current` on the page it leads to.
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
