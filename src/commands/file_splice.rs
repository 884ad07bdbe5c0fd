//! Changes of a file that keep everything around them: comments, order, digits and line ends.
//!
//! The crate `toml_edit` prints the whole file anew, with other line ends, without a byte order mark, and with dotted keys in
//! another order.

use std::ops::Range;

/// A range of a file's text and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    pub range: Range<usize>,
    pub with: String,
}

/// A text with the splices made, none of which overlap. Gives where each of them is then, with what came beside it.
pub fn spliced<T>(text: &str, mut splices: Vec<(Splice, T)>) -> (String, Vec<(Range<usize>, T)>) {
    splices.sort_by_key(|(splice, _)| (splice.range.start, splice.range.end));
    let (mut out, mut ranges, mut done) = (String::with_capacity(text.len()), Vec::new(), 0);
    for (Splice { range, with }, beside) in splices {
        out.push_str(text.get(done..range.start).unwrap_or_default());
        ranges.push((out.len()..out.len() + with.len(), beside));
        out.push_str(&with);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    (out, ranges)
}

/// A string of TOML: in single quotes where double ones would need escapes that single ones do not.
pub fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) && !text.contains('\'') && !text.contains(char::is_control) {
        return format!("'{text}'");
    }
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if letter.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}
