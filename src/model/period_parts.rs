//! Periods that make up a longer one: the quarters of a year, a half year and two quarters.

use std::collections::BTreeMap;

use super::{Date, Period, PeriodSpan};

/// The shortest sequences of periods of `among` that follow one another without a gap from the first day of `whole` to its
/// last: at most one sequence for each period that may come first. Of periods with the same days only the first counts.
pub fn period_parts<'a>(whole: &Period, among: &[&'a Period]) -> Vec<Vec<&'a Period>> {
    let PeriodSpan::Duration { from, to } = whole.span else { return Vec::new() };
    let mut from_day: BTreeMap<Date, BTreeMap<Date, &Period>> = BTreeMap::new();
    for period in among {
        if let PeriodSpan::Duration { from: begins, to: ends } = period.span
            && from <= begins
            && ends <= to
            && (begins, ends) != (from, to)
        {
            from_day.entry(begins).or_default().entry(ends).or_insert(period);
        }
    }
    // The shortest sequence from each day to the end, from the last day backwards: its length and its first period.
    let mut shortest: BTreeMap<Date, (usize, &Period)> = BTreeMap::new();
    for (begins, periods) in from_day.iter().rev() {
        let lengths = periods.iter().filter_map(|(ends, period)| Some((length(&shortest, *ends, to)?, *period)));
        if let Some(best) = lengths.min_by_key(|(length, _)| *length) {
            shortest.insert(*begins, best);
        }
    }
    let Some((fewest, _)) = shortest.get(&from).copied() else { return Vec::new() };
    let first = from_day.get(&from).into_iter().flatten();
    let first = first.filter(|(ends, _)| length(&shortest, **ends, to) == Some(fewest));
    first.map(|(ends, period)| sequence(&shortest, period, *ends)).collect()
}

/// How many periods a sequence has that begins with one that ends on `ends`.
fn length(shortest: &BTreeMap<Date, (usize, &Period)>, ends: Date, to: Date) -> Option<usize> {
    if ends == to { Some(1) } else { Some(shortest.get(&ends.next())?.0 + 1) }
}

fn sequence<'a>(shortest: &BTreeMap<Date, (usize, &'a Period)>, first: &'a Period, mut ends: Date) -> Vec<&'a Period> {
    let mut parts = vec![first];
    while let Some((_, next)) = shortest.get(&ends.next()) {
        parts.push(next);
        ends = next.span.end();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diag::{Place, Source},
        model::At,
    };

    fn period(id: &str, from: (u8, u8), to: (u8, u8)) -> Period {
        let place = Place::new(&Source::new("release.toml", ""), 0..0);
        let date = |(month, day)| Date { year: 2025, month, day };
        let at = |text: &str| At::new(text.to_owned(), place.clone());
        Period {
            id: at(id),
            span: PeriodSpan::Duration { from: date(from), to: date(to) },
            label: at(id),
            prior: None,
            unequal: None,
        }
    }

    fn parts(whole: usize) -> Vec<String> {
        let all = [
            period("year", (1, 1), (12, 31)),
            period("q1", (1, 1), (3, 31)),
            period("q2", (4, 1), (6, 30)),
            period("q3", (7, 1), (9, 30)),
            period("q4", (10, 1), (12, 31)),
            period("h1", (1, 1), (6, 30)),
            period("h1_again", (1, 1), (6, 30)),
            period("h2", (7, 1), (12, 31)),
            period("nine_months", (1, 1), (9, 30)),
            period("other", (2, 1), (12, 31)),
        ];
        let among: Vec<_> = all.iter().collect();
        let names = |parts: Vec<&Period>| parts.iter().map(|part| part.id.value.as_str()).collect::<Vec<_>>().join("+");
        period_parts(&all[whole], &among).into_iter().map(names).collect()
    }

    #[test]
    fn a_year_is_two_halves_or_nine_months_and_a_quarter() {
        assert_eq!(parts(0), ["h1+h2", "nine_months+q4"]);
        assert_eq!(parts(8), ["h1+q3"]);
        assert_eq!(parts(5), ["q1+q2"]);
        assert_eq!(parts(1), [""; 0]);
        assert_eq!(parts(9), [""; 0]);
    }
}
