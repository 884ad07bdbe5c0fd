//! What a figure is compared with: kinds of pairs of periods, for which a language has words.

use super::{Date, Period, PeriodSpan, Release};

/// The kind of a comparison of two periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// A whole year with the year before.
    Year,
    /// A part of a year with the same part of the year before.
    SamePeriod,
    /// A quarter with the quarter before.
    Quarter,
    /// A day with the last day of the financial year before.
    YearEnd,
    /// A day with the same day of the year before.
    SameDay,
    /// A day with the last day of the quarter before.
    QuarterEnd,
}

/// The days of a whole year, and of nine months.
const YEAR: [i64; 2] = [350, 385];
const NINE_MONTHS: [i64; 2] = [260, 285];

impl Comparison {
    /// Every kind with its word in a file of words.
    pub const WORDS: [(&'static str, Self); 6] = [
        ("year", Self::Year),
        ("same_period", Self::SamePeriod),
        ("quarter", Self::Quarter),
        ("year_end", Self::YearEnd),
        ("same_day", Self::SameDay),
        ("quarter_end", Self::QuarterEnd),
    ];

    /// The word in a file of words.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }

    /// The kind of a comparison of `own` with an earlier `base`; none if it is of no kind, or if the release does not tell when
    /// its financial years end.
    pub fn of(release: &Release, own: &Period, base: &Period) -> Option<Self> {
        match (own.span, base.span) {
            (PeriodSpan::Duration { from, .. }, PeriodSpan::Duration { from: before, .. }) => {
                let is_year = is_within(own, YEAR);
                match before.whole_months_until(from)? {
                    _ if is_year != is_within(base, YEAR) => None,
                    12 if is_year => Some(Self::Year),
                    12 => Some(Self::SamePeriod),
                    3 => Some(Self::Quarter),
                    _ => None,
                }
            }
            (PeriodSpan::Instant { at }, PeriodSpan::Instant { at: before }) => {
                match (before.whole_months_until(at)?, is_year_end(release, before)) {
                    (1..=12, Some(true)) => Some(Self::YearEnd),
                    (12, _) => Some(Self::SameDay),
                    (3, Some(false)) => Some(Self::QuarterEnd),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

fn is_within(period: &Period, [least, most]: [i64; 2]) -> bool {
    period.span.days().is_some_and(|days| (least..=most).contains(&days))
}

/// Whether a financial year ends on a day: by the whole years of the release, otherwise by its nine months, which begin with a
/// year. `None` if it has neither.
fn is_year_end(release: &Release, day: Date) -> Option<bool> {
    let ends = |length: [i64; 2]| {
        let of_length = release.periods.iter().filter(move |period| is_within(period, length));
        let before = of_length.filter_map(|period| match period.span {
            PeriodSpan::Duration { from, .. } => Some(from.previous()),
            PeriodSpan::Instant { .. } => None,
        });
        before.collect::<Vec<_>>()
    };
    let years = ends(YEAR);
    let known = if years.is_empty() { ends(NINE_MONTHS) } else { years };
    let is_whole_years = |end: &Date| {
        let [first, last] = if *end <= day { [*end, day] } else { [day, *end] };
        first.whole_months_until(last).is_some_and(|months| months.is_multiple_of(12))
    };
    (!known.is_empty()).then(|| known.iter().any(is_whole_years))
}
