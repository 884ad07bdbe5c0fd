//! Tells once for a sheet that its amounts are in another unit than its source says, instead of once for each amount.

use crate::{
    diag::Diagnostic,
    model::{Decimal, Scale, StatementSource, Unit, as_entered},
};

/// How many amounts a sheet has at least that are wrong by one cause and not by chance.
const MIN_AMOUNTS: usize = 3;
/// By how much an amount may have changed, up or down, and still be recognised: a quarter of its size.
const MIN_RATIO: Decimal = Decimal::from_parts(8, 0, 0, false, 1);
const MAX_RATIO: Decimal = Decimal::from_parts(125, 0, 0, false, 2);
/// The powers of ten by which units differ.
const POWERS: std::ops::RangeInclusive<u32> = 3..=12;

/// Why an amount was refused, as far as other amounts may be refused for the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The line is in another currency than the source.
    OtherBase,
    /// The line has too few decimals.
    NotWhole,
    Other,
}

/// The amounts of a sheet beside those that are entered, in the units of their lines, without nil.
pub type Compared = Vec<(Decimal, Decimal)>;

/// The finding that the unit of a source is not that of its amounts, if most of them say so. `to` is the unit of the statement, `refused` are the
/// amounts that were refused, of `all`.
pub fn unit_mismatch(
    source: &StatementSource,
    to: &Unit,
    compared: &Compared,
    refused: &[(Refusal, Diagnostic)],
    all: usize,
) -> Option<Diagnostic> {
    let from = &source.unit.value;
    if let Some((power, is_larger, count)) = mistaken_power(compared) {
        let factor = as_entered(Decimal::from_i128_with_scale(10_i128.pow(power), 0));
        let size = if is_larger { "larger" } else { "smaller" };
        let of = format!("{count} of {} amounts", compared.len());
        let message = format!("{of} are entered {factor} times {size} than the sheet says in `{from}`");
        let meant = scale_beside(from.scale, power, is_larger).map(|scale| Unit { scale, ..from.clone() });
        let label = meant.map(|unit| format!("is the sheet in `{unit}`?")).unwrap_or_default();
        let finding = Diagnostic::error("source", message).at(&source.unit.place, label);
        return Some(finding.note(format!("or the amounts are not entered in `{to}`")));
    }
    let of = |kind: Refusal| refused.iter().filter(move |(refusal, _)| *refusal == kind);
    let is_most = |count: usize| count >= MIN_AMOUNTS && count * 2 > all;
    if is_most(of(Refusal::OtherBase).count()) {
        let message = format!("the statement is in `{to}`, its source in `{from}`");
        return Some(Diagnostic::error("source", message).at(&source.unit.place, ""));
    }
    let count = of(Refusal::NotWhole).count();
    let (_, first) = of(Refusal::NotWhole).next().filter(|_| is_most(count))?;
    let message = format!("{count} of {all} amounts of the sheet have more decimals in `{to}` than the statement");
    let finding = Diagnostic::error("source", message).at(&source.unit.place, "the unit of the sheet");
    Some(finding.note(format!("the first: {}", first.message)))
}

/// The power of ten by which most amounts are entered larger, or smaller, than the sheet says, and how many are.
fn mistaken_power(compared: &Compared) -> Option<(u32, bool, usize)> {
    let ratios: Vec<Decimal> = compared
        .iter()
        .filter_map(|(said, entered)| entered.checked_div(*said))
        .filter(|ratio| !ratio.is_zero())
        .collect();
    let candidates = POWERS.flat_map(|power| [(power, true), (power, false)]);
    let counted = candidates.map(|(power, is_larger)| {
        let factor = Decimal::from_i128_with_scale(10_i128.pow(power), 0);
        let rest = |ratio: &Decimal| if is_larger { ratio.checked_div(factor) } else { ratio.checked_mul(factor) };
        let is_same = |ratio: &&Decimal| rest(ratio).is_some_and(|rest| (MIN_RATIO..=MAX_RATIO).contains(&rest));
        (power, is_larger, ratios.iter().filter(is_same).count())
    });
    let best = counted.max_by_key(|(.., count)| *count)?;
    (best.2 >= MIN_AMOUNTS && best.2 * 3 >= compared.len() * 2).then_some(best)
}

/// The scale whose factor is larger, or smaller, by a power of ten.
fn scale_beside(scale: Scale, power: u32, is_larger: bool) -> Option<Scale> {
    let by = Decimal::from_i128_with_scale(10_i128.pow(power), 0);
    let factor = if is_larger { scale.factor().checked_mul(by) } else { scale.factor().checked_div(by) };
    let scales = Scale::WORDS.into_iter().map(|(_, scale)| scale).chain([Scale::One]);
    scales.into_iter().find(|scale| Some(scale.factor()) == factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(pairs: &[(i64, i64)]) -> Compared {
        pairs.iter().map(|(said, entered)| (Decimal::from(*said), Decimal::from(*entered))).collect()
    }

    #[test]
    fn most_amounts_must_be_off_by_the_same_power_of_ten() {
        let off = [(7_310, 7_310_250), (8_402, 8_500_000), (-6_110, -6_110_041)];
        assert_eq!(mistaken_power(&compared(&off)), Some((3, true, 3)));
        assert_eq!(mistaken_power(&compared(&off.map(|(said, entered)| (entered, said)))), Some((3, false, 3)));
        assert_eq!(mistaken_power(&compared(&[&off[..], &[(5, 5), (6, 6)]].concat())), None);
        assert_eq!(mistaken_power(&compared(&off[..2])), None);
        assert_eq!(mistaken_power(&compared(&[(1, 10), (2, 20), (3, 30)])), None);
        assert_eq!(mistaken_power(&Vec::new()), None);
    }

    #[test]
    fn the_unit_that_is_meant_is_one_of_the_scales() {
        assert_eq!(scale_beside(Scale::One, 3, true), Some(Scale::Thousand));
        assert_eq!(scale_beside(Scale::Million, 6, false), Some(Scale::One));
        assert_eq!(scale_beside(Scale::Thousand, 7, true), None);
        assert_eq!(scale_beside(Scale::One, 3, false), None);
    }
}
