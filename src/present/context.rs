//! What presenting a release needs: its book, its language, its templates, and a record of everything that was shown.

use std::{cell::RefCell, collections::BTreeSet};

use super::{
    document::Inline,
    usage::{CellUse, FigureUse},
};
use crate::{
    diag::{Diagnostic, Findings, Place},
    figures::{Absent, Book, Derivation},
    merge::{Call, Merger},
    model::{At, Expr, Words},
};

/// Text that was typed by hand, in the order of the release.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedText {
    pub text: String,
    pub at: Place,
    /// Whether it is a label, caption or head, and no sentence.
    pub is_label: bool,
}

/// What presenting needs, and what it has shown so far.
pub struct PresentContext<'p, 'r> {
    pub book: &'p Book<'r>,
    pub words: &'p Words,
    pub(super) merger: &'p Merger,
    uses: RefCell<Vec<FigureUse>>,
    pub(super) labels: RefCell<Vec<TypedText>>,
    marks: RefCell<Vec<At<String>>>,
    findings: RefCell<Findings>,
    /// What was reported, by rule, message and place: ten cells that miss the same value miss it once.
    reported: RefCell<BTreeSet<(&'static str, String, Option<Place>)>>,
}

impl<'p, 'r> PresentContext<'p, 'r> {
    /// Nothing shown yet.
    pub fn new(book: &'p Book<'r>, words: &'p Words, merger: &'p Merger) -> Self {
        Self {
            book,
            words,
            merger,
            uses: RefCell::default(),
            labels: RefCell::default(),
            marks: RefCell::default(),
            findings: RefCell::default(),
            reported: RefCell::default(),
        }
    }

    /// What was shown, the labels that were, and what was wrong.
    pub fn done(self) -> (Vec<FigureUse>, Vec<TypedText>, Findings) {
        (self.uses.into_inner(), self.labels.into_inner(), self.findings.into_inner())
    }

    /// Records a finding, unless the same was reported of the same place.
    pub fn report(&self, finding: Diagnostic) {
        let place = finding.place.as_ref().map(|(place, _)| place.clone());
        if self.reported.borrow_mut().insert((finding.rule, finding.message.clone(), place)) {
            self.findings.borrow_mut().push(finding);
        }
    }

    /// Whether something was found by one of these rules.
    pub fn has_reported(&self, rules: &[&str]) -> bool {
        self.reported.borrow().iter().any(|(rule, ..)| rules.contains(rule))
    }

    /// Records that a figure was shown in a cell of a table.
    pub fn record_cell(&self, derivation: Derivation, place: &str, at: &Place, cell: CellUse) {
        let cell = Some(cell);
        self.uses.borrow_mut().push(FigureUse {
            place: place.to_owned(),
            at: at.clone(),
            derivation,
            cell,
            call: None,
        });
    }

    /// Records that a figure was shown in text.
    pub fn record_phrase(&self, derivation: Derivation, place: &str, at: &Place, call: &Call) {
        let call = Some(call.clone());
        self.uses.borrow_mut().push(FigureUse {
            place: place.to_owned(),
            at: at.clone(),
            derivation,
            cell: None,
            call,
        });
    }

    /// A mark that refers to a note; numbered when the document is whole.
    pub fn note_mark(&self, id: &str, at: &Place) -> Inline {
        self.marks.borrow_mut().push(At::new(id.to_owned(), at.clone()));
        Inline::NoteMark { number: 0, id: id.to_owned(), occurrence: 0 }
    }

    /// The notes referred to so far, and where.
    pub fn marked(&self) -> Vec<At<String>> {
        self.marks.borrow().clone()
    }

    /// Whether every name in a formula leads somewhere; all but the last that does not are recorded.
    pub fn known(&self, expr: &Expr) -> Result<(), Diagnostic> {
        let mut unknown = self.book.release.unknown_names(expr);
        let last = unknown.pop();
        unknown.into_iter().for_each(|finding| self.report(finding));
        last.map_or(Ok(()), Err)
    }

    /// The mark for a number that is not there.
    pub fn mark(&self, nothing: Absent) -> &str {
        let number = &self.words.number;
        match nothing {
            Absent::Blank | Absent::Reported => "",
            Absent::NotApplicable => &number.not_applicable,
            Absent::Undecided => &number.undecided,
            Absent::NotMeaningful => &number.not_meaningful,
        }
    }

    /// The text at a place with its calls as marks.
    pub fn merged(&self, place: &Place) -> String {
        let mut findings = Vec::new();
        let merged = self.merger.merge(place, &mut findings);
        findings.into_iter().for_each(|finding| self.report(finding));
        merged
    }

    /// The period the release speaks of.
    pub fn main_period(&self) -> Option<&'r str> {
        self.book.release.period.as_ref().map(|period| period.value.as_str())
    }
}
