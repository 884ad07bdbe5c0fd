//! Breaks words into lines with the most even right edge.

use super::{
    line::{Line, LineWidths},
    span::ShapedSpan,
    word::Word,
};
use crate::render::pdf::{page::TextRun, style::Pt};

/// Tolerance for rounding errors of sums of widths.
const TOLERANCE: Pt = 0.01;

/// The narrowest width, up to `most`, at which words fill no more than `lines` lines.
pub fn narrowest_width(words: &[Word], lines: usize, most: Pt) -> Pt {
    let (mut low, mut high) = (words.iter().map(|word| word.visible_width).fold(0.0, Pt::max).min(most), most);
    if line_count(words, low) <= lines {
        return low;
    }
    // A bisection: twelve steps leave less than a point.
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        if line_count(words, middle) <= lines { high = middle } else { low = middle }
    }
    high
}

/// How many lines of this width the words fill.
pub fn line_count(words: &[Word], width: Pt) -> usize {
    let (mut lines, mut x) = (1, 0.0);
    for word in words {
        if x > 0.0 && x + word.visible_width - word.hang > width + TOLERANCE {
            (lines, x) = (lines + 1, 0.0);
        }
        x += word.width;
        if word.ends_line {
            (lines, x) = (lines + 1, 0.0);
        }
    }
    lines
}

/// A last line shorter than this share of the width counts as uneven.
const SHORT_LINE_SHARE: f32 = 0.2;
/// The cost of the shortest last line: that of another line with a gap of half the width.
const SHORT_LINE_COST: f32 = 0.25;

/// Fills lines with words: the fewest lines possible and, among these, the ones with the most even right edge. With
/// `is_justified`, all lines but the last are stretched to the same width.
pub fn fill_lines(words: Vec<Word>, measure: LineWidths, is_justified: bool) -> Vec<Line> {
    let words = split_long_words(words, measure);
    let starts = line_starts(&words, measure);
    let ends = starts.iter().skip(1).copied().chain([words.len()]);
    let lengths: Vec<usize> = starts.iter().zip(ends).map(|(start, end)| end - start).collect();
    let mut words = words.into_iter();
    let count = lengths.len();
    let mut lines = Vec::with_capacity(count);
    for (number, length) in lengths.into_iter().enumerate() {
        let of_line: Vec<Word> = words.by_ref().take(length).collect();
        let limit = measure.limit(number == 0);
        lines.push(line_of_words(of_line, limit, is_justified && number + 1 < count));
    }
    lines
}

/// The greatest space that is added between two words of a stretched line, in their type size.
const MAX_STRETCH: f32 = 0.5;

/// A line of words, no wider than `limit` except for marks that hang. `is_stretched`: as wide as that, unless it ends where it is
/// written.
fn line_of_words(words: Vec<Word>, limit: Pt, is_stretched: bool) -> Line {
    let mut line = Line::default();
    let lead = words.first().map_or(0.0, |word| word.lead);
    let Some(last) = words.last() else { return line };
    let all: Pt = words.iter().map(|word| word.width).sum();
    let natural = all - last.width + last.visible_width - lead;
    let hung = if natural > limit + TOLERANCE { last.hang } else { 0.0 };
    let free = limit - (natural - hung);
    let gaps = words.len() - 1;
    let stretch = if is_stretched && !last.ends_line && gaps > 0 { (free / gaps as Pt).max(0.0) } else { 0.0 };
    let mut x = 0.0 - lead;
    for (number, word) in words.into_iter().enumerate() {
        let size = word.shaped_spans.last().map_or(0.0, |span| span.size);
        let stretch = if number < gaps { stretch.min(MAX_STRETCH * size) } else { 0.0 };
        line.width = x + word.visible_width - if number == gaps { hung } else { 0.0 };
        let width = word.width + stretch;
        line.push_word(word, x, stretch);
        x += width;
    }
    line
}

