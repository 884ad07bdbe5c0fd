//! Verifies exactly that a combination of relations is impossible, and looks for a small one.
//!
//! If relations that must be zero are added up with any factors, the result must be able to be zero. If each amount's
//! interval, times what its coefficients add up to, leaves no room for zero, the relations contradict each other (Farkas).

use std::collections::{BTreeMap, BTreeSet};

use dashu_int::IBig;

use super::{
    Problem,
    least_squares::LeastSquares,
    rational::Point,
    tableau::Tableau,
    work::{OutOfWork, Work},
};

/// After how many more rounds of the method a contradiction is looked for.
const ROUNDS: [usize; 4] = [50, 100, 200, 400];

/// Relations among these that are in conflict, as few as can be found with the work that is left. `None` if no
/// contradiction was found, which proves nothing.
pub(super) fn find(problem: &Problem, relations: &BTreeSet<usize>, work: &mut Work) -> Option<BTreeSet<usize>> {
    let mut found = contradiction(problem, relations, work).ok()??;
    let mut size = found.len() / 2;
    while size > 0 {
        let mut position = 0;
        while position < found.len() && size < found.len() {
            let left_out: BTreeSet<usize> = found.iter().copied().skip(position).take(size).collect();
            match contradiction(problem, &found.difference(&left_out).copied().collect(), work) {
                Ok(Some(smaller)) => found = smaller,
                Ok(None) => position += size,
                Err(OutOfWork) => return Some(found),
            }
        }
        size /= 2;
    }
    Some(found)
}

/// Relations among these that are proved to be in conflict.
fn contradiction(
    problem: &Problem,
    relations: &BTreeSet<usize>,
    work: &mut Work,
) -> Result<Option<BTreeSet<usize>>, OutOfWork> {
    let tableau = Tableau::of(problem, relations);
    let misses = LeastSquares::of(&tableau);
    let mut places = misses.middle();
    for rounds in ROUNDS {
        places = misses.improve(places, rounds, work)?;
        let factors = misses.factors(&places);
        work.spend(factors.iter().map(|(position, _)| 4 * tableau.sums[*position].len()).sum())?;
        if excludes_zero(&tableau, &factors) {
            return Ok(Some(factors.iter().map(|(position, _)| tableau.relations[*position]).collect()));
        }
    }
    Ok(None)
}

/// Whether the sum of the relations at these positions, times their factors, cannot be zero.
fn excludes_zero(tableau: &Tableau, factors: &[(usize, i64)]) -> bool {
    let mut combined = BTreeMap::<usize, IBig>::new();
    for (position, factor) in factors {
        for (amount, coefficient) in &tableau.sums[*position] {
            *combined.entry(*amount).or_default() += coefficient * IBig::from(*factor);
        }
    }
    combined.retain(|_, coefficient| !coefficient.is_zero());
    let end = |is_upper: bool| {
        let mut sum = Point::ZERO;
        for (amount, coefficient) in &combined {
            let variable = &tableau.variables[*amount];
            let bound = if is_upper == (*coefficient > IBig::ZERO) { &variable.high } else { &variable.low };
            sum.add(&bound.as_ref()?.times(coefficient));
        }
        Some(sum)
    };
    end(false).is_some_and(|low| low > Point::ZERO) || end(true).is_some_and(|high| high < Point::ZERO)
}
