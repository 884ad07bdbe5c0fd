//! Period words: words and names of periods in a sentence are those of its figures.
//!
//! **What it checks.** If a sentence contains "quarter", "half year", "nine months" or "full year", one of its figures, or
//! the period that it is compared with, must have that length; "third quarter" must be the third of its year, where the
//! release tells. After a change, "from", "over" or "compared with" a `{{ … | period }}` must name the period that the
//! change compares with, and after an amount, "in" or "for" one must name its own. A name such as `FY2099` or `3Q25` must be
//! in the label of a period, or in the year of one if no label is written so. `[prose]` in the words of the language lists
//! the words.
//!
//! In a language without spaces between words, a word for the period of the release (`当期`), for the one before (`前期`) or
//! after (`次期`), or a date, with the name of the figure behind it, must be that of the figure; what a change is compared with
//! (`前期比`, `前年同期比`, `前期末比`) must be what its two periods are; and a sentence with `第3四半期` has a figure of that quarter or
//! of the nine months up to its end.
//!
//! **Why.** Text is copied from the last quarter. The figures change with the dataset, the words "third quarter" do not.
//!
//! **Example.** `narrative/period_words`
//!
//! **How to fix it.** Write `{{ "q3_2025" | period }}`, or correct the word. A phrase that is meant, such as the name of a
//! product or a form, is a `[[literal]]`.

mod run_on;

use std::{collections::BTreeSet, ops::Range};

use super::super::{
    CheckInput, CheckResults,
    clause::{is_whole, lower_case_in_place},
    literals::is_literal_at,
    movement::Movement,
    phrase_search::PhraseSearch,
    sentences,
    subject::Subject,
    web_address::web_addresses,
};
use crate::{
    diag::{Diagnostic, Place, quoted_list},
    model::{Node, Period, PeriodSpan},
    present::FigureUse,
};

/// The lengths that words name, in days: their least and most.
const QUARTER: [i64; 2] = [80, 100];
const HALF: [i64; 2] = [170, 195];
const NINE_MONTHS: [i64; 2] = [260, 285];
const YEAR: [i64; 2] = [350, 385];

/// How many words may be before the name of a quarter that a sentence is about.
const MAX_WORDS_BEFORE: usize = 3;

/// Looks at every sentence with figures, and at all typed text.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let (words, lengths) = (run_on::PeriodWords::new(input), LengthWords::new(input));
    for uses in &input.sentences {
        words.iter().for_each(|words| words.check(uses, results));
        check_lengths(input, &lengths, uses, results);
        check_beginning(input, uses, results);
        uses.iter().for_each(|used| check_base(input, used, results));
        uses.iter().for_each(|used| check_named_period(input, used, results));
    }
    check_names(input, results);
    input.sentences.len() + input.presented.typed_texts.len()
}

/// Whether a part of a text is within a longer word that means something else.
fn is_in_compound(input: &CheckInput, text: &str, part: &Range<usize>) -> bool {
    let compounds = input.words.prose.compounds.iter();
    let mut around = compounds.flat_map(|compound| {
        let from = part.start.saturating_sub(compound.len());
        let starts =
            (from..=part.start).filter(|at| text.get(*at..).is_some_and(|text| text.starts_with(compound.as_str())));
        starts.map(|start| start..start + compound.len()).collect::<Vec<_>>()
    });
    around.any(|range| range.start <= part.start && range.end >= part.end)
}

/// The words for lengths of periods.
struct LengthWords<'a> {
    /// Each with the length that it names.
    words: Vec<(&'a str, [i64; 2])>,
    search: PhraseSearch,
}

impl<'a> LengthWords<'a> {
    fn new(input: &CheckInput<'a, '_>) -> Self {
        let prose = &input.words.prose;
        let lengths =
            [(&prose.quarter, QUARTER), (&prose.half, HALF), (&prose.nine_months, NINE_MONTHS), (&prose.year, YEAR)];
        let words =
            lengths.into_iter().flat_map(|(words, length)| words.iter().map(move |word| (word.as_str(), length)));
        let words: Vec<_> = words.collect();
        Self { search: PhraseSearch::all(words.iter().map(|(word, _)| word)), words }
    }

    /// Where a text has such words, alone or as in "third-quarter"; not as in "quarter-on-quarter". In the order of the words.
    fn find(&self, text: &str) -> Vec<(usize, &'a str, [i64; 2])> {
        let is_joined = |part: &Range<usize>| text[..part.start].ends_with("on-") || text[part.end..].starts_with('-');
        let found = self.search.find(text).filter(|(part, _)| is_whole(text, part) && !is_joined(part));
        let mut found: Vec<_> = found.map(|(part, word)| (word, part.start)).collect();
        found.sort_unstable();
        let named = |(word, at): (usize, usize)| self.words.get(word).map(|(word, length)| (at, *word, *length));
        found.into_iter().filter_map(named).collect()
    }
}

