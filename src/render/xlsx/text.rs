//! Texts in cells: runs, truncation, widths and line counts.

use crate::present::document::{Inline, Revision};

/// The longest text to write; a cell takes at most 32,767 characters.
const MAX_TEXT: usize = 32_000;

/// A run of text; `is_mark` if it is a note mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub text: String,
    pub is_mark: bool,
}

/// The runs of a text, truncated and without empty ones; a note mark without a form of its language is written `[1]`.
pub(super) fn runs(inlines: &[Inline]) -> Vec<Run> {
    let mut runs = Vec::new();
    collect(inlines, &mut runs);
    let mut room = MAX_TEXT;
    for run in &mut runs {
        run.text = take_characters(&run.text, room).to_owned();
        room -= run.text.chars().count();
    }
    runs.retain(|run| !run.text.is_empty());
    runs
}

fn collect(inlines: &[Inline], runs: &mut Vec<Run>) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } | Inline::Script { text, .. } => push(runs, text),
            Inline::Figure(figure) => push(runs, &figure.text),
            Inline::LineBreak => push(runs, "\n"),
            // A workbook has no deleted text.
            Inline::Revised { how: Revision::Deleted, .. } => {}
            Inline::Strong { text }
            | Inline::Emphasis { text }
            | Inline::Link { text, .. }
            | Inline::Revised { text, .. } => collect(text, runs),
            Inline::NoteMark { number, mark, .. } => {
                runs.push(Run { text: mark_text(*number, mark.as_deref()), is_mark: true })
            }
        }
    }
}

/// The mark of a note.
pub(super) fn mark_text(number: usize, mark: Option<&str>) -> String {
    mark.map_or_else(|| format!("[{number}]"), str::to_owned)
}

fn push(runs: &mut Vec<Run>, text: &str) {
    match runs.last_mut() {
        Some(run) if !run.is_mark => run.text.push_str(text),
        _ => runs.push(Run { text: text.to_owned(), is_mark: false }),
    }
}

/// The text of all runs.
pub(super) fn join_runs(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Truncates a text to what a cell can hold.
pub(super) fn truncate(text: &str) -> &str {
    take_characters(text, MAX_TEXT)
}

fn take_characters(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(end, _)| &text[..end])
}

/// The approximate width of a text in a sans-serif font, in digits.
pub(super) fn width(text: &str) -> f64 {
    text.chars().map(letter_width).sum()
}

fn letter_width(letter: char) -> f64 {
    match letter {
        '0'..='9' => 1.0,
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | 'i' | 'j' | 'l' | 'f' | 't' | 'I' => 0.5,
        '(' | ')' | '-' | 'r' | '[' | ']' | '/' => 0.6,
        '—' | '%' | '@' | 'm' | 'w' | 'M' | 'W' => 1.6,
        'A'..='Z' => 1.25,
        '\u{1100}'..'\u{1200}' | '\u{2e80}'..'\u{a4d0}' | '\u{ac00}'..'\u{d7b0}' | '\u{f900}'..'\u{ffe7}' => 1.8,
        _ => 0.95,
    }
}

/// How many lines a text takes in a column of this width in digits, broken at spaces.
pub(super) fn line_count(text: &str, column: f64) -> u32 {
    text.split('\n').map(|line| wrapped_line_count(line, column)).sum()
}

fn wrapped_line_count(line: &str, column: f64) -> u32 {
    let (mut lines, mut used) = (1, 0.0);
    for word in line.split(' ') {
        let mut word = width(word);
        if used > 0.0 && used + 1.0 + word > column {
            lines += 1;
            used = 0.0;
        }
        while word > column {
            lines += 1;
            word -= column;
        }
        used += word + if used > 0.0 { 1.0 } else { 0.0 };
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_within_long_words() {
        assert_eq!(line_count("", 10.0), 1);
        assert_eq!(line_count("Thousands of it", 10.0), 2);
        assert_eq!(line_count("Thousands\nof it", 20.0), 2);
        assert_eq!(line_count(&"x".repeat(25), 10.0), 3);
        assert_eq!(line_count("売上高合計", 10.0), 1);
        assert_eq!(line_count("売上高合計だ", 10.0), 2);
    }

    #[test]
    fn a_mark_is_a_run_of_its_own() {
        let text = |text: &str| Inline::Text { text: text.into() };
        let mark = Inline::NoteMark { number: 2, id: "n".into(), occurrence: 1, mark: None };
        let runs = runs(&[text("a"), Inline::LineBreak, Inline::Strong { text: vec![text("b"), mark] }, text("c")]);
        assert_eq!(join_runs(&runs), "a\nb[2]c");
        assert_eq!(runs.iter().map(|run| run.is_mark).collect::<Vec<_>>(), [false, true, false]);
    }
}
