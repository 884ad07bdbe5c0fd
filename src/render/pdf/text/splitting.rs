//! Splits a text into shaped words at the places where a line may break.

use std::{borrow::Cow, fmt::Write, ops::Range, rc::Rc};

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::{
    borders,
    punctuation::{close_marks, leads, trails},
    span::Span,
};
use crate::render::amount::is_within_amount;
use crate::render::pdf::{
    layout_context::LayoutContext,
    split_text::{Edges, SplitText},
};

/// Writes what the split text of spans is known by: the text, then on the last line where each span ends, and what splitting depends
/// on.
pub fn write_key(spans: &[Span], key: &mut String) {
    spans.iter().for_each(|span| key.push_str(&span.text));
    key.push('\n');
    let mut end = 0;
    for (number, span) in spans.iter().enumerate() {
        end += span.text.len();
        if number + 1 < spans.len() {
            // Writing to a String cannot fail.
            let _ = write!(key, "{end}");
        }
        key.push(char::from(b'A' + span.font_role as u8));
        key.push_str(if span.note.is_some() { "n" } else { "" });
        key.push_str(if span.is_figure { "f" } else { "" });
    }
}

/// Splits the text of spans into words. A number is kept with the name before it: `March 31, 2010`. `place` is used in findings.
pub fn split(context: &mut LayoutContext, spans: &[Span], place: &str) -> SplitText {
    let text = match spans {
        [span] => Cow::Borrowed(span.text.as_ref()),
        _ => Cow::Owned(spans.iter().map(|span| span.text.as_ref()).collect()),
    };
    let spans = SpansByPosition::new(spans);
    let mut splitter = Splitter { context, spans, place, split: SplitText::default() };
    let mut start = 0;
    for (end, opportunity) in linebreaks(&text) {
        let last = end == text.len();
        let ends_line = opportunity == BreakOpportunity::Mandatory && !last;
        let spans = &splitter.spans;
        if !last && (is_note_mark_at(spans, end) || is_number_after_name(&text, end)) {
            continue;
        }
        if !last && !ends_line && (is_within_amount(&text, end) || is_within_figure(spans, &text, end)) {
            continue;
        }
        let next = text.get(end..).and_then(|rest| rest.chars().next());
        splitter.add_word(start..end, ends_line, next);
        splitter.split.end_word(ends_line, borders::is_phrase_end(&text, end));
        start = end;
    }
    splitter.split
}

struct Splitter<'s, 'd> {
    context: &'s mut LayoutContext<'d>,
    spans: SpansByPosition<'s>,
    place: &'s str,
    split: SplitText,
}

impl Splitter<'_, '_> {
    /// Adds the segments of a word, which stands at `range` of the text; `next` is the character after it.
    fn add_word(&mut self, range: Range<usize>, ends_line: bool, next: Option<char>) {
        let begin = self.split.part_count();
        let first = self.spans.first_at(range.start);
        for number in first..self.spans.0.len() {
            let Some(&PlacedSpan { start, index, span }) = self.spans.0.get(number) else { break };
            if start >= range.end {
                break;
            }
            let (from, to) = (range.start.max(start), range.end.min(start + span.text.len()));
            if let Some(part) = (from < to).then(|| span.text.get(from - start..to - start)).flatten() {
                let following = span.text.get(to - start..).and_then(|rest| rest.chars().next());
                let next = following.or(next.filter(|_| to == range.end));
                let is_first = self.split.part_count() == begin;
                self.add_part(index, span, part, Surroundings { is_first, ends_line, next });
            }
        }
    }

    /// Adds a part of a span: what is visible, then the space after it.
    fn add_part(&mut self, index: usize, span: &Span, text: &str, around: Surroundings) {
        let visible = text.trim_end();
        let space = match text.get(visible.len()..) {
            Some("") | None => "",
            Some(_) if around.ends_line => "",
            // An ideographic space is as wide as a character.
            Some(space) if space.contains('\u{3000}') => space,
            Some(_) => " ",
        };
        if !visible.is_empty() {
            let begin = self.shape(span, visible, around.next);
            let edges = self.edges(visible, begin, around.is_first);
            self.split.end_segment(index, Some(edges));
        }
        if !space.is_empty() {
            self.shape(span, space, around.next);
            self.split.end_segment(index, None);
        }
    }

