//! Breaks words into lines with the most even right edge.

use super::{
    line::{Line, LineWidths},
    span::ShapedSpan,
    word::{TOLERANCE, Word, Words},
};
use crate::render::pdf::{
    page::{Glyph, TextRun},
    style::Pt,
};

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
pub fn fill_lines(mut words: Words, measure: LineWidths, is_justified: bool) -> Vec<Line> {
    words.split_wider(measure.width - measure.hang);
    if is_one_line(&words.list, measure.width) {
        return vec![line_of_words(&words, &words.list, measure.width, false)];
    }
    let starts = line_starts(&words.list, measure);
    let count = words.list.len();
    let ends = starts.iter().skip(1).copied().chain([count]);
    let line = |(number, (&start, end)): (usize, (&usize, usize))| {
        let of_line = words.list.get(start..end).unwrap_or_default();
        line_of_words(&words, of_line, measure.limit(number == 0), is_justified && end < count)
    };
    starts.iter().zip(ends).enumerate().map(line).collect()
}

/// The greatest space that is added between two words of a stretched line, in their type size.
const MAX_STRETCH: f32 = 0.5;

/// A line of some of the words, no wider than `limit` except for marks that hang. `is_stretched`: as wide as that, unless it ends where it is
/// written.
fn line_of_words(all: &Words, words: &[Word], limit: Pt, is_stretched: bool) -> Line {
    let mut line = Line::default();
    let lead = words.first().map_or(0.0, |word| word.lead);
    let Some(last) = words.last() else { return line };
    let whole: Pt = words.iter().map(|word| word.width).sum();
    let natural = whole - last.width + last.visible_width - lead;
    let hung = if natural > limit + TOLERANCE { last.hang } else { 0.0 };
    let free = limit - (natural - hung);
    let gaps = words.len() - 1;
    let stretch = if is_stretched && !last.ends_line && gaps > 0 { (free / gaps as Pt).max(0.0) } else { 0.0 };
    let mut x = 0.0 - lead;
    let parts = if all.is_trial { 0 } else { words.iter().map(|word| all.spans_of(word).len()).sum() };
    let mut placed = Vec::with_capacity(parts);
    for (number, word) in words.iter().enumerate() {
        let spans = all.spans_of(word);
        let size = spans.last().map_or(0.0, |span| span.size);
        let stretch = if number < gaps { stretch.min(MAX_STRETCH * size) } else { 0.0 };
        line.width = x + word.visible_width - if number == gaps { hung } else { 0.0 };
        if !all.is_trial {
            place_spans(spans, x, stretch, &mut placed);
        }
        x += word.width + stretch;
        for note in spans.iter().filter_map(|span| span.note) {
            line.notes.extend(Some(note).filter(|note| line.notes.last() != Some(note)));
        }
    }
    line.runs = placed.chunk_by(|one, next| one.span.has_format_of(next.span)).map(run_of_spans).collect();
    line
}

/// A span of a line.
struct PlacedSpan<'w> {
    span: &'w ShapedSpan,
    /// Its left end.
    x: Pt,
    /// The space behind its last glyph, in 1/1000 of the type size.
    space: f32,
}

impl PlacedSpan<'_> {
    fn width(&self) -> Pt {
        (self.span.shaped.width + self.space) * self.span.size / 1000.0
    }
}

/// Places the spans of a word from `x` on, with `space` behind its last glyph.
fn place_spans<'w>(spans: &'w [ShapedSpan], mut x: Pt, space: Pt, placed: &mut Vec<PlacedSpan<'w>>) {
    for (behind, span) in (1..).zip(spans) {
        let is_last = behind == spans.len() && space > 0.0 && span.size > 0.0 && !span.shaped.glyphs.is_empty();
        let space = if is_last { space * 1000.0 / span.size } else { 0.0 };
        let span = PlacedSpan { span, x, space };
        x += span.width();
        placed.push(span);
    }
}

/// The run of spans of one format.
fn run_of_spans(spans: &[PlacedSpan]) -> TextRun {
    let (first, shaped) = (&spans[0], || spans.iter().map(|placed| &placed.span.shaped));
    let mut text = String::with_capacity(shaped().map(|shaped| shaped.text.len()).sum());
    let mut glyphs = Vec::with_capacity(shaped().map(|shaped| shaped.glyphs.len()).sum());
    for placed in spans {
        text.push_str(&placed.span.shaped.text);
        glyphs.extend_from_slice(&placed.span.shaped.glyphs);
        glyphs.last_mut().into_iter().for_each(|glyph: &mut Glyph| glyph.advance += placed.space);
    }
    let ShapedSpan { size, colour, tag, rise, revision, .. } = *first.span;
    TextRun {
        x: first.x,
        baseline: 0.0 - rise,
        width: spans.iter().map(PlacedSpan::width).sum(),
        size,
        face: first.span.shaped.face,
        colour,
        text,
        glyphs,
        tag,
        revision,
    }
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

/// Whether words fit on one line of this width. There is at least one.
fn is_one_line(words: &[Word], width: Pt) -> bool {
    let Some((first, others)) = words.split_first() else { return false };
    let mut x = first.width - first.lead;
    let mut before = first;
    others.iter().all(|word| {
        let fits = !before.ends_line && x + word.visible_width - word.hang <= width + TOLERANCE;
        x += word.width;
        before = word;
        fits
    })
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

impl ShapedSpan {
    /// Whether both can be in one run.
    fn has_format_of(&self, other: &Self) -> bool {
        self.shaped.face == other.shaped.face
            && self.size == other.size
            && self.revision == other.revision
            && self.rise == other.rise
            && self.tag == other.tag
            && self.colour == other.colour
    }
}
