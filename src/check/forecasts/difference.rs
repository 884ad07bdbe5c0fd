//! What is forecast, and whether it differs from what was forecast before by so much that a notice is due.

use crate::model::Decimal;

/// What is forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forecasted {
    /// The ends of a range in base units; both are the same of a single figure.
    Ends {
        low: Decimal,
        high: Decimal,
    },
    Undecided,
    /// It was forecast before, and now there is nothing.
    Withdrawn,
}

impl Forecasted {
    pub fn single(amount: Decimal) -> Self {
        Self::Ends { low: amount, high: amount }
    }

    /// Whether it differs from what was published before by a margin in per cent or more, from zero at all, or in sign. A single
    /// figure is compared with the nearer end of a range and does not differ within it; the ends of two ranges are compared
    /// one by one. What takes back an amount differs from it; from what was undecided no amount does.
    pub fn is_material(self, before: Self, margin: Decimal) -> bool {
        let Self::Ends { low: least, high: most } = before else { return false };
        let Self::Ends { low, high } = self else { return true };
        if low == high {
            let nearer = match low {
                _ if low < least => least,
                _ if low > most => most,
                _ => low,
            };
            return is_material(low, nearer, margin);
        }
        is_material(low, least, margin) || is_material(high, most, margin)
    }

    /// The same with each amount multiplied by a factor.
    pub(super) fn times(self, factor: Decimal) -> Option<Self> {
        match self {
            Self::Ends { low, high } => {
                Some(Self::Ends { low: low.checked_mul(factor)?, high: high.checked_mul(factor)? })
            }
            Self::Undecided | Self::Withdrawn => Some(self),
        }
    }
}

/// Whether an amount differs from another by a margin in per cent of its size or more, from zero at all, or in sign. What is too
/// large to be compared differs.
fn is_material(now: Decimal, before: Decimal, margin: Decimal) -> bool {
    if now == before {
        return false;
    }
    if before.is_zero() || !now.is_zero() && now.is_sign_negative() != before.is_sign_negative() {
        return true;
    }
    let hundred = |amount: Decimal| amount.abs().checked_mul(Decimal::ONE_HUNDRED);
    let end = |per_cent: Option<Decimal>| before.abs().checked_mul(per_cent?);
    let ends = [Decimal::ONE_HUNDRED.checked_add(margin), Decimal::ONE_HUNDRED.checked_sub(margin)].map(end);
    match (hundred(now), ends) {
        (Some(now), [Some(most), Some(least)]) => now >= most || now <= least,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    fn is(now: &str, before: &str, margin: &str) -> bool {
        is_material(amount(now), amount(before), amount(margin))
    }

    #[test]
    fn the_edges_of_a_margin_are_within_the_rule() {
        let edges = [("1100", "10"), ("900", "10"), ("1300", "30"), ("700", "30")];
        assert!(edges.iter().all(|(now, margin)| is(now, "1000", margin)));
        let inside = [("1099.999", "10"), ("900.001", "10"), ("1299.999", "30"), ("700.001", "30"), ("1000", "10")];
        assert!(!inside.iter().any(|(now, margin)| is(now, "1000", margin)));
    }

    #[test]
    fn a_loss_is_compared_by_its_size() {
        assert!(is("-130", "-100", "30") && is("-70", "-100", "30"));
        assert!(!is("-129.9", "-100", "30") && !is("-70.1", "-100", "30"));
    }

    #[test]
    fn zero_and_a_change_of_sign_always_differ() {
        assert!(is("1", "0", "30") && is("-1", "0", "30") && is("0", "1", "30"));
        assert!(is("-1", "100", "300") && is("1", "-100", "300"));
        assert!(!is("0", "0", "30"));
    }

    #[test]
    fn a_figure_within_a_range_does_not_differ_from_it_and_ends_are_compared_one_by_one() {
        let range = |low: &str, high: &str| Forecasted::Ends { low: amount(low), high: amount(high) };
        let one = |text: &str| Forecasted::single(amount(text));
        let margin = amount("10");
        assert!(!one("105").is_material(range("100", "110"), margin));
        assert!(
            !one("120.9").is_material(range("100", "110"), margin)
                && one("121").is_material(range("100", "110"), margin)
        );
        assert!(
            !one("90.1").is_material(range("100", "110"), margin) && one("90").is_material(range("100", "110"), margin)
        );
        assert!(!range("101", "120").is_material(range("100", "110"), margin));
        assert!(range("101", "121").is_material(range("100", "110"), margin));
        assert!(range("90", "105").is_material(one("100"), margin));
    }

    #[test]
    fn what_takes_back_an_amount_differs_from_it() {
        let (margin, one) = (amount("10"), Forecasted::single(amount("100")));
        assert!(Forecasted::Undecided.is_material(one, margin) && Forecasted::Withdrawn.is_material(one, margin));
        assert!(!one.is_material(Forecasted::Undecided, margin));
        assert!(!Forecasted::Withdrawn.is_material(Forecasted::Undecided, margin));
    }
}
