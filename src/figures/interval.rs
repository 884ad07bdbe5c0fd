//! Intervals of the unrounded values of amounts.
//!
//! Follows XBRL Calculations 1.1 (Recommendation 2023-02-22), section 5: a rounded amount lies within half a unit on
//! both sides, closed; a truncated one within a unit away from zero, open at the far end.

use crate::model::{Decimal, RoundingMode};

/// An end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    pub at: Decimal,
    /// Whether the end itself is left out.
    pub open: bool,
}

/// All values between two ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub low: Endpoint,
    pub high: Endpoint,
}

impl Interval {
    /// The interval of exactly one value.
    pub fn exactly(value: Decimal) -> Self {
        let bound = Endpoint { at: value, open: false };
        Self { low: bound, high: bound }
    }

    /// The values that `mode` rounds to `value` at multiples of `unit`. A value exactly halfway may be rounded either
    /// way, also with half-even. `None` beyond 28 digits.
    pub fn around(value: Decimal, unit: Decimal, mode: RoundingMode) -> Option<Self> {
        let closed = |at| Endpoint { at, open: false };
        let open = |at| Endpoint { at, open: true };
        let (low, high) = match mode {
            RoundingMode::HalfUp | RoundingMode::HalfEven => {
                let half = unit.checked_div(Decimal::TWO)?;
                (closed(value.checked_sub(half)?), closed(value.checked_add(half)?))
            }
            RoundingMode::Truncate if value.is_zero() => (open(-unit), open(unit)),
            RoundingMode::Truncate if value.is_sign_positive() => (closed(value), open(value.checked_add(unit)?)),
            RoundingMode::Truncate => (open(value.checked_sub(unit)?), closed(value)),
        };
        Some(Self { low, high })
    }

    /// The sums of values of both intervals.
    pub fn plus(self, other: Self) -> Option<Self> {
        let end = |a: Endpoint, b: Endpoint| Some(Endpoint { at: a.at.checked_add(b.at)?, open: a.open || b.open });
        Some(Self { low: end(self.low, other.low)?, high: end(self.high, other.high)? })
    }

    /// The negated values; the ends are swapped.
    pub fn negative(self) -> Self {
        let turned = |bound: Endpoint| Endpoint { at: -bound.at, ..bound };
        Self { low: turned(self.high), high: turned(self.low) }
    }

    /// The absolute values.
    pub fn magnitude(self) -> Self {
        let zero = Endpoint { at: Decimal::ZERO, open: false };
        if self.low.at >= Decimal::ZERO {
            self
        } else if self.high.at <= Decimal::ZERO {
            self.negative()
        } else {
            let turned = self.negative();
            Self { low: zero, high: if turned.high.at > self.high.at { turned.high } else { self.high } }
        }
    }

    /// The values divided by `divisor`, which is greater than zero.
    pub fn scaled(self, divisor: Decimal) -> Option<Self> {
        let end = |end: Endpoint| Some(Endpoint { at: end.at.checked_div(divisor)?, ..end });
        Some(Self { low: end(self.low)?, high: end(self.high)? })
    }

    /// Whether the intervals have a value in common.
    pub fn overlaps(self, other: Self) -> bool {
        let below = |low: Endpoint, high: Endpoint| low.at < high.at || (low.at == high.at && !low.open && !high.open);
        below(self.low, other.high) && below(other.low, self.high)
    }

    /// The products of values of both intervals. All ends are treated as closed.
    pub fn times(self, other: Self) -> Option<Self> {
        let mut ends = Vec::with_capacity(4);
        for a in [self.low.at, self.high.at] {
            for b in [other.low.at, other.high.at] {
                ends.push(a.checked_mul(b)?);
            }
        }
        Self::hull(&ends)
    }

    /// The quotients of values of both intervals; `None` if the divisor may be zero.
    pub fn over(self, other: Self) -> Option<Self> {
        if other.low.at <= Decimal::ZERO && other.high.at >= Decimal::ZERO {
            return None;
        }
        let mut ends = Vec::with_capacity(4);
        for a in [self.low.at, self.high.at] {
            for b in [other.low.at, other.high.at] {
                ends.push(a.checked_div(b)?);
            }
        }
        Self::hull(&ends)
    }

    fn hull(ends: &[Decimal]) -> Option<Self> {
        let closed = |at: &Decimal| Endpoint { at: *at, open: false };
        Some(Self { low: ends.iter().min().map(closed)?, high: ends.iter().max().map(closed)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(value: i64, mode: RoundingMode) -> Interval {
        Interval::around(Decimal::from(value), Decimal::ONE, mode).expect("small numbers")
    }

    #[test]
    fn truncated_parts_that_cannot_reach_the_total_are_found() {
        // total −4 from 1 and −4: (0, 1] at the far end is open, so −3 < sum, and the total is at most −4.
        let sum = around(1, RoundingMode::Truncate).plus(around(4, RoundingMode::Truncate).negative());
        assert!(!around(-4, RoundingMode::Truncate).overlaps(sum.expect("small numbers")));
    }

    /// What a value in eighths is shown as: one exactly halfway may have been rounded either way.
    fn shown(eighths: i64, mode: RoundingMode) -> Vec<i64> {
        let (floor, rest) = (eighths.div_euclid(8), eighths.rem_euclid(8));
        match mode {
            RoundingMode::Truncate if eighths < 0 && rest > 0 => vec![floor + 1],
            RoundingMode::Truncate => vec![floor],
            _ if rest == 4 => vec![floor, floor + 1],
            _ => vec![if rest > 4 { floor + 1 } else { floor }],
        }
    }

    /// Every total of two small values and a third that is deducted is explained exactly when some values in eighths
    /// are shown so.
    #[test]
    fn sums_agree_with_brute_force() {
        for mode in [RoundingMode::HalfUp, RoundingMode::Truncate] {
            let mut seen = std::collections::BTreeSet::new();
            for a in -20..=20 {
                for b in -20..=20 {
                    for c in -20..=20 {
                        for (x, y, z) in all(&shown(a, mode), &shown(b, mode), &shown(c, mode)) {
                            seen.extend(shown(a + b - c, mode).into_iter().map(|total| (x, y, z, total)));
                        }
                    }
                }
            }
            for (a, b, c) in all(&[-1, 0, 1], &[-1, 0, 1], &[-1, 0, 1]) {
                for total in -6..=6 {
                    let sum =
                        around(a, mode).plus(around(b, mode)).and_then(|sum| sum.plus(around(c, mode).negative()));
                    let explained = around(total, mode).overlaps(sum.expect("small numbers"));
                    assert_eq!(explained, seen.contains(&(a, b, c, total)), "{mode:?}: {a} + {b} - {c} = {total}");
                }
            }
        }
    }

    fn all(a: &[i64], b: &[i64], c: &[i64]) -> Vec<(i64, i64, i64)> {
        let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (*a, *b)));
        pairs.flat_map(|(a, b)| c.iter().map(move |c| (a, b, *c))).collect()
    }
}
