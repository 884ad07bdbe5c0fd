//! Which cells of a part are moved, and what that costs.

use std::cmp::Ordering;

/// Moves of some cells of a part, two bits a cell from the highest down: nothing, down (1), up (2).
///
/// Choices over different cells unite by `or`; that keeps their order, since where one speaks the other is silent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice(Box<[u64]>);

impl Choice {
    const CELLS_A_WORD: usize = 32;

    /// No moves among so many cells.
    pub fn none(cells: usize) -> Self {
        Self(vec![0; cells.div_ceil(Self::CELLS_A_WORD)].into())
    }

    /// Moves one more cell; one that is not there is passed over.
    pub fn add(&mut self, cell: usize, by: i8) {
        let code = if by > 0 { 2 } else { 1 };
        if let Some(word) = self.0.get_mut(cell / Self::CELLS_A_WORD) {
            *word |= code << (62 - 2 * (cell % Self::CELLS_A_WORD));
        }
    }

    /// Takes over the moves of another, of other cells.
    pub fn unite(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&*other.0) {
            *word |= more;
        }
    }

    /// How a cell is moved.
    pub fn by(&self, cell: usize) -> i8 {
        let word = self.0.get(cell / Self::CELLS_A_WORD).copied().unwrap_or_default();
        match (word >> (62 - 2 * (cell % Self::CELLS_A_WORD))) & 3 {
            0 => 0,
            1 => -1,
            _ => 1,
        }
    }

    /// Each cell that is moved, by the number that `cells` has in its place.
    pub fn moves(&self, cells: &[usize]) -> Vec<(usize, i8)> {
        let all = cells.iter().enumerate().map(|(own, cell)| (*cell, self.by(own)));
        all.filter(|(_, by)| *by != 0).collect()
    }
}

impl PartialOrd for Choice {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The lesser one moves an earlier cell, or the same one up instead of down.
impl Ord for Choice {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.cmp(&self.0)
    }
}

/// What is to be least, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cost {
    /// Columns that do not foot.
    pub unmet: usize,
    /// Cells moved.
    pub moves: usize,
    /// How much farther from the exact values the moves lead, in `part::FINEST`ths of a unit; may be negative.
    pub farther: i128,
}

impl Cost {
    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self { unmet: self.unmet + other.unmet, moves: self.moves + other.moves, farther: self.farther + other.farther }
    }
}