/// Splits words that are wider than a line; each begins a new line.
fn split_long_words(words: Vec<Word>, measure: LineWidths) -> Vec<Word> {
    let min_width = measure.width - measure.hang;
    if words.iter().all(|word| word.visible_width <= min_width + TOLERANCE) {
        return words;
    }
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        if word.visible_width > min_width + TOLERANCE
            && let Some(before) = out.last_mut()
        {
            before.ends_line = true;
        }
        out.extend(word.split_if_wider(min_width));
    }
    out
}

/// The indices of the words that begin a line, by dynamic programming.
fn line_starts(words: &[Word], measure: LineWidths) -> Vec<usize> {
    let count = words.len();
    // The best way to break the words before each word: number of lines, unevenness, and the start of the last line.
    let mut best = vec![(usize::MAX, f32::INFINITY, 0); count + 1];
    best[0] = (0, 0.0, 0);
    for start in 0..count {
        let (lines, uneven, _) = best[start];
        let limit = measure.limit(start == 0);
        let mut x = 0.0 - words.get(start).map_or(0.0, |word| word.lead);
        for (end, word) in (start + 1..).zip(&words[start..]) {
            if end > start + 1 && x + word.visible_width - word.hang > limit + TOLERANCE {
                break;
            }
            let ends_paragraph = word.ends_line || end == count;
            let cost = uneven + unevenness(x + word.visible_width, limit, ends_paragraph, start > 0);
            if (lines + 1, cost) < (best[end].0, best[end].1) {
                best[end] = (lines + 1, cost, start);
            }
            x += word.width;
            if word.ends_line {
                break;
            }
        }
    }
    let mut starts = Vec::new();
    let mut end = count;
    while end > 0 {
        end = best[end].2;
        starts.push(end);
    }
    starts.reverse();
    starts
}

/// The unevenness of a line that is filled up to `width`.
fn unevenness(width: Pt, limit: Pt, ends_paragraph: bool, is_later_line: bool) -> f32 {
    let share = (width / limit).clamp(0.0, 1.0);
    match ends_paragraph {
        true if is_later_line && share < SHORT_LINE_SHARE => SHORT_LINE_COST * (1.0 - share / SHORT_LINE_SHARE),
        true => 0.0,
        false => (1.0 - share) * (1.0 - share),
    }
}

impl Line {
    /// Appends a word at `x`, with space behind its last glyph.
    fn push_word(&mut self, word: Word, x: Pt, space: Pt) {
        let mut spans = word.shaped_spans;
        if let Some(last) = spans.last_mut().filter(|span| space > 0.0 && span.size > 0.0)
            && let Some(glyph) = last.shaped.glyphs.last_mut()
        {
            let more = space * 1000.0 / last.size;
            glyph.advance += more;
            last.shaped.width += more;
        }
        spans.into_iter().fold(x, |x, shaped_span| self.push(shaped_span, x));
    }

    /// Appends a span at `x`, to the last run if it has the same format; returns its right end.
    fn push(&mut self, shaped_span: ShapedSpan, x: Pt) -> Pt {
        let width = shaped_span.shaped.width * shaped_span.size / 1000.0;
        self.notes.extend(shaped_span.note.filter(|note| self.notes.last() != Some(note)));
        match self.runs.last_mut() {
            Some(run) if can_extend_run(run, &shaped_span) => {
                run.text.push_str(&shaped_span.shaped.text);
                run.glyphs.extend_from_slice(&shaped_span.shaped.glyphs);
                run.width += width;
            }
            _ => self.runs.push(TextRun {
                x,
                baseline: 0.0 - shaped_span.rise,
                width,
                size: shaped_span.size,
                face: shaped_span.shaped.face,
                colour: shaped_span.colour,
                text: shaped_span.shaped.text,
                glyphs: shaped_span.shaped.glyphs,
                tag: shaped_span.tag,
                revision: shaped_span.revision,
            }),
        }
        x + width
    }
}

fn can_extend_run(run: &TextRun, shaped_span: &ShapedSpan) -> bool {
    run.face == shaped_span.shaped.face
        && run.size == shaped_span.size
        && run.revision == shaped_span.revision
        && run.baseline == 0.0 - shaped_span.rise
        && run.tag == shaped_span.tag
        && run.colour == shaped_span.colour
}
