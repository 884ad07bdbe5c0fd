//! Words for periods in a language without spaces between words: those of the release's own period and those around it, what a
//! change is compared with, and quarters by their number.

use std::{cmp::Reverse, collections::BTreeSet, ops::Range};

use super::{QUARTER, YEAR, all_periods, ends_of_change, names, typed_sentence};
use crate::{
    check::{
        CheckInput, CheckResults,
        literals::is_literal_at,
        number_search::{ends_with, starts_with},
        sentences::text_before_in_sentence,
        subject::Subject,
        typed_date::{DateSearch, quarters_of},
    },
    diag::{Diagnostic, Place},
    model::{Date, Period, PeriodSpan, narrow},
    present::FigureUse,
};

/// How many characters more than the label the words between a period and its figure may have.
const MAX_BESIDE_LABEL: usize = 4;
/// How many characters they may have where they are a word for profit or loss.
const MAX_RESULT: usize = 10;

/// When a word says that a period is, beside that of the release.
#[derive(Clone, Copy, PartialEq)]
enum When {
    Current,
    Previous,
    Next,
    /// The word says something else.
    Other,
}

/// What a phrase says that a change is compared with.
#[derive(Clone, Copy)]
enum Base {
    SamePeriod,
    Previous,
    YearEnd,
    Year,
    Quarter,
}

/// A name of quarters.
struct Quarter<'c> {
    /// What stands before and after the number.
    around: (&'c str, &'c str),
    /// Whether it is of the months up to the end of the quarter.
    is_sum: bool,
}