/// Words for lengths, beside figures of other lengths.
fn check_lengths(input: &CheckInput, lengths: &LengthWords, uses: &[&FigureUse], results: &mut CheckResults) {
    let Some((sentence, start)) = typed_sentence(uses) else { return };
    let found = lengths.find(&sentence).into_iter();
    let found = found.filter(|(at, word, _)| !is_in_compound(input, &sentence, &(*at..at + word.len())));
    let found: Vec<_> = found.collect();
    let subjects = uses.iter().filter(|_| !found.is_empty()).filter_map(|used| Some((used, Subject::of(input, used)?)));
    let periods: Vec<&Period> = subjects
        .flat_map(|(used, subject)| all_periods(input, used).into_iter().chain(subject.base_period(input, used)))
        .collect();
    if periods.iter().all(|period| period.span.days().is_none()) {
        return;
    }
    for (at, word, [least, most]) in found {
        let place = Place::new(&uses[0].at.source, start + at..start + at + word.len());
        let is_of_length = |period: &&&Period| period.span.days().is_some_and(|days| (least..=most).contains(&days));
        let of_length: Vec<&&Period> = periods.iter().filter(is_of_length).collect();
        let is_other =
            |ordinal: i64| of_length.iter().all(|period| ordinal_of(input, period).is_some_and(|own| own != ordinal));
        let ordinal = ordinal_before(input, &sentence[..at])
            .filter(|_| sentence[..at].split_whitespace().count() <= MAX_WORDS_BEFORE);
        let message = match ordinal {
            _ if is_literal_at(input, &place) => continue,
            _ if of_length.is_empty() => {
                format!("`{}` is in a sentence whose figures are of other periods", place.text())
            }
            Some(ordinal) if is_other(ordinal) => {
                format!("`{}` is not the one of the figures in its sentence", place.text())
            }
            _ => continue,
        };
        let finding = Diagnostic::error("period-words", message).at(&place, "");
        results.push(finding.note(format!("its figures are of {}", names(&periods))));
    }
}

/// "In FY2025, …", "At March 31, 2026, …" before figures of other periods.
fn check_beginning(input: &CheckInput, uses: &[&FigureUse], results: &mut CheckResults) {
    let Some(first) = uses.first() else { return };
    let before = sentences::text_before_in_sentence(first);
    let start = first.at.start - before.len();
    let lower = before.to_lowercase();
    let begins = input
        .words
        .prose
        .within
        .iter()
        .any(|word| lower.trim_start().strip_prefix(word.as_str()).is_some_and(|rest| rest.starts_with(' ')));
    if !begins {
        return;
    }
    let own: Vec<&Period> = uses.iter().flat_map(|used| all_periods(input, used)).collect();
    // A date has a comma of its own.
    let named = input.book.release.periods.iter().find_map(|period| {
        let label = period.label.value.as_str();
        let texts = match period.span {
            PeriodSpan::Instant { at } => vec![label.to_owned(), input.words.format_date(at)],
            PeriodSpan::Duration { .. } => vec![label.to_owned()],
        };
        let found =
            texts.into_iter().filter(|text| text.len() >= 4).find_map(|text| Some((before.find(&text)?, text.len())));
        found
            .filter(|(at, _)| {
                before[..*at].split_whitespace().count() <= MAX_WORDS_BEFORE + 2 && !before[..*at].contains(',')
            })
            .map(|found| (period, found))
    });
    let Some((period, (at, len))) = named.filter(|_| !own.is_empty()) else { return };
    let place = Place::new(&first.at.source, start + at..start + at + len);
    if !own.iter().any(|own| overlap(own, period)) && !is_literal_at(input, &place) {
        let message = format!("the sentence is about `{}`, its figures are not", place.text());
        let finding = Diagnostic::error("period-words", message).at(&place, "");
        results.push(finding.note(format!("its figures are of {}", names(&own))));
    }
}

/// The period of a figure, and those that its formula names.
fn all_periods<'a>(input: &CheckInput<'a, '_>, used: &FigureUse) -> Vec<&'a Period> {
    let Some(subject) = Subject::of(input, used) else { return Vec::new() };
    let mut periods: Vec<&Period> = subject.own_period(input).into_iter().collect();
    subject.expr.walk(&mut |part| {
        if let Node::In(_, id) = &part.node {
            periods.extend(input.book.release.period(id));
        }
    });
    periods
}

fn overlap(a: &Period, b: &Period) -> bool {
    let days = |period: &Period| match period.span {
        PeriodSpan::Duration { from, to } => (from, to),
        PeriodSpan::Instant { at } => (at, at),
    };
    let (a, b) = (days(a), days(b));
    a.0 <= b.1 && b.0 <= a.1
}

