//! Splits spans into shaped words, at the places where a line may break.

use std::{borrow::Cow, ops::Range, rc::Rc};

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::{
    borders,
    punctuation::{close_marks, lead, trail},
    span::{ShapedSpan, Span},
};
use crate::render::amount::is_within_amount;
use crate::render::pdf::{
    layout_context::{LayoutContext, TextFormat},
    shaping::ShapedText,
    style::Pt,
};

/// The words of a text, in order.
#[derive(Default)]
pub struct Words {
    pub list: Vec<Word>,
    /// The parts of all words.
    spans: Vec<ShapedSpan>,
}

/// The text between two line break opportunities.
#[derive(Clone)]
pub struct Word {
    /// Its parts among those of all words.
    spans: Range<usize>,
    /// The width with the space after it.
    pub width: Pt,
    /// The width without the space after it.
    pub visible_width: Pt,
    /// How far it may stand out on the left at the beginning of a line.
    pub lead: Pt,
    /// How much of the visible width may stand outside the right edge at the end of a line.
    pub hang: Pt,
    /// Whether a reader would break the text after it, rather than within a phrase.
    pub is_phrase_end: bool,
    /// Whether a line break follows.
    pub ends_line: bool,
}

/// Tolerance for rounding errors of sums of widths.
pub const TOLERANCE: Pt = 0.01;

/// Splits spans into words. A number is kept with the name before it: `March 31, 2010`.
pub fn words(context: &mut LayoutContext, spans: &[Span], format: TextFormat) -> Words {
    let text = match spans {
        [span] => Cow::Borrowed(span.text.as_str()),
        _ => Cow::Owned(spans.iter().map(|span| span.text.as_str()).collect::<Vec<_>>().concat()),
    };
    let spans = SpansByPosition::new(spans);
    let mut words = Words::default();
    let mut start = 0;
    for (end, opportunity) in linebreaks(&text) {
        let last = end == text.len();
        let ends_line = opportunity == BreakOpportunity::Mandatory && !last;
        if !last && (is_note_mark_at(&spans, end) || is_number_after_name(&text, end)) {
            continue;
        }
        if !last && !ends_line && (is_within_amount(&text, end) || is_within_figure(&spans, &text, end)) {
            continue;
        }
        let next = text.get(end..).and_then(|rest| rest.chars().next());
        let mut word = Word::new(words.spans.len(), ends_line);
        word.is_phrase_end = borders::is_phrase_end(&text, end);
        word.shape(context, &spans, start..end, next, format.place, &mut words.spans);
        words.list.push(word);
        start = end;
    }
    words
}

