//! Whether amounts known to some precision can satisfy several relations all at once.
//!
//! Each relation can be explainable alone and all of them impossible together. The decision is exact: rationals of any
//! size, and an infinitely small step for an end that is left out.

mod problem;
mod rational;
mod row;
mod simplex;
mod starting_point;
mod tableau;
#[cfg(test)]
mod tests;
mod variable;

use std::collections::BTreeSet;

pub use problem::Problem;
use tableau::Tableau;

use crate::figures::{Endpoint, Interval};

/// Whether all relations can hold at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Some values within the intervals satisfy all relations.
    Possible,
    /// No values do.
    Impossible {
        /// The numbers of relations that cannot hold together, ascending; without any one of them the others can.
        /// Empty when an interval has no value in it, which no relation is to blame for.
        conflict: Vec<usize>,
    },
}

/// Decides whether some values within the intervals satisfy all relations at once.
pub fn decide(problem: &Problem) -> Answer {
    if !problem.amounts.iter().all(has_value) {
        return Answer::Impossible { conflict: Vec::new() };
    }
    let all = (0..problem.relations.len()).collect();
    let mut tableau = Tableau::of(problem, &all);
    if let Some(relation) = tableau.hopeless() {
        return Answer::Impossible { conflict: vec![relation] };
    }
    tableau.guess();
    match tableau.settle() {
        None => Answer::Possible,
        Some(conflict) => Answer::Impossible { conflict: irreducible(problem, conflict) },
    }
}

fn has_value(interval: &Interval) -> bool {
    let Interval { low, high } = interval;
    let is_closed = |bound: &Endpoint| !bound.open;
    low.at < high.at || (low.at == high.at && is_closed(low) && is_closed(high))
}

/// Leaves out, one after the other, each relation without which the rest is still in conflict.
fn irreducible(problem: &Problem, conflict: BTreeSet<usize>) -> Vec<usize> {
    let mut tableau = Tableau::of(problem, &conflict);
    let mut suspects = conflict.clone();
    for relation in conflict {
        if !suspects.contains(&relation) {
            continue;
        }
        tableau.release(relation);
        match tableau.settle() {
            None => tableau.demand(relation),
            Some(smaller) => {
                suspects.difference(&smaller).for_each(|&other| tableau.release(other));
                suspects = smaller;
            }
        }
    }
    suspects.into_iter().collect()
}