/// The words of a language for periods.
pub(super) struct PeriodWords<'a, 'c, 'r> {
    input: &'a CheckInput<'c, 'r>,
    words: Vec<(&'c str, When)>,
    /// The characters that the words begin with; `#` is any digit.
    beginnings: BTreeSet<char>,
    bases: Vec<(&'c str, Base)>,
    quarters: Vec<Quarter<'c>>,
    dates: Option<&'a DateSearch<'c>>,
}

impl<'a, 'c, 'r> PeriodWords<'a, 'c, 'r> {
    /// None for a language that has no such words.
    pub(super) fn new(input: &'a CheckInput<'c, 'r>) -> Option<Self> {
        let prose = &input.words.prose;
        let bases = [
            (&prose.on_same_period, Base::SamePeriod),
            (&prose.on_previous, Base::Previous),
            (&prose.on_year_end, Base::YearEnd),
            (&prose.on_year, Base::Year),
            (&prose.on_quarter, Base::Quarter),
        ];
        let bases = bases.into_iter().flat_map(|(list, base)| list.iter().map(move |word| (word.as_str(), base)));
        let bases: Vec<_> = bases.collect();
        let words = [
            (&prose.current, When::Current),
            (&prose.previous, When::Previous),
            (&prose.next, When::Next),
            (&prose.compounds, When::Other),
        ];
        let words = words.into_iter().flat_map(|(list, when)| list.iter().map(move |word| (word.as_str(), when)));
        let words: Vec<_> = words.chain(bases.iter().map(|(phrase, _)| (*phrase, When::Other))).collect();
        let beginnings = words.iter().filter_map(|(word, _)| word.chars().next()).collect();
        let quarters = [(&prose.nth_quarter, false), (&prose.year_to_date, true)];
        let quarters = quarters.into_iter().flat_map(|(list, is_sum)| list.iter().map(move |word| (word, is_sum)));
        let quarters = quarters.filter_map(|(word, is_sum)| Some(Quarter { around: word.split_once('#')?, is_sum }));
        let has_words = !prose.current.is_empty() || !prose.previous.is_empty() || !prose.nth_quarter.is_empty();
        let quarters = quarters.collect();
        has_words.then_some(Self { input, words, beginnings, bases, quarters, dates: input.dates.as_ref() })
    }

    /// Looks at the figures of a sentence.
    pub(super) fn check(&self, uses: &[&FigureUse], results: &mut CheckResults) {
        self.check_quarters(uses, results);
        for used in uses {
            self.check_period(used, results);
            self.check_base(used, results);
        }
    }

    /// Quarters by their number, beside figures of other periods.
    fn check_quarters(&self, uses: &[&FigureUse], results: &mut CheckResults) {
        let Some((sentence, start)) = typed_sentence(uses) else { return };
        // Of names around one number, the first to begin counts, and of those the longest.
        let numbers = sentence.char_indices().filter(|(_, c)| narrow(*c).is_ascii_digit());
        let mut done = 0;
        for (at, digit) in numbers {
            let found = self.quarters.iter().filter_map(|Quarter { around: (before, after), is_sum }| {
                let start = sentence[..at].strip_suffix(before)?.len();
                let rest = sentence[at + digit.len_utf8()..].strip_prefix(after)?;
                Some((start..sentence.len() - rest.len(), narrow(digit).to_digit(10)?, *is_sum))
            });
            let found = found.filter(|(range, ..)| range.start >= done);
            let first = found.max_by_key(|(range, ..)| (Reverse(range.start), range.end));
            let Some((range, number, is_sum)) = first else { continue };
            done = range.end;
            let place = Place::new(&uses[0].at.source, start + range.start..start + range.end);
            self.check_quarter(uses, &place, number, is_sum, results);
        }
    }

    fn check_quarter(&self, uses: &[&FigureUse], place: &Place, number: u32, is_sum: bool, results: &mut CheckResults) {
        let bases = uses.iter().filter_map(|used| Subject::of(self.input, used)?.base_period(self.input, used));
        let periods: Vec<&Period> = uses.iter().flat_map(|used| all_periods(self.input, used)).chain(bases).collect();
        let all = &self.input.book.release.periods;
        let is_one = |period: &&Period| {
            let is_quarter = period.span.days().is_some_and(|days| days <= QUARTER[1]);
            quarters_of(all, period).contains(&number) && (!is_sum || number == 1 || !is_quarter)
        };
        let has_length = periods.iter().any(|period| period.span.days().is_some());
        if has_length && !periods.iter().any(is_one) && !is_literal_at(self.input, place) {
            let message = format!("`{}` is in a sentence whose figures are of other periods", place.text());
            let finding = Diagnostic::error("period-words", message).at(place, "");
            results.push(finding.note(format!("its figures are of {}", names(&periods))));
        }
    }

    /// "前期の売上高は" and "2025年3月期は" before a figure of another period.
    fn check_period(&self, used: &FigureUse, results: &mut CheckResults) {
        let text = text_before_in_sentence(used);
        let text = text.rsplit("}}").next().unwrap_or_default();
        let start = used.at.start - text.len();
        let Some(subject) = Subject::of(self.input, used) else { return };
        let (Some(own), Some(main)) = (subject.own_period(self.input), self.main()) else { return };
        let word = self.last_word(text);
        let date = self.dates.and_then(|dates| dates.find(text).pop());
        let date = date
            .filter(|date| date.is_declared && word.as_ref().is_none_or(|(range, _)| range.end <= date.range.start));
        let (range, is_so) = match (&date, word) {
            (Some(date), _) => {
                let days = days_of(own);
                let dates = self.dates;
                (date.range.clone(), dates.is_some_and(|dates| dates.is_one_of(&text[date.range.clone()], &days)))
            }
            (None, Some((range, when))) => (range, is_when(own, main, when)),
            (None, None) => return,
        };
        let place = Place::new(&used.at.source, start + range.start..start + range.end);
        if is_so || !self.speaks_of(&text[range.end..], &subject) || is_literal_at(self.input, &place) {
            return;
        }
        let message = format!("`{}` stands before a figure of `{}`", place.text(), own.id.value);
        results.push(Diagnostic::error("period-words", message).at(&place, "").with(&used.at, used.name()));
    }

    fn main(&self) -> Option<&'c Period> {
        self.input.book.release.own_period()
    }

    /// The last word for a period in a text. Of words that begin at one place, the longest counts.
    fn last_word(&self, text: &str) -> Option<(Range<usize>, When)> {
        let mut last = None;
        let mut done = 0;
        let begins =
            |c: char| self.beginnings.contains(&c) || narrow(c).is_ascii_digit() && self.beginnings.contains(&'#');
        for (at, _) in text.char_indices().filter(|(_, c)| begins(*c)) {
            if at < done {
                continue;
            }
            let found = self.words.iter().filter_map(|(word, when)| Some((word_length(&text[at..], word)?, *when)));
            let Some((length, when)) = found.max_by_key(|(length, _)| *length) else { continue };
            done = at + length;
            last = Some((at..done, when)).filter(|(_, when)| *when != When::Other).or(last);
        }
        last
    }

    /// Whether what stands between a word for a period and a figure is the name of the figure.
    fn speaks_of(&self, between: &str, subject: &Subject) -> bool {
        let prose = &self.input.words.prose;
        let label = subject.label(self.input).unwrap_or_default();
        let mut name = between.trim_matches(|c: char| c.is_whitespace() || "*、，（）()".contains(c));
        for mark in prose.topic.iter().chain(&prose.subject) {
            name = name.strip_suffix(mark.as_str()).unwrap_or(name);
        }
        let joins = prose.joining.iter().filter(|word| word.chars().count() == 1);
        let name = joins.fold(name, |name, word| name.strip_prefix(word.as_str()).unwrap_or(name));
        let length = name.chars().count();
        let is_label = label.contains(name)
            || !label.is_empty() && name.contains(label) && length <= label.chars().count() + MAX_BESIDE_LABEL;
        let mut results = prose.profit.iter().chain(&prose.loss).chain(&prose.result);
        name.is_empty() || is_label || length <= MAX_RESULT && results.any(|word| name.ends_with(word.as_str()))
    }

    /// "前期比" before a change, or behind one, that is compared with another period.
    fn check_base(&self, used: &FigureUse, results: &mut CheckResults) {
        let Some((phrase, base)) = self.phrase_before(used).or_else(|| self.phrase_after(used)) else { return };
        let Some(subject) = Subject::of(self.input, used) else { return };
        let Some((own, older)) = ends_of_change(self.input, used, &subject) else { return };
        if self.is_base(own, older, base) || is_literal_at(self.input, &phrase) {
            return;
        }
        let message =
            format!("`{}` stands beside a change from `{}` to `{}`", phrase.text(), older.id.value, own.id.value);
        let finding = Diagnostic::error("period-words", message).at(&phrase, base.expected());
        results.push(finding.with(&used.at, used.name()));
    }

    fn phrase_before(&self, used: &FigureUse) -> Option<(Place, Base)> {
        let text = text_before_in_sentence(used);
        let joining = &self.input.words.prose.joining;
        let mut rest = text.trim_end_matches(is_sign);
        loop {
            let phrases = self.bases.iter().filter(|(phrase, _)| ends_with(rest, phrase));
            if let Some((phrase, base)) = phrases.max_by_key(|(phrase, _)| phrase.len()) {
                let end = used.at.start - (text.len() - rest.len());
                return Some((Place::new(&used.at.source, end - phrase.len()..end), *base));
            }
            let short = joining.iter().filter(|word| word.chars().count() <= 2 && rest.ends_with(word.as_str()));
            let word = short.max_by_key(|word| word.len())?;
            rest = rest[..rest.len() - word.len()].trim_end_matches(is_sign);
        }
    }

    fn phrase_after(&self, used: &FigureUse) -> Option<(Place, Base)> {
        let text = used.at.source.text.get(used.at.end..)?;
        let rest = text.trim_start_matches(|c: char| is_sign(c) || "（(".contains(c));
        let phrases = self.bases.iter().filter(|(phrase, _)| starts_with(rest, phrase));
        let (phrase, base) = phrases.max_by_key(|(phrase, _)| phrase.len())?;
        // A figure behind the phrase is what it speaks of.
        let behind = rest[phrase.len()..].trim_start_matches(is_sign);
        let start = used.at.end + (text.len() - rest.len());
        (!behind.starts_with("{{")).then(|| (Place::new(&used.at.source, start..start + phrase.len()), *base))
    }

    fn is_base(&self, own: &Period, older: &Period, base: Base) -> bool {
        let apart = own.span.end().day_number() - older.span.end().day_number();
        let is_a_year = (YEAR[0]..=YEAR[1]).contains(&apart);
        let length = own.span.days();
        match base {
            Base::SamePeriod => is_a_year && length.is_some_and(|days| days < YEAR[0]),
            Base::Previous => match own.span {
                PeriodSpan::Duration { from, .. } => older.span.end() == from.previous(),
                PeriodSpan::Instant { .. } => is_a_year,
            },
            Base::YearEnd => length.is_none() && older.span.days().is_none() && self.ends_year(older.span.end()),
            Base::Year => is_a_year,
            Base::Quarter => (QUARTER[0]..=QUARTER[1]).contains(&apart),
        }
    }

    /// Whether a day is the last of a financial year: the last of a period of a year, or the one before such a period or a year to
    /// date begins.
    fn ends_year(&self, day: Date) -> bool {
        let main = self.main();
        self.input.book.release.periods.iter().any(|period| match period.span {
            PeriodSpan::Duration { from, to } => {
                let is_year = period.span.days().is_some_and(|days| (YEAR[0]..=YEAR[1]).contains(&days));
                let is_main = main.is_some_and(|main| main.id == period.id);
                is_year && to == day || (is_year || is_main) && from.previous() == day
            }
            PeriodSpan::Instant { .. } => false,
        })
    }
}