/// The words joined to phrases, each of which is one word; one that is wider than `limit` stays in words.
pub fn phrases(words: Words, limit: Pt) -> Words {
    let Words { list, spans } = words;
    let mut out: Vec<Word> = Vec::with_capacity(list.len());
    let mut rest = list.into_iter().peekable();
    while rest.peek().is_some() {
        let mut phrase = Vec::new();
        for word in rest.by_ref() {
            let is_end = word.is_phrase_end || word.ends_line;
            phrase.push(word);
            if is_end {
                break;
            }
        }
        let width = phrase.iter().map(|word| word.width).sum::<Pt>();
        let after = phrase.last().map_or(0.0, |last| last.width - last.visible_width);
        if width - after > limit {
            out.extend(phrase);
            continue;
        }
        let joined = phrase.into_iter().reduce(|mut whole, word| {
            whole.append(word);
            whole
        });
        out.extend(joined);
    }
    Words { list: out, spans }
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

/// Whether a line would end within a figure of the dataset beside a letter of a script without spaces. A range may be broken
/// behind its dash.
fn is_within_figure(spans: &SpansByPosition, text: &str, at: usize) -> bool {
    let is_inside = spans.starting_at(at).first().is_some_and(|(start, span)| *start < at && span.is_figure);
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

impl Words {
    /// The parts of a word, in order.
    pub fn spans_of(&self, word: &Word) -> &[ShapedSpan] {
        self.spans.get(word.spans.clone()).unwrap_or_default()
    }

    /// Splits the words that are wider than a line into their glyphs; each begins a new line.
    pub fn split_wider(&mut self, limit: Pt) {
        let is_wide = |word: &Word| word.visible_width > limit + TOLERANCE;
        if !self.list.iter().any(is_wide) {
            return;
        }
        let mut out: Vec<Word> = Vec::with_capacity(self.list.len());
        for word in std::mem::take(&mut self.list) {
            if !is_wide(&word) {
                out.push(word);
                continue;
            }
            if let Some(before) = out.last_mut() {
                before.ends_line = true;
            }
            for number in word.spans {
                self.split_span(number, &mut out);
            }
        }
        self.list = out;
    }

    /// Adds one word for each glyph of a span.
    fn split_span(&mut self, number: usize, words: &mut Vec<Word>) {
        let Some(span) = self.spans.get(number).cloned() else { return };
        let mut rest = span.shaped.text.as_str();
        for (position, glyph) in span.shaped.glyphs.iter().enumerate() {
            let (text, tail) = rest.split_at_checked(usize::from(glyph.bytes)).unwrap_or((rest, ""));
            rest = tail;
            let (face, text, width) = (span.shaped.face, text.to_owned(), glyph.advance);
            let shaped = Rc::new(ShapedText { face, text, glyphs: vec![*glyph], width });
            let note = span.note.filter(|_| position == 0);
            let width = glyph.advance * span.size / 1000.0;
            let begin = self.spans.len();
            self.spans.push(ShapedSpan { shaped, note, ..span.clone() });
            let spans = begin..begin + 1;
            words.push(Word { spans, width, visible_width: width, ..Word::new(begin, false) });
        }
    }
}

impl Word {
    /// A word whose parts begin with this number.
    fn new(begin: usize, ends_line: bool) -> Self {
        let spans = begin..begin;
        Self { spans, width: 0.0, visible_width: 0.0, lead: 0.0, hang: 0.0, is_phrase_end: true, ends_line }
    }

    /// Adds the parts of the word, which stands at `range` of the text; `next` is the character after it.
    fn shape(
        &mut self,
        context: &mut LayoutContext,
        spans: &SpansByPosition,
        range: Range<usize>,
        next: Option<char>,
        place: &str,
        shaped: &mut Vec<ShapedSpan>,
    ) {
        for (start, span) in spans.starting_at(range.start).iter().take_while(|(start, _)| *start < range.end) {
            let (from, to) = (range.start.max(*start), range.end.min(start + span.text.len()));
            if let Some(part) = (from < to).then(|| span.text.get(from - start..to - start)).flatten() {
                let following = span.text.get(to - start..).and_then(|rest| rest.chars().next());
                let next = following.or(next.filter(|_| to == range.end));
                self.push(context, span, part, next, place, shaped);
            }
        }
        self.spans.end = shaped.len();
    }

    /// Adds a part of a span; `next` is the character after it.
    fn push(
        &mut self,
        context: &mut LayoutContext,
        span: &Span,
        text: &str,
        next: Option<char>,
        place: &str,
        spans: &mut Vec<ShapedSpan>,
    ) {
        let style = &context.document.typesetting;
        let visible = text.trim_end();
        let space = match text.get(visible.len()..) {
            Some("") | None => "",
            Some(_) if self.ends_line => "",
            // An ideographic space is as wide as a character.
            Some(space) if space.contains('\u{3000}') => space,
            Some(_) => " ",
        };
        for part in [visible, space].into_iter().filter(|part| !part.is_empty()) {
            let count = spans.len();
            for shaped in context.shaper.shape(span.font_role, part, place).iter() {
                let mut shaped = Rc::clone(shaped);
                if style.justify {
                    close_marks(&mut shaped, next);
                }
                self.width += shaped.width * span.size / 1000.0;
                spans.push(span.shaped_span(shaped));
            }
            if part == visible {
                self.visible_width = self.width;
                if style.justify {
                    let parts = spans.get(count..).unwrap_or_default();
                    self.find_free_halves(parts, count == self.spans.start, visible, &style.hang, span.size);
                }
            }
        }
    }
}

impl Word {
    /// Finds how far its first and last mark may stand out; `parts` are those of the text, which may begin the word.
    fn find_free_halves(&mut self, parts: &[ShapedSpan], begins: bool, text: &str, hang: &str, size: Pt) {
        if begins {
            let first = parts.first().and_then(|span| span.shaped.glyphs.first());
            self.lead = lead(text.chars().next(), first, size);
        }
        let last = text.chars().next_back();
        let glyph = parts.last().and_then(|span| span.shaped.glyphs.last());
        let free = trail(last, glyph, size);
        self.visible_width -= free;
        self.hang = if free > 0.0 && last.is_some_and(|last| hang.contains(last)) { free } else { 0.0 };
    }

    /// Adds the next word to the word.
    fn append(&mut self, next: Self) {
        self.visible_width = self.width + next.visible_width;
        self.width += next.width;
        self.spans.end = next.spans.end;
        (self.hang, self.is_phrase_end, self.ends_line) = (next.hang, next.is_phrase_end, next.ends_line);
    }
}
