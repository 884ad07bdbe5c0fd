//! Numbers that lose nothing: rationals of any size, and ends of intervals that are left out.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::{figures::Endpoint, model::Decimal};

/// A value and a multiple of an infinitely small step: what lies right above 3 is (3, 1), below any greater number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    pub at: RBig,
    pub steps: RBig,
}

impl Point {
    pub const ZERO: Self = Self { at: RBig::ZERO, steps: RBig::ZERO };

    /// The least value from a lower end on.
    pub fn from(low: Endpoint) -> Self {
        Self { at: rational(low.at), steps: RBig::from(u8::from(low.open)) }
    }

    /// The greatest value up to an upper end.
    pub fn to(high: Endpoint) -> Self {
        Self { at: rational(high.at), steps: -RBig::from(u8::from(high.open)) }
    }

    /// The way from `other` to here.
    pub fn minus(&self, other: &Self) -> Self {
        let steps = if other.steps.is_zero() { self.steps.clone() } else { &self.steps - &other.steps };
        Self { at: &self.at - &other.at, steps }
    }

    pub fn times(&self, factor: &IBig) -> Self {
        self.each(|part| if factor.is_one() { part.clone() } else { part * factor })
    }

    /// This over a number that is not zero.
    pub fn over(&self, divisor: &IBig) -> Self {
        self.each(|part| if divisor.is_one() { part.clone() } else { part / divisor })
    }

    pub fn add(&mut self, other: &Self) {
        self.at += &other.at;
        if !other.steps.is_zero() {
            self.steps += &other.steps;
        }
    }

    fn each(&self, change: impl Fn(&RBig) -> RBig) -> Self {
        Self { at: change(&self.at), steps: if self.steps.is_zero() { RBig::ZERO } else { change(&self.steps) } }
    }
}

fn rational(value: Decimal) -> RBig {
    let powers = usize::try_from(value.scale()).unwrap_or(0);
    RBig::from_parts(IBig::from(value.mantissa()), UBig::from(10_u8).pow(powers))
}
