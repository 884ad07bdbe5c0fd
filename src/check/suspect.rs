//! Suspects: entered amounts that may be wrong.

use super::keying_error::KeyingError;
use crate::{figures::FactId, model::Decimal};

/// An entered amount that may be wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspect {
    pub fact: FactId,
    /// The proposed value, in base units.
    pub proposed: Decimal,
    pub keying_error: KeyingError,
    /// The number of relations that would still be broken, or newly break.
    pub left: usize,
    /// The number of relations that would hold again.
    pub mended: usize,
    /// Whether the proposed value is closer to the line's other period than the entered one (0), similar (1), or
    /// farther (2).
    pub plausibility: u8,
    /// From 1; equally likely suspects have the same rank.
    pub rank: usize,
}

impl Suspect {
    /// Whether the proposal breaks no relation that held before; `broken` is the number broken before.
    pub fn breaks_nothing(&self, broken: usize) -> bool {
        self.left + self.mended == broken
    }
}