    /// Adds the shaped parts of a text, and returns the index of the first.
    fn shape(&mut self, span: &Span, text: &str, next: Option<char>) -> usize {
        let begin = self.split.part_count();
        for shaped in self.context.shaper.shape(span.font_role, text, self.place).iter() {
            let mut shaped = Rc::clone(shaped);
            if self.context.document.typesetting.justify {
                close_marks(&mut shaped, next);
            }
            self.split.push_part(shaped);
        }
        begin
    }

    /// How far the first and last mark of a visible text may stand out; its parts begin with the index `begin`.
    fn edges(&self, text: &str, begin: usize, is_first: bool) -> Edges {
        let style = &self.context.document.typesetting;
        if !style.justify {
            return Edges::default();
        }
        let parts = self.split.parts_from(begin);
        let (first, last) = (text.chars().next(), text.chars().next_back());
        let leads = is_first && leads(first, parts.first().and_then(|part| part.glyphs.first()));
        let trails = trails(last, parts.last().and_then(|part| part.glyphs.last()));
        let hangs = trails && last.is_some_and(|last| style.hang.contains(last));
        Edges { leads, trails, hangs }
    }
}

/// What stands around a part of a word.
struct Surroundings {
    /// Whether it begins its word.
    is_first: bool,
    /// Whether a line break follows its word.
    ends_line: bool,
    /// The character after it.
    next: Option<char>,
}

/// Spans with text, in order.
struct SpansByPosition<'a>(Vec<PlacedSpan<'a>>);

#[derive(Clone, Copy)]
struct PlacedSpan<'a> {
    /// Where it starts in the whole text, in bytes.
    start: usize,
    index: usize,
    span: &'a Span<'a>,
}

impl<'a> SpansByPosition<'a> {
    fn new(spans: &'a [Span<'a>]) -> Self {
        let mut start = 0;
        let mut positions = Vec::with_capacity(spans.len());
        for (index, span) in spans.iter().enumerate().filter(|(_, span)| !span.text.is_empty()) {
            positions.push(PlacedSpan { start, index, span });
            start += span.text.len();
        }
        Self(positions)
    }

    /// The number of the span that contains a byte.
    fn first_at(&self, at: usize) -> usize {
        self.0.partition_point(|placed| placed.start <= at).saturating_sub(1)
    }

    /// The span that contains a byte.
    fn at(&self, at: usize) -> Option<&PlacedSpan<'a>> {
        self.0.get(self.first_at(at))
    }
}

/// Whether a note mark begins at this byte; it is kept with the word before it.
fn is_note_mark_at(spans: &SpansByPosition, at: usize) -> bool {
    spans.at(at).is_some_and(|placed| placed.start == at && placed.span.note.is_some())
}

/// Whether a line would end within a figure of the dataset beside a letter of a script without spaces. A range may be broken
/// behind its dash.
fn is_within_figure(spans: &SpansByPosition, text: &str, at: usize) -> bool {
    let is_inside = spans.at(at).is_some_and(|placed| placed.start < at && placed.span.is_figure);
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let sides = [before.chars().next_back(), after.chars().next()];
    let is_range = sides[0].is_some_and(|c| matches!(c, '～' | '〜' | '–' | '—' | '－' | '-' | ' '));
    is_inside && !is_range && sides.iter().flatten().any(|c| !c.is_ascii())
}

/// Whether a number begins at this byte after a name, after a name and a number (as in a date), or after a word with an opening
/// parenthesis: `(up 5.3%)`.
fn is_number_after_name(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    if !after.starts_with(|c: char| c.is_ascii_digit()) || !before.ends_with(' ') {
        return false;
    }
    let mut words = before.split_whitespace().rev();
    let is_name = |word: &str| word.starts_with(char::is_uppercase);
    let is_day = |word: &str| word.strip_suffix(',').is_some_and(|day| day.chars().all(|c| c.is_ascii_digit()));
    match words.next() {
        Some(day) if is_day(day) => words.next().is_some_and(is_name),
        Some(word) => is_name(word) || word.starts_with(['(', '（']),
        None => false,
    }
}
