//! The names and texts of periods in a text of the dataset, as they are in the next release.

use std::ops::Range;

use super::periods::RolledPeriods;

/// What becomes of the ids and texts of periods.
pub struct Rewording<'a> {
    pub rolled: &'a RolledPeriods,
    /// Labels and dates that are typed, the longest first.
    pub texts: &'a [(String, String)],
    /// Days of events that are typed in a sentence, and the calls that say them.
    pub days: &'a [(String, String)],
}

impl Rewording<'_> {
    /// A value of a TOML file as it is written, with its quotes.
    pub fn value(&self, raw: &str) -> String {
        let outside = |text: &str| replaced(&self.ids(text), self.texts);
        let whole = self.ids(raw);
        if whole != raw && !raw.contains("{{") {
            return whole;
        }
        by_parts(raw, outside, |call| self.ids(call))
    }

    /// A page of the narrative, which begins with a part in TOML.
    pub fn page(&self, text: &str, body: usize) -> String {
        let (head, body) = text.split_at_checked(body).unwrap_or(("", text));
        let head: String = head.split_inclusive('\n').map(|line| self.head_line(line)).collect();
        head + &by_parts(body, |text| replaced(&replaced(text, self.texts), self.days), |call| self.ids(call))
    }

    /// A line of the part in TOML; comments stay as they are.
    fn head_line(&self, line: &str) -> String {
        if line.trim_start().starts_with('#') { line.to_owned() } else { self.value(line) }
    }

    /// A text in which every id that a quote encloses, or an `@` precedes, is the new one.
    fn ids(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for Range { start, end } in words(text) {
            let before = text[..start].chars().next_back();
            // In a text in double quotes, a quote has a backslash before it.
            let behind = &text[end..];
            let after = behind.strip_prefix('\\').unwrap_or(behind).chars().next();
            let is_quoted = matches!(before, Some('"' | '\'')) && before == after;
            if let Some(new) = self.rolled.new_id(&text[start..end]).filter(|_| is_quoted || before == Some('@')) {
                out.push_str(&text[done..start]);
                out.push_str(new);
                done = end;
            }
        }
        out + &text[done..]
    }
}

/// A text in which the first of these that begins at a letter, a whole word or more, is replaced by what stands beside it.
fn replaced(text: &str, texts: &[(String, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    let is_word = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
    while done < text.len() {
        let rest = &text[done..];
        let found = texts.iter().find(|(was, _)| {
            rest.starts_with(was.as_str())
                && !(is_word(was.chars().next()) && is_word(text[..done].chars().next_back()))
                && !(is_word(was.chars().next_back()) && is_word(rest[was.len()..].chars().next()))
        });
        match (found, rest.chars().next()) {
            (Some((was, is)), _) => {
                out.push_str(is);
                done += was.len();
            }
            (None, Some(letter)) => {
                out.push(letter);
                done += letter.len_utf8();
            }
            (None, None) => break,
        }
    }
    out
}

/// A text with what is outside `{{ … }}` and what is inside replaced.
fn by_parts(text: &str, outside: impl Fn(&str) -> String, inside: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((call, after)) = after.split_once("}}") else { break };
        out.push_str(&outside(before));
        out.push_str("{{");
        out.push_str(&inside(call));
        out.push_str("}}");
        rest = after;
    }
    out + &outside(rest)
}

/// The stretches of letters, digits and `_` of ASCII.
fn words(text: &str) -> Vec<Range<usize>> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| is_part(*byte)) {
        match found.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + 1,
            None => found.push(at..at + 1),
        }
    }
    found
}
