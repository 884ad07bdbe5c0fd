//! Replaces the calls in texts of the dataset: titles, labels, captions, heads, and sentences of the narrative.

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
    /// A text of the dataset with its calls replaced: a label, caption or head. It is not parsed as Markdown.
    pub fn text(&self, text: &At<String>, place: &str, period: Option<&str>) -> Vec<Inline> {
        self.report_markup(text);
        let inlines = self.label(text, place, period);
        for inline in &inlines {
            if let Inline::Text { text: typed } = inline
                && typed.contains(char::is_numeric)
            {
                let typed = TypedText { text: typed.clone(), at: text.place.clone(), is_label: true };
                self.typed_labels.borrow_mut().push(typed);
            }
        }
        inlines
    }

    fn label(&self, text: &At<String>, place: &str, period: Option<&str>) -> Vec<Inline> {
        if !text.value.contains("{{") && !text.value.contains("{%") && !text.value.contains("{#") {
            return if text.value.is_empty() { Vec::new() } else { vec![Inline::Text { text: text.value.clone() }] };
        }
        let raw = text.place.text();
        let inner = match raw.len() == text.value.len() + 2 && raw.get(1..raw.len() - 1) == Some(&text.value) {
            true => Place { start: text.place.start + 1, end: text.place.end - 1, ..text.place.clone() },
            false => return self.escaped_text(text, place, period),
        };
        self.replace_calls(&self.merge(&inner), &inner, place, period)
    }

    /// A text with TOML escapes. Positions in it are not positions in the file, so its findings are placed at all of it.
    fn escaped_text(&self, text: &At<String>, place: &str, period: Option<&str>) -> Vec<Inline> {
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

    /// Merged text with its calls replaced. `whole` is the place of all of it, `place` the id of the table or page that
    /// shows it.
    pub fn replace_calls(&self, merged: &str, whole: &Place, place: &str, period: Option<&str>) -> Vec<Inline> {
        self.replace_pieces(split_pieces(merged).into_iter(), whole, place, period)
    }

    fn replace_pieces<'t>(
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
                        Ok(phrase) => inlines.extend(phrase),
                        Err(finding) => self.report(with_use(finding, &at)),
                    }
                }
            }
        }
        inlines
    }
}

/// The finding, with the place of the call added if its own place is in another file.
fn with_use(finding: Diagnostic, at: &Place) -> Diagnostic {
    match &finding.place {
        Some((place, _)) if place.source.path != at.source.path => finding.with(at, "used here"),
        Some(_) => finding,
        None => finding.at(at, ""),
    }
}
