//! Finds raised and lowered text: `m^2^`, `CO~2~`.

use std::ops::Range;

use super::document::{Inline, ScriptPosition};

/// The most characters that are raised or lowered.
const MAX_CHARACTERS: usize = 12;
/// Stand for a caret and a tilde that a backslash escapes, while text is merged. Input may not hold such characters.
const ESCAPED: [(char, char); 2] = [('^', '\u{E003}'), ('~', '\u{E004}')];

/// Marks the first character of a text as escaped, if it is a caret or tilde.
pub(super) fn escape(text: &str) -> Option<String> {
    let first = text.chars().next()?;
    let (_, mark) = ESCAPED.iter().find(|(sign, _)| *sign == first)?;
    Some(format!("{mark}{}", &text[first.len_utf8()..]))
}

/// The text with its escaped characters as they are printed.
fn unescape(text: &str) -> String {
    let mut text = text.to_owned();
    for (sign, mark) in ESCAPED {
        if text.contains(mark) {
            text = text.replace(mark, &sign.to_string());
        }
    }
    text
}

/// The inlines of a text: what stands between `^` is raised, what stands between `~` lowered.
pub(super) fn text_inlines(text: &str) -> Vec<Inline> {
    if !text.contains(['^', '~', ESCAPED[0].1, ESCAPED[1].1]) {
        return if text.is_empty() { Vec::new() } else { vec![Inline::Text { text: text.to_owned() }] };
    }
    let mut inlines = Vec::new();
    let mut done = 0;
    while let Some((range, position)) = next_script(text, done) {
        inlines.push(Inline::Text { text: unescape(&text[done..range.start]) });
        inlines.push(Inline::Script { position, text: text[range.start + 1..range.end - 1].to_owned() });
        done = range.end;
    }
    inlines.push(Inline::Text { text: unescape(&text[done..]) });
    inlines.retain(|inline| !matches!(inline, Inline::Text { text } if text.is_empty()));
    inlines
}

/// The parts of a text that were typed as numbers or words, with their places in it. What is raised or lowered behind a
/// letter belongs to the word: `CO~2~`.
pub(super) fn typed_parts(text: &str) -> Vec<(Range<usize>, String)> {
    let mut ranges = Vec::new();
    let mut done = 0;
    while let Some((range, _)) = next_script(text, done) {
        ranges.push(done..range.start);
        if !text[..range.start].ends_with(|c: char| c.is_alphabetic() || matches!(c, ')' | ']')) {
            ranges.push(range.start + 1..range.end - 1);
        }
        done = range.end;
    }
    ranges.push(done..text.len());
    ranges.into_iter().filter(|range| !range.is_empty()).map(|range| (range.clone(), unescape(&text[range]))).collect()
}

/// The first raised or lowered text at or after a byte, its marks included.
fn next_script(text: &str, from: usize) -> Option<(Range<usize>, ScriptPosition)> {
    text[from..].match_indices(['^', '~']).find_map(|(at, mark)| {
        let start = from + at;
        let inner = text[start + 1..].split(mark).next().unwrap_or_default();
        let end = start + inner.len() + 2;
        let is_closed = text.get(start + 1 + inner.len()..end) == Some(mark) && !text[end..].starts_with(mark);
        let before = text[..start].chars().next_back();
        let (position, follows) = match mark {
            "^" => (ScriptPosition::Superscript, before != Some('^')),
            // `2~3` is a range.
            _ => (ScriptPosition::Subscript, before.is_some_and(|c| c.is_alphabetic() || matches!(c, ')' | ']'))),
        };
        (is_closed && follows && is_script(inner)).then_some((start..end, position))
    })
}

/// Whether a text may be raised or lowered: letters and digits, with signs.
fn is_script(text: &str) -> bool {
    let bare = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or(text);
    let is_letter = |c: char| c.is_alphanumeric() && c < '\u{400}';
    !bare.is_empty()
        && text.chars().count() <= MAX_CHARACTERS
        && bare.chars().all(|c| is_letter(c) || matches!(c, '+' | '-' | '−' | '*' | '†' | '‡' | '§' | '®' | '™'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_between_marks_are_raised_or_lowered() {
        let read = |text: &str| {
            let inlines = text_inlines(text).into_iter().map(|inline| match inline {
                Inline::Text { text } => text,
                Inline::Script { position: ScriptPosition::Superscript, text } => format!("<sup>{text}</sup>"),
                Inline::Script { text, .. } => format!("<sub>{text}</sub>"),
                _ => String::new(),
            });
            inlines.collect::<String>()
        };
        assert_eq!(
            read("t CO~2~e per m^2^, Acme^TM^ n^(1)^"),
            "t CO<sub>2</sub>e per m<sup>2</sup>, Acme<sup>TM</sup> n<sup>(1)</sup>"
        );
        let typed: Vec<_> = typed_parts("t CO~2~e 10^6^").into_iter().map(|(_, text)| text).collect();
        assert_eq!(typed, ["t CO", "e 10", "6"]);
        for text in
            ["2~3 and 4~5", "1月~3月と4月~6月", "10~20,30~40", "a~~b~~", "^IXIC and ^DJI", "x^^2^^", "~5%", "a^b", ""]
        {
            assert_eq!(read(text), text);
        }
        let escaped = escape("^2").unwrap_or_default();
        assert_eq!(read(&format!("m{escaped}^")), "m^2^");
    }
}
