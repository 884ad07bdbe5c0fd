//! Marks of items: numbers of headings, list items and notes, which state no amount.

use std::ops::Range;

use super::number_search::{ends_with, starts_with};
use crate::{diag::Place, model::narrow_text};

/// The patterns of a language for marks of items, such as `（#）` and `#．`.
pub struct ItemMarks(Vec<(String, String)>);

impl ItemMarks {
    /// The patterns, with `#` for the number.
    pub fn new(patterns: &[String]) -> Self {
        let parts = patterns.iter().filter_map(|pattern| pattern.split_once('#'));
        Self(parts.map(|(before, after)| (narrow_text(before), narrow_text(after))).collect())
    }

    /// Whether a number in a text is the mark of an item: enclosed by such a pattern or, at the head of a block, followed by one.
    /// `at` is the place of the text.
    pub fn is_mark(&self, text: &str, number: &Range<usize>, at: &Place) -> bool {
        let mark = &text[number.clone()];
        if self.0.is_empty() || !is_item_number(mark) {
            return false;
        }
        if mark.chars().all(is_enclosed) {
            return true;
        }
        let (before, after) = (&text[..number.start], &text[number.end..]);
        let goes_on = |end: &str| {
            let rest = after.chars().nth(end.chars().count());
            !end.is_empty() && !end.ends_with(')') && rest.is_some_and(char::is_numeric)
        };
        self.0.iter().any(|(start, end)| {
            let is_at_head = || is_head(text, number.start, at);
            let begins = if start.is_empty() { is_at_head() } else { ends_with(before.trim_end(), start) };
            begins && starts_with(after, end) && !goes_on(end)
        })
    }
}

/// One or two digits, a circled number, or a Roman numeral.
fn is_item_number(text: &str) -> bool {
    text.chars().count() <= 2 && text.chars().all(char::is_numeric)
}

/// Circled numbers, those in parentheses and those with a full stop; Roman numerals of one character.
fn is_enclosed(c: char) -> bool {
    matches!(c, '\u{2160}'..='\u{2188}' | '\u{2460}'..='\u{249B}' | '\u{24EA}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{325F}' | '\u{3280}'..='\u{32BF}')
}

/// Whether nothing but marks of a block stands before a number on its line.
fn is_head(text: &str, start: usize, at: &Place) -> bool {
    let is_mark = |c: char| c.is_whitespace() || "#>*-+_|".contains(c);
    let typed = text[..start].rsplit('\n').next().unwrap_or_default();
    let is_first_line = typed.len() == start;
    let file = at.source.text.get(..at.start).unwrap_or_default();
    let before = file.rsplit('\n').next().unwrap_or_default();
    typed.chars().all(is_mark) && (!is_first_line || before.ends_with('"') || before.chars().all(is_mark))
}
