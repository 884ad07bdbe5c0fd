//! Marks of items: numbers of headings, list items and notes, which state no amount.

use std::ops::Range;

use super::number_search::{ends_with, starts_with};
use crate::{diag::Place, model::narrow_text};

/// The patterns of a language for marks of items, such as `（#）` and `#．`.
pub struct ItemMarks(Vec<Pattern>);

struct Pattern {
    is_at_head: bool,
    before: String,
    after: String,
}

impl ItemMarks {
    /// The patterns, with `#` for the number. One that begins with it, or with `^`, is a mark at the head of a block only.
    pub fn new(patterns: &[String]) -> Self {
        let parts = patterns.iter().filter_map(|pattern| pattern.split_once('#'));
        let pattern = |(before, after): (&str, &str)| {
            let at_head = before.strip_prefix('^');
            Pattern {
                is_at_head: at_head.is_some() || before.is_empty(),
                before: narrow_text(at_head.unwrap_or(before)),
                after: narrow_text(after),
            }
        };
        Self(parts.map(pattern).collect())
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
        self.0.iter().any(|pattern| {
            let start = before.trim_end();
            let encloses = ends_with(start, &pattern.before) && starts_with(after, &pattern.after);
            encloses && !pattern.goes_on(after) && (!pattern.is_at_head || is_head(text, pattern.begin(before), at))
        })
    }
}

impl Pattern {
    /// Where the mark begins in a text that ends before its number.
    fn begin(&self, text: &str) -> usize {
        let before = self.before.chars().count();
        before
            .checked_sub(1)
            .and_then(|last| text.trim_end().char_indices().rev().nth(last))
            .map_or(text.len(), |(at, _)| at)
    }

    /// Whether more of a number or of a sentence follows the mark, which is then the beginning of it: `1.5`, `(5) million`.
    fn goes_on(&self, after: &str) -> bool {
        let next = after.chars().nth(self.after.chars().count());
        let is_closed = self.after.is_empty() || self.after.ends_with(')');
        next.is_some_and(|next| (!is_closed && next.is_numeric()) || (self.after.ends_with(' ') && next.is_lowercase()))
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

/// Whether nothing but marks of a block stands before a number on its line, and no sentence goes on there from the line above.
fn is_head(text: &str, start: usize, at: &Place) -> bool {
    let is_mark = |c: char| c.is_whitespace() || "#>*-+_|".contains(c);
    let (above, typed) =
        text[..start].rsplit_once('\n').map_or((None, &text[..start]), |(above, typed)| (Some(above), typed));
    if !typed.chars().all(is_mark) {
        return false;
    }
    if let Some(above) = above {
        return is_end(above);
    }
    let file = at.source.text.get(..at.start).unwrap_or_default();
    let (above, before) = file.rsplit_once('\n').unwrap_or(("", file));
    let is_open = before.trim().is_empty() && typed.trim().is_empty();
    before.ends_with('"') || (before.chars().all(is_mark) && (!is_open || is_end(above)))
}

/// Whether a block or a line that was broken on purpose ends with this text.
fn is_end(text: &str) -> bool {
    let line = text.rsplit('\n').next().unwrap_or_default();
    ["", "+++", "---"].contains(&line.trim()) || line.ends_with("  ") || line.ends_with('\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Source;

    fn is_mark(patterns: &[&str], text: &str) -> bool {
        let patterns: Vec<_> = patterns.iter().map(|pattern| String::from(*pattern)).collect();
        let start = text.find(|c: char| c.is_numeric()).unwrap_or_default();
        let length = text[start..].find(|c: char| !c.is_numeric()).unwrap_or(text.len() - start);
        let at = Place::new(&Source::new("page.md", text), 0..text.len());
        ItemMarks::new(&patterns).is_mark(text, &(start..start + length), &at)
    }

    #[test]
    fn a_mark_at_the_head_of_a_block_is_no_number_in_a_sentence() {
        let english = ["^#. ", "^#) ", "^(#) "];
        for text in ["1. Overview", "## (1) Operating results", "2) Others", "（3） Notes", "None\\\n2. Others"] {
            assert!(is_mark(&english, text), "{text}");
        }
        for text in
            ["Sales (1) Overview", "(5) million", "1.5 times", "3 stores", "(123) Overview", "fell to 5. Overview"]
        {
            assert!(!is_mark(&english, text), "{text}");
        }
    }

    #[test]
    fn a_mark_that_encloses_its_number_stands_anywhere() {
        assert!(is_mark(&["（#）"], "売上高（1）"));
        assert!(is_mark(&["#．"], "1．概況") && !is_mark(&["#．"], "1．5倍") && !is_mark(&["#．"], "売上1．概況"));
    }
}
