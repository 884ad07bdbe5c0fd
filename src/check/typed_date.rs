//! Typed dates: which stretches of a text are dates, and which of them the release declares.

use std::{collections::BTreeSet, ops::Range};

use crate::model::{Date, Period, PeriodSpan, Release, Words, narrow, narrow_text};

/// A date in a text, or some parts of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundDate {
    pub range: Range<usize>,
    /// Whether it is the date of a period, an event or the release.
    pub is_declared: bool,
    /// Whether it names a financial year by its last day.
    pub is_year_end: bool,
}

/// The patterns of dates of a language, with the declared dates in each.
pub struct DateSearch<'a> {
    words: &'a Words,
    patterns: Vec<Pattern<'a>>,
    quarters: Quarters<'a>,
    /// The digits from nought to nine in words, and the word for ten, where the language has them.
    numerals: Vec<char>,
    ten: Option<char>,
    /// The characters, narrow, that a date or the name of a quarter may begin with, beside digits: most begin none.
    beginnings: BTreeSet<char>,
}

struct Pattern<'a> {
    pattern: &'a str,
    declared: BTreeSet<String>,
    is_year_end: bool,
}

/// The names of quarters with the numbers of those that the release has.
struct Quarters<'a> {
    patterns: Vec<(&'a str, &'a str)>,
    numbers: BTreeSet<u32>,
}

