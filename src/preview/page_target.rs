//! Targets on the pages that a stretch of a file can lead to.

use serde::Serialize;

use crate::diag::Place;

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

/// Whether a place begins within a stretch. Files are compared by path, since comparing their texts would take long.
pub(super) fn holds(stretch: &Place, place: &Place) -> bool {
    let is_within = stretch.start <= place.start && place.start < stretch.end.max(stretch.start + 1);
    is_within && stretch.source.path == place.source.path
}
