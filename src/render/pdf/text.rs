//! Inlines become lines: styled stretches, cut where Unicode allows, filled to a width.

mod span;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::{
    frame::{Item, Run},
    setter::{Ink, Setter},
    shape::Shaped,
    style::{Colour, Pt},
    tree::NodeId,
};
use crate::present::document::Inline;
use span::Span;

/// A line of text; its runs start at 0 and stand on baseline 0.
#[derive(Debug, Clone, Default)]
pub struct Line {
    pub runs: Vec<Run>,
    /// Without the space at its end.
    pub width: Pt,
    /// The notes that it has marks of.
    pub notes: Vec<usize>,
}

/// How wide lines may be: the first, and those after it, which hang in by the difference.
#[derive(Debug, Clone, Copy)]
pub struct Measure {
    pub width: Pt,
    pub hang: Pt,
}

impl From<Pt> for Measure {
    fn from(width: Pt) -> Self {
        Self { width, hang: 0.0 }
    }
}

impl Line {
    /// The line's items with its start at `x` and its baseline at `y`.
    pub fn at(self, x: Pt, y: Pt) -> impl Iterator<Item = Item> {
        self.runs.into_iter().map(move |run| Item::Run(run).moved(x, y))
    }
}

/// Sets inlines in lines no wider than `measure`. There is at least one line, unless there is no text.
pub fn set(setter: &mut Setter, inlines: &[Inline], ink: Ink, measure: impl Into<Measure>) -> Vec<Line> {
    let spans = span::flatten(setter, inlines, ink);
    fill(words(setter, &spans, ink), measure.into())
}

/// Sets inlines in as many lines as `width` asks for, and those of about one length: for titles and heads.
/// A number stays with the name before it (`March 31`), if that fits.
pub fn set_balanced(setter: &mut Setter, inlines: &[Inline], ink: Ink, width: Pt) -> Vec<Line> {
    let spans = span::flatten(setter, inlines, ink);
    let mut words = cut(setter, &spans, ink, true);
    if words.iter().any(|word| word.ink > width) {
        words = cut(setter, &spans, ink, false);
    }
    let lines = count(&words, width);
    let width = if lines > 1 && width.is_finite() { narrowest(&words, lines, width) } else { width };
    fill(words, width.into())
}

/// Sets plain text in lines no wider than `measure`.
pub fn set_plain(setter: &mut Setter, text: &str, ink: Ink, measure: impl Into<Measure>) -> Vec<Line> {
    let spans = [Span::plain(text, ink)];
    fill(words(setter, &spans, ink), measure.into())
}

/// The widths that inlines want, as (longest word, one line), in points.
pub fn widths(setter: &mut Setter, inlines: &[Inline], ink: Ink) -> (Pt, Pt) {
    let spans = span::flatten(setter, inlines, ink.tagged(None));
    let words = words(setter, &spans, ink);
    let longest = words.iter().map(|word| word.ink).fold(0.0, Pt::max);
    let mut line: Pt = 0.0;
    let mut widest: Pt = 0.0;
    for word in &words {
        widest = widest.max(line + word.ink);
        line = if word.ends_line { 0.0 } else { line + word.width };
    }
    (longest, widest)
}

/// The narrowest width at which inlines fit in two lines, in points.
pub fn width_of_two_lines(setter: &mut Setter, inlines: &[Inline], ink: Ink) -> Pt {
    let spans = span::flatten(setter, inlines, ink.tagged(None));
    let words = cut(setter, &spans, ink, true);
    let all = words.iter().map(|word| word.width).sum();
    narrowest(&words, 2, all)
}

/// A stretch of one face, ready to be placed.
struct Piece {
    shaped: Shaped,
    size: Pt,
    rise: Pt,
    colour: Colour,
    tag: Option<NodeId>,
    note: Option<usize>,
}

/// What stands between two places where a line may break.
struct Word {
    pieces: Vec<Piece>,
    /// With and without the space behind it.
    width: Pt,
    ink: Pt,
    ends_line: bool,
}

fn words(setter: &mut Setter, spans: &[Span], ink: Ink) -> Vec<Word> {
    cut(setter, spans, ink, false)
}

/// Cuts the text where a line may break.
fn cut(setter: &mut Setter, spans: &[Span], ink: Ink, with_numbers: bool) -> Vec<Word> {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    let mut words = Vec::new();
    let mut start = 0;
    for (end, opportunity) in linebreaks(&text) {
        let last = end == text.len();
        if !last && (glued(spans, end) || with_numbers && numbered(&text, end)) {
            continue;
        }
        let ends_line = opportunity == BreakOpportunity::Mandatory && !last;
        words.push(word(setter, spans, start..end, ends_line, ink.place));
        start = end;
    }
    words
}

/// Whether a note mark begins at this byte: it never leaves the word before it.
fn glued(spans: &[Span], at: usize) -> bool {
    let mut start = 0;
    for span in spans {
        if start == at && !span.text.is_empty() {
            return span.note.is_some();
        }
        start += span.text.len();
    }
    false
}

/// Whether a number begins at this byte behind a name.
fn numbered(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at_checked(at).unwrap_or((text, ""));
    let name = before.trim_end().rsplit(' ').next().unwrap_or_default();
    after.starts_with(|c: char| c.is_ascii_digit()) && name.starts_with(char::is_uppercase) && before.ends_with(' ')
}

