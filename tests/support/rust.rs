//! Parses Rust sources as far as the architecture tests need: comments, strings, tests and paths.

use std::ops::Range;

/// A source with what is not looked at blanked out. All forms have the same length and the same lines.
pub struct Source {
    /// Without comments and without what stands in string and character literals.
    pub code: String,
    /// Without comments.
    pub code_and_texts: String,
    /// Comments alone.
    pub comments: String,
}

/// What a stretch of a source is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Code,
    Text,
    Comment,
}

impl Source {
    /// Tells the stretches of a source apart.
    pub fn new(source: &str) -> Self {
        let stretches = stretches(source);
        let keep = |kinds: &[Kind]| {
            let mut out = String::with_capacity(source.len());
            for (kind, range) in &stretches {
                if kinds.contains(kind) {
                    out.push_str(&source[range.clone()])
                } else {
                    blank(&source[range.clone()], &mut out)
                }
            }
            out
        };
        Self {
            code: keep(&[Kind::Code]),
            code_and_texts: keep(&[Kind::Code, Kind::Text]),
            comments: keep(&[Kind::Comment]),
        }
    }

    /// The code without the items that are only compiled for tests.
    pub fn code_without_tests(&self) -> String {
        const MARK: &str = "#[cfg(test)]";
        let mut out = String::with_capacity(self.code.len());
        let mut rest = self.code.as_str();
        while let Some(at) = rest.find(MARK) {
            out.push_str(&rest[..at]);
            let end = at + MARK.len() + item(&rest[at + MARK.len()..]);
            blank(&rest[at..end], &mut out);
            rest = &rest[end..];
        }
        out + rest
    }
}

/// As many bytes of blanks, on as many lines.
fn blank(text: &str, out: &mut String) {
    text.bytes().for_each(|byte| out.push(if byte == b'\n' { '\n' } else { ' ' }));
}

/// How long the item is that `code` begins with: to its `;`, or to the end of its braces.
fn item(code: &str) -> usize {
    let mut depth = 0;
    for (at, c) in code.char_indices() {
        match c {
            ';' if depth == 0 => return at + 1,
            '{' => depth += 1,
            '}' if depth == 1 => return at + 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    code.len()
}

fn stretches(source: &str) -> Vec<(Kind, Range<usize>)> {
    let mut out = Vec::new();
    let (mut at, mut code) = (0, 0);
    while at < source.len() {
        let rest = &source[at..];
        let before = source[..at].chars().next_back();
        let comment = comment(rest).map(|length| (Kind::Comment, [0, length, length]));
        match comment.or_else(|| literal(rest, before).map(|ends| (Kind::Text, ends))) {
            Some((kind, [open, close, length])) => {
                out.push((Kind::Code, code..at + open));
                out.push((kind, at + open..at + close));
                code = at + close;
                at += length;
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    out.push((Kind::Code, code..source.len()));
    out
}

/// How long the comment is that `rest` begins with, if it does.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if !rest.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (1, 2);
    while depth > 0 && at < rest.len() {
        let (step, change) = match &rest.as_bytes()[at..] {
            [b'/', b'*', ..] => (2, 1),
            [b'*', b'/', ..] => (2, -1),
            _ => (1, 0),
        };
        at += step;
        depth += change;
    }
    Some(at)
}

/// Where the text begins, where it ends and where the literal ends that `rest` begins with, if it does; `before` is the
/// character before. The quotes belong to the code.
fn literal(rest: &str, before: Option<char>) -> Option<[usize; 3]> {
    let in_name = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if let Some(text) = rest.strip_prefix('"') {
        let close = 1 + escaped(text, '"');
        return Some([1, close, rest.len().min(close + 1)]);
    }
    if let Some(raw) = rest.strip_prefix('r').filter(|_| !in_name || matches!(before, Some('b' | 'c'))) {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let text = raw[hashes..].strip_prefix('"')?;
        let (open, mark) = (hashes + 2, format!("\"{}", "#".repeat(hashes)));
        let close = open + text.find(&mark).unwrap_or(text.len());
        return Some([open, close, rest.len().min(close + mark.len())]);
    }
    let character = rest.strip_prefix('\'')?;
    let mut characters = character.chars();
    let is_character = characters.next()? == '\\' || characters.next() == Some('\'');
    let close = 1 + escaped(character, '\'');
    is_character.then(|| [1, close, rest.len().min(close + 1)])
}

/// How far it is to the closing quote.
fn escaped(text: &str, quote: char) -> usize {
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' => _ = characters.next(),
            _ if c == quote => return at,
            _ => {}
        }
    }
    text.len()
}

/// The identifiers of a code with their lines, from 1, and where they stand.
pub fn identifiers(code: &str) -> impl Iterator<Item = (usize, Range<usize>)> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let (mut at, mut line) = (0, 1);
    std::iter::from_fn(move || {
        let start = at + code[at..].find(is_name)?;
        let end = code[start..].find(|c| !is_name(c)).map_or(code.len(), |length| start + length);
        line += code[at..start].matches('\n').count();
        at = end;
        Some((line, start..end))
    })
}

/// The names that follow `crate::` or another root's `::`, those in braces included, with their lines.
pub fn children<'a>(code: &'a str, root: &str) -> Vec<(usize, &'a str)> {
    let roots = identifiers(code).filter(|(_, range)| &code[range.clone()] == root);
    let mut out = Vec::new();
    for (line, range) in roots {
        let Some(rest) = code[range.end..].trim_start().strip_prefix("::").map(str::trim_start) else { continue };
        match rest.strip_prefix('{') {
            Some(group) => out.extend(heads(group).into_iter().map(|(down, name)| (line + down, name))),
            None => out.extend(first(rest).map(|name| (line, name))),
        }
    }
    out
}

