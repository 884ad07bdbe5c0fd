//! What presenting a part of a release records beside what it gives.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    document::Inline,
    usage::{FigureUse, Passage},
};
use crate::{
    diag::{Diagnostic, Findings, Place},
    model::At,
};

/// A text that was typed by hand, not calculated.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedText {
    pub text: String,
    pub at: Place,
    /// Whether it is a label, caption or head rather than part of a sentence.
    pub is_label: bool,
}

/// The text of a note, as the narrative defines it.
#[derive(Debug, Clone)]
pub struct Definition {
    pub id: At<String>,
    pub text: Vec<Inline>,
}

/// What parsing a page gives beside its blocks.
#[derive(Debug)]
pub(super) struct PageParts {
    pub definitions: Vec<Definition>,
    pub typed_texts: Vec<TypedText>,
    pub passages: Vec<Passage>,
    /// The tables that it shows, with the places of their calls.
    pub tables: Vec<At<String>>,
    /// The anchor that each heading would have if no other had it, and the one that it has.
    pub headings: Vec<(String, String)>,
}

/// What presenting a part has recorded.
#[derive(Debug)]
pub(super) struct Record {
    pub uses: Vec<FigureUse>,
    pub typed_labels: Vec<TypedText>,
    pub note_marks: Vec<At<String>>,
    pub links: Vec<At<String>>,
    pub refused_marks: BTreeSet<String>,
    pub texts: BTreeMap<Place, Option<Diagnostic>>,
    pub untranslated: BTreeSet<String>,
    pub findings: Findings,
}
