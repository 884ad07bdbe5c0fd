//! Growth a year as an exact decimal: a root, rounded to twelve decimals of a per cent.

use super::{Endpoint, Interval};
use crate::model::Decimal;

/// The decimals of the result, in per cent. The result is within one unit of the last of them.
const DECIMALS: u32 = 12;
/// The maximum number of steps towards a root. Fewer than 100 halvings bring any number of 28 digits within the reach in
/// which the number of exact digits doubles with each step.
const MAX_STEPS: usize = 160;

/// The growth a year from `old` to `new` over `months`, in per cent, to twelve decimals: `(new / old)^(12 / months) - 1`.
/// `None` if `old` is not positive, `new` is negative, or the result has more than 28 digits.
pub(super) fn per_year(new: Decimal, old: Decimal, months: u32) -> Option<Decimal> {
    if old <= Decimal::ZERO || new < Decimal::ZERO || months == 0 {
        return None;
    }
    if new.is_zero() {
        return Some(-Decimal::ONE_HUNDRED);
    }
    // Roots are taken of a ratio of at least one, so that it has 28 digits whatever the direction.
    let (larger, smaller) = if new >= old { (new, old) } else { (old, new) };
    let common = greatest_common_divisor(months, 12);
    let root = root(larger.checked_div(smaller)?, months / common)?;
    let factor = power(root, 12 / common)?;
    let factor = if new >= old { factor } else { Decimal::ONE.checked_div(factor)? };
    let growth = factor.checked_sub(Decimal::ONE)?.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(growth.round_dp(DECIMALS))
}

/// The growth a year if both amounts may be anywhere in their intervals; `None` if the older one may be zero or less, or the
/// newer one negative.
pub(super) fn interval_per_year(new: Interval, old: Interval, months: u32) -> Option<Interval> {
    // The result is rounded, so that each end is one unit of its last decimal further out.
    let step = Decimal::new(1, DECIMALS);
    let closed = |at| Endpoint { at, open: false };
    let low = per_year(new.low.at, old.high.at, months)?.checked_sub(step)?;
    let high = per_year(new.high.at, old.low.at, months)?.checked_add(step)?;
    Some(Interval { low: closed(low), high: closed(high) })
}

/// The root of `value` (at least one), by Newton's method from above; before that, by halving, until the steps are sure to be
/// few.
fn root(value: Decimal, degree: u32) -> Option<Decimal> {
    if degree == 1 {
        return Some(value);
    }
    let count = Decimal::from(degree);
    // (1 + x)^(1/n) is at most 1 + x / n.
    let mut low = Decimal::ONE;
    let mut high = low.checked_add(value.checked_sub(low)?.checked_div(count)?)?;
    for _ in 0..MAX_STEPS {
        let is_near = high.checked_sub(low)?.checked_mul(count).is_some_and(|reach| reach <= low);
        let next = if is_near {
            newton_step(value, high, degree)?
        } else {
            let middle = high.checked_add(low)?.checked_div(Decimal::TWO)?;
            // A power that has too many digits is beyond any value.
            if power(middle, degree).is_none_or(|power| power >= value) {
                middle
            } else {
                low = middle;
                continue;
            }
        };
        if next >= high {
            break;
        }
        high = next.max(Decimal::ONE);
    }
    Some(high)
}

/// `y - (y - value / y^(n-1)) / n`.
fn newton_step(value: Decimal, y: Decimal, degree: u32) -> Option<Decimal> {
    let quotient = power(y, degree - 1).and_then(|power| value.checked_div(power)).unwrap_or_default();
    y.checked_sub(y.checked_sub(quotient)?.checked_div(Decimal::from(degree))?)
}

