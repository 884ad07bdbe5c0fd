//! Errors of TOML's syntax: all of a file, each mistake once.

use std::ops::Range;

use toml::de::DeTable;

/// How many lists without an end are told of one file.
const MOST: usize = 20;

/// What is wrong with the syntax of a text, and where. One error a line: the parser's others there follow from it.
pub fn errors(text: &str) -> Vec<(String, Range<usize>)> {
    let mut text = text.to_owned();
    let mut found = Vec::new();
    // A list without an end swallows the rest of the file: it is told, taken out, and the rest is read again.
    for _ in 0..MOST {
        let Some(open) = unclosed(&text) else { break };
        let end = text[open..].find('\n').map_or(text.len(), |len| open + len);
        found.push((String::from("a list that begins here does not end, expected `]`"), open..open + 1));
        let start = text[..open].rfind('\n').map_or(0, |at| at + 1);
        text.replace_range(start..end, &" ".repeat(end - start));
    }
    let (_, errors) = DeTable::parse_recoverable(&text);
    let mut last = None;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let line = text.get(..span.start).map(|before| before.matches('\n').count());
        if line.is_none() || line != last {
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            found.push((message, span));
        }
        last = line;
    }
    found.sort_by_key(|(_, span)| span.start);
    found
}

/// Where a list begins that is still open on a line that begins a key or a table of its own.
fn unclosed(text: &str) -> Option<usize> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some((at, '[')) = open.last().filter(|_| begins_anew(line)) {
            return Some(*at);
        }
        brackets(line, start, &mut open);
        start += line.len();
    }
    open.into_iter().find(|(_, bracket)| *bracket == '[').map(|(at, _)| at)
}

/// `key =`, `[table]` or `[[table]]`.
fn begins_anew(line: &str) -> bool {
    let is_key = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    };
    let line = line.trim();
    let header = line.strip_prefix('[').and_then(|rest| rest.trim_start_matches('[').strip_suffix(']'));
    let key = line.split_once('=').map(|(key, _)| key.trim());
    header.map(|header| header.trim_end_matches(']')).into_iter().chain(key).any(is_key)
}

/// Follows the brackets of a line; those in one-line strings and comments do not count.
fn brackets(line: &str, start: usize, open: &mut Vec<(usize, char)>) {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some('"'), '\\') if !escaped => {
                escaped = true;
                continue;
            }
            (Some(mark), _) if c == mark && !escaped => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '#') => break,
            (None, '[' | '{') => open.push((start + at, c)),
            (None, ']' | '}') => _ = open.pop(),
            _ => {}
        }
        escaped = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_an_end_is_one_mistake() {
        let text = "a = [1, 2\nb = 3\n[[c]]\nd = \"x]\" # ]\ne = [\"[\",\n  [1], # [\n]\nf = nothing\ng = [\n";
        let found: Vec<_> = errors(text).into_iter().map(|(_, span)| span.start).collect();
        assert_eq!(found, [4, text.find("nothing").unwrap(), text.rfind('[').unwrap()]);
        assert!(errors("a = [\n  [1],\n  { b = 2 },\n]\n[c]\n'''[\n'''").len() == 1);
    }
}