/// The narrowest width, up to `most`, at which words make no more than so many lines.
fn narrowest(words: &[Word], lines: usize, most: Pt) -> Pt {
    let (mut low, mut high) = (words.iter().map(|word| word.ink).fold(0.0, Pt::max).min(most), most);
    if count(words, low) <= lines {
        return low;
    }
    // Each step halves the doubt; twelve leave less than a point of any page.
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        if count(words, middle) <= lines { high = middle } else { low = middle }
    }
    high
}

/// How many lines words of at most this width make.
fn count(words: &[Word], width: Pt) -> usize {
    let (mut lines, mut x) = (1, 0.0);
    for word in words {
        if x > 0.0 && x + word.ink > width + 0.01 {
            (lines, x) = (lines + 1, 0.0);
        }
        x += word.width;
        if word.ends_line {
            (lines, x) = (lines + 1, 0.0);
        }
    }
    lines
}

fn word(setter: &mut Setter, spans: &[Span], range: std::ops::Range<usize>, ends_line: bool, place: &str) -> Word {
    let mut word = Word { pieces: Vec::new(), width: 0.0, ink: 0.0, ends_line };
    let mut start = 0;
    for span in spans {
        let end = start + span.text.len();
        let (from, to) = (range.start.max(start), range.end.min(end));
        if let Some(part) = (from < to).then(|| span.text.get(from - start..to - start)).flatten() {
            word.push(setter, span, part, place);
        }
        start = end;
    }
    word
}

impl Word {
    fn push(&mut self, setter: &mut Setter, span: &Span, text: &str, place: &str) {
        let seen = text.trim_end();
        let space = match text.get(seen.len()..) {
            Some("") | None => "",
            Some(_) if self.ends_line => "",
            // The full-width space of Japanese is as wide as a character.
            Some(space) if space.contains('\u{3000}') => space,
            Some(_) => " ",
        };
        for part in [seen, space].into_iter().filter(|part| !part.is_empty()) {
            for shaped in setter.shaper.shape(span.voice, part, place).iter() {
                self.width += shaped.width * span.size / 1000.0;
                self.pieces.push(span.piece(shaped.clone()));
            }
            if part == seen {
                self.ink = self.width;
            }
        }
    }
}

fn fill(words: Vec<Word>, measure: Measure) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line::default();
    let mut x: Pt = 0.0;
    let mut limit = measure.width;
    for word in words {
        // A hundredth of a point: widths that were added up in another order.
        if x > 0.0 && x + word.ink > limit + 0.01 {
            lines.push(std::mem::take(&mut line));
            (x, limit) = (0.0, measure.width - measure.hang);
        }
        let ends_line = word.ends_line;
        for part in word.fitting(limit) {
            if x > 0.0 && x + part.ink > limit + 0.01 {
                lines.push(std::mem::take(&mut line));
                (x, limit) = (0.0, measure.width - measure.hang);
            }
            line.width = x + part.ink;
            let width = part.width;
            part.pieces.into_iter().fold(x, |x, piece| line.push(piece, x));
            x += width;
        }
        if ends_line {
            lines.push(std::mem::take(&mut line));
            (x, limit) = (0.0, measure.width - measure.hang);
        }
    }
    if !line.runs.is_empty() {
        lines.push(line);
    }
    lines
}

impl Word {
    /// The word, or its glyphs one by one if it is wider than a whole line.
    fn fitting(self, limit: Pt) -> Vec<Self> {
        if self.ink <= limit + 0.01 {
            return vec![self];
        }
        self.pieces.into_iter().flat_map(Piece::letters).collect()
    }
}

impl Piece {
    fn letters(self) -> Vec<Word> {
        let mut words = Vec::new();
        let mut rest = self.shaped.text.as_str();
        for glyph in &self.shaped.glyphs {
            let (text, tail) = rest.split_at_checked(usize::from(glyph.bytes)).unwrap_or((rest, ""));
            rest = tail;
            let shaped =
                Shaped { face: self.shaped.face, text: text.to_owned(), glyphs: vec![*glyph], width: glyph.advance };
            let width = glyph.advance * self.size / 1000.0;
            let note = self.note.filter(|_| words.is_empty());
            words.push(Word { pieces: vec![Self { shaped, note, ..self }], width, ink: width, ends_line: false });
        }
        words
    }
}

impl Line {
    /// Appends a piece at `x`, to the last run if it continues it; gives where it ends.
    fn push(&mut self, piece: Piece, x: Pt) -> Pt {
        let width = piece.shaped.width * piece.size / 1000.0;
        self.notes.extend(piece.note.filter(|note| self.notes.last() != Some(note)));
        match self.runs.last_mut() {
            Some(run) if continues(run, &piece) => {
                run.text.push_str(&piece.shaped.text);
                run.glyphs.extend_from_slice(&piece.shaped.glyphs);
                run.width += width;
            }
            _ => self.runs.push(Run {
                x,
                baseline: -piece.rise,
                width,
                size: piece.size,
                face: piece.shaped.face,
                colour: piece.colour,
                text: piece.shaped.text,
                glyphs: piece.shaped.glyphs,
                tag: piece.tag,
            }),
        }
        x + width
    }
}

fn continues(run: &Run, piece: &Piece) -> bool {
    run.face == piece.shaped.face
        && run.size == piece.size
        && run.baseline == -piece.rise
        && run.tag == piece.tag
        && run.colour == piece.colour
}
