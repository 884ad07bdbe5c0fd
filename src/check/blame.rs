//! Blame: which one value, changed, makes all broken relations hold again, and to what.

use std::collections::BTreeSet;

use super::{keying_error::KeyingError, suspect::Suspect, trial::Trial};
use crate::{figures::FactId, model::Decimal};

/// Of how many relations that break together every common slip is tried: a thousand have no one cause.
pub const FEW: usize = 64;
/// How many suspects are worth showing.
const MOST: usize = 50;

/// The suspects for a set of broken relations, best first.
pub fn find_suspects(trial: &mut Trial, broken: &[usize]) -> Vec<Suspect> {
    let index = trial.index;
    let broken: BTreeSet<usize> = broken.iter().copied().collect();
    let candidates: BTreeSet<FactId> = broken.iter().flat_map(|relation| index.relations[*relation].facts()).collect();
    let mut found = Vec::new();
    for fact in candidates {
        let nearby: Vec<_> = index.nearby(fact).iter().map(|id| units(trial, fact, trial.value(*id))).collect();
        let mut try_all = |trial: &mut Trial, proposals: BTreeSet<Decimal>| {
            let tried = proposals.into_iter().filter_map(|value| try_value(trial, &broken, fact, value, &nearby));
            let tried: Vec<_> = tried.collect();
            let mended = tried.iter().any(|suspect| suspect.left == 0);
            found.extend(tried);
            mended
        };
        let solved = proposals(trial, &broken, fact);
        if !try_all(trial, solved) && broken.len() <= FEW {
            // Rounded or derived figures cannot be solved for; what a slip would have come from can be tried.
            let sources = sources(trial, fact);
            try_all(trial, sources);
        }
    }
    rank(found)
}

/// Values for a fact that make at least one broken relation hold.
fn proposals(trial: &mut Trial, broken: &BTreeSet<usize>, fact: FactId) -> BTreeSet<Decimal> {
    let was = trial.value(fact);
    let mut own: Vec<usize> = trial.index.terms_of(fact).iter().map(|(relation, _)| *relation).collect();
    own.retain(|relation| broken.contains(relation));
    // One step of the fact moves each relation by its slope.
    let before: Vec<_> = own.iter().map(|relation| trial.excess(*relation)).collect();
    let Some(stepped) = was.checked_add(trial.step(fact)) else { return BTreeSet::new() };
    trial.put(fact, stepped);
    let after: Vec<_> = own.iter().map(|relation| trial.excess(*relation)).collect();
    trial.put(fact, was);
    let solved =
        before.into_iter().zip(after).filter_map(|(before, after)| solved(before?, after?, was, trial.step(fact)));
    let mut proposals: BTreeSet<Decimal> = solved.collect();
    proposals.retain(|value| {
        trial.put(fact, *value);
        *value != was && own.iter().any(|relation| trial.holds(*relation))
    });
    trial.put(fact, was);
    proposals
}

/// What a fact's value may have been made from by a slip.
fn sources(trial: &Trial, fact: FactId) -> BTreeSet<Decimal> {
    let step = trial.step(fact);
    let wrong = units(trial, fact, trial.value(fact));
    KeyingError::sources(wrong).into_iter().filter_map(|source| source.checked_mul(step)).collect()
}

/// The value that would make a relation hold, if the relation followed the fact evenly and down to its last place: `before`
/// and `after` are its excess at `was` and one step further.
fn solved(before: Decimal, after: Decimal, was: Decimal, step: Decimal) -> Option<Decimal> {
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

fn try_value(
    trial: &mut Trial,
    broken: &BTreeSet<usize>,
    fact: FactId,
    proposed: Decimal,
    nearby: &[Decimal],
) -> Option<Suspect> {
    let was = trial.put(fact, proposed);
    let own = trial.broken_by(fact);
    trial.put(fact, was);
    let newly = own.iter().filter(|relation| !broken.contains(relation)).count();
    let in_broken = trial.index.terms_of(fact).iter().filter(|(relation, _)| broken.contains(relation)).count();
    let mended = in_broken - (own.len() - newly);
    let still = broken.len() - mended;
    let slip = KeyingError::between(units(trial, fact, was), units(trial, fact, proposed), nearby);
    let plausible = plausible(trial, fact, proposed);
    (mended > 0 && still + newly < broken.len()).then_some(Suspect {
        fact,
        proposed,
        slip,
        left: still + newly,
        mended,
        plausible,
        rank: 0,
    })
}

/// How the proposal stands to the same line in another period, beside what is stated.
fn plausible(trial: &Trial, fact: FactId, proposed: Decimal) -> u8 {
    let Some(other) = trial.index.comparative(fact).map(|id| trial.value(id)) else { return 1 };
    let (Some(stated), Some(proposed)) = (apart(trial.value(fact), other), apart(proposed, other)) else { return 1 };
    // A fifth is more than most lines that add up move by chance, and less than most slips.
    let margin = Decimal::new(12, 1);
    match (proposed.checked_mul(margin), stated.checked_mul(margin)) {
        (Some(nearer), _) if nearer < stated => 0,
        (_, Some(farther)) if farther < proposed => 2,
        _ => 1,
    }
}

/// How many times one value is the other; much, when their signs differ.
fn apart(a: Decimal, b: Decimal) -> Option<Decimal> {
    let (small, large) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    let times = large.checked_div(small)?;
    if a.is_sign_negative() == b.is_sign_negative() { Some(times) } else { times.checked_mul(Decimal::TEN) }
}

/// A value in units of a fact's last place.
fn units(trial: &Trial, fact: FactId, value: Decimal) -> Decimal {
    value.checked_div(trial.step(fact)).unwrap_or(value).normalize()
}

/// Best first: what leaves the fewest relations broken; then what a common slip explains. What neither tells apart
/// shares a rank.
fn rank(mut found: Vec<Suspect>) -> Vec<Suspect> {
    let merit = |suspect: &Suspect| (suspect.left, 2 * suspect.slip.chance() + suspect.plausible);
    // A value that fails at more places than it mends is no suspect beside one that mends everything.
    if found.iter().any(|suspect| suspect.left == 0) {
        found.retain(|suspect| suspect.left == 0);
    }
    found.sort_by_key(|suspect| (merit(suspect), suspect.fact, suspect.proposed));
    found.truncate(MOST);
    let mut rank = 0;
    for index in 0..found.len() {
        if index == 0 || merit(&found[index]) != merit(&found[index - 1]) {
            rank += 1;
        }
        found[index].rank = rank;
    }
    found
}
