//! Splits spans into shaped words, at the places where a line may break.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::span::{ShapedSpan, Span};
use crate::render::pdf::{
    layout_context::{LayoutContext, TextFormat},
    shaping::ShapedText,
    style::Pt,
};

/// The text between two line break opportunities.
pub struct Word {
    /// The parts of the word, in order.
    pub shaped_spans: Vec<ShapedSpan>,
    /// The width with the space after it.
    pub width: Pt,
    /// The width without the space after it.
    pub visible_width: Pt,
    /// Whether a line break follows.
    pub ends_line: bool,
}

/// Splits spans into words. A number is kept with the name before it: `March 31, 2010`.
pub fn words(context: &mut LayoutContext, spans: &[Span], format: TextFormat) -> Vec<Word> {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    let spans = SpansByPosition::new(spans);
    let mut words = Vec::new();
    let mut start = 0;
    for (end, opportunity) in linebreaks(&text) {
        let last = end == text.len();
        if !last && (is_note_mark_at(&spans, end) || is_number_after_name(&text, end)) {
            continue;
        }
        let ends_line = opportunity == BreakOpportunity::Mandatory && !last;
        words.push(shape_word(context, &spans, start..end, ends_line, format.place));
        start = end;
    }
    words
}

/// Spans with their start in the whole text, in bytes.
struct SpansByPosition<'a>(Vec<(usize, &'a Span)>);

impl<'a> SpansByPosition<'a> {
    fn new(spans: &'a [Span]) -> Self {
        let mut start = 0;
        let mut positions = Vec::with_capacity(spans.len());
        for span in spans.iter().filter(|span| !span.text.is_empty()) {
            positions.push((start, span));
            start += span.text.len();
        }
        Self(positions)
    }

    /// The span that contains a byte, and those after it.
    fn starting_at(&self, at: usize) -> &[(usize, &'a Span)] {
        let after = self.0.partition_point(|(start, _)| *start <= at);
        self.0.get(after.saturating_sub(1)..).unwrap_or_default()
    }
}

/// Whether a note mark begins at this byte; it is kept with the word before it.
fn is_note_mark_at(spans: &SpansByPosition, at: usize) -> bool {
    spans.starting_at(at).first().is_some_and(|(start, span)| *start == at && span.note.is_some())
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

fn shape_word(
    context: &mut LayoutContext,
    spans: &SpansByPosition,
    range: std::ops::Range<usize>,
    ends_line: bool,
    place: &str,
) -> Word {
    let mut word = Word { shaped_spans: Vec::new(), width: 0.0, visible_width: 0.0, ends_line };
    for (start, span) in spans.starting_at(range.start).iter().take_while(|(start, _)| *start < range.end) {
        let (from, to) = (range.start.max(*start), range.end.min(start + span.text.len()));
        if let Some(part) = (from < to).then(|| span.text.get(from - start..to - start)).flatten() {
            word.push(context, span, part, place);
        }
    }
    word
}

impl Word {
    fn push(&mut self, context: &mut LayoutContext, span: &Span, text: &str, place: &str) {
        let visible = text.trim_end();
        let space = match text.get(visible.len()..) {
            Some("") | None => "",
            Some(_) if self.ends_line => "",
            // An ideographic space is as wide as a character.
            Some(space) if space.contains('\u{3000}') => space,
            Some(_) => " ",
        };
        for part in [visible, space].into_iter().filter(|part| !part.is_empty()) {
            for shaped in context.shaper.shape(span.font_role, part, place).iter() {
                self.width += shaped.width * span.size / 1000.0;
                self.shaped_spans.push(span.shaped_span(shaped.clone()));
            }
            if part == visible {
                self.visible_width = self.width;
            }
        }
    }
}

impl Word {
    /// The word, or one word for each glyph if it is wider than a line.
    pub fn split_if_wider(self, limit: Pt) -> Vec<Self> {
        if self.visible_width <= limit + 0.01 {
            return vec![self];
        }
        self.shaped_spans.into_iter().flat_map(glyph_words).collect()
    }
}

/// One word for each glyph of a span.
fn glyph_words(shaped_span: ShapedSpan) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = shaped_span.shaped.text.as_str();
    for glyph in &shaped_span.shaped.glyphs {
        let (text, tail) = rest.split_at_checked(usize::from(glyph.bytes)).unwrap_or((rest, ""));
        rest = tail;
        let shaped = ShapedText {
            face: shaped_span.shaped.face,
            text: text.to_owned(),
            glyphs: vec![*glyph],
            width: glyph.advance,
        };
        let width = glyph.advance * shaped_span.size / 1000.0;
        let note = shaped_span.note.filter(|_| words.is_empty());
        words.push(Word {
            shaped_spans: vec![ShapedSpan { shaped, note, ..shaped_span }],
            width,
            visible_width: width,
            ends_line: false,
        });
    }
    words
}