/// The first names of a group's members, with how many lines further down they stand.
fn heads(group: &str) -> Vec<(usize, &str)> {
    let (mut depth, mut start, mut out) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            ',' | '}' if depth == 0 => {
                let member = group[start..at].trim_start();
                let down = group[..at - member.len()].matches('\n').count();
                out.extend(first(member).map(|name| (down, name)));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    out
}

fn first(path: &str) -> Option<&str> {
    identifiers(path).next().map(|(_, range)| &path[range]).filter(|name| path.starts_with(name))
}

/// The words of a text in lower case: `JpyRate`, `jpy_rate` and `JPY rate` are two words each.
pub fn words(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in text.chars() {
        match c {
            _ if !c.is_alphabetic() => {}
            _ if !before.is_alphabetic() || (c.is_uppercase() && before.is_lowercase()) => {
                out.push(c.to_lowercase().collect())
            }
            _ => out.last_mut().into_iter().for_each(|word| word.extend(c.to_lowercase())),
        }
        before = c;
    }
    out
}

#[test]
fn comments_strings_and_tests_are_distinguished() {
    let source = Source::new(concat!(
        "let a = \"panic!() \\\" // x\"; // a.unwrap()\n",
        "/* /* b */ c */ let d = r#\"unsafe \"e\"\"#; let f = b'\\''; let g: &'static str = '\"';\n",
        "#[cfg(test)]\nmod tests {\n  fn h() { i.unwrap() }\n}\nfn j() {}\n",
    ));
    assert!(!source.code.contains("panic") && !source.code.contains("a.unwrap") && !source.code.contains("unsafe"));
    assert!(source.code.contains("let g: &'static str = ' ';"), "{}", source.code);
    assert!(source.code_and_texts.contains("unsafe \"e\"") && !source.code_and_texts.contains("/*"));
    assert_eq!(source.comments.split_whitespace().collect::<Vec<_>>().join(" "), "// a.unwrap() /* /* b */ c */");
    let code = source.code_without_tests();
    assert!(!code.contains("unwrap") && code.contains("fn j()"));
    assert_eq!(code.lines().count(), 7);
}

#[test]
fn paths_are_found_in_groups() {
    let code =
        "use crate::{\n    diag::{Findings, model::x},\n    figures::Book,\n};\nlet a = crate :: check::b; crates::no;";
    assert_eq!(children(code, "crate"), [(2, "diag"), (3, "figures"), (5, "check")]);
}

#[test]
fn words_are_parted_at_capitals() {
    assert_eq!(words("JPYRate acme_jpy JpyRate"), ["jpyrate", "acme", "jpy", "jpy", "rate"]);
}
