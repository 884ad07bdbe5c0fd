//! Period words: words and names of periods in a sentence are those of its figures.
//!
//! **What it checks.** If a sentence contains "quarter", "half year", "nine months" or "full year", one of its figures, or
//! the period that it is compared with, must have that length; "third quarter" must be the third of its year, where the
//! release tells. After a change, "from", "over" or "compared with" a `{{ … | period }}` must name the period that the
//! change compares with, and after an amount, "in" or "for" one must name its own. A name such as `FY2099` or `3Q25` must be
//! in the label of a period, or in the year of one if no label is written so. `[prose]` in the words of the language lists
//! the words.
//!
//! **Why.** Text is copied from the last quarter. The figures change with the dataset, the words "third quarter" do not.
//!
//! **Example.** `narrative/period_words`
//!
//! **How to fix it.** Write `{{ "q3_2025" | period }}`, or correct the word. A phrase that is meant, such as the name of a
//! product or a form, is a `[[literal]]`.

use std::collections::BTreeSet;

use super::super::{CheckInput, CheckResults, sentences, subject::Subject};
use crate::{
    diag::{Diagnostic, Place},
    model::{Period, PeriodSpan},
    present::FigureUse,
};

/// The lengths that words name, in days: their least and most.
const QUARTER: [i64; 2] = [80, 100];
const HALF: [i64; 2] = [170, 195];
const NINE_MONTHS: [i64; 2] = [260, 285];
const YEAR: [i64; 2] = [350, 385];

/// Looks at every sentence with figures, and at all typed text.
pub fn check(input: &CheckInput, results: &mut CheckResults) {
    for uses in sentences::figures_by_sentence(input) {
        check_lengths(input, &uses, results);
        uses.iter().for_each(|used| check_named_period(input, used, results));
    }
    check_names(input, results);
}

/// Words for lengths, beside figures of other lengths.
fn check_lengths(input: &CheckInput, uses: &[&FigureUse], results: &mut CheckResults) {
    let periods: Vec<&Period> = uses
        .iter()
        .filter_map(|used| Some((used, Subject::of(input, used)?)))
        .flat_map(|(used, subject)| [subject.own_period(input), subject.base_period(input, used)])
        .flatten()
        .collect();
    let days: Vec<i64> = periods.iter().filter_map(|period| period.span.days()).collect();
    let Some((sentence, start)) = typed_sentence(uses).filter(|_| !days.is_empty()) else { return };
    let prose = &input.words.prose;
    let lengths =
        [(&prose.quarter, QUARTER), (&prose.half, HALF), (&prose.nine_months, NINE_MONTHS), (&prose.year, YEAR)];
    for (words, [least, most]) in lengths {
        for (at, word) in words.iter().flat_map(|word| find_words(&sentence, word)) {
            let place = Place::new(&uses[0].at.source, start + at..start + at + word.len());
            if is_literal(input, &place) {
                continue;
            }
            let mut of_length =
                periods.iter().filter(|period| period.span.days().is_some_and(|days| (least..=most).contains(&days)));
            if of_length.clone().next().is_none() {
                let message = format!("`{}` is in a sentence whose figures are of other periods", place.text());
                let finding = Diagnostic::error("period_words", message).at(&place, "");
                results.push(finding.note(format!("its figures are of {}", names(&periods))));
            } else if let Some(ordinal) = ordinal_before(input, &sentence[..at])
                && of_length.all(|period| ordinal_of(input, period).is_some_and(|own| own != ordinal))
            {
                let message = format!("`{}` has the wrong number", place.text());
                let finding = Diagnostic::error("period_words", message).at(&place, "");
                results.push(finding.note(format!("its figures are of {}", names(&periods))));
            }
        }
    }
}

fn names(periods: &[&Period]) -> String {
    let names: BTreeSet<String> = periods.iter().map(|period| format!("`{}`", period.id.value)).collect();
    names.into_iter().collect::<Vec<_>>().join(", ")
}

/// The sentence of some figures in lower case, its calls blank, and where it begins in the file.
fn typed_sentence(uses: &[&FigureUse]) -> Option<(String, usize)> {
    let (first, last) = (uses.first()?, uses.last()?);
    let start = first.at.start - sentences::text_before_in_sentence(first).len();
    let end = last.at.end + sentences::text_after_in_sentence(last).len();
    let mut text = first.at.source.text.get(start..end)?.to_ascii_lowercase().into_bytes();
    let mut depth = 0;
    for at in 0..text.len() {
        let pair = text.get(at..at + 2);
        depth += i32::from(pair == Some(b"{{"));
        let closes = at >= 2
            && depth > 0
            && text[at - 1] == 0
            && first.at.source.text.as_bytes()[start + at - 2..start + at] == *b"}}";
        depth -= i32::from(closes);
        if depth > 0 {
            text[at] = 0;
        }
    }
    let text = text.into_iter().map(|byte| if byte == 0 { b' ' } else { byte }).collect();
    Some((String::from_utf8(text).ok()?, start))
}

/// Where a text has some words, as whole words.
fn find_words<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = (usize, &'a str)> {
    text.match_indices(words).filter(|(at, _)| {
        let joined = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '-');
        !joined(text[..*at].chars().next_back()) && !joined(text[at + words.len()..].chars().next())
    })
}

