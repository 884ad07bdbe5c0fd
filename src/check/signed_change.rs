//! What has changed since it was signed: recorded lines beside those of now.

use std::collections::BTreeMap;

use super::signable::{SignedLine, parts};
use crate::diag::Place;

/// The most letters of a value in a message; longer ones are shown around what differs.
const SHOWN: usize = 60;
/// The letters on either side of what differs.
const AROUND: usize = 16;

/// A line that is not as it was signed.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedChange<'a> {
    pub key: &'a str,
    /// The value that was signed; none of a line that was not there.
    pub was: Option<&'a str>,
    /// The value now; none of a line that is gone.
    pub is: Option<&'a str>,
    /// Where that is written.
    pub place: Option<&'a Place>,
}

/// The lines that differ: those of now in their order, then those that are gone. Lines of one name, such as the paragraphs of a
/// page, are compared in their order. Empty where only the order of lines is another.
pub fn signed_changes<'a>(was: &'a [String], now: &'a [SignedLine]) -> Vec<SignedChange<'a>> {
    let mut same: BTreeMap<String, usize> = BTreeMap::new();
    for line in was {
        *same.entry(line.clone()).or_default() += 1;
    }
    let new: Vec<&SignedLine> = now.iter().filter(|line| !take(&mut same, &line.written())).collect();
    // What remains was signed and is not there as it was.
    let mut gone: Vec<(&str, &str)> =
        was.iter().rev().filter(|line| take(&mut same, line)).map(|line| parts(line)).collect();
    gone.reverse();
    let mut changes = Vec::new();
    for line in new {
        let before = gone.iter().position(|(key, _)| *key == line.key).map(|index| gone.remove(index).1);
        changes.push(SignedChange { key: &line.key, was: before, is: Some(&line.value), place: line.place.as_ref() });
    }
    changes.extend(gone.into_iter().map(|(key, was)| SignedChange { key, was: Some(was), is: None, place: None }));
    changes
}

/// Takes one of a line; whether there was one.
fn take(lines: &mut BTreeMap<String, usize>, line: &str) -> bool {
    lines.get_mut(line).filter(|count| **count > 0).map(|count| *count -= 1).is_some()
}

impl SignedChange<'_> {
    /// In words: `` `is.revenue@fy2009` was `68006380`, is `68006830` ``.
    pub fn describe(&self) -> String {
        let key = self.key;
        match (self.was, self.is) {
            (Some(was), Some(is)) => {
                let [was, is] = differing(was, is);
                format!("`{key}` was `{was}`, is `{is}`")
            }
            (Some(was), None) => format!("`{key}` was `{}`, is gone", shortened(was)),
            (None, is) => format!("`{key}` is new: `{}`", shortened(is.unwrap_or_default())),
        }
    }
}

/// Two texts, long ones around what differs.
fn differing(was: &str, is: &str) -> [String; 2] {
    let texts = [was, is].map(|text| text.chars().collect::<Vec<_>>());
    if texts.iter().all(|text| text.len() <= SHOWN) {
        return [was.to_owned(), is.to_owned()];
    }
    let shorter = texts.iter().map(Vec::len).min().unwrap_or_default();
    let same = |at: &dyn Fn(&Vec<char>, usize) -> Option<char>| {
        (0..shorter).take_while(|index| at(&texts[0], *index) == at(&texts[1], *index)).count()
    };
    let head = same(&|text, index| text.get(index).copied());
    let tail = same(&|text, index| text.get(text.len() - 1 - index).copied()).min(shorter - head);
    let begin = head.saturating_sub(AROUND);
    texts.map(|text| {
        let end = (text.len() - tail + AROUND).min(text.len()).min(begin + AROUND + SHOWN);
        let inside: String = text[begin..end].iter().collect();
        let (before, after) = (if begin > 0 { "…" } else { "" }, if end < text.len() { "…" } else { "" });
        format!("{before}{inside}{after}")
    })
}

/// The beginning of a long text.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(was: &[&str], now: &[(&str, &str)]) -> Vec<String> {
        let was: Vec<_> = was.iter().map(|line| (*line).to_owned()).collect();
        let now: Vec<_> = now.iter().map(|(key, value)| SignedLine::new(*key, value, None)).collect();
        signed_changes(&was, &now).iter().map(SignedChange::describe).collect()
    }

    #[test]
    fn a_line_is_compared_with_the_one_of_its_name() {
        let now = [("unit", "share"), ("a@y", "1"), ("b@y", "3")];
        assert_eq!(described(&["unit: share", "b@y: 2", "a@y: 1"], &now), ["`b@y` was `2`, is `3`"]);
        assert_eq!(described(&["unit: share", "a@y: 1"], &now), ["`b@y` is new: `3`"]);
        assert_eq!(described(&["c: 7", "unit: share", "a@y: 1", "b@y: 3"], &now), ["`c` was `7`, is gone"]);
        assert!(described(&["b@y: 3", "unit: share", "a@y: 1"], &now).is_empty());
    }

    #[test]
    fn a_paragraph_that_is_put_in_moves_no_other() {
        let now = [("paragraph", "First."), ("paragraph", "New."), ("paragraph", "Last.")];
        assert_eq!(described(&["paragraph: First.", "paragraph: Last."], &now), ["`paragraph` is new: `New.`"]);
    }

    #[test]
    fn long_texts_are_shown_around_what_differs() {
        let text = |word: &str| format!("{}revenue went {word} in the quarter{}", "a ".repeat(40), " z".repeat(40));
        let [was, is] = differing(&text("up"), &text("down"));
        assert_eq!(was, "… a revenue went up in the quarter …");
        assert_eq!(is, "… a revenue went down in the quarter …");
    }
}
