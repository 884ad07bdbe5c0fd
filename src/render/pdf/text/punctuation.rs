//! Marks of scripts without spaces between words, which fill half of their square: they are set close to one another and to the
//! edges of lines.

use std::rc::Rc;

use crate::render::pdf::{page::Glyph, shaping::ShapedText, style::Pt};

/// The advance of a full square, and what a mark leaves free of it, in 1/1000 of the type size.
const FULL: f32 = 900.0;
const HALF: f32 = 500.0;

/// Whether a mark fills the right half of its square.
fn is_opening(c: char) -> bool {
    matches!(c, '（' | '「' | '『' | '【' | '〔' | '［' | '｛' | '〈' | '《')
}

/// Whether a mark fills the left half of its square.
fn is_closing(c: char) -> bool {
    matches!(c, '）' | '」' | '』' | '】' | '〕' | '］' | '｝' | '〉' | '》' | '、' | '。' | '，' | '．')
}

/// Whether the space between two marks is only that of one of them.
fn are_close(c: char, next: char) -> bool {
    is_closing(c) && (is_closing(next) || is_opening(next)) || is_opening(c) && is_opening(next)
}

/// Brings the marks of a shaped text together; `next` is the character after it.
pub fn close_marks(shaped: &mut Rc<ShapedText>, next: Option<char>) {
    let close: Vec<usize> = close_marks_of(shaped, next).collect();
    if close.is_empty() {
        return;
    }
    let shaped = Rc::make_mut(shaped);
    for glyph in close {
        shaped.glyphs[glyph].advance -= HALF;
    }
    shaped.width = shaped.glyphs.iter().map(|glyph| glyph.advance).sum();
}

/// The indices of the glyphs that are set close to the character after them.
fn close_marks_of(shaped: &ShapedText, next: Option<char>) -> impl Iterator<Item = usize> {
    let mut rest = shaped.text.as_str();
    let is_close = move |glyph: &Glyph| {
        let (own, tail) = rest.split_at_checked(usize::from(glyph.bytes))?;
        rest = tail;
        let mut own = own.chars();
        let (Some(c), None) = (own.next(), own.next()) else { return Some(false) };
        Some(glyph.advance >= FULL && tail.chars().next().or(next).is_some_and(|next| are_close(c, next)))
    };
    let marks = shaped.glyphs.iter().map_while(is_close);
    marks.enumerate().filter_map(|(glyph, is_close)| is_close.then_some(glyph))
}

/// Whether the left half of the square of the first mark of a line may stand out on its left.
pub fn leads(first: Option<char>, glyph: Option<&Glyph>) -> bool {
    first.is_some_and(is_opening) && is_square(glyph)
}

/// Whether the right half of the square of the last mark of a line may stand out on its right.
pub fn trails(last: Option<char>, glyph: Option<&Glyph>) -> bool {
    last.is_some_and(is_closing) && is_square(glyph)
}

fn is_square(glyph: Option<&Glyph>) -> bool {
    glyph.is_some_and(|glyph| glyph.advance >= FULL)
}

/// Half of a square, in points.
pub fn free_half(size: Pt) -> Pt {
    HALF * size / 1000.0
}
