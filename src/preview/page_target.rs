//! Targets on the pages that a stretch of a file can lead to.

use serde::Serialize;

/// The number of a target in a source map.
pub(super) type TargetId = usize;

/// A target on the pages: an element with an id, or a paragraph known by its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct PageTarget {
    /// The element's id; empty where it has none.
    pub id: String,
    /// In a row: which cell after the label, from 0.
    pub column: Option<usize>,
    /// The narrative page of a paragraph, by its id.
    pub page: String,
    /// The text of a paragraph.
    pub text: String,
}
