//! The figures that a release is known by.

use super::{At, Unit};
use crate::diag::Place;

/// A figure that is at the head of the first page, compared with the year before.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// A formula, with or without its period.
    pub figure: At<String>,
    /// The line's own where it says nothing.
    pub label: Option<At<String>>,
    pub unit: Option<At<Unit>>,
    pub decimals: Option<u8>,
    /// How it is compared with the prior period; a percentage by its difference, everything else by its change,
    /// where nothing is said.
    pub compare: Option<Compare>,
    pub place: Place,
}

/// How a figure is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare {
    Change,
    Difference,
    None,
}

impl Compare {
    /// The dataset's words.
    pub const WORDS: [(&'static str, Self); 3] =
        [("change", Self::Change), ("difference", Self::Difference), ("none", Self::None)];
}
