//! The fewest moves of one unit after which every printed column foots.
//!
//! A figure is one variable wherever it is printed, and a column is an equation over such variables. The answer is
//! the least one, in this order: columns left unmet, figures moved, distance from the exact values, and, between equals,
//! the one that moves the earliest cells, up before down. Exact within a budget that real releases do not come near; a
//! solution says whether it stayed within.

mod choice;
mod part;
mod piece;
mod search;
#[cfg(test)]
mod statements;
#[cfg(test)]
mod tests;

use crate::model::Decimal;

/// A figure as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Before rounding, in units of the last place shown.
    pub exact: Decimal,
    /// What is printed, in the same units.
    pub shown: i128,
    /// Whether it may be moved by one.
    pub movable: bool,
}

/// A printed sum: the shown figures, each times its coefficient, make zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Cells by number, with their signs: 1 for a part, −1 for the total, or the reverse.
    pub terms: Vec<(usize, i64)>,
}

/// Every figure that is printed at one unit, and what is to foot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    pub cells: Vec<Cell>,
    pub columns: Vec<Column>,
}

/// What to move.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// Cells by number, ascending, each with −1 or +1.
    pub moves: Vec<(usize, i8)>,
    /// Columns that do not foot after the moves, ascending. When proved, they are as few as can be.
    pub unmet: Vec<usize>,
    /// Whether no better solution exists; if not, this is the best one found within the budget.
    pub proved: bool,
}

/// The smallest set of moves with which as many columns foot as can.
///
/// A column that names no such cell, or whose sum is beyond `i128`, is unmet. A cell whose coefficient in some column
/// is beyond `i32` stays where it is.
pub fn solve(problem: &Problem) -> Solution {
    solve_within(problem, &search::BUDGETS)
}

fn solve_within(problem: &Problem, budgets: &[search::Budget]) -> Solution {
    let split = part::split(problem);
    let mut solution = Solution { moves: Vec::new(), unmet: split.hopeless, proved: true };
    for part in &split.parts {
        let (best, proved) = search::search(part, budgets);
        let moves = best.moves(&part.cells);
        let left = part.columns.iter().zip(part.left_over(&best)).filter(|(_, residual)| *residual != 0);
        solution.unmet.extend(left.map(|(column, _)| *column));
        solution.moves.extend(moves);
        solution.proved &= proved;
    }
    solution.moves.sort_unstable();
    solution.unmet.sort_unstable();
    solution
}
