//! Finds all TOML syntax errors of a file, each mistake once.

use std::ops::Range;

use toml::de::DeTable;

/// The maximum number of unclosed lists reported in one file.
const MAX_UNCLOSED_LISTS: usize = 20;
/// The parser's message for nesting that is too deep.
const NESTED: &str = "cannot recurse further; max recursion depth met";

/// All syntax errors of a text, with their places; one for each line, because further errors on a line follow from the
/// first.
pub fn find_errors(text: &str) -> Vec<(String, Range<usize>)> {
    let mut text = text.to_owned();
    let mut found = Vec::new();
    // An unclosed list hides the rest of the file: report it, blank it out, and parse again.
    for _ in 0..MAX_UNCLOSED_LISTS {
        let Some(open) = Brackets::unclosed(&text) else { break };
        let end = text[open..].find('\n').map_or(text.len(), |len| open + len);
        found.push((String::from("this list has no end, expected `]`"), open..open + 1));
        let start = text[..open].rfind('\n').map_or(0, |at| at + 1);
        text.replace_range(start..end, &" ".repeat(end - start));
    }
    let (_, errors) = DeTable::parse_recoverable(&text);
    let mut last = None;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let line = text.get(..span.start).map(|before| before.rfind('\n'));
        if line.is_none() || line != last {
            let message = match error.message() {
                NESTED => String::from("lists or tables are nested too deeply"),
                message => message.lines().collect::<Vec<_>>().join(", "),
            };
            found.push((message, span));
        }
        last = line;
    }
    found.sort_by_key(|(_, span)| span.start);
    found
}

/// The help for a `[[key]]` at this place if `key = [` is above it, and for a `[key.part]` if `key = {` is, neither of which TOML
/// allows.
pub fn help_for_header(text: &str, span: &Range<usize>) -> Option<String> {
    let start = text.get(..span.start)?.rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next()?.trim();
    let is_above = |key: &str, open: char| {
        let is_value = |line: &str| {
            let value = line.trim_start().strip_prefix(key).and_then(|rest| rest.trim_start().strip_prefix('='));
            value.is_some_and(|value| value.trim_start().starts_with(open))
        };
        text[..start].lines().any(is_value)
    };
    if let Some((key, _)) = line.strip_prefix("[[").and_then(|line| line.split_once("]]")) {
        let key = key.trim();
        let help = || format!("`{key} = [` is written above: add to that list, or write every entry as `[[{key}]]`");
        return is_above(key, '[').then(help);
    }
    let (key, part) = line.strip_prefix('[')?.split_once(']')?.0.split_once('.')?;
    let (key, part) = (key.trim(), part.trim());
    let help = || format!("`{key} = {{` is written above: write `{part} = {{ … }}` within its braces");
    is_above(key, '{').then(help)
}

/// The open brackets at a position in a text, apart from those in strings and comments.
#[derive(Default)]
struct Brackets {
    open: Vec<(usize, char)>,
    /// The delimiter of the multi-line string around the position.
    string: Option<&'static str>,
    /// The start of a list that is open when a `}` closes its table.
    crossed: Option<usize>,
}

impl Brackets {
    /// The start of a list that is still open on a line that starts a new key or table, or where its table ends.
    fn unclosed(text: &str) -> Option<usize> {
        let mut brackets = Self::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if let Some((at, '[')) = brackets.open.last().filter(|_| brackets.string.is_none() && starts_entry(line)) {
                return Some(*at);
            }
            brackets.scan_line(line, start);
            if brackets.crossed.is_some() {
                return brackets.crossed;
            }
            start += line.len();
        }
        brackets.open.into_iter().find(|(_, bracket)| *bracket == '[').map(|(at, _)| at)
    }

    fn scan_line(&mut self, line: &str, start: usize) {
        let mut at = 0;
        while let Some(c) = line[at..].chars().next() {
            let rest = &line[at..];
            at += match (self.string, c) {
                (Some(end), _) if rest.starts_with(end) => {
                    self.string = None;
                    end.len()
                }
                (Some(_), _) => c.len_utf8(),
                (None, '"' | '\'') => self.skip_string(rest),
                (None, '#') => return,
                (None, '[' | '{') => {
                    self.open.push((start + at, c));
                    1
                }
                (None, ']' | '}') => {
                    let opened = self.open.pop();
                    if let Some((at, '[')) = opened.filter(|_| c == '}') {
                        self.crossed = Some(at);
                        return;
                    }
                    1
                }
                _ => c.len_utf8(),
            };
        }
    }

    /// The length of a single-line string, or of the delimiter that starts a multi-line string.
    fn skip_string(&mut self, rest: &str) -> usize {
        if let Some(mark) = ["\"\"\"", "'''"].into_iter().find(|mark| rest.starts_with(mark)) {
            self.string = Some(mark);
            return mark.len();
        }
        let mark = rest.chars().next();
        let mut escaped = false;
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' if mark == Some('"') => escaped = true,
                _ if Some(c) == mark => return at + 1,
                _ => {}
            }
        }
        rest.len()
    }
}

/// `key =`, `[table]` or `[[table]]`.
fn starts_entry(line: &str) -> bool {
    let is_key = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
    };
    let line = line.trim();
    let header = line.strip_prefix('[').and_then(|rest| rest.trim_start_matches('[').strip_suffix(']'));
    let key = line.split_once('=').map(|(key, _)| key.trim());
    header.map(|header| header.trim_end_matches(']')).into_iter().chain(key).any(is_key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_an_end_is_one_mistake() {
        let text = "a = [1, 2\nb = 3\n[[c]]\nd = \"x]\\\"]\" # ]\ne = [\"[\",\n  [1], # [\n]\nf = nothing\ng = [\n";
        let found: Vec<_> = find_errors(text).into_iter().map(|(_, span)| span.start).collect();
        assert_eq!(found, [4, text.find("nothing").unwrap(), text.rfind('[').unwrap()]);
    }

    #[test]
    fn a_list_without_an_end_in_a_row_is_told_in_that_row() {
        let text = "line = [\n  { id = \"a\", values = [1, 2] },\n  { id = \"b\", values = [3, 4 },\n  { id = \"c\", values = [5, 6] },\n]\n";
        let found: Vec<_> = find_errors(text).into_iter().map(|(_, span)| span.start).collect();
        assert_eq!(found, [text.find("[3").unwrap()]);
    }

    #[test]
    fn brackets_in_strings_of_several_lines_are_text() {
        assert_eq!(Brackets::unclosed("a = [\n  [1],\n  { b = 2 },\n]\nd = '''\n[ it's\n'''\ne = 1\n"), None);
    }
}