/// "Year on year" behind a change from another period.
fn check_base(input: &CheckInput, used: &FigureUse, results: &mut CheckResults) {
    let prose = &input.words.prose;
    let text = used.at.source.text.get(used.at.end..).unwrap_or_default();
    let after = text.trim_start();
    let start = used.at.end + text.len() - after.len();
    let end = after.char_indices().nth(MAX_PHRASE).map_or(after.len(), |(at, _)| at);
    let lower = lower_case_in_place(&after[..end]);
    for (phrases, [least, most], what) in [(&prose.on_year, YEAR, "a year"), (&prose.on_quarter, QUARTER, "a quarter")]
    {
        let Some(phrase) = phrases.iter().find(|phrase| lower.starts_with(phrase.as_str())) else { continue };
        let Some(subject) = Subject::of(input, used) else { continue };
        let Some((own, base)) = ends_of_change(input, used, &subject) else { continue };
        let apart = own.span.end().day_number() - base.span.end().day_number();
        if !(least..=most).contains(&apart) {
            let place = Place::new(&used.at.source, start..start + phrase.len());
            let message = format!(
                "`{}` stands behind a change from `{}`, which ended {apart} days before",
                place.text(),
                base.id.value
            );
            let finding = Diagnostic::error("period-words", message).at(&place, format!("expected {what}"));
            results.push(finding.with(&used.at, used.name()));
        }
    }
}

/// The period of a change and the one that it is compared with; none for other figures.
fn ends_of_change<'a>(
    input: &CheckInput<'a, '_>,
    used: &FigureUse,
    subject: &Subject<'a>,
) -> Option<(&'a Period, &'a Period)> {
    let moved = Movement::of(input.book, &subject.expr, subject.period);
    let is_change = moved.is_some()
        || used.call.as_ref().is_some_and(|call| ["change", "difference"].contains(&call.filter.as_str()));
    let older = moved.and_then(|moved| match &moved.older.node {
        Node::In(_, id) => input.book.release.period(id),
        _ => None,
    });
    let ends = subject.own_period(input).zip(older.or(subject.base_period(input, used)));
    ends.filter(|_| is_change)
}

/// The longest phrase that is looked for behind a change, in characters.
const MAX_PHRASE: usize = 60;

fn names(periods: &[&Period]) -> String {
    quoted_list(periods.iter().map(|period| period.id.value.as_str()).collect::<BTreeSet<_>>())
}

/// The sentence of some figures in lower case, its calls blank, and where it begins in the file.
fn typed_sentence(uses: &[&FigureUse]) -> Option<(String, usize)> {
    let (first, last) = (uses.first()?, uses.last()?);
    let start = first.at.start - sentences::text_before_in_sentence(first).len();
    let end = last.at.end + sentences::text_after_in_sentence(last).len();
    let written = first.at.source.text.get(start..end)?;
    let mut text = String::with_capacity(written.len());
    let mut rest = written;
    while let Some((typed, call)) = rest.split_once("{{") {
        let after = call.split_once("}}").map_or("", |(_, after)| after);
        text.push_str(typed);
        text.extend(std::iter::repeat_n(' ', rest.len() - typed.len() - after.len()));
        rest = after;
    }
    text.push_str(rest);
    text.make_ascii_lowercase();
    Some((text, start))
}

/// The number that the last word of a text is: 3 for "third".
fn ordinal_before(input: &CheckInput, text: &str) -> Option<i64> {
    let word = text.trim_end_matches(|c: char| !c.is_alphanumeric()).rsplit(|c: char| !c.is_alphanumeric()).next()?;
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
    // "From the": an article joins.
    let article = words.rsplit_once(' ').filter(|(_, last)| input.words.prose.joining.iter().any(|word| word == last));
    let words = article.map_or(words.as_str(), |(words, _)| words.trim());
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
        let call_start = text.len() - rest.len();
        let start = used.at.end + call_start + call.find(id).unwrap_or_default();
        let place = Place::new(&used.at.source, start..start + id.len());
        let what = if compares { "compares with" } else { "is of" };
        let message = format!("the figure {what} `{}`, not `{id}`", expected.id.value);
        results.push(Diagnostic::error("period-words", message).at(&place, "").with(&used.at, used.name()));
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
        for (within, name) in names_in(&typed.text).filter(|(_, name)| patterns.contains(&shape(&name.to_lowercase())))
        {
            let lower = name.to_lowercase();
            let is_written_so = shapes.contains(&shape(&lower));
            let is_of_a_year = || year_of(&lower).is_none_or(|year| years.contains(&year));
            let is_known = labels.contains(&lower) || !is_written_so && is_of_a_year();
            let at =
                Place { start: typed.at.start + within, end: typed.at.start + within + name.len(), ..typed.at.clone() };
            let at = if at.text() == name { at } else { typed.at.clone() };
            let is_in_address = || web_addresses(&typed.text).iter().any(|address| address.contains(&within));
            if !is_known && !is_literal_at(input, &at) && !is_in_address() {
                let message = format!("`{name}` is the name of no period");
                let finding = Diagnostic::error("period-words", message).at(&at, "");
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
pub(super) fn shape(name: &str) -> String {
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
    let events = release.events.iter().filter_map(|event| event.date);
    of_periods.chain(events.chain(release.date).map(|date| date.year)).map(|year| year % 100).collect()
}
