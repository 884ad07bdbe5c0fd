//! A quick way to see that relations can hold at once: each that the published amounts miss is made to hold by amounts that no other
//! relation has.

use std::collections::BTreeMap;

use crate::{
    figures::{Endpoint, Interval},
    model::Decimal,
};

/// A sum that must be zero: amounts by their numbers, each with its coefficient.
type Sum = [(usize, i64)];

/// Whether moves of amounts within their intervals, from `values`, make all of the relations hold, without a move of an amount that two
/// of them have. If not, they may still hold at once: [`super::decide`] decides that.
pub fn can_be_mended(relations: &[&Sum], values: &[Decimal], intervals: &[Interval]) -> bool {
    let mut uses: BTreeMap<usize, usize> = BTreeMap::new();
    relations.iter().copied().flatten().for_each(|(amount, _)| *uses.entry(*amount).or_default() += 1);
    let is_own = |amount: usize| uses.get(&amount) == Some(&1);
    relations.iter().all(|sum| reach(sum, values, intervals, is_own).is_some_and(contains_zero))
}

/// What a sum can come to where the amounts that `may_move` move within their intervals; none beyond 28 digits, or of a sum that has an
/// amount several times.
fn reach(sum: &Sum, values: &[Decimal], intervals: &[Interval], may_move: impl Fn(usize) -> bool) -> Option<Interval> {
    let mut all = Interval::exactly(Decimal::ZERO);
    for (amount, coefficient) in sum {
        let own = if may_move(*amount) { *intervals.get(*amount)? } else { Interval::exactly(*values.get(*amount)?) };
        let part = match coefficient {
            1 => own,
            -1 => own.negative(),
            _ => return None,
        };
        all = all.plus(part)?;
    }
    Some(all)
}

fn contains_zero(interval: Interval) -> bool {
    let reaches = |end: Endpoint, is_beyond: bool| is_beyond || end.at.is_zero() && !end.open;
    let Interval { low, high } = interval;
    reaches(low, low.at < Decimal::ZERO) && reaches(high, high.at > Decimal::ZERO)
}
