//! Typed numbers: numbers in text come from the dataset, or are declared as literals with a reason.
//!
//! **What it checks.** The narrative and the texts of cells must not contain digits outside `{{ }}`. Labels, captions and column heads must not
//! contain a number with thousands separators. Exempt are digits joined to letters (`FY2009`); the dates of the release,
//! its periods and its events, as the language writes them; the text of links and code; web addresses; and the text of a `[[literal]]`.
//! Any other date is reported as a date. A time of day, a telephone number, and digits joined by signs (`24/7`) are one
//! number each, and the finding says what to declare.
//!
//! **Why.** A number typed in a sentence does not change when the dataset changes.
//!
//! **Example.** `narrative/typed_number`
//!
//! **How to fix it.** Write a figure as `{{ "is.sales" | amount }}`; `change` and `difference` also write the direction.
//! Declare a date as an `[event]`. Declare a number that is not in the dataset, such as a telephone number or the name of
//! a form, as a `[[literal]]` with the exact phrase, long enough to match nothing else.

use std::collections::BTreeSet;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::super::{
    CheckInput, CheckResults,
    clause::lower_case_in_place,
    typed_number::{NumberKind, whole_number},
    web_address::web_addresses,
};
use crate::{
    diag::{Diagnostic, Place},
    model::Words,
    present::TypedText,
};

/// Looks at everything that was typed in the narrative.
pub fn check(input: &CheckInput, results: &mut CheckResults) {
    let literals = &input.book.release.literals;
    let dates = Phrases::new(dates(input));
    let phrases = Phrases::new(literals.iter().map(|literal| literal.text.value.as_str()));
    let units: Vec<&str> = input.book.release.units.rules.keys().map(String::as_str).collect();
    let mut used = BTreeSet::new();
    for typed in &input.presented.typed_texts {
        let mut free = vec![true; typed.text.len()];
        // Also words without digits: the names of numbers and periods.
        used.extend(phrases.mark_covered(&typed.text, &mut free));
        if !typed.text.contains(char::is_numeric) {
            continue;
        }
        dates.mark_covered(&lower_case_in_place(&typed.text), &mut free);
        web_addresses(&typed.text).into_iter().for_each(|address| free[address].fill(false));
        if !typed.is_label {
            report_undeclared_dates(input, typed, &mut free, results);
        }
        report_numbers(input, typed, &units, &free, results);
    }
    // It may be on a page that could not be read.
    if input.book.release.is_incomplete() {
        return;
    }
    let literals = literals.iter().enumerate();
    results.literals = literals.map(|(index, literal)| (literal.text.clone(), used.contains(&index))).collect();
}

/// Phrases that are looked for all at once. Without a search, where the phrases are too many for one, nothing is found.
struct Phrases(Option<AhoCorasick>);

impl Phrases {
    fn new(phrases: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        // It is built for every check, and the texts are short.
        let kind = Some(AhoCorasickKind::NoncontiguousNFA);
        Self(AhoCorasick::builder().kind(kind).build(phrases).ok())
    }

    /// Marks every stretch of `text` that reads as one of the phrases; gives the numbers of those found.
    fn mark_covered(&self, text: &str, free: &mut [bool]) -> BTreeSet<usize> {
        let found = self.0.iter().flat_map(|search| search.find_overlapping_iter(text));
        let found = found.filter(|found| !found.is_empty());
        found
            .map(|found| {
                free[found.range()].fill(false);
                found.pattern().as_usize()
            })
            .collect()
    }
}

/// The dates that the release declares, as its language writes them, in lower case.
fn dates(input: &CheckInput) -> BTreeSet<String> {
    let dates = input.book.release.dates().map(|date| input.words.format_date(date));
    dates.map(|date| lower_case_in_place(&date)).collect()
}

/// Dates that are no period's and no event's; they are reported, and their numbers are not reported again.
fn report_undeclared_dates(input: &CheckInput, typed: &TypedText, free: &mut [bool], results: &mut CheckResults) {
    // A date begins with a digit, or with the first letter of a month or of the pattern.
    let pattern = input.words.date.trim_start_matches('{').chars().next();
    let begins = |c: char| {
        c.is_ascii_digit() || Some(c) == pattern || input.words.months.iter().any(|month| month.starts_with(c))
    };
    let mut from = 0;
    for (start, _) in typed.text.char_indices().filter(|(_, c)| begins(*c)) {
        let is_inside = start < from || typed.text[..start].ends_with(|c: char| c.is_ascii_digit());
        let Some(len) = date_at(input.words, &typed.text[start..]).filter(|_| !is_inside) else { continue };
        from = start + len;
        if free[start..from].iter().all(|free| *free) {
            let date = &typed.text[start..from];
            let at = Place { start: typed.at.start + start, end: typed.at.start + from, ..typed.at.clone() };
            let at = if at.text() == date { at } else { typed.at.clone() };
            let message = format!("the date `{date}` is not the date of any period or event");
            let finding = Diagnostic::error("prose", message).at(&at, "");
            results.push(finding.help("correct the date, or add it under `[event]` in `release.toml`"));
            free[start..from].fill(false);
        }
    }
}