fn is_literal(input: &CheckInput, place: &Place) -> bool {
    let text = &place.source.text;
    input.book.release.literals.iter().any(|literal| {
        let literal = literal.text.value.as_str();
        text.match_indices(literal).any(|(at, _)| at <= place.start && place.end <= at + literal.len())
    })
}

/// The number that the last word of a text is: 3 for "third".
fn ordinal_before(input: &CheckInput, text: &str) -> Option<i64> {
    let word = text.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next()?;
    let at = input.words.prose.ordinals.iter().position(|ordinal| ordinal == word)?;
    i64::try_from(at + 1).ok()
}

/// The number of a period in its year: from the longest period of the release that begins a year and contains it.
fn ordinal_of(input: &CheckInput, period: &Period) -> Option<i64> {
    let PeriodSpan::Duration { from, to } = period.span else { return None };
    let starts = input.book.release.periods.iter().filter_map(|other| match other.span {
        PeriodSpan::Duration { from: begins, to: ends }
            if begins <= from && to <= ends && other.span != period.span =>
        {
            Some((other.span.days()?, begins))
        }
        _ => None,
    });
    let (_, begins) = starts.filter(|(days, _)| *days <= YEAR[1]).max()?;
    let length = period.span.days()?;
    Some((from.day_number() - begins.day_number() + length / 2) / length + 1)
}

/// A period called by name directly after a figure: its base after a change, its own after an amount.
fn check_named_period(input: &CheckInput, used: &FigureUse, results: &mut CheckResults) {
    let text = used.at.source.text.get(used.at.end..).unwrap_or_default();
    let Some((words, rest)) = text.split_once("{{") else { return };
    let Some((call, _)) = rest.split_once("}}") else { return };
    let Some((name, filter)) = call.split_once('|') else { return };
    let id = name.trim().trim_matches('"');
    let words = words.trim().to_lowercase();
    let words = words.strip_suffix("the").unwrap_or(&words).trim();
    let prose = &input.words.prose;
    let compares = prose.compare.iter().any(|word| word == words);
    let within = prose.within.iter().any(|word| word == words);
    let Some(subject) = Subject::of(input, used).filter(|_| filter.trim() == "period" && (compares || within)) else {
        return;
    };
    let is_change = used.call.as_ref().is_some_and(|call| ["change", "difference"].contains(&call.filter.as_str()));
    let expected = match (compares, is_change) {
        (true, true) => subject.base_period(input, used),
        (false, _) => subject.own_period(input),
        // An amount compared with a period: nothing says what is compared.
        (true, false) => return,
    };
    let named = input.book.release.period(id);
    if let (Some(named), Some(expected)) = (named, expected)
        && named.span.end() != expected.span.end()
    {
        let start = used.at.end + text.find(id).unwrap_or_default();
        let place = Place::new(&used.at.source, start..start + id.len());
        let what = if compares { "compares with" } else { "is of" };
        let message = format!("the figure {what} `{}`, not `{id}`", expected.id.value);
        results.push(Diagnostic::error("period_words", message).at(&place, "").with(&used.at, used.name()));
    }
}

/// Names of periods, typed in any text, that no period has.
fn check_names(input: &CheckInput, results: &mut CheckResults) {
    let release = input.book.release;
    let patterns = &input.words.prose.period_names;
    let texts = release.periods.iter().map(|period| period.label.value.as_str());
    let texts = texts.chain([release.title.value.as_str()]);
    let labels: BTreeSet<String> = texts.flat_map(names_in).map(|(_, name)| name.to_lowercase()).collect();
    let shapes: BTreeSet<String> = labels.iter().map(|name| shape(name)).collect();
    let years = years(input);
    for typed in &input.presented.typed_texts {
        for (at, name) in names_in(&typed.text).filter(|(_, name)| patterns.contains(&shape(&name.to_lowercase()))) {
            let lower = name.to_lowercase();
            let is_written_so = shapes.contains(&shape(&lower));
            let is_of_a_year = || year_of(&lower).is_none_or(|year| years.contains(&year));
            let is_known = labels.contains(&lower) || !is_written_so && is_of_a_year();
            let at = Place { start: typed.at.start + at, end: typed.at.start + at + name.len(), ..typed.at.clone() };
            let at = if at.text() == name { at } else { typed.at.clone() };
            if !is_known && !is_literal(input, &at) {
                let message = format!("`{name}` is the name of no period");
                let finding = Diagnostic::error("period_words", message).at(&at, "");
                results.push(finding.help("write `{{ … | period }}`, or declare it as a `[[literal]]`"));
            }
        }
    }
}

/// Stretches of letters and digits that have both, with where they begin.
fn names_in(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let is_name = |word: &&str| word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic);
    words.filter(is_name).map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// A name with `#` for each digit; a year has four.
fn shape(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

/// The year at the end of a name, of its last two digits.
fn year_of(name: &str) -> Option<u16> {
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let year = name.get(name.len() - digits..).filter(|_| digits == 2 || digits == 4)?;
    year.parse::<u16>().ok().map(|year| year % 100)
}

/// The years in which the release has a day, by their last two digits.
fn years(input: &CheckInput) -> BTreeSet<u16> {
    let release = input.book.release;
    let of_periods = release.periods.iter().flat_map(|period| match period.span {
        PeriodSpan::Duration { from, to } => [from.year, to.year],
        PeriodSpan::Instant { at } => [at.year, at.year],
    });
    let events = release.events.iter().map(|event| event.date.year);
    of_periods.chain(events).chain([release.date.year]).map(|year| year % 100).collect()
}
