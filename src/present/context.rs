//! The presenter: a release's book, its language and its templates, and a record of everything that was shown.

use std::{cell::RefCell, collections::BTreeSet};

use super::{
    document::Inline,
    phrases::phrase,
    usage::{CellUse, FigureUse},
};
use crate::{
    diag::{Diagnostic, Findings, Place, Source},
    figures::{Absent, Book, Derivation},
    merge::{Call, Merger, Piece, pieces},
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
    merger: &'p Merger,
    record_cell: RefCell<Vec<FigureUse>>,
    labels: RefCell<Vec<TypedText>>,
    marks: RefCell<Vec<At<String>>>,
    findings: RefCell<Findings>,
    /// What was told, by rule, message and place: ten cells that miss the same value miss it once.
    told: RefCell<BTreeSet<(&'static str, String, Option<Place>)>>,
}

impl<'p, 'r> PresentContext<'p, 'r> {
    /// Nothing shown yet.
    pub fn new(book: &'p Book<'r>, words: &'p Words, merger: &'p Merger) -> Self {
        Self {
            book,
            words,
            merger,
            record_cell: RefCell::default(),
            labels: RefCell::default(),
            marks: RefCell::default(),
            findings: RefCell::default(),
            told: RefCell::default(),
        }
    }

    /// What was shown, the labels that were, and what was wrong.
    pub fn done(self) -> (Vec<FigureUse>, Vec<TypedText>, Findings) {
        (self.record_cell.into_inner(), self.labels.into_inner(), self.findings.into_inner())
    }

    /// Records a finding, unless the same was told of the same place.
    pub fn report(&self, finding: Diagnostic) {
        let place = finding.place.as_ref().map(|(place, _)| place.clone());
        if self.told.borrow_mut().insert((finding.rule, finding.message.clone(), place)) {
            self.findings.borrow_mut().push(finding);
        }
    }

    /// Whether something was found by one of these rules.
    pub fn has_reported(&self, rules: &[&str]) -> bool {
        self.told.borrow().iter().any(|(rule, ..)| rules.contains(rule))
    }

    /// Records that a figure was shown in a cell of a table.
    pub fn record_cell(&self, recipe: Derivation, place: &str, at: &Place, cell: CellUse) {
        let cell = Some(cell);
        self.record_cell.borrow_mut().push(FigureUse {
            place: place.to_owned(),
            at: at.clone(),
            recipe,
            cell,
            call: None,
        });
    }

    /// Records that a figure was shown in text.
    pub fn record_phrase(&self, recipe: Derivation, place: &str, at: &Place, call: &Call) {
        let call = Some(call.clone());
        self.record_cell.borrow_mut().push(FigureUse {
            place: place.to_owned(),
            at: at.clone(),
            recipe,
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

    /// A text of the dataset, its calls said: labels, captions, heads. Never read as Markdown.
    pub fn text(&self, text: &At<String>, place: &str, period: Option<&str>) -> Vec<Inline> {
        let inlines = self.label(text, place, period);
        for inline in &inlines {
            if let Inline::Text { text: typed } = inline
                && typed.contains(char::is_numeric)
            {
                let typed = TypedText { text: typed.clone(), at: text.place.clone(), is_label: true };
                self.labels.borrow_mut().push(typed);
            }
        }
        inlines
    }

    fn label(&self, text: &At<String>, place: &str, period: Option<&str>) -> Vec<Inline> {
        if !text.value.contains("{{") && !text.value.contains("{%") && !text.value.contains("{#") {
            return if text.value.is_empty() { Vec::new() } else { vec![Inline::Text { text: text.value.clone() }] };
        }
        let written = text.place.text();
        let inner =
            match written.len() == text.value.len() + 2 && written.get(1..written.len() - 1) == Some(&text.value) {
                true => Place { start: text.place.start + 1, end: text.place.end - 1, ..text.place.clone() },
                false => return self.escaped(text, place, period),
            };
        self.phrases(&self.merged(&inner), &inner, place, period)
    }

    /// A text that is not written as it reads: what is wrong in it is shown at all of it.
    fn escaped(&self, text: &At<String>, place: &str, period: Option<&str>) -> Vec<Inline> {
        let source = Source::new(text.place.source.path.clone(), text.value.clone());
        let mut findings = Vec::new();
        let merged = self.merger.merge(&Place::new(&source, 0..source.text.len()), &mut findings);
        findings.into_iter().for_each(|finding| self.report(finding.at(&text.place, "")));
        let pieces = pieces(&merged).into_iter().map(|piece| match piece {
            Piece::Call(call) => Piece::Call(Call { span: None, ..call }),
            text => text,
        });
        self.pieces(pieces, &text.place, place, period)
    }

    /// Merged text with its calls said; `whole` is where all of it is written.
    pub fn phrases(&self, merged: &str, whole: &Place, place: &str, period: Option<&str>) -> Vec<Inline> {
        self.pieces(pieces(merged).into_iter(), whole, place, period)
    }

    fn pieces<'t>(
        &self,
        pieces: impl Iterator<Item = Piece<'t>>,
        whole: &Place,
        place: &str,
        period: Option<&str>,
    ) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Text(text) => inlines.push(Inline::Text { text: text.to_owned() }),
                Piece::Bare(span) => {
                    let at = Place::new(&whole.source, span);
                    let finding = Diagnostic::error("template", "an expression that is no figure").at(&at, "");
                    self.report(finding.help("say how it reads: `{{ \"is.revenue\" | amount }}`"));
                }
                Piece::Call(call) => {
                    let at = call.span.clone().map_or_else(|| whole.clone(), |span| Place::new(&whole.source, span));
                    match phrase(self, &call, &at, place, period.or(self.main_period())) {
                        Ok(said) => inlines.extend(said),
                        Err(finding) => self.report(placed(finding, &at)),
                    }
                }
            }
        }
        inlines
    }

    /// The period the release speaks of.
    pub fn main_period(&self) -> Option<&'r str> {
        self.book.release.period.as_ref().map(|period| period.value.as_str())
    }
}

/// The finding, shown at the expression the user wrote when its own place is inside a formula elsewhere.
fn placed(finding: Diagnostic, at: &Place) -> Diagnostic {
    match &finding.place {
        Some((place, _)) if place.source.path != at.source.path => finding.with(at, "asked for here"),
        Some(_) => finding,
        None => finding.at(at, ""),
    }
}
