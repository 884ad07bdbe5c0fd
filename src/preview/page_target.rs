//! Targets: the elements and paragraphs of the pages that a span of a file maps to.

use serde::Serialize;

/// The number of a target in a source map.
pub(super) type TargetId = usize;

/// A target on the pages: an element with an id, or a paragraph known by its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct PageTarget {
    /// The element's id; empty if it has none.
    pub id: String,
    /// The language of the pages that have it.
    pub language: String,
    /// In a row, the index of the cell, from 0 after the label.
    pub column: Option<usize>,
    /// The narrative page of a paragraph, by its id.
    pub page: String,
    /// The text of a paragraph.
    pub text: String,
}
