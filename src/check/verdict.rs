//! Verdicts on relations: exact, acknowledged, waived or broken.

use crate::model::Decimal;

/// The judgement of a relation.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    Exact,
    /// Precision explains the residual, and the dataset pins it.
    Acknowledged(Decimal),
    /// The dataset pins the residual with a reason (the waiver's number).
    Waived(Decimal, usize),
    /// With the residual that it was expected to have.
    Broken(Decimal),
}

impl Verdict {
    /// The residual that the relation may have, and no other.
    pub fn residual(&self) -> Decimal {
        match self {
            Self::Acknowledged(residual) | Self::Waived(residual, _) | Self::Broken(residual) => *residual,
            Self::Exact => Decimal::ZERO,
        }
    }
}
