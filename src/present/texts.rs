//! Texts of the dataset with their placeholders worded: titles, labels, captions, heads, and sentences of the narrative.

use super::{
    context::{PresentContext, TypedText},
    document::Inline,
    phrases::phrase,
};
use crate::{
    diag::{Diagnostic, Place, Source},
    merge::{Call, Piece, split_pieces},
    model::At,
};

impl PresentContext<'_, '_> {
    /// A text of the dataset, its calls replaced: labels, captions, heads. Never read as Markdown.
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
        let pieces = split_pieces(&merged).into_iter().map(|piece| match piece {
            Piece::Call(call) => Piece::Call(Call { span: None, ..call }),
            text => text,
        });
        self.pieces(pieces, &text.place, place, period)
    }

    /// Merged text with its calls replaced; `whole` is where all of it is written.
    pub fn phrases(&self, merged: &str, whole: &Place, place: &str, period: Option<&str>) -> Vec<Inline> {
        self.pieces(split_pieces(merged).into_iter(), whole, place, period)
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
                    let finding = Diagnostic::error("template", "an expression that is not a figure").at(&at, "");
                    self.report(finding.help("add a filter: `{{ \"is.revenue\" | amount }}`"));
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
}

/// The finding, shown at the expression the user wrote when its own place is inside a formula elsewhere.
fn placed(finding: Diagnostic, at: &Place) -> Diagnostic {
    match &finding.place {
        Some((place, _)) if place.source.path != at.source.path => finding.with(at, "used here"),
        Some(_) => finding,
        None => finding.at(at, ""),
    }
}
