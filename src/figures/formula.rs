//! Evaluates formulas over facts, exactly or as intervals.

use std::sync::Arc;

use super::{Interval, growth_rate};
use crate::{
    diag::{Diagnostic, Place},
    model::{Decimal, Operator},
};

/// The index of a fact in the book.
pub type FactId = usize;

/// A shared formula.
pub type SharedFormula = Arc<Formula>;

/// A formula whose names are bound to facts.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    Constant(Decimal),
    /// A stated figure, and the interval of its unrounded values.
    Stated(Decimal, Interval),
    Fact(FactId),
    Negative(SharedFormula),
    Abs(SharedFormula),
    Binary(Operator, SharedFormula, SharedFormula, Place),
    /// The growth from old to new, in per cent: (new, old).
    Growth(SharedFormula, SharedFormula, Place),
    /// The growth a year from old to new, in per cent: (new, old), and the months from one to the other.
    GrowthPerYear(SharedFormula, SharedFormula, u32, Place),
    /// A part of a base, in per cent: (part, base).
    Share(SharedFormula, SharedFormula, Place),
}

/// Why a formula has no result.
#[derive(Debug, Clone, PartialEq)]
pub enum EvalError {
    /// Growth from, or a share of, a base of zero or less.
    NotMeaningful,
    Wrong(Box<Diagnostic>),
}

impl Formula {
    /// Whether it divides, so that its result has no precision of its own.
    pub fn is_ratio(&self) -> bool {
        match self {
            Self::Constant(_) | Self::Stated(..) | Self::Fact(_) => false,
            Self::Negative(inner) | Self::Abs(inner) => inner.is_ratio(),
            Self::Binary(Operator::Divide, ..) | Self::Growth(..) | Self::GrowthPerYear(..) | Self::Share(..) => true,
            Self::Binary(_, left, right, _) => left.is_ratio() || right.is_ratio(),
        }
    }

    /// Evaluates the formula in base units; `values[id]` is the value of fact `id`.
    pub fn value(&self, values: &[Decimal]) -> Result<Decimal, EvalError> {
        let large = |place: &Place| EvalError::Wrong(Box::new(too_large(place)));
        match self {
            Self::Constant(number) | Self::Stated(number, _) => Ok(*number),
            Self::Fact(id) => Ok(values.get(*id).copied().unwrap_or_default()),
            Self::Negative(inner) => Ok(-inner.value(values)?),
            Self::Abs(inner) => Ok(inner.value(values)?.abs()),
            Self::Binary(operator, left, right, place) => {
                let (left, right) = (left.value(values)?, right.value(values)?);
                let result = match operator {
                    Operator::Add => left.checked_add(right),
                    Operator::Subtract => left.checked_sub(right),
                    Operator::Multiply => left.checked_mul(right),
                    Operator::Divide if right.is_zero() => {
                        return Err(EvalError::Wrong(Box::new(division_by_zero(place))));
                    }
                    Operator::Divide => left.checked_div(right),
                };
                result.ok_or_else(|| large(place))
            }
            Self::Growth(new, old, place) => {
                let (new, old) = (new.value(values)?, old.value(values)?);
                if old <= Decimal::ZERO {
                    return Err(EvalError::NotMeaningful);
                }
                new.checked_sub(old).and_then(|grown| percent(grown, old)).ok_or_else(|| large(place))
            }
            Self::GrowthPerYear(new, old, months, place) => {
                let (new, old) = (new.value(values)?, old.value(values)?);
                if old <= Decimal::ZERO || new < Decimal::ZERO {
                    return Err(EvalError::NotMeaningful);
                }
                growth_rate::per_year(new, old, *months).ok_or_else(|| large(place))
            }
            Self::Share(part, base, place) => {
                let (part, base) = (part.value(values)?, base.value(values)?);
                if base <= Decimal::ZERO {
                    return Err(EvalError::NotMeaningful);
                }
                percent(part, base).ok_or_else(|| large(place))
            }
        }
    }

