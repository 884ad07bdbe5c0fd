//! What is taken out of a file together with a value: its key, its comma, and its line if nothing else is on it.

use std::ops::Range;

/// The range that goes with an entry of a table in braces, an item of a list or a line `key = value`.
pub fn entry(text: &str, range: Range<usize>) -> Range<usize> {
    let Range { start, mut end } = range;
    let rest = &text[end..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let has_comma = rest[blank..].starts_with(',');
    if has_comma {
        end += blank + 1;
    }
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    let behind = text[end..line_end].trim();
    if text[line_start..start].trim().is_empty() && (behind.is_empty() || behind.starts_with('#')) {
        return line_start..line_end;
    }
    if has_comma {
        end += text[end..].len() - text[end..].trim_start_matches([' ', '\t']).len();
        return start..end;
    }
    let before = text[..start].trim_end_matches([' ', '\t']);
    if before.ends_with(',') { before.len() - 1..end } else { start..end }
}

/// The range of a block `[[name]]` that begins at `start`, up to the next head of a table, with the comment directly above it.
/// `inside` are the ranges of all values: a line that begins within one is no head.
pub fn block(text: &str, start: usize, inside: &[Range<usize>]) -> Range<usize> {
    let mut begin = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let head = begin;
    while begin > 0 {
        let above = text[..begin - 1].rfind('\n').map_or(0, |at| at + 1);
        if !text[above..begin].trim_start().starts_with('#') {
            break;
        }
        begin = above;
    }
    let mut end = text.len();
    let mut at = text[head..].find('\n').map_or(text.len(), |len| head + len + 1);
    let mut comment = None;
    while at < text.len() {
        let next = text[at..].find('\n').map_or(text.len(), |len| at + len + 1);
        let line = text[at..next].trim_start();
        let is_value = inside.iter().any(|range| range.start < at && at < range.end);
        if line.starts_with('[') && !is_value {
            end = comment.unwrap_or(at);
            break;
        }
        // A comment above the next head belongs to it.
        comment = if line.starts_with('#') && !is_value { comment.or(Some(at)) } else { None };
        at = next;
    }
    begin..end
}
