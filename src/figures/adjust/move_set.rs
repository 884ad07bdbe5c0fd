//! Sets of moved cells, and their cost.

use std::cmp::Ordering;

/// The moves of cells in a component, two bits for each cell from the highest bit down: unmoved (0), down (1), up (2).
///
/// Sets over different cells are joined by `or`, which keeps their order because only one of them is non-zero at each
/// cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MoveSet(Box<[u64]>);

impl MoveSet {
    const CELLS_A_WORD: usize = 32;

    /// No moves among `cells` cells.
    pub fn empty(cells: usize) -> Self {
        Self(vec![0; cells.div_ceil(Self::CELLS_A_WORD)].into())
    }

    /// Moves one more cell; ignores cells out of range.
    pub fn move_cell(&mut self, cell: usize, by: i8) {
        let code = if by > 0 { 2 } else { 1 };
        if let Some(word) = self.0.get_mut(cell / Self::CELLS_A_WORD) {
            *word |= code << (62 - 2 * (cell % Self::CELLS_A_WORD));
        }
    }

    /// Adds the moves of a set over other cells.
    pub fn join(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&*other.0) {
            *word |= more;
        }
    }

    /// The move of a cell: −1, 0 or 1.
    pub fn by(&self, cell: usize) -> i8 {
        let word = self.0.get(cell / Self::CELLS_A_WORD).copied().unwrap_or_default();
        match (word >> (62 - 2 * (cell % Self::CELLS_A_WORD))) & 3 {
            0 => 0,
            1 => -1,
            _ => 1,
        }
    }

    /// The moved cells, by their numbers in `cells`.
    pub fn moves(&self, cells: &[usize]) -> Vec<(usize, i8)> {
        let all = cells.iter().enumerate().map(|(own, cell)| (*cell, self.by(own)));
        all.filter(|(_, by)| *by != 0).collect()
    }
}

impl PartialOrd for MoveSet {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A set is less if it moves an earlier cell, or the same cell up instead of down.
impl Ord for MoveSet {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.cmp(&self.0)
    }
}

/// The cost to minimize, compared field by field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Cost {
    /// Columns that do not foot.
    pub unmet: usize,
    /// Cells moved.
    pub moves: usize,
    /// By how much the moves increase the distance from the exact values, in `component::FINEST`ths of a unit; may be
    /// negative.
    pub added_distance: i128,
}

impl Cost {
    /// The sum of two costs.
    pub fn plus(self, other: Self) -> Self {
        Self {
            unmet: self.unmet + other.unmet,
            moves: self.moves + other.moves,
            added_distance: self.added_distance + other.added_distance,
        }
    }
}
