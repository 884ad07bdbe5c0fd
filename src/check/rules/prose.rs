//! Typed numbers: numbers in text come from the dataset, or are declared as literals with a reason.
//!
//! **What it checks.** The narrative and the texts of cells must not contain digits outside `{{ }}`. Labels, captions and column heads must not
//! contain a number with thousands separators. Exempt are digits joined to letters (`FY2009`); the dates of the release,
//! its periods and its events, as the language writes them; the text of links and code; web addresses; and the text of a `[[literal]]`.
//! Any other date is reported as a date. A time of day, a telephone number, and digits joined by signs (`24/7`) are one
//! number each, and the finding says what to declare.
//!
//! Digits are those of any script and width. Letters of scripts without spaces between words, such as kanji, kana and Thai,
//! and those of Hangul join no digits: `512名` has a number. In such languages, `[prose]` in the words of the language also lists
//! numbers in words (`百四十二億円`, `三割`), words that state no number (`一部`, `1株当たり`), marks of items (`（1）`, `※1`), and other
//! ways to write dates and periods (`2026年3月期`, `第1四半期`): those of declared periods and events are exempt. There, labels,
//! captions and heads must not contain a number before a word that numbers have behind them (`512名`, `24.7％`).
//!
//! **Why.** A number typed in a sentence does not change when the dataset changes.
//!
//! **Example.** `narrative/typed_number`
//!
//! **How to fix it.** Write a figure as `{{ "is.sales" | amount }}`; `change` and `difference` also write the direction.
//! Declare a date as an `[event]`. Declare a number that is not in the dataset, such as a telephone number or the name of
//! a form, as a `[[literal]]` with the exact phrase, long enough to match nothing else.

use std::{collections::BTreeSet, ops::Range};

use super::super::{
    CheckInput, CheckResults,
    clause::lower_case_in_place,
    item_mark::ItemMarks,
    number_search::{FoundNumber, NumberSearch},
    phrase_search::PhraseSearch,
    typed_date::DateSearch,
    typed_number::{NumberKind, whole_number},
    web_address::web_addresses,
};
use crate::{
    diag::{Diagnostic, Place},
    model::Words,
    present::TypedText,
};

/// Looks at everything that was typed in the narrative.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let literals = &input.book.release.literals;
    let dates = PhraseSearch::all(dates(input));
    let phrases = PhraseSearch::all(literals.iter().map(|literal| literal.text.value.as_str()));
    let search = Search {
        input,
        numbers: NumberSearch::new(input),
        date_beginnings: date_beginnings(input.words),
        marks: ItemMarks::new(&input.words.prose.item_marks),
        dates: input.dates.as_ref(),
    };
    let mut used = BTreeSet::new();
    for typed in &input.presented.typed_texts {
        let mut free = vec![true; typed.text.len()];
        // Also words without digits: the names of numbers and periods.
        used.extend(mark_covered(&phrases, &typed.text, &mut free));
        if !search.numbers.is_possible_in(&typed.text) {
            continue;
        }
        mark_covered(&dates, &lower_case_in_place(&typed.text), &mut free);
        web_addresses(&typed.text).into_iter().for_each(|address| free[address].fill(false));
        search.report_undeclared_dates(typed, &mut free, results);
        search.report_numbers(typed, &free, results);
    }
    // It may be on a page that could not be read.
    if !input.book.release.is_incomplete() {
        let literals = literals.iter().enumerate();
        results.literals = literals.map(|(index, literal)| (literal.text.clone(), used.contains(&index))).collect();
    }
    input.presented.typed_texts.len()
}

/// Marks every stretch of `text` that reads as one of the phrases; gives the numbers of those found.
fn mark_covered(phrases: &PhraseSearch, text: &str, free: &mut [bool]) -> BTreeSet<usize> {
    let found = phrases.find(text).filter(|(range, _)| !range.is_empty());
    found
        .map(|(range, phrase)| {
            free[range].fill(false);
            phrase
        })
        .collect()
}

/// The dates that the release declares, as its language writes them, in lower case.
fn dates(input: &CheckInput) -> BTreeSet<String> {
    let dates = input.book.release.dates().map(|date| input.words.format_date(date));
    dates.map(|date| lower_case_in_place(&date)).collect()
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

/// What is looked for in every text.
struct Search<'a, 'c, 'r> {
    input: &'a CheckInput<'c, 'r>,
    numbers: NumberSearch<'c>,
    /// The letters that a date may begin with.
    date_beginnings: Vec<char>,
    marks: ItemMarks,
    dates: Option<&'a DateSearch<'c>>,
}

