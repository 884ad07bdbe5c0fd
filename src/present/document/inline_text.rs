//! The words of a text without its markup, and the notes that it refers to.

use super::Inline;

/// A number in superscript digits.
pub fn superscript(number: usize) -> String {
    const FIGURES: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let figure = |c: char| c.to_digit(10).and_then(|digit| FIGURES.get(digit as usize)).copied().unwrap_or(c);
    number.to_string().chars().map(figure).collect()
}

/// The notes that a text refers to: number and id.
pub fn note_marks(inlines: &[Inline]) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    for inline in inlines {
        match inline {
            Inline::NoteMark { number, id, .. } => found.push((*number, id.as_str())),
            Inline::Strong { text }
            | Inline::Emphasis { text }
            | Inline::Link { text, .. }
            | Inline::Revised { text, .. } => found.extend(note_marks(text)),
            Inline::Text { .. }
            | Inline::Figure(_)
            | Inline::Code { .. }
            | Inline::Script { .. }
            | Inline::LineBreak => {}
        }
    }
    found
}

/// The text of inlines without any markup; note marks are left out.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } | Inline::Script { text, .. } => out.push_str(text),
            Inline::Figure(figure) => out.push_str(&figure.text),
            Inline::Strong { text }
            | Inline::Emphasis { text }
            | Inline::Link { text, .. }
            | Inline::Revised { text, .. } => out.push_str(&plain(text)),
            Inline::NoteMark { .. } => {}
            Inline::LineBreak => out.push(' '),
        }
    }
    out
}
