//! Words of a text, shaped and in their sizes, between the places where a line may break.

use std::{ops::Range, rc::Rc};

use super::{
    punctuation::free_half,
    span::{ShapedSpan, Span},
    splitting::{split, write_key},
};
use crate::render::pdf::{
    layout_context::{LayoutContext, TextFormat},
    shaping::ShapedText,
    split_text::{Edges, SplitWord},
    style::Pt,
};

/// The words of a text, in order.
#[derive(Default)]
pub struct Words {
    pub list: Vec<Word>,
    /// The parts of all words.
    spans: Vec<ShapedSpan>,
    /// Whether only the sizes of their lines are wanted.
    pub is_trial: bool,
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

/// The words of spans. The text is split and shaped once, whatever sizes and elements it is set in.
pub fn words(context: &mut LayoutContext, spans: &[Span], format: TextFormat) -> Words {
    let split = match context.split_texts.get(|key| write_key(spans, key)) {
        Some(known) => known,
        None => {
            let split = Rc::new(split(context, spans, format.place));
            context.split_texts.insert(Rc::clone(&split));
            split
        }
    };
    let mut shaped = Vec::with_capacity(split.part_count());
    let list = split.words().map(|word| Word::new(word, spans, &mut shaped)).collect();
    Words { list, spans: shaped, is_trial: context.is_trial }
}

/// The words joined to phrases, each of which is one word; one that is wider than `limit` stays in words.
pub fn phrases(words: Words, limit: Pt) -> Words {
    let Words { list, spans, is_trial } = words;
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
    Words { list: out, spans, is_trial }
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
            words.push(Word { spans, width, visible_width: width, ..Word::empty(begin, false, true) });
        }
    }
}

impl Word {
    /// A word in the sizes of its spans; its parts are added to those of all words.
    fn new(word: SplitWord, spans: &[Span], shaped: &mut Vec<ShapedSpan>) -> Self {
        let mut out = Self::empty(shaped.len(), word.ends_line, word.is_phrase_end);
        for segment in word.segments {
            let Some(span) = spans.get(segment.span) else { continue };
            for part in segment.parts {
                out.width += part.width * span.size / 1000.0;
                shaped.push(span.shaped_span(Rc::clone(part)));
            }
            if let Some(edges) = segment.edges {
                out.end_visible(edges, span.size);
            }
        }
        out.spans.end = shaped.len();
        out
    }

    /// A word without parts.
    fn empty(begin: usize, ends_line: bool, is_phrase_end: bool) -> Self {
        let spans = begin..begin;
        Self { spans, width: 0.0, visible_width: 0.0, lead: 0.0, hang: 0.0, is_phrase_end, ends_line }
    }

    /// Takes what was added so far as visible; its first and last mark may stand out.
    fn end_visible(&mut self, edges: Edges, size: Pt) {
        if edges.leads {
            self.lead = free_half(size);
        }
        let free = if edges.trails { free_half(size) } else { 0.0 };
        self.visible_width = self.width - free;
        self.hang = if edges.hangs { free } else { 0.0 };
    }

    /// Adds the next word to the word.
    fn append(&mut self, next: Self) {
        self.visible_width = self.width + next.visible_width;
        self.width += next.width;
        self.spans.end = next.spans.end;
        (self.hang, self.is_phrase_end, self.ends_line) = (next.hang, next.is_phrase_end, next.ends_line);
    }
}
