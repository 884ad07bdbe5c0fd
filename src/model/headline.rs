//! Headline figures, which the first page shows.

use super::{At, Unit};
use crate::diag::Place;

/// A figure at the top of the first page, compared with the prior period.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// A formula, with or without its period.
    pub figure: At<String>,
    /// The label; by default that of the line.
    pub label: Option<At<String>>,
    pub unit: Option<At<Unit>>,
    pub decimals: Option<u8>,
    /// The comparison with the prior period; by default the difference for percentages and the change for other
    /// figures.
    pub compare: Option<Compare>,
    pub place: Place,
}

/// How a figure is compared with the prior period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    Change,
    Difference,
    None,
}

impl Compare {
    /// Each value with its word in a dataset.
    pub const WORDS: [(&'static str, Self); 3] =
        [("change", Self::Change), ("difference", Self::Difference), ("none", Self::None)];
}
