//! Finds the single value whose change would make all broken relations hold again.

use std::collections::BTreeSet;

use super::{keying_error::KeyingError, suspect::Suspect, trial::Trial};
use crate::{figures::FactId, model::Decimal};

/// The maximum number of relations broken together for which common keying errors are tried; a thousand broken
/// relations have no single cause.
pub const MAX_GROUP: usize = 64;
/// The maximum number of suspects.
const MAX_SUSPECTS: usize = 50;

/// The suspects for a set of broken relations, best first.
pub fn find_suspects(trial: &mut Trial, broken: &[usize]) -> Vec<Suspect> {
    let index = trial.index;
    let broken: BTreeSet<usize> = broken.iter().copied().collect();
    let candidates: BTreeSet<FactId> = broken.iter().flat_map(|relation| index.relations[*relation].facts()).collect();
    let mut found = Vec::new();
    for fact in candidates {
        let was = trial.value(fact);
        let nearby: Vec<_> =
            index.nearby(fact).iter().map(|id| in_last_places(trial, fact, trial.value(*id))).collect();
        let own = index.terms_of(fact).iter().filter(|(relation, _)| broken.contains(relation)).collect();
        let candidate = Candidate { fact, was, own, nearby };
        let mut try_all = |trial: &mut Trial, proposals: BTreeSet<Decimal>| {
            let others = proposals.into_iter().filter(|proposed| *proposed != was);
            let tried: Vec<_> = others.filter_map(|proposed| candidate.try_value(trial, &broken, proposed)).collect();
            let mended = tried.iter().any(|suspect| suspect.left == 0);
            found.extend(tried);
            mended
        };
        let solved = candidate.solve(trial);
        if !try_all(trial, solved) && broken.len() <= MAX_GROUP {
            // Rounded or derived figures cannot be solved for; try the numbers that a keying error may come from.
            let sources = KeyingError::possible_sources(in_last_places(trial, fact, was));
            let step = trial.step(fact);
            try_all(trial, sources.into_iter().filter_map(|source| source.checked_mul(step)).collect());
        }
        trial.replace(fact, was);
    }
    rank(found)
}

/// The value that would make a relation hold, if the relation followed the fact evenly and down to its last place: `before`
/// and `after` are its excess at `was` and one step further.
fn solve_linear(before: Decimal, after: Decimal, was: Decimal, step: Decimal) -> Option<Decimal> {
    let slope = after.checked_sub(before)?;
    if slope.is_zero() {
        return None;
    }
    let steps = before.checked_div(slope)?;
    if steps != steps.round() {
        return None;
    }
    was.checked_sub(steps.checked_mul(step)?)
}

/// A fact that may be wrong.
struct Candidate<'a> {
    fact: FactId,
    /// Its value as entered.
    was: Decimal,
    /// The broken relations that it takes part in, each with its terms there.
    own: Vec<&'a (usize, Vec<usize>)>,
    /// The values near it, in units of its last place.
    nearby: Vec<Decimal>,
}

impl Candidate<'_> {
    /// Values for the fact that may make broken relations hold. Leaves the fact with another value.
    fn solve(&self, trial: &mut Trial) -> BTreeSet<Decimal> {
        let Self { fact, was, ref own, .. } = *self;
        let before: Vec<_> = own.iter().map(|(relation, _)| trial.excess(*relation)).collect();
        // One step of the fact moves each relation by its slope.
        let Some(stepped) = was.checked_add(trial.step(fact)) else { return BTreeSet::new() };
        trial.replace(fact, stepped);
        let after = own.iter().map(|(relation, _)| trial.excess(*relation));
        let solved = before.into_iter().zip(after);
        solved.filter_map(|(before, after)| solve_linear(before?, after?, was, trial.step(fact))).collect()
    }

    /// Tries a value for the fact; returns a suspect if more relations then hold. May leave the fact with this value.
    fn try_value(&self, trial: &mut Trial, broken: &BTreeSet<usize>, proposed: Decimal) -> Option<Suspect> {
        let Self { fact, was, ref nearby, ref own } = *self;
        if !trial.may_mend(fact, proposed, own) {
            return None;
        }
        trial.replace(fact, proposed);
        let still_broken = trial.broken_by(fact);
        let newly = still_broken.iter().filter(|relation| !broken.contains(relation)).count();
        let mended = own.len() - (still_broken.len() - newly);
        let left = broken.len() - mended + newly;
        if mended == 0 || left >= broken.len() {
            return None;
        }
        let keying_error =
            KeyingError::between(in_last_places(trial, fact, was), in_last_places(trial, fact, proposed), nearby);
        let plausibility = plausibility(trial, fact, was, proposed);
        Some(Suspect { fact, proposed, keying_error, left, mended, plausibility, rank: 0 })
    }
}

/// Compares the proposed and the entered value with the same line in another period: 0 if the proposed value is closer,
/// 1 if both are similar, 2 if it is farther.
fn plausibility(trial: &Trial, fact: FactId, was: Decimal, proposed: Decimal) -> u8 {
    let Some(other) = trial.index.comparative(fact).map(|id| trial.value(id)) else { return 1 };
    let (Some(stated), Some(proposed)) = (times_apart(was, other), times_apart(proposed, other)) else { return 1 };
    // A fifth is more than most chance differences, and less than most keying errors.
    let margin = Decimal::new(12, 1);
    match (proposed.checked_mul(margin), stated.checked_mul(margin)) {
        (Some(nearer), _) if nearer < stated => 0,
        (_, Some(farther)) if farther < proposed => 2,
        _ => 1,
    }
}

/// The ratio of two values; ten times as much if their signs differ.
fn times_apart(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (small, large) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    let times = large.checked_div(small)?;
    if a.is_sign_negative() == b.is_sign_negative() { Some(times) } else { times.checked_mul(Decimal::TEN) }
}

/// A value in units of a fact's last place.
fn in_last_places(trial: &Trial, fact: FactId, value: Decimal) -> Decimal {
    value.checked_div(trial.step(fact)).unwrap_or(value).normalize()
}

/// Sorts suspects: first those that leave the fewest relations broken, then those that a common keying error explains.
/// Equal ones share a rank.
fn rank(mut found: Vec<Suspect>) -> Vec<Suspect> {
    let merit = |suspect: &Suspect| (suspect.left, 2 * suspect.keying_error.coincidence() + suspect.plausibility);
    // If one value makes all relations hold, drop those that do not.
    if found.iter().any(|suspect| suspect.left == 0) {
        found.retain(|suspect| suspect.left == 0);
    }
    found.sort_by_key(|suspect| (merit(suspect), suspect.fact, suspect.proposed));
    found.truncate(MAX_SUSPECTS);
    let mut rank = 0;
    for index in 0..found.len() {
        if index == 0 || merit(&found[index]) != merit(&found[index - 1]) {
            rank += 1;
        }
        found[index].rank = rank;
    }
    found
}
