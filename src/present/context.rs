//! The context of presenting a release: its book, its language, its templates, and a record of every figure shown.

use std::{
    cell::{Ref, RefCell},
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    document::Inline,
    presented_pages::PresentedPages,
    presented_tables::PresentedTables,
    record::{Record, TypedText},
    usage::{CellUse, FigureUse},
};
use crate::{
    diag::{Diagnostic, Findings, Place},
    figures::{Absent, Book, DisplayedFigure},
    merge::{Call, Merger},
    model::{At, Expr, Unit, Words, has_words},
};

/// What presenting needs, and a record of what was shown so far.
pub struct PresentContext<'p, 'r> {
    pub book: &'p Book<'r>,
    pub words: &'p Words,
    pub(super) merger: &'p Merger,
    /// The tables that were presented from the same dataset before, and those that will have been.
    pub(super) tables: Option<&'p PresentedTables>,
    /// The same of pages.
    pub(super) pages: Option<&'p PresentedPages>,
    uses: RefCell<Vec<FigureUse>>,
    pub(super) typed_labels: RefCell<Vec<TypedText>>,
    note_marks: RefCell<Vec<At<String>>>,
    links: RefCell<Vec<At<String>>>,
    /// The notes that a text refers to where it cannot.
    refused_marks: RefCell<BTreeSet<String>>,
    /// In a translation: the places of the texts shown so far, and the findings for those that are not translated.
    texts: RefCell<BTreeMap<Place, Option<Diagnostic>>>,
    /// Those that are in the language of the original, as they are shown.
    untranslated: RefCell<BTreeSet<String>>,
    findings: RefCell<Findings>,
    /// Rule, message and place of every finding so far. Ten cells that miss the same value make one finding.
    reported: RefCell<BTreeSet<(&'static str, String, Option<Place>)>>,
}

impl<'p, 'r> PresentContext<'p, 'r> {
    /// A context with an empty record.
    pub fn new(book: &'p Book<'r>, words: &'p Words, merger: &'p Merger) -> Self {
        Self {
            book,
            words,
            merger,
            tables: None,
            pages: None,
            uses: RefCell::default(),
            typed_labels: RefCell::default(),
            note_marks: RefCell::default(),
            links: RefCell::default(),
            refused_marks: RefCell::default(),
            texts: RefCell::default(),
            untranslated: RefCell::default(),
            findings: RefCell::default(),
            reported: RefCell::default(),
        }
    }

    /// The same with tables that were presented from the same dataset.
    pub(super) fn with_tables(self, tables: Option<&'p PresentedTables>) -> Self {
        Self { tables, ..self }
    }

    /// The same with pages that were presented from the same dataset.
    pub(super) fn with_pages(self, pages: Option<&'p PresentedPages>) -> Self {
        Self { pages, ..self }
    }

    /// Everything recorded.
    pub(super) fn into_record(self) -> Record {
        Record {
            uses: self.uses.into_inner(),
            typed_labels: self.typed_labels.into_inner(),
            note_marks: self.note_marks.into_inner(),
            links: self.links.into_inner(),
            refused_marks: self.refused_marks.into_inner(),
            texts: self.texts.into_inner(),
            untranslated: self.untranslated.into_inner(),
            findings: self.findings.into_inner(),
        }
    }

    /// Records what another context has recorded.
    pub(super) fn replay(&self, record: &Record) {
        self.uses.borrow_mut().extend(record.uses.iter().cloned());
        self.typed_labels.borrow_mut().extend(record.typed_labels.iter().cloned());
        self.note_marks.borrow_mut().extend(record.note_marks.iter().cloned());
        self.links.borrow_mut().extend(record.links.iter().cloned());
        self.refused_marks.borrow_mut().extend(record.refused_marks.iter().cloned());
        self.texts.borrow_mut().extend(record.texts.iter().map(|(place, missing)| (place.clone(), missing.clone())));
        self.untranslated.borrow_mut().extend(record.untranslated.iter().cloned());
        record.findings.iter().for_each(|finding| self.report(finding.clone()));
    }

    /// The figures shown, the labels with digits, and the findings.
    pub fn into_parts(self) -> (Vec<FigureUse>, Vec<TypedText>, Findings) {
        self.report_untranslated();
        (self.uses.into_inner(), self.typed_labels.into_inner(), self.findings.into_inner())
    }

    /// Reports the texts that a translation shows in the language of the original, the first with their number.
    fn report_untranslated(&self) {
        let (texts, language) = (self.texts.borrow(), &self.book.release.language.value);
        let missing = || texts.values().flatten();
        let translated = texts.len() - missing().count();
        for (number, finding) in missing().cloned().enumerate() {
            let count = format!("{translated} of the {} texts shown in `{language}` are translated", texts.len());
            self.report(if number == 0 { finding.note(count) } else { finding });
        }
    }

    /// Records a finding, unless the same one was reported at the same place.
    pub fn report(&self, finding: Diagnostic) {
        let place = finding.place.as_ref().map(|(place, _)| place.clone());
        if self.reported.borrow_mut().insert((finding.rule, finding.message.clone(), place)) {
            self.findings.borrow_mut().push(finding);
        }
    }

    /// Whether there is a finding of one of these rules.
    pub fn has_reported(&self, rules: &[&str]) -> bool {
        self.reported.borrow().iter().any(|(rule, ..)| rules.contains(rule))
    }

