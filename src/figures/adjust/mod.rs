//! Finds the fewest moves of one unit after which every printed column foots.
//!
//! A figure is one variable in all places where it is printed; a column is an equation over such variables. The answer
//! minimizes, in this order, the columns left unmet, the figures moved, and the distance from the exact values; among
//! equals it moves the earliest cells, up before down. It is exact within a budget that real releases do not reach; the
//! solution says whether the budget was enough.

mod component;
mod move_set;
mod partial_solution;
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
    /// Whether it may be moved by one unit.
    pub movable: bool,
}

/// A printed sum: the shown figures, times their coefficients, add up to zero.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Column {
    /// Cells by number, with their signs: 1 for a part, −1 for the total, or the reverse.
    pub terms: Vec<(usize, i64)>,
}

/// All figures printed in one unit, and the columns that must foot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problem {
    pub cells: Vec<Cell>,
    pub columns: Vec<Column>,
}

/// The moves to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// Cells by number, ascending, each with −1 or +1.
    pub moves: Vec<(usize, i8)>,
    /// Columns that do not foot after the moves, ascending; the fewest possible if `proved`.
    pub unmet: Vec<usize>,
    /// Whether no better solution exists; otherwise this is the best one found within the budget.
    pub proved: bool,
}

/// Finds the smallest set of moves with which as many columns as possible foot.
///
/// A column with an unknown cell, or with a sum beyond `i128`, is unmet. A cell with a coefficient beyond `i32` in some
/// column is not moved.
pub fn solve(problem: &Problem) -> Solution {
    solve_within(problem, &search::BUDGETS)
}

fn solve_within(problem: &Problem, budgets: &[search::Budget]) -> Solution {
    let split = component::split(problem);
    let mut solution = Solution { moves: Vec::new(), unmet: split.unsolvable, proved: true };
    for component in &split.components {
        let (best, proved) = search::search(component, budgets);
        let moves = best.moves(&component.cells);
        let left =
            component.columns.iter().zip(component.residuals_after(&best)).filter(|(_, residual)| *residual != 0);
        solution.unmet.extend(left.map(|(column, _)| *column));
        solution.moves.extend(moves);
        solution.proved &= proved;
    }
    solution.moves.sort_unstable();
    solution.unmet.sort_unstable();
    solution
}
