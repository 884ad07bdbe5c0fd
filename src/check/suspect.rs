//! A value that may be the wrong one, as blame finds it.

use super::keying_error::KeyingError;
use crate::{figures::FactId, model::Decimal};

/// A value that may be the wrong one.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspect {
    pub fact: FactId,
    /// What it should be, in base units.
    pub proposed: Decimal,
    pub slip: KeyingError,
    /// How many relations would still be, or newly be, broken.
    pub left: usize,
    /// How many relations would hold again.
    pub mended: usize,
    /// Whether the proposal is nearer to the line's other period than what is stated (0), much the same (1), or
    /// farther (2).
    pub plausible: u8,
    /// From 1; suspects that nothing tells apart have the same.
    pub rank: usize,
}

impl Suspect {
    /// Whether what is left broken was broken before, of so many relations.
    pub fn breaks_nothing(&self, broken: usize) -> bool {
        self.left + self.mended == broken
    }
}
