//! Numbers typed by hand: a figure in a sentence comes from the dataset, or is declared as a literal with its reason.
//!
//! **What it demands.** The narrative holds no digits outside of `{{ }}`. Exempt are digits joined to letters
//! (`FY2009`), dates of the release, its periods and events as its language writes them, the text of links and code,
//! and what a `[[literal]]` lists.
//!
//! **Why.** A number in a sentence is the one that nobody corrects when a table changes.
//!
//! **An example.** `narrative/typed_number`
//!
//! **How to mend it.** Write the figure as `{{ "is.sales" | amount }}`; the direction word comes with `change` and
//! `difference`. Declare a date as an `[event]`. A number that is no figure of the books (a telephone number, the
//! name of a form) is a `[[literal]]`: give the phrase exactly as it stands, long enough to cover nothing else.

use std::collections::BTreeSet;

use super::super::{Checked, Ledger};
use crate::{
    diag::{Diagnostic, Place},
    model::PeriodSpan,
    present::Typed,
};

/// Looks at everything that was typed in the narrative.
pub fn check(checked: &Checked, ledger: &mut Ledger) {
    let literals = &checked.book.release.literals;
    let dates = dates(checked);
    let units: Vec<&str> = checked.book.release.units.rules.keys().map(String::as_str).collect();
    let mut used = BTreeSet::new();
    for typed in &checked.presented.typed {
        let mut free = vec![true; typed.text.len()];
        for (index, literal) in literals.iter().enumerate() {
            if cover(&typed.text, &literal.text.value, &mut free) {
                used.insert(index);
            }
        }
        let lower = typed.text.to_lowercase();
        if lower.len() == typed.text.len() {
            dates.iter().for_each(|date| {
                cover(&lower, date, &mut free);
            });
        }
        report(typed, &units, &free, ledger);
    }
    // It may be on a page that could not be read.
    if checked.book.release.is_torn() {
        return;
    }
    for (_, literal) in literals.iter().enumerate().filter(|(index, _)| !used.contains(index)) {
        let message = format!("the text `{}` is nowhere", literal.text.value);
        ledger.push(Diagnostic::error("unused", message).at(&literal.text.place, "a literal that nothing needs"));
    }
}

/// Marks every stretch of `text` that reads `phrase`; whether there is one.
fn cover(text: &str, phrase: &str, free: &mut [bool]) -> bool {
    let mut found = false;
    for (start, matched) in text.match_indices(phrase).filter(|_| !phrase.is_empty()) {
        free[start..start + matched.len()].fill(false);
        found = true;
    }
    found
}

/// The dates that the release declares, as its language writes them, in lower case.
fn dates(checked: &Checked) -> BTreeSet<String> {
    let release = checked.book.release;
    let of_periods = release.periods.iter().flat_map(|period| match period.span {
        PeriodSpan::Duration { from, to } => vec![from, to],
        PeriodSpan::Instant { at } => vec![at],
    });
    let events = release.events.iter().map(|event| event.date);
    let all = of_periods.chain(events).chain([release.date]);
    all.map(|date| checked.words.dated(date).to_lowercase()).collect()
}

fn report(typed: &Typed, units: &[&str], free: &[bool], ledger: &mut Ledger) {
    for (start, end) in numbers(&typed.text, units) {
        if !free[start..end].iter().any(|free| *free) {
            continue;
        }
        let number = &typed.text[start..end];
        let at = Place { start: typed.at.start + start, end: typed.at.start + end, ..typed.at.clone() };
        // Escapes make the typed text and the file differ.
        let at = if at.text() == number { at } else { alone(number, units, &typed.at) };
        let finding = Diagnostic::error("prose", format!("the number `{number}` is typed by hand")).at(&at, "");
        ledger.push(finding.help("take it from the dataset with `{{ … }}`, or declare it as a `[[literal]]`"));
    }
}

/// The place of a number that stands once in a stretch; all of it when it is there more often.
fn alone(number: &str, units: &[&str], whole: &Place) -> Place {
    let text = whole.text();
    let mut found = numbers(text, units).into_iter().filter(|(start, end)| &text[*start..*end] == number);
    match (found.next(), found.next()) {
        (Some((start, end)), None) => Place { start: whole.start + start, end: whole.start + end, ..whole.clone() },
        _ => whole.clone(),
    }
}

/// Runs of digits with their separators, not joined to letters; those of a unit before them do not count.
fn numbers(text: &str, units: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|offset| at + offset) {
        let rest = &text[start..];
        let len = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(rest.len());
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
