//! Lines filled with words, one after the other.

use super::{
    line::{Line, Measure},
    span::ShapedSpan,
    word::Word,
};
use crate::render::pdf::{page::TextRun, style::Pt};

/// Widths that were added up in another order differ by less than this.
const SLACK: Pt = 0.01;

/// The narrowest width, up to `most`, at which words make no more than so many lines.
pub fn narrowest_width(words: &[Word], lines: usize, most: Pt) -> Pt {
    let (mut low, mut high) = (words.iter().map(|word| word.visible_width).fold(0.0, Pt::max).min(most), most);
    if line_count(words, low) <= lines {
        return low;
    }
    // Each step halves the doubt; twelve leave less than a point of any page.
    for _ in 0..12 {
        let middle = (low + high) / 2.0;
        if line_count(words, middle) <= lines { high = middle } else { low = middle }
    }
    high
}

/// How many lines words of at most this width make.
pub fn line_count(words: &[Word], width: Pt) -> usize {
    let (mut lines, mut x) = (1, 0.0);
    for word in words {
        if x > 0.0 && x + word.visible_width > width + SLACK {
            (lines, x) = (lines + 1, 0.0);
        }
        x += word.width;
        if word.ends_line {
            (lines, x) = (lines + 1, 0.0);
        }
    }
    lines
}

/// How short the last line of a paragraph may be before it counts as uneven, as a share of the measure.
const SHORT: f32 = 0.2;
/// What the shortest last line costs: as much as another line with a gap of half the measure.
const SHORT_LINE_COST: f32 = 0.25;

/// Fills lines with words: as few lines as can be and, of all ways to make so many, the one with the most even right edge.
pub fn fill_lines(words: Vec<Word>, measure: Measure) -> Vec<Line> {
    let words = cut_long(words, measure);
    let mut starts = line_starts(&words, measure).into_iter().peekable();
    let mut lines: Vec<Line> = Vec::new();
    let mut x: Pt = 0.0;
    for (i, word) in words.into_iter().enumerate() {
        if starts.next_if_eq(&i).is_some() {
            lines.push(Line::default());
            x = 0.0;
        }
        let Some(line) = lines.last_mut() else { continue };
        line.width = x + word.visible_width;
        let width = word.width;
        word.shaped_spans.into_iter().fold(x, |x, shaped_span| line.push(shaped_span, x));
        x += width;
    }
    lines
}

/// Cuts words that are wider than a line; each begins a line of its own.
fn cut_long(words: Vec<Word>, measure: Measure) -> Vec<Word> {
    let least = measure.width - measure.hang;
    if words.iter().all(|word| word.visible_width <= least + SLACK) {
        return words;
    }
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        if word.visible_width > least + SLACK
            && let Some(before) = out.last_mut()
        {
            before.ends_line = true;
        }
        out.extend(word.split_if_wider(least));
    }
    out
}

/// The words that begin a line.
fn line_starts(words: &[Word], measure: Measure) -> Vec<usize> {
    let count = words.len();
    // The best way to set everything before each word: lines, unevenness, and where the last of these lines begins.
    let mut best = vec![(usize::MAX, f32::INFINITY, 0); count + 1];
    best[0] = (0, 0.0, 0);
    for start in 0..count {
        let (lines, uneven, _) = best[start];
        let limit = if start == 0 { measure.width } else { measure.width - measure.hang };
        let mut x: Pt = 0.0;
        for (end, word) in (start + 1..).zip(&words[start..]) {
            if end > start + 1 && x + word.visible_width > limit + SLACK {
                break;
            }
            let closes = word.ends_line || end == count;
            let cost = uneven + unevenness(x + word.visible_width, limit, closes, start > 0);
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

/// How uneven a line is that is filled so far.
fn unevenness(filled: Pt, limit: Pt, closes: bool, follows: bool) -> f32 {
    let share = (filled / limit).clamp(0.0, 1.0);
    match closes {
        true if follows && share < SHORT => SHORT_LINE_COST * (1.0 - share / SHORT),
        true => 0.0,
        false => (1.0 - share) * (1.0 - share),
    }
}

impl Line {
    /// Appends a piece at `x`, to the last run if it continues it; gives where it ends.
    fn push(&mut self, shaped_span: ShapedSpan, x: Pt) -> Pt {
        let width = shaped_span.shaped.width * shaped_span.size / 1000.0;
        self.notes.extend(shaped_span.note.filter(|note| self.notes.last() != Some(note)));
        match self.runs.last_mut() {
            Some(run) if continues(run, &shaped_span) => {
                run.text.push_str(&shaped_span.shaped.text);
                run.glyphs.extend_from_slice(&shaped_span.shaped.glyphs);
                run.width += width;
            }
            _ => self.runs.push(TextRun {
                x,
                baseline: 0.0,
                width,
                size: shaped_span.size,
                face: shaped_span.shaped.face,
                colour: shaped_span.colour,
                text: shaped_span.shaped.text,
                glyphs: shaped_span.shaped.glyphs,
                tag: shaped_span.tag,
            }),
        }
        x + width
    }
}

fn continues(run: &TextRun, shaped_span: &ShapedSpan) -> bool {
    run.face == shaped_span.shaped.face
        && run.size == shaped_span.size
        && run.tag == shaped_span.tag
        && run.colour == shaped_span.colour
}
