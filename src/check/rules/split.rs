//! Splits: share counts and amounts per share before a split of shares are on the basis after it.
//!
//! **What it checks.** A `[[split]]` gives the unit of shares, the day and the ratio: 3 if one share became three, 0.1 if ten
//! became one. A count of a period that ended before the split must not be smaller than the count after it by about that
//! ratio, nor an amount per share larger. With `[release] prior`, `comparatives` holds such amounts to those published
//! before, multiplied by the ratio. Lines in `except` stay as they were.
//!
//! **Why.** Counts and amounts per share of all periods presented are adjusted for a split, also for one after the end of
//! the period (IAS 33.64, ASC 260-10-55-12). Comparatives copied from the last release are not.
//!
//! **Example.** `relations/split`
//!
//! **How to fix it.** Enter the amount on the new basis. If the difference has another cause, such as newly issued shares,
//! list the line in `except`.

use super::super::{CheckInput, CheckResults, relation::format_number};
use crate::{
    diag::Diagnostic,
    figures::EnteredAmount,
    model::{Decimal, Split},
};

/// How far from the ratio two amounts may be, in per cent, for one to be taken as not adjusted for the split.
const MARGIN: i64 = 10;

/// Every amount before a split, beside the first amount of the same line after it.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let mut looked_at = 0;
    for split in &input.book.release.splits {
        for (before, factor) in input.book.entered.iter().filter_map(|entered| Some((entered, factor(split, entered)?)))
        {
            let end =
                |entered: &EnteredAmount| input.book.release.period(entered.period).map(|period| period.span.end());
            if end(before).is_none_or(|end| end >= split.date) {
                continue;
            }
            let same = |other: &&EnteredAmount| {
                std::ptr::eq(other.line, before.line) && other.member == before.member && end(other) >= Some(split.date)
            };
            let Some(after) = input.book.entered.iter().filter(same).min_by_key(|other| end(other)) else { continue };
            looked_at += 1;
            // Later splits before that amount count too.
            let later = input
                .book
                .release
                .splits
                .iter()
                .filter(|other| other.date > split.date && end(after).is_some_and(|end| other.date <= end));
            let all = later.filter_map(|other| self::factor(other, before)).try_fold(factor, Decimal::checked_mul);
            let factor = all.unwrap_or(factor);
            if is_near(before, factor, after) {
                results.push(finding(split, before, factor, after));
            }
        }
    }
    looked_at
}

fn factor(split: &Split, entered: &EnteredAmount) -> Option<Decimal> {
    let name = entered.statement.full_name(&entered.line.id.value);
    split.factor(&entered.unit.base).filter(|_| split.except.iter().all(|except| except.value != name))
}

/// Whether an amount times the factor is near another, and by itself is not.
fn is_near(before: &EnteredAmount, factor: Decimal, after: &EnteredAmount) -> bool {
    let near = |a: Decimal, b: Decimal| {
        let apart = a.checked_sub(b).and_then(|apart| apart.abs().checked_mul(Decimal::ONE_HUNDRED));
        apart.zip(b.abs().checked_mul(Decimal::from(MARGIN))).is_some_and(|(apart, most)| apart < most)
    };
    let adjusted = before.amount.checked_mul(factor);
    adjusted.is_some_and(|adjusted| near(adjusted, after.amount)) && !near(before.amount, after.amount)
}

fn finding(split: &Split, before: &EnteredAmount, factor: Decimal, after: &EnteredAmount) -> Diagnostic {
    let message = format!("`{}` is before the split of {}, but not on its basis", before.name(), split.date);
    let adjusted = before.amount.checked_mul(factor).map(|adjusted| format_number(adjusted.round_dp(6)));
    let label = adjusted.map_or(String::new(), |adjusted| format!("on the new basis {adjusted}"));
    let finding = Diagnostic::error("split", message).at(before.place, label).with(after.place, "after the split");
    finding.help("enter it on the new basis, or list the line in the `except` of the split")
}
