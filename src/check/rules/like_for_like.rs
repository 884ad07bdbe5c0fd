//! Like for like: figures that are compared are of periods of one length, and of one kind.
//!
//! **What it checks.** A period and its `prior` must have the same number of days, give or take three; a difference of four
//! to eight days (a year of 53 weeks) is a warning. `unequal = "…"` on the period gives the reason for a comparison that
//! is meant. In a sentence, two amounts of one flow joined by a word of comparison ("compared with", "from") must be of
//! periods of one length. The growth of a percentage is not shown in text: its difference in points is.
//!
//! **Why.** After a change of the financial year, a period of three months was compared with a year: "down 75%". A margin
//! that rises from 10% to 12% rises by 2 points; "up 20%" is read as 30%.
//!
//! **Example.** `narrative/like_for_like`
//!
//! **How to fix it.** Name the period of equal length as `prior`, or leave `prior` out. For a percentage, use `difference`.

use super::super::{CheckInput, CheckResults, clause::find_phrase, movement::Movement, subject::Subject};
use crate::{
    diag::Diagnostic,
    model::{Expr, Function, Node, Period, Unit},
    present::FigureUse,
};

/// How many days periods of the same length may differ by: a leap year, or quarters.
const SAME: i64 = 3;
/// How many days a week more is, in a leap year.
const A_WEEK: i64 = 8;

/// Looks at periods with their prior ones, and at every sentence.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let periods = &input.book.release.periods;
    periods.iter().for_each(|period| check_prior(input, period, results));
    let mut looked_at = periods.iter().filter(|period| period.prior.is_some()).count();
    for sentence in &input.sentences {
        check_growth_of_percentages(input, sentence, results);
        let moved = sentence.iter().filter(|used| check_movement(input, used, results).is_some()).count();
        let pairs = sentence.windows(2).filter(|pair| check_pair(input, pair[0], pair[1], results).is_some());
        looked_at += moved + pairs.count();
    }
    looked_at
}

fn check_prior(input: &CheckInput, period: &Period, results: &mut CheckResults) {
    let Some(prior) = &period.prior else {
        if let Some(reason) = &period.unequal {
            let message = format!("`{}` has no prior period that it is unequal to", period.id.value);
            results.push(Diagnostic::error("unused", message).at(&reason.place, ""));
        }
        return;
    };
    let Some(before) = input.book.release.period(&prior.value) else { return };
    let apart = days_apart(period, before).unwrap_or(0);
    if let Some(reason) = &period.unequal {
        if apart <= SAME {
            let message = format!("`{}` and its prior period have the same length", period.id.value);
            results.push(Diagnostic::error("unused", message).at(&reason.place, ""));
        }
        return;
    }
    let [length, other] = [period, before].map(|period| period.span.days().unwrap_or(0));
    let message = format!("`{}` has {length} days, its prior period {other}", period.id.value);
    let help = "name a period of the same length, or give the reason: `unequal = \"…\"`";
    match apart {
        _ if apart <= SAME => {}
        _ if apart <= A_WEEK => results.push(Diagnostic::warning("like-for-like", message).at(&prior.place, "")),
        _ => results.push(Diagnostic::error("like-for-like", message).at(&prior.place, "").help(help)),
    }
}

fn days_apart(a: &Period, b: &Period) -> Option<i64> {
    Some((a.span.days()? - b.span.days()?).abs())
}

/// The message for two amounts of periods that are not of one length.
fn unlike_lengths(own: &Period, other: &Period) -> Option<String> {
    let [own, other] = [own.span.days()?, other.span.days()?];
    let are_unlike = (own - other).abs() > A_WEEK;
    are_unlike.then(|| format!("an amount of {own} days is compared with one of {other} days"))
}

fn check_growth_of_percentages(input: &CheckInput, sentence: &[&FigureUse], results: &mut CheckResults) {
    for used in sentence {
        let Some(subject) = Subject::of(input, used) else { continue };
        let growth = match used.call.as_ref().is_some_and(|call| call.filter == "change") {
            true => Some((*subject.expr).clone()),
            false => Movement::of(input.book, &subject.expr, subject.period)
                .filter(|movement| movement.is_growth)
                .map(|movement| movement.newer),
        };
        let unit = growth.and_then(|growth| input.book.unit_of(&growth));
        if unit.is_some_and(|unit| unit.base == Unit::PERCENT) {
            let message = "the growth of a percentage is read as a difference in points";
            let finding = Diagnostic::error("like-for-like", message).at(&used.at, "");
            results.push(finding.help("use `difference`, which writes points"));
        }
    }
}

/// A change or difference between periods that the figure names itself; nothing if it is no such figure.
fn check_movement(input: &CheckInput, used: &FigureUse, results: &mut CheckResults) -> Option<()> {
    let subject = Subject::of(input, used)?;
    let movement = Movement::of(input.book, &subject.expr, subject.period)?;
    let period = |expr: &Expr, or: &str| match &expr.node {
        Node::In(_, id) => input.book.release.period(id),
        Node::Call(Function::Prior, _) => None,
        _ => input.book.release.period(or),
    };
    let periods = period(&movement.newer, &movement.period).zip(period(&movement.older, &movement.period));
    if let Some(message) = periods.and_then(|(own, other)| unlike_lengths(own, other)) {
        results.push(Diagnostic::error("like-for-like", message).at(&used.at, ""));
    }
    Some(())
}

/// Two amounts of one line, joined by a word of comparison; nothing for other figures.
fn check_pair(input: &CheckInput, first: &FigureUse, second: &FigureUse, results: &mut CheckResults) -> Option<()> {
    let between = first.at.source.text.get(first.at.end..second.at.start).unwrap_or_default().to_lowercase();
    if !input.words.prose.compare.iter().any(|word| find_phrase(&between, word).next().is_some()) {
        return None;
    }
    let (a, b) = (Subject::of(input, first)?, Subject::of(input, second)?);
    let label = a.label(input);
    let same_line = label.is_some() && label == b.label(input);
    let periods = a.own_period(input).zip(b.own_period(input));
    let (own, other) = periods.filter(|_| same_line)?;
    if let Some(message) = unlike_lengths(own, other) {
        results.push(Diagnostic::error("like-for-like", message).at(&second.at, "").with(&first.at, ""));
    }
    Some(())
}
