//! Replaces the calls in texts of the dataset: titles, labels, captions, heads, and sentences of the narrative.

use super::{
    context::PresentContext,
    document::{Inline, plain},
    phrases::phrase,
    record::TypedText,
    scripts::{text_inlines, typed_parts},
};
use crate::{
    diag::{Diagnostic, Place, Source},
    merge::{Call, Piece, split_pieces},
    model::At,
};

/// A text with its calls replaced.
#[derive(Default)]
struct Worded {
    inlines: Vec<Inline>,
    /// What is outside its calls.
    typed: Vec<String>,
}

impl Worded {
    fn typed(text: &str) -> Self {
        let typed = Some(text.to_owned()).filter(|text| !text.is_empty());
        Self { inlines: text_inlines(text), typed: typed.into_iter().collect() }
    }
}

impl PresentContext<'_, '_> {
    /// A text of the dataset with its calls replaced: a label, caption or head. It is not parsed as Markdown.
    pub fn text(&self, text: &At<String>, place: &str, period: Option<&str>) -> Vec<Inline> {
        let Worded { inlines, typed } = self.worded(text, place, period);
        self.record_untranslated(text, || plain(&inlines));
        typed.iter().for_each(|typed| self.refuse_marks(typed, text));
        for inline in &inlines {
            if let Inline::Text { text: typed } = inline
                && typed.contains(|c| self.words.prose.is_numeral(c))
            {
                let typed = TypedText { text: typed.clone(), at: text.place.clone(), is_label: true };
                self.typed_labels.borrow_mut().push(typed);
            }
        }
        inlines
    }

    /// The text of a cell, its calls replaced. What is typed in it is checked like a sentence of the narrative.
    pub fn cell_text(&self, text: &At<String>, place: &str, period: Option<&str>) -> Vec<Inline> {
        let Worded { inlines, typed } = self.worded(text, place, period);
        self.record_untranslated(text, || plain(&inlines));
        typed.iter().for_each(|typed| self.refuse_marks(typed, text));
        let at = unquoted(text).unwrap_or_else(|| text.place.clone());
        let parts = typed.iter().flat_map(|typed| typed_parts(typed));
        let typed = parts.map(|(_, text)| TypedText { text, at: at.clone(), is_label: false });
        self.typed_labels.borrow_mut().extend(typed);
        inlines
    }

    /// Reports references to notes, `[^id]`, which are read in the narrative only.
    fn refuse_marks(&self, typed: &str, text: &At<String>) {
        if !typed.contains("[^") {
            return;
        }
        for (at, _) in typed.match_indices("[^") {
            let Some((id, _)) = typed[at + 2..].split_once(']') else { return };
            let written = format!("[^{id}]");
            let place = match text.place.text().find(&written).map(|found| text.place.start + found) {
                Some(start) => Place { start, end: start + written.len(), ..text.place.clone() },
                None => text.place.clone(),
            };
            self.refuse_mark(id, &place);
        }
    }

    fn worded(&self, text: &At<String>, place: &str, period: Option<&str>) -> Worded {
        self.report_markup(text);
        self.record_text(text);
        if !text.value.contains("{{") && !text.value.contains("{%") && !text.value.contains("{#") {
            return Worded::typed(&text.value);
        }
        match unquoted(text) {
            Some(inner) => self.replace_pieces(split_pieces(&self.merge(&inner)).into_iter(), &inner, place, period),
            None => self.escaped_text(text, place, period),
        }
    }

    /// A text with TOML escapes. Positions in it are not positions in the file, so its findings are placed at all of it.
    fn escaped_text(&self, text: &At<String>, place: &str, period: Option<&str>) -> Worded {
        let source = Source::new(text.place.source.path.clone(), text.value.clone());
        let mut findings = Vec::new();
        let merged = self.merger.merge(&Place::new(&source, 0..source.text.len()), &mut findings);
        findings.into_iter().for_each(|finding| self.report(finding.at(&text.place, "")));
        let pieces = split_pieces(&merged).into_iter().map(|piece| match piece {
            Piece::Call(call) => Piece::Call(Call { span: None, ..call }),
            text => text,
        });
        self.replace_pieces(pieces, &text.place, place, period)
    }

    /// The pieces of merged text with their calls replaced. `whole` is the place of all of it, `place` the id of the table or page that
    /// shows it.
    pub fn replace_calls(&self, pieces: Vec<Piece>, whole: &Place, place: &str, period: Option<&str>) -> Vec<Inline> {
        self.replace_pieces(pieces.into_iter(), whole, place, period).inlines
    }

    fn replace_pieces<'t>(
        &self,
        pieces: impl Iterator<Item = Piece<'t>>,
        whole: &Place,
        place: &str,
        period: Option<&str>,
    ) -> Worded {
        let mut worded = Worded::default();
        for piece in pieces {
            match piece {
                Piece::Text(text) => {
                    worded.inlines.extend(text_inlines(text));
                    worded.typed.push(text.to_owned());
                }
                Piece::Bare(span) => {
                    let at = Place::new(&whole.source, span);
                    let finding = Diagnostic::error("template", "an expression that is not a figure").at(&at, "");
                    self.report(finding.help("add a filter: `{{ \"is.revenue\" | amount }}`"));
                }
                Piece::Call(call) => {
                    let at = call.span.clone().map_or_else(|| whole.clone(), |span| Place::new(&whole.source, span));
                    match phrase(self, &call, &at, place, period.or(self.main_period())) {
                        Ok(phrase) => worded.inlines.extend(phrase),
                        Err(finding) => self.report(with_use(finding, &at)),
                    }
                }
            }
        }
        worded
    }
}

/// Where a text is written between its quotes; none if it is not written as it reads.
fn unquoted(text: &At<String>) -> Option<Place> {
    let written = text.place.text();
    let is_as_read = written.len() == text.value.len() + 2 && written.get(1..written.len() - 1) == Some(&text.value);
    is_as_read.then(|| Place { start: text.place.start + 1, end: text.place.end - 1, ..text.place.clone() })
}

/// The finding, with the place of the call added if its own place is in another file.
fn with_use(finding: Diagnostic, at: &Place) -> Diagnostic {
    match &finding.place {
        Some((place, _)) if place.source.path != at.source.path => finding.with(at, "used here"),
        Some(_) => finding,
        None => finding.at(at, ""),
    }
}