/// How long the date is that a text begins with, in the pattern of its language.
fn date_at(words: &Words, text: &str) -> Option<usize> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = text;
    let mut pattern = words.date.as_str();
    while let Some(c) = pattern.chars().next() {
        let name = pattern.strip_prefix('{').and_then(|inner| inner.split_once('}'));
        let len = match name {
            Some(("month", _)) => {
                words.months.iter().find(|month| !month.is_empty() && rest.starts_with(month.as_str()))?.len()
            }
            Some(("year", _)) => Some(digits(rest)).filter(|len| *len == 4)?,
            Some(_) => Some(digits(rest)).filter(|len| (1..=2).contains(len))?,
            None => rest.starts_with(c).then_some(c.len_utf8())?,
        };
        rest = &rest[len..];
        pattern = name.map_or(&pattern[c.len_utf8()..], |(_, after)| after);
    }
    (rest.len() < text.len()).then_some(text.len() - rest.len())
}

fn report_numbers(input: &CheckInput, typed: &TypedText, units: &[&str], free: &[bool], results: &mut CheckResults) {
    let group = &input.words.number.group;
    let mut done = 0;
    for (start, end) in numbers(&typed.text, units) {
        // Labels have numbers of their own: years, series of bonds. One with thousands is an amount.
        let is_exempt = typed.is_label && !is_grouped(&typed.text[start..end], group);
        if is_exempt || start < done {
            continue;
        }
        let (range, kind) = match typed.is_label {
            true => (start..end, NumberKind::Plain),
            false => whole_number(&typed.text, start..end),
        };
        let number = &typed.text[range.clone()];
        done = range.end;
        let is_declared = |(at, c): (usize, char)| !c.is_numeric() || !free[range.start + at];
        if number.char_indices().all(is_declared) {
            continue;
        }
        let at = Place { start: typed.at.start + range.start, end: typed.at.start + range.end, ..typed.at.clone() };
        // Escapes make the typed text and the file differ.
        let at = if at.text() == number { at } else { single_place(number, units, &typed.at) };
        results.push(typed_number(number, kind).at(&at, ""));
    }
}

/// The finding of a number that was typed by hand, with what to write.
fn typed_number(number: &str, kind: NumberKind) -> Diagnostic {
    let (what, reason) = match kind {
        NumberKind::Plain => {
            let finding = Diagnostic::error("prose", format!("the number `{number}` is typed by hand"));
            return finding.help("take it from the dataset with `{{ … }}`, or declare it as a `[[literal]]`");
        }
        NumberKind::Time => ("time", "a time of day"),
        NumberKind::Telephone => ("telephone number", "a telephone number"),
        NumberKind::Joined => ("number", "…"),
    };
    let finding = Diagnostic::error("prose", format!("the {what} `{number}` is typed by hand"));
    let or = if kind == NumberKind::Joined { "take it from the dataset with `{{ … }}`, or " } else { "" };
    finding.help(format!("{or}add to `release.toml`:\n[[literal]]\ntext = \"{number}\"\nreason = \"{reason}\""))
}

/// Whether a number has thousands, separated.
fn is_grouped(number: &str, separator: &str) -> bool {
    let mut parts = number.split(separator);
    let first = parts.next().is_some_and(|first| (1..=3).contains(&first.len()));
    let mut rest = parts.peekable();
    !separator.is_empty()
        && first
        && rest.peek().is_some()
        && rest.all(|part| part.chars().take_while(char::is_ascii_digit).count() == 3)
}

/// The place of a number that occurs once in a stretch; all of it when it is there more often.
fn single_place(number: &str, units: &[&str], whole: &Place) -> Place {
    let text = whole.text();
    let mut found = numbers(text, units).into_iter().filter(|(start, end)| &text[*start..*end] == number);
    match (found.next(), found.next()) {
        (Some((start, end)), None) => Place { start: whole.start + start, end: whole.start + end, ..whole.clone() },
        _ => whole.clone(),
    }
}

/// Runs of digits of any script, and fractions, with their separators, not joined to letters; those of a unit before them do not count.
pub(super) fn numbers(text: &str, units: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(char::is_numeric).map(|offset| at + offset) {
        let rest = &text[start..];
        let len = rest.find(|c: char| !(c.is_numeric() || matches!(c, ',' | '.'))).unwrap_or(rest.len());
        let end = start + rest[..len].trim_end_matches([',', '.']).len();
        let joined = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let before = text[..start].trim_end_matches(char::is_alphabetic);
        let is_named = before.len() < start && !units.contains(&&text[before.len()..start]);
        if !is_named && !joined(text[end..].chars().next()) {
            found.push((start, end));
        }
        at = start + len.max(1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_joined_to_letters_are_names() {
        let found =
            |text: &'static str| numbers(text, &["AAA"]).into_iter().map(|(a, b)| &text[a..b]).collect::<Vec<_>>();
        assert_eq!(found("FY2009, 4Q09 and 1Gbps cost 1,234.5."), ["1,234.5"]);
        assert_eq!(found("up 2, 3 and 40"), ["2", "3", "40"]);
        assert_eq!(found("AAA8,402 million of 1Q26 is XAAA7"), ["8,402"]);
    }
}
