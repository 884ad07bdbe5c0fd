//! Mends the values until all relations hold, or shows that they cannot.
//!
//! After Dutertre and de Moura, "A Fast Linear-Arithmetic Solver for DPLL(T)" (CAV 2006); but a row is given up as soon
//! as the room of all its variables together is too small, not when each of them has come to its end.

use std::collections::BTreeSet;

use dashu_int::IBig;

use super::{
    rational::Point,
    tableau::Tableau,
    work::{OutOfWork, Work},
};

/// After so many pivots for each row, those are chosen that are sure to come to an end, no longer those likely to soon.
const PATIENCE: usize = 16;

/// An independent variable that can bring the dependent one of a row on its way.
struct Mover {
    variable: usize,
    /// Its coefficient in the row.
    coefficient: IBig,
    /// How much it can add to the row; `None` without an end.
    reach: Option<Point>,
}

impl Tableau {
    /// The number of a relation that cannot hold even by itself. To be asked before the first pivot.
    pub fn find_single_impossible(&self) -> Option<usize> {
        let rows = self.out_of_bounds.iter().filter_map(|&sum| Some((sum, self.row_of[sum]?)));
        let mut hopeless = rows.filter(|&(sum, row)| {
            let missing = &self.variables[sum].value;
            falls_short(&self.movers(row, missing), missing)
        });
        hopeless.next().and_then(|(_, row)| self.relations_in_row(row).pop_first())
    }

    /// Looks for values with which all demanded relations hold; without any, relations that cannot hold together. When the
    /// work ends, the tableau is of no further use.
    pub fn solve_exactly(&mut self, work: &mut Work) -> Result<Option<BTreeSet<usize>>, OutOfWork> {
        let mut patience = PATIENCE * self.rows.len();
        while let Some((row, missing)) = self.first_out_of_bounds() {
            work.spend(self.row_size(row))?;
            let movers = self.movers(row, &missing);
            if falls_short(&movers, &missing) {
                return Ok(Some(self.relations_in_row(row)));
            }
            // The first stray and its first mover are Bland's choice, which never goes in circles.
            let likeliest =
                |mover: &&Mover| (!mover.suffices(&missing), self.uses.get(mover.variable).map_or(0, Vec::len));
            let mover = if patience > 0 { movers.iter().min_by_key(likeliest) } else { movers.first() };
            let Some(mover) = mover else { return Ok(Some(self.relations_in_row(row))) };
            self.pivot(row, mover.variable, &missing.over(&mover.coefficient), work)?;
            patience = patience.saturating_sub(1);
        }
        Ok(None)
    }

    /// The row of the first dependent variable out of its bounds, and what the independent ones must add to the row.
    fn first_out_of_bounds(&self) -> Option<(usize, Point)> {
        let stray = *self.out_of_bounds.first()?;
        let (row, variable) = (self.row_of[stray]?, &self.variables[stray]);
        let back = variable.value.minus(variable.violated_bound()?);
        Some((row, back.times(&self.rows[row].scale)))
    }

    /// The independent variables that can add to a row some of what is missing, by number ascending.
    fn movers(&self, row: usize, missing: &Point) -> Vec<Mover> {
        let is_above = *missing > Point::ZERO;
        let movers = self.terms(row).into_iter().map(|(variable, coefficient)| {
            let room = self.variables[variable].room(is_above == (coefficient > IBig::ZERO));
            Mover { variable, reach: room.map(|room| room.times(&coefficient)), coefficient }
        });
        movers.filter(|mover| mover.reach != Some(Point::ZERO)).collect()
    }
}

impl Mover {
    fn suffices(&self, missing: &Point) -> bool {
        self.reach.as_ref().is_none_or(|reach| is_enough(reach, missing))
    }
}

/// Whether all movers together cannot add what is missing.
fn falls_short(movers: &[Mover], missing: &Point) -> bool {
    let mut sum = Point::ZERO;
    !movers.iter().any(|mover| {
        mover.reach.as_ref().is_none_or(|reach| {
            sum.add(reach);
            is_enough(&sum, missing)
        })
    })
}

/// Whether something goes as far as what is missing, in the same direction.
fn is_enough(reach: &Point, missing: &Point) -> bool {
    if *missing > Point::ZERO { reach >= missing } else { reach <= missing }
}
