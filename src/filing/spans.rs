//! Turns the inlines of a document into text with facts.

use super::{Builder, concept::Outlook, fact::Span};
use crate::present::document::{Cell, Inline, superscript};

impl Builder<'_, '_> {
    /// A text of a page or table. `place` is its id.
    pub(super) fn spans(&mut self, inlines: &[Inline], place: &str) -> Vec<Span> {
        let mut spans = Vec::new();
        self.collect(inlines, place, &mut spans);
        self.tag_statements(join(spans))
    }

    fn collect(&mut self, inlines: &[Inline], place: &str, spans: &mut Vec<Span>) {
        for inline in inlines {
            match inline {
                Inline::Text { text } | Inline::Code { text } | Inline::Script { text, .. } => {
                    spans.push(Span::Text(text.clone()));
                }
                Inline::Figure(figure) => spans.extend(self.tag_figure(&figure.text, place, &figure.source, None)),
                Inline::Strong { text }
                | Inline::Emphasis { text }
                | Inline::Link { text, .. }
                | Inline::Revised { text, .. } => {
                    self.collect(text, place, spans);
                }
                Inline::NoteMark { number, mark, .. } => {
                    spans.push(Span::Text(mark.clone().unwrap_or_else(|| superscript(*number))));
                }
                Inline::LineBreak => spans.push(Span::LineBreak),
            }
        }
    }

    /// A cell of a table.
    pub(super) fn cell(&mut self, cell: &Cell, table: &str) -> Vec<Span> {
        match cell {
            Cell::Blank => Vec::new(),
            Cell::Number { figure, marks, .. } => {
                let mut spans = self.tag_figure(&figure.text, table, &figure.source, None);
                self.collect(marks, table, &mut spans);
                join(spans)
            }
            Cell::Mark { text, figure, unit, marks } => {
                let at = self.book.release.tables.iter().find(|spec| spec.id.value == table).map(|spec| &spec.place);
                let mut spans = match (figure.is_empty(), at) {
                    (false, Some(at)) => self.tag_mark(text, figure, unit, at),
                    _ => vec![Span::Text(text.clone())],
                };
                self.collect(marks, table, &mut spans);
                join(spans)
            }
            Cell::Text { inlines, .. } => self.range(inlines, table),
        }
    }

    /// A cell of words; two figures in it are the ends of a range.
    fn range(&mut self, inlines: &[Inline], table: &str) -> Vec<Span> {
        let figures = inlines.iter().filter(|inline| matches!(inline, Inline::Figure(_))).count();
        if figures != 2 {
            return self.spans(inlines, table);
        }
        let (mut spans, mut ends) = (Vec::new(), [Outlook::Lower, Outlook::Upper].into_iter());
        for inline in inlines {
            match inline {
                Inline::Figure(figure) => {
                    spans.extend(self.tag_figure(&figure.text, table, &figure.source, ends.next()))
                }
                other => self.collect(std::slice::from_ref(other), table, &mut spans),
            }
        }
        join(spans)
    }
}

/// Joins neighbouring texts, and leaves empty ones out.
fn join(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match (joined.last_mut(), span) {
            (_, Span::Text(text)) if text.is_empty() => {}
            (Some(Span::Text(last)), Span::Text(text)) => last.push_str(&text),
            (_, span) => joined.push(span),
        }
    }
    joined
}
