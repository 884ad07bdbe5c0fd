//! Lines filled with words, one after the other.

use super::{
    Line, Measure, Pt, Run,
    word::{Piece, Word},
};

/// The narrowest width, up to `most`, at which words make no more than so many lines.
pub fn narrowest(words: &[Word], lines: usize, most: Pt) -> Pt {
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
pub fn count(words: &[Word], width: Pt) -> usize {
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

/// Fills lines with words.
pub fn fill(words: Vec<Word>, measure: Measure) -> Vec<Line> {
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