/// `base` to a whole power, each product rounded to 28 digits; `None` if it has more before the decimal point.
fn power(base: Decimal, mut exponent: u32) -> Option<Decimal> {
    let (mut result, mut square) = (Decimal::ONE, base);
    while exponent > 0 {
        if exponent % 2 == 1 {
            result = result.checked_mul(square)?;
        }
        exponent /= 2;
        if exponent > 0 {
            square = square.checked_mul(square)?;
        }
    }
    Some(result)
}

fn greatest_common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).expect("a decimal")
    }

    fn grown(new: &str, old: &str, months: u32) -> Option<String> {
        per_year(decimal(new), decimal(old), months).map(|rate| rate.normalize().to_string())
    }

    #[test]
    fn rates_that_are_decimals_are_exact() {
        assert_eq!(grown("121", "100", 24).as_deref(), Some("10"));
        assert_eq!(grown("100", "121", 24).as_deref(), Some("-9.090909090909"));
        assert_eq!(grown("161.051", "100", 60).as_deref(), Some("10"));
        assert_eq!(grown("133.1", "100", 36).as_deref(), Some("10"));
        assert_eq!(grown("100", "100", 120).as_deref(), Some("0"));
        // A year and a half: 1.331 is 1.1 cubed, and 1.1 squared is 1.21.
        assert_eq!(grown("1.331", "1", 18).as_deref(), Some("21"));
        assert_eq!(grown("0", "5", 60).as_deref(), Some("-100"));
    }

    #[test]
    fn rates_that_are_not_have_twelve_decimals() {
        // The square root of two is 1.41421356237309504…, the cube root 1.25992104989487316….
        assert_eq!(grown("2", "1", 24).as_deref(), Some("41.42135623731"));
        assert_eq!(grown("2", "1", 36).as_deref(), Some("25.992104989487"));
        assert_eq!(grown("1", "2", 36).as_deref(), Some("-20.62994740159"));
    }

    #[test]
    fn any_numbers_and_any_time_end() {
        let largest = "79228162514264337593543950335";
        assert_eq!(grown(largest, "0.0000000000000000000000000001", 24), None);
        for months in [13, 24, 60, 119, 1_199, 119_988] {
            for new in [largest, "1.0000000000000000000000000001", "0.0000000000000000000000000001", "3"] {
                let rate = per_year(decimal(new), Decimal::ONE, months);
                assert!(rate.is_some_and(|rate| rate >= -Decimal::ONE_HUNDRED), "{new} over {months}: {rate:?}");
            }
        }
    }

    #[test]
    fn bases_of_zero_or_less_have_no_rate() {
        assert_eq!(grown("1", "0", 24), None);
        assert_eq!(grown("1", "-1", 24), None);
        assert_eq!(grown("-1", "1", 24), None);
        let around =
            |value: i64| Interval::around(Decimal::from(value), Decimal::TEN, crate::model::RoundingMode::HalfUp);
        let between = |new, old| interval_per_year(around(new)?, around(old)?, 24);
        assert!(between(100, 0).is_none());
        let Some(Interval { low, high }) = between(120, 100) else { panic!("both are positive") };
        assert!(low.at < decimal("9.5446") && high.at > decimal("9.5445"), "{low:?} {high:?}");
        assert_eq!((low.at.round_dp(4), high.at.round_dp(4)), (decimal("4.6536"), decimal("14.7079")));
    }

    /// Each rate is checked against its own definition: the factor to the number of years is the ratio.
    #[test]
    fn the_factor_to_the_years_is_the_ratio() {
        for years in 2..=30_u32 {
            for new in (1..400).step_by(7) {
                let rate = per_year(Decimal::from(new), Decimal::ONE_HUNDRED, years * 12).expect("small numbers");
                let factor = Decimal::ONE + rate / Decimal::ONE_HUNDRED;
                let ratio = power(factor, years).expect("small numbers");
                let off = (ratio - Decimal::from(new) / Decimal::ONE_HUNDRED).abs();
                assert!(off <= Decimal::new(1, 11), "{new} over {years} years: {rate}, {off} off");
            }
        }
    }
}