    /// Records that a figure was shown in a cell of a table. Returns its number among the figures shown.
    pub fn record_cell(&self, figure: DisplayedFigure, place: &Arc<str>, at: &Place, cell: CellUse) -> usize {
        let cell = Some(cell);
        let DisplayedFigure { derivation, displayed, exact } = figure;
        let mut uses = self.uses.borrow_mut();
        uses.push(FigureUse {
            place: Arc::clone(place),
            at: at.clone(),
            derivation,
            displayed,
            exact,
            cell,
            call: None,
            subject: None,
        });
        uses.len() - 1
    }

    /// The figures shown so far.
    pub(super) fn uses(&self) -> Ref<'_, Vec<FigureUse>> {
        self.uses.borrow()
    }

    /// Records that a figure was shown in text. `subject` is that of the call, as a formula.
    pub fn record_phrase(
        &self,
        figure: &DisplayedFigure,
        place: &str,
        at: &Place,
        call: &Call,
        subject: Option<Arc<Expr>>,
    ) {
        let call = Some(call.clone());
        self.uses.borrow_mut().push(FigureUse {
            place: place.into(),
            at: at.clone(),
            derivation: figure.derivation.clone(),
            displayed: figure.displayed,
            exact: figure.exact,
            cell: None,
            call,
            subject,
        });
    }

    /// A mark that refers to a note. `notes::number_notes` sets its number when the document is complete.
    pub fn note_mark(&self, id: &str, at: &Place) -> Inline {
        self.note_marks.borrow_mut().push(At::new(id.to_owned(), at.clone()));
        Inline::NoteMark { number: 0, id: id.to_owned(), occurrence: 0, mark: None }
    }

    /// Records a link to an anchor of the release.
    pub fn record_link(&self, anchor: String, at: &Place) {
        self.links.borrow_mut().push(At::new(anchor, at.clone()));
    }

    /// The anchors that links lead to, with the places of the links.
    pub fn links(&self) -> Vec<At<String>> {
        self.links.borrow().clone()
    }

    /// Reports a mark, `[^id]`, in a text that is not of the narrative, where it would be printed as it is written.
    pub fn refuse_mark(&self, id: &str, at: &Place) {
        self.refused_marks.borrow_mut().insert(id.to_owned());
        let finding = Diagnostic::error("note", format!("`[^{id}]` refers to a note only in the narrative")).at(at, "");
        let help = "a caption, a column, a row or a cell has its notes in its key `notes`";
        self.report(finding.help(format!("{help}: `notes = [\"{id}\"]`")));
    }

    /// Whether a text refers to the note where it cannot.
    pub fn is_refused_mark(&self, id: &str) -> bool {
        self.refused_marks.borrow().contains(id)
    }

    /// The ids of the notes referred to so far, with the places of their marks.
    pub fn note_marks(&self) -> Vec<At<String>> {
        self.note_marks.borrow().clone()
    }

    /// Checks that every name in a formula is defined. The last unknown name is the error; the others are recorded.
    pub fn check_names(&self, expr: &Expr) -> Result<(), Diagnostic> {
        let mut unknown = self.book.release.unknown_names(expr);
        let last = unknown.pop();
        unknown.into_iter().for_each(|finding| self.report(finding));
        last.map_or(Ok(()), Err)
    }

    /// Records that a text of the dataset is shown. A translation reports those that are written in the language of the original.
    pub fn record_text(&self, text: &At<String>) {
        let release = self.book.release;
        if release.is_translation() && has_words(release.original(text)) {
            let missing = release.untranslated_text(text, self.words.prose.is_run_on());
            self.texts.borrow_mut().insert(text.place.clone(), missing);
        }
    }

    /// Records how a text of the original is shown in a translation.
    pub(super) fn record_untranslated(&self, text: &At<String>, shown: impl FnOnce() -> String) {
        if self.book.release.untranslated.contains(&text.place) {
            self.untranslated.borrow_mut().insert(shown().replace('\n', " "));
        }
    }

    /// The texts of the original that a translation shows.
    pub fn untranslated_texts(&self) -> BTreeSet<String> {
        self.untranslated.borrow().clone()
    }

    /// A text of the dataset that is shown as it is.
    pub fn plain_text(&self, text: &At<String>) -> String {
        self.record_text(text);
        self.record_untranslated(text, || text.value.clone());
        text.value.clone()
    }

    /// What is printed instead of a number that is absent.
    pub fn absent_mark(&self, absent: Absent) -> &str {
        let number = &self.words.number;
        match absent {
            Absent::Blank | Absent::Reported => "",
            Absent::NotApplicable => &number.not_applicable,
            Absent::Undecided => &number.undecided,
            Absent::Pending => number.pending_mark(),
            Absent::NotMeaningful => &number.not_meaningful,
        }
    }

    /// The same in a table, of an amount in a unit.
    pub fn absent_mark_in_table(&self, absent: Absent, unit: Option<&Unit>) -> &str {
        let own = match absent {
            Absent::NotApplicable => {
                let rule = unit.and_then(|unit| self.book.release.units.rule(&unit.base));
                let of_unit = rule.and_then(|rule| rule.not_applicable.as_deref());
                of_unit.or(self.words.number.not_applicable_in_tables.as_deref())
            }
            _ => None,
        };
        own.unwrap_or_else(|| self.absent_mark(absent))
    }

    /// The text at a place with its calls replaced by placeholders.
    pub fn merge(&self, place: &Place) -> String {
        let mut findings = Vec::new();
        let merged = self.merger.merge(place, &mut findings);
        findings.into_iter().for_each(|finding| self.report(finding));
        merged
    }

    /// The release's main period.
    pub fn main_period(&self) -> Option<&'r str> {
        self.book.release.period.as_ref().map(|period| period.value.as_str())
    }
}