impl<'a> DateSearch<'a> {
    /// Nothing, for a language that writes dates in one way only.
    pub fn new(release: &Release, words: &'a Words) -> Option<Self> {
        let prose = &words.prose;
        if prose.date_parts.is_empty() && prose.year_ends.is_empty() && prose.nth_quarter.is_empty() {
            return None;
        }
        let days: Vec<Date> = release.dates().collect();
        let ends: Vec<Date> = release.periods.iter().map(|period| period.span.end()).collect();
        let pattern = |pattern: &'a str, days: &[Date], is_year_end| Pattern {
            pattern,
            declared: days.iter().map(|day| narrow_text(&words.format_date_as(pattern, *day))).collect(),
            is_year_end,
        };
        let whole = words.date_styles.values().chain([&words.date]);
        let parts = prose.date_parts.iter().chain(whole).map(|parts| pattern(parts, &days, false));
        let year_ends = prose.year_ends.iter().map(|parts| pattern(parts, &ends, true));
        let patterns: Vec<Pattern> = parts.chain(year_ends).collect();
        let quarters = prose.nth_quarter.iter().chain(&prose.year_to_date);
        let quarters = Quarters {
            patterns: quarters.filter_map(|pattern| pattern.split_once('#')).collect(),
            numbers: release.periods.iter().flat_map(|period| quarters_of(&release.periods, period)).collect(),
        };
        let numerals: Vec<char> = prose.numerals.iter().flat_map(|word| word.chars()).take(10).collect();
        let numerals = if numerals.len() == 10 { numerals } else { Vec::new() };
        let ten = prose.multipliers.iter().flat_map(|word| word.chars()).next();
        let beginnings = patterns.iter().flat_map(|pattern| beginnings(pattern.pattern, words));
        let beginnings = beginnings.chain(quarters.patterns.iter().filter_map(|(before, _)| before.chars().next()));
        let beginnings = beginnings.chain(numerals.iter().copied()).chain(ten).map(narrow).collect();
        Some(Self { words, patterns, quarters, numerals, ten, beginnings })
    }

    /// The dates of a text, each as long as it can be, and names of declared quarters.
    pub fn find(&self, text: &str) -> Vec<FoundDate> {
        let mut found = Vec::new();
        let mut done = 0;
        let mut before = None;
        for (start, c) in text.char_indices() {
            let is_digit = narrow(c).is_ascii_digit();
            let follows_digit = is_digit && before.is_some_and(|c: char| narrow(c).is_ascii_digit());
            before = Some(c);
            if start < done || follows_digit || !is_digit && !self.beginnings.contains(&narrow(c)) {
                continue;
            }
            let rest = &text[start..];
            let dates =
                self.patterns.iter().filter_map(|pattern| Some((self.date_at(pattern.pattern, rest)?, pattern)));
            if let Some((length, pattern)) = dates.max_by_key(|(length, _)| *length) {
                let is_declared = pattern.declared.contains(&self.in_digits(&rest[..length]));
                let range = start..start + length;
                done = range.end;
                found.push(FoundDate { range, is_declared, is_year_end: pattern.is_year_end });
            } else if let Some(length) = self.quarters.at(rest) {
                done = start + length;
                found.push(FoundDate { range: start..done, is_declared: true, is_year_end: false });
            }
        }
        found
    }

    /// Whether a date, as it is typed, is one of some days.
    pub fn is_one_of(&self, date: &str, days: &[Date]) -> bool {
        let is_written_so = |pattern: &&str| self.date_at(pattern, date) == Some(date.len());
        let in_digits = self.in_digits(date);
        let is_day =
            |pattern: &str| days.iter().any(|day| narrow_text(&self.words.format_date_as(pattern, *day)) == in_digits);
        self.patterns.iter().map(|pattern| pattern.pattern).filter(is_written_so).any(is_day)
    }

    /// Whether a date names an era.
    pub fn has_era(&self, date: &str) -> bool {
        self.words.eras.iter().any(|era| date.starts_with(era.name.as_str()))
    }

    /// A date with narrow digits, also for those in words.
    fn in_digits(&self, date: &str) -> String {
        let mut out = String::new();
        let mut rest = date;
        while let Some(c) = rest.chars().next() {
            match self.number_in_words(rest) {
                Some((length, number)) => {
                    out.push_str(&number.to_string());
                    rest = &rest[length..];
                }
                None => {
                    out.push(narrow(c));
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        out
    }

    /// A number in words at the beginning of a text, below a hundred or digit by digit, and its length: 七, 二十一, 二〇二六.
    fn number_in_words(&self, text: &str) -> Option<(usize, u32)> {
        let (mut length, mut number, mut is_behind_ten) = (0, 0_u32, false);
        for c in text.chars() {
            if let Some(digit) = self.numerals.iter().position(|known| *known == c) {
                let digit = u32::try_from(digit).ok()?;
                number = if is_behind_ten { number + digit } else { number.checked_mul(10)?.checked_add(digit)? };
                is_behind_ten = false;
            } else if Some(c) == self.ten && number < 10 {
                number = number.max(1) * 10;
                is_behind_ten = true;
            } else {
                break;
            }
            length += c.len_utf8();
        }
        (length > 0 && !self.numerals.is_empty()).then_some((length, number))
    }

    /// The length of a number of so many digits at the beginning of a text, in words too.
    fn number(&self, text: &str, count: std::ops::RangeInclusive<usize>, in_words: bool) -> Option<usize> {
        let words = || self.number_in_words(text).filter(|(_, number)| count.contains(&number.to_string().len()));
        digits(text, count.clone()).or_else(|| words().filter(|_| in_words).map(|(length, _)| length))
    }

    /// How long the date is that a text begins with, in a pattern. Numbers may be in words where a year is named.
    fn date_at(&self, pattern: &str, text: &str) -> Option<usize> {
        let in_words = !self.numerals.is_empty() && (pattern.contains("{year}") || pattern.contains("{era_year}"));
        let mut rest = text;
        let mut pattern = pattern;
        while let Some(c) = pattern.chars().next() {
            let name = pattern.strip_prefix('{').and_then(|inner| inner.split_once('}'));
            let length = match name {
                Some(("month", _)) => {
                    let mut months = self.words.months.iter().filter(|month| !month.is_empty());
                    months.find(|month| rest.starts_with(month.as_str()))?.len()
                }
                Some(("year", _)) => self.number(rest, 4..=4, in_words)?,
                Some(("era", _)) => self.words.eras.iter().find(|era| rest.starts_with(era.name.as_str()))?.name.len(),
                Some(("era_year", _)) => {
                    let first = self.words.first_era_year.as_ref().filter(|first| rest.starts_with(first.as_str()));
                    first.map(String::len).or_else(|| self.number(rest, 1..=2, in_words))?
                }
                Some(_) => self.number(rest, 1..=2, in_words)?,
                None => rest.chars().next().filter(|own| narrow(*own) == narrow(c))?.len_utf8(),
            };
            rest = &rest[length..];
            pattern = name.map_or(&pattern[c.len_utf8()..], |(_, after)| after);
        }
        (rest.len() < text.len()).then_some(text.len() - rest.len())
    }
}

/// The characters, beside digits, that a date in a pattern may begin with.
fn beginnings(pattern: &str, words: &Words) -> Vec<char> {
    let first = |text: &String| text.chars().next();
    let name = pattern.strip_prefix('{').and_then(|inner| inner.split_once('}'));
    match name {
        Some(("month", _)) => words.months.iter().filter_map(first).collect(),
        Some(("era", _)) => words.eras.iter().filter_map(|era| first(&era.name)).collect(),
        Some(("era_year", _)) => words.first_era_year.iter().filter_map(first).collect(),
        Some(_) => Vec::new(),
        None => pattern.chars().take(1).collect(),
    }
}

impl Quarters<'_> {
    /// How long the name of a declared quarter is that a text begins with.
    fn at(&self, text: &str) -> Option<usize> {
        let names = self.patterns.iter().filter_map(|(before, after)| {
            let number = text.strip_prefix(*before)?;
            let digit = number.chars().next()?;
            let is_declared = narrow(digit).to_digit(10).is_some_and(|number| self.numbers.contains(&number));
            let rest = &number[digit.len_utf8()..];
            (is_declared && rest.starts_with(*after)).then_some(before.len() + digit.len_utf8() + after.len())
        });
        names.max()
    }
}

/// The length of the digits, of any width, at the beginning of a text, if there are so many.
fn digits(text: &str, count: std::ops::RangeInclusive<usize>) -> Option<usize> {
    let digits = || text.chars().take_while(|c| narrow(*c).is_ascii_digit());
    count.contains(&digits().count()).then(|| digits().map(char::len_utf8).sum())
}

/// The days of a quarter: its least and most.
pub const QUARTER: [i64; 2] = [80, 100];

/// The numbers of the quarters that a period is or ends with: the third for one of nine months.
pub fn quarters_of(all: &[Period], period: &Period) -> Vec<u32> {
    let Some(days) = period.span.days() else { return Vec::new() };
    let is_count = |count: &i64| (QUARTER[0] * count..=QUARTER[1] * count).contains(&days);
    let counted = (2..=4).find(is_count).and_then(|count| u32::try_from(count).ok());
    match counted {
        Some(count) => vec![count],
        None if is_count(&1) => ordinal(all, period).map_or_else(|| (1..=4).collect(), |number| vec![number]),
        None => Vec::new(),
    }
}

/// The number of a quarter in its year: from the longest period that begins a year and contains it.
fn ordinal(all: &[Period], period: &Period) -> Option<u32> {
    let PeriodSpan::Duration { from, to } = period.span else { return None };
    let starts = all.iter().filter_map(|other| match other.span {
        PeriodSpan::Duration { from: begins, to: ends }
            if begins <= from && to <= ends && other.span != period.span =>
        {
            Some((other.span.days()?, begins))
        }
        _ => None,
    });
    let (_, begins) = starts.filter(|(days, _)| *days <= 4 * QUARTER[1]).max()?;
    let length = period.span.days()?;
    u32::try_from((from.day_number() - begins.day_number() + length / 2) / length + 1).ok()
}