    /// The interval of all results if each fact may be anywhere in its interval; `None` if a divisor may be zero.
    pub fn interval(&self, facts: &[Interval]) -> Option<Interval> {
        let hundred = Interval::exactly(Decimal::ONE_HUNDRED);
        match self {
            Self::Constant(number) => Some(Interval::exactly(*number)),
            Self::Stated(_, reach) => Some(*reach),
            Self::Fact(id) => facts.get(*id).copied(),
            Self::Negative(inner) => Some(inner.interval(facts)?.negative()),
            Self::Abs(inner) => Some(inner.interval(facts)?.magnitude()),
            Self::Binary(operator, left, right, _) => {
                let (left, right) = (left.interval(facts)?, right.interval(facts)?);
                match operator {
                    Operator::Add => left.plus(right),
                    Operator::Subtract => left.plus(right.negative()),
                    Operator::Multiply => left.times(right),
                    Operator::Divide => left.over(right),
                }
            }
            // Calculate (x − p) / p as x / p − 1, in which p occurs once, so that the interval is as narrow as
            // possible.
            Self::Growth(new, old, _) => {
                new.interval(facts)?.over(old.interval(facts)?)?.times(hundred)?.plus(hundred.negative())
            }
            Self::GrowthPerYear(new, old, months, _) => {
                growth_rate::interval_per_year(new.interval(facts)?, old.interval(facts)?, *months)
            }
            Self::Share(part, base, _) => part.interval(facts)?.over(base.interval(facts)?)?.times(hundred),
        }
    }

    /// Calls `see` for every fact in the formula.
    pub fn facts(&self, see: &mut impl FnMut(FactId)) {
        match self {
            Self::Constant(_) | Self::Stated(..) => {}
            Self::Fact(id) => see(*id),
            Self::Negative(inner) | Self::Abs(inner) => inner.facts(see),
            Self::Binary(_, left, right, _)
            | Self::Growth(left, right, _)
            | Self::GrowthPerYear(left, right, ..)
            | Self::Share(left, right, _) => {
                left.facts(see);
                right.facts(see);
            }
        }
    }

    /// The nesting depth.
    pub fn depth(&self) -> usize {
        match self {
            Self::Constant(_) | Self::Stated(..) | Self::Fact(_) => 1,
            Self::Negative(inner) | Self::Abs(inner) => inner.depth() + 1,
            Self::Binary(_, left, right, _)
            | Self::Growth(left, right, _)
            | Self::GrowthPerYear(left, right, ..)
            | Self::Share(left, right, _) => left.depth().max(right.depth()) + 1,
        }
    }

    /// The number of parts.
    pub fn parts(&self) -> usize {
        match self {
            Self::Constant(_) | Self::Stated(..) | Self::Fact(_) => 1,
            Self::Negative(inner) | Self::Abs(inner) => inner.parts() + 1,
            Self::Binary(_, left, right, _)
            | Self::Growth(left, right, _)
            | Self::GrowthPerYear(left, right, ..)
            | Self::Share(left, right, _) => left.parts() + right.parts() + 1,
        }
    }
}

fn percent(part: Decimal, base: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base)
}

fn division_by_zero(place: &Place) -> Diagnostic {
    Diagnostic::error("formula", "division by zero").at(place, "this is zero")
}

/// The finding that a number has too many digits.
pub fn too_large(place: &Place) -> Diagnostic {
    Diagnostic::error("number", "the result has more than 28 digits").at(place, "")
}

/// A bound formula and its base unit, if known; or why it is absent.
pub type BoundFormula<'r> = Result<(SharedFormula, Option<&'r str>), Absent>;

/// The result of a formula in base units (of a currency, not thousands of it), or why it is absent.
pub type Value = Result<Decimal, Absent>;

/// Why a figure is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Absent {
    /// Entered as `""`.
    Blank,
    /// An error that was already reported.
    Reported,
    NotApplicable,
    Undecided,
    /// Calculated from an amount that is not known yet.
    Pending,
    /// Growth from a base of zero or less.
    NotMeaningful,
}
