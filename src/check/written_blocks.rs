//! The blocks of a page of the narrative as they are written, and their words.

use std::ops::Range;

use crate::model::is_run_on;

/// The headings, paragraphs, items and notes of a text in Markdown, by their bytes.
pub fn written_blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let written = line.trim();
        let indent = line.len() - line.trim_start().len();
        let own = start + indent..start + indent + written.len();
        start += line.len();
        if written.is_empty() {
            is_open = false;
            continue;
        }
        match blocks.last_mut().filter(|_| is_open && !begins_block(written)) {
            Some(block) => block.end = own.end,
            None => blocks.push(own),
        }
        // A heading is one line.
        is_open = !written.starts_with('#');
    }
    blocks
}

/// Whether a line begins a block whatever stands above it.
fn begins_block(line: &str) -> bool {
    let is_item = || {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = if rest.len() < line.len() {
            rest.strip_prefix(['.', ')'])
        } else {
            line.strip_prefix(['-', '*', '+', ':'])
        };
        rest.is_some_and(|rest| rest.starts_with(' '))
    };
    line.starts_with(['#', '>', '|']) || line.starts_with("[^") || is_item()
}

/// The words of a text in lower case, without those of `names`. Calls in braces, and words with a digit, are none. Letters of a script
/// without spaces between words are a word each.
pub fn words_in(text: &str, names: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for typed in outside_calls(text) {
        let mut typed = text[typed].to_lowercase();
        for name in names {
            typed = typed.replace(name.as_str(), " ");
        }
        let words = typed.split(|c: char| !c.is_alphanumeric());
        found.extend(words.flat_map(parts).filter(|word| !word.chars().any(char::is_numeric)).map(str::to_owned));
    }
    found
}

/// The parts of a text that are not within `{{ … }}`.
pub fn outside_calls(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(open) = text[start..].find("{{").map(|at| start + at) {
        parts.push(start..open);
        let Some(close) = text[open..].find("}}").map(|at| open + at + 2) else { return parts };
        start = close;
    }
    parts.push(start..text.len());
    parts
}

/// A stretch of letters and digits, divided at letters that stand beside the next word without a space.
fn parts(stretch: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut was_alone = true;
    for (at, c) in stretch.char_indices() {
        let is_alone = is_run_on(c);
        if at > start && (is_alone || was_alone) {
            parts.push(&stretch[start..at]);
            start = at;
        }
        was_alone = is_alone;
    }
    if start < stretch.len() {
        parts.push(&stretch[start..]);
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_divided_into_headings_paragraphs_and_items() {
        let page = "# Results\nSales\nrose.\n\n- one\n  more\n- two\n1. three\n[^a]: note\n";
        let blocks: Vec<_> = written_blocks(page).into_iter().map(|block| &page[block]).collect();
        assert_eq!(blocks, ["# Results", "Sales\nrose.", "- one\n  more", "- two", "1. three", "[^a]: note"]);
        assert!(written_blocks(" \n\n").is_empty());
    }

    #[test]
    fn words_do_not_hold_figures_numbers_and_names_of_periods() {
        let words = |text: &str| words_in(text, &["first half".to_owned()]).join(" ");
        assert_eq!(
            words("*Sales* of the First half, to June 30,\n2026, {{ \"x\" | amount }} up"),
            "sales of the to june up"
        );
        assert_eq!(words("2026年3月期のACMEは"), "年 月 期 の acme は");
        assert_eq!(words("open {{ \"x"), "open");
    }
}
