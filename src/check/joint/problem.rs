//! What the joint decision is asked: amounts within intervals, and sums of them that must be zero.

use crate::figures::Interval;

/// Amounts, and what must hold between them.
#[derive(Debug, Clone, Default)]
pub struct Problem {
    /// Where each amount may really lie.
    pub amounts: Vec<Interval>,
    /// Sums that must be zero: each of (number of an amount, its coefficient). Of an amount whose number is beyond
    /// the list nothing is known.
    pub relations: Vec<Vec<(usize, i64)>>,
}