impl Base {
    fn expected(self) -> &'static str {
        match self {
            Self::SamePeriod => "expected the same part of the year before",
            Self::Previous => "expected the period directly before",
            Self::YearEnd => "expected balances, and the end of the year before",
            Self::Year => "expected a year",
            Self::Quarter => "expected a quarter",
        }
    }
}

fn is_sign(c: char) -> bool {
    c.is_whitespace() || "*、，約".contains(c)
}

fn is_when(own: &Period, main: &Period, when: When) -> bool {
    let [end, main_end] = [own.span.end(), main.span.end()];
    // In a quarter, "当期" may be the year.
    let contains_main = || match (own.span, main.span) {
        (PeriodSpan::Duration { from, .. }, PeriodSpan::Duration { from: main_from, .. }) => {
            from <= main_from && end >= main_end
        }
        _ => false,
    };
    match when {
        When::Current => end == main_end || contains_main(),
        When::Previous => end < main_end,
        When::Next => end > main_end,
        When::Other => true,
    }
}

fn days_of(period: &Period) -> Vec<Date> {
    match period.span {
        PeriodSpan::Duration { from, to } => vec![from, to],
        PeriodSpan::Instant { at } => vec![at],
    }
}

/// How long a word is at the beginning of a text, with any digit for `#`.
fn word_length(text: &str, word: &str) -> Option<usize> {
    let Some((before, after)) = word.split_once('#') else { return text.starts_with(word).then_some(word.len()) };
    let rest = text.strip_prefix(before)?;
    let digit = rest.chars().next().filter(|c| narrow(*c).is_ascii_digit())?;
    rest[digit.len_utf8()..].starts_with(after).then_some(before.len() + digit.len_utf8() + after.len())
}