impl Search<'_, '_, '_> {
    /// Dates that are no period's and no event's; they are reported, and their numbers are not reported again.
    fn report_undeclared_dates(&self, typed: &TypedText, free: &mut [bool], results: &mut CheckResults) {
        let Some(dates) = self.dates else {
            if !typed.is_label {
                let found = undeclared_dates(self.input.words, &self.date_beginnings, &typed.text);
                found.into_iter().for_each(|date| report_date(typed, date, free, results));
            }
            return;
        };
        for date in dates.find(&typed.text) {
            if date.is_declared {
                free[date.range].fill(false);
            } else if !typed.is_label || date.is_year_end {
                report_date(typed, date.range, free, results);
            }
        }
    }

    fn report_numbers(&self, typed: &TypedText, free: &[bool], results: &mut CheckResults) {
        let group = &self.input.words.number.group;
        let mut done = 0;
        for FoundNumber { range, is_counted } in self.numbers.find(&typed.text) {
            // Labels have numbers of their own: years, series of bonds. One with thousands is an amount.
            let is_exempt = typed.is_label && !is_counted && !is_grouped(&typed.text[range.clone()], group);
            if is_exempt || range.start < done || self.marks.is_mark(&typed.text, &range, &typed.at) {
                continue;
            }
            let (range, kind) = match typed.is_label {
                true => (range, NumberKind::Plain),
                false => whole_number(&typed.text, range),
            };
            let number = &typed.text[range.clone()];
            done = range.end;
            let is_declared = |at: usize| !free[range.start + at];
            let mut digits = number.char_indices().filter(|(_, c)| c.is_alphanumeric());
            if digits.all(|(at, c)| is_declared(at) || kind != NumberKind::Plain && !c.is_numeric()) {
                continue;
            }
            let at = Place { start: typed.at.start + range.start, end: typed.at.start + range.end, ..typed.at.clone() };
            // Escapes make the typed text and the file differ.
            let at = if at.text() == number { at } else { self.single_place(number, &typed.at) };
            results.push(typed_number(number, kind).at(&at, ""));
        }
    }

    /// The place of a number that occurs once in a stretch; all of it when it is there more often.
    fn single_place(&self, number: &str, whole: &Place) -> Place {
        let text = whole.text();
        let found = self.numbers.find(text).into_iter().map(|found| found.range);
        let mut found = found.filter(|range| &text[range.clone()] == number);
        match (found.next(), found.next()) {
            (Some(range), None) => {
                Place { start: whole.start + range.start, end: whole.start + range.end, ..whole.clone() }
            }
            _ => whole.clone(),
        }
    }
}

/// The letters that a date may begin with, if not with a digit: the first of a month or of the pattern.
fn date_beginnings(words: &Words) -> Vec<char> {
    let pattern = words.date.trim_start_matches('{').chars().next();
    let letters = pattern.into_iter().chain(words.months.iter().filter_map(|month| month.chars().next()));
    letters.collect::<BTreeSet<char>>().into_iter().collect()
}

/// Dates of no period and no event in the only way that a language writes them.
fn undeclared_dates(words: &Words, beginnings: &[char], text: &str) -> Vec<Range<usize>> {
    let begins = |c: char| c.is_ascii_digit() || beginnings.contains(&c);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, _) in text.char_indices().filter(|(_, c)| begins(*c)) {
        let from = found.last().map_or(0, |last| last.end);
        let is_inside = start < from || text[..start].ends_with(|c: char| c.is_ascii_digit());
        let length = date_at(words, &text[start..]).filter(|_| !is_inside);
        found.extend(length.map(|length| start..start + length));
    }
    found
}

/// Reports a date unless it is declared or part of a literal.
fn report_date(typed: &TypedText, range: Range<usize>, free: &mut [bool], results: &mut CheckResults) {
    if !free[range.clone()].iter().all(|free| *free) {
        return;
    }
    let date = &typed.text[range.clone()];
    let at = Place { start: typed.at.start + range.start, end: typed.at.start + range.end, ..typed.at.clone() };
    let at = if at.text() == date { at } else { typed.at.clone() };
    let message = format!("the date `{date}` is not the date of any period or event");
    let finding = Diagnostic::error("prose", message).at(&at, "");
    results.push(finding.help("correct the date, or add it under `[event]` in `release.toml`"));
    free[range].fill(false);
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
