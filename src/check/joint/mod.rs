//! Whether amounts known to some precision can satisfy several relations all at once.
//!
//! Each relation can be explainable alone and all of them impossible together. The decision is exact: rationals of any
//! size, and an infinitely small step for an end that is left out. Its work is limited: beyond the limit a contradiction
//! is still found by floating point and verified exactly; if there is none, the answer is that nothing was decided.

mod contradiction;
mod least_squares;
mod mending;
mod problem;
mod rational;
mod row;
mod simplex;
mod starting_point;
mod tableau;
#[cfg(test)]
mod tests;
mod variable;
mod work;

use std::collections::BTreeSet;

pub use mending::can_be_mended;
pub use problem::Problem;
use tableau::Tableau;
use work::{OutOfWork, Work};

use super::connected::connected_groups;
use crate::figures::{Endpoint, Interval};

/// Steps of the exact method, for one group of relations and in the search for a smallest conflict.
const EXACT_STEPS: usize = 5_000_000;
/// Steps of floating point for the starting point of a group, and as many for the search for a contradiction.
const FLOAT_STEPS: usize = 100_000_000;

/// Whether all relations of a group can hold at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Some values within the intervals satisfy all relations.
    Possible,
    /// No values do.
    Impossible {
        /// The numbers of relations that cannot hold together, ascending; without any one of them the others can, unless
        /// the work ended before that was known. Empty when an interval has no value in it.
        conflict: Vec<usize>,
    },
    /// The work ended before there was an answer.
    Undecided {
        /// The numbers of the relations that were to be decided together, ascending.
        relations: Vec<usize>,
    },
}

/// Decides whether some values within the intervals satisfy all relations at once. Relations that have no amount in common are
/// decided apart: gives the answers that are not [`Answer::Possible`], by their first relations.
pub fn decide(problem: &Problem) -> Vec<Answer> {
    if !problem.amounts.iter().all(is_nonempty) {
        return vec![Answer::Impossible { conflict: Vec::new() }];
    }
    let limits = (Work::of(EXACT_STEPS), Work::of(FLOAT_STEPS));
    let amounts = problem.relations.iter().map(|terms| terms.iter().map(|(amount, _)| *amount));
    let groups = connected_groups(amounts).into_iter();
    let answers = groups.map(|group| decide_group(problem, group, limits.clone()));
    answers.filter(|answer| *answer != Answer::Possible).collect()
}

fn decide_group(problem: &Problem, group: Vec<usize>, (mut exact, float): (Work, Work)) -> Answer {
    let relations: BTreeSet<usize> = group.iter().copied().collect();
    let mut tableau = Tableau::of(problem, &relations);
    if let Some(relation) = tableau.find_single_impossible() {
        return Answer::Impossible { conflict: vec![relation] };
    }
    tableau.start_near_solution(&mut float.clone());
    match tableau.solve_exactly(&mut exact) {
        Ok(None) => Answer::Possible,
        Ok(Some(conflict)) => Answer::Impossible { conflict: irreducible(problem, conflict, &mut exact) },
        Err(OutOfWork) => match contradiction::find(problem, &relations, &mut float.clone()) {
            Some(conflict) => Answer::Impossible { conflict: conflict.into_iter().collect() },
            None => Answer::Undecided { relations: group },
        },
    }
}

fn is_nonempty(interval: &Interval) -> bool {
    let Interval { low, high } = interval;
    let is_closed = |bound: &Endpoint| !bound.open;
    low.at < high.at || (low.at == high.at && is_closed(low) && is_closed(high))
}

/// Leaves out, one after the other, each relation without which the rest is still in conflict.
fn irreducible(problem: &Problem, conflict: BTreeSet<usize>, work: &mut Work) -> Vec<usize> {
    let mut tableau = Tableau::of(problem, &conflict);
    let mut suspects = conflict.clone();
    for relation in conflict {
        if !suspects.contains(&relation) {
            continue;
        }
        tableau.release(relation);
        match tableau.solve_exactly(work) {
            Ok(None) => tableau.require(relation),
            Ok(Some(smaller)) => {
                suspects.difference(&smaller).for_each(|&other| tableau.release(other));
                suspects = smaller;
            }
            Err(OutOfWork) => break,
        }
    }
    suspects.into_iter().collect()
}
