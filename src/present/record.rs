//! What presenting a part of a release records beside what it gives.

use std::collections::{BTreeMap, BTreeSet};

use super::usage::FigureUse;
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
