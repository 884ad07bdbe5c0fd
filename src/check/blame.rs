//! Blame: which one value, changed, makes all broken relations hold again, and to what.

use std::collections::BTreeSet;

use super::{Facts, keying_error::KeyingError, relation_index::RelationIndex, suspect::Suspect};
use crate::{figures::FactId, model::Decimal};

/// Of how many relations that break together every common slip is tried: a thousand have no one cause.
pub const FEW: usize = 64;
/// How many suspects are worth showing.
const MOST: usize = 50;

/// The suspects for a set of broken relations, best first.
pub fn find_suspects(net: &RelationIndex, facts: &mut Facts, broken: &[usize]) -> Vec<Suspect> {
    let candidates: BTreeSet<FactId> = broken.iter().flat_map(|relation| net.relations[*relation].facts()).collect();
    let mut found = Vec::new();
    for fact in candidates {
        let nearby: Vec<_> = net.nearby(fact).iter().map(|id| units(facts, fact, facts.values[*id])).collect();
        let mut try_all = |facts: &mut Facts, proposals: BTreeSet<Decimal>| {
            let tried = proposals.into_iter().filter_map(|value| try_values(net, facts, broken, fact, value, &nearby));
            let tried: Vec<_> = tried.collect();
            let mended = tried.iter().any(|suspect| suspect.left == 0);
            found.extend(tried);
            mended
        };
        let solved = proposals(net, facts, broken, fact);
        if !try_all(facts, solved) && broken.len() <= FEW {
            // Rounded or derived figures cannot be solved for; what a slip would have come from can be tried.
            let sources = sources(facts, fact);
            try_all(facts, sources);
        }
    }
    rank(found)
}

/// Values for a fact that make at least one broken relation hold.
fn proposals(net: &RelationIndex, facts: &mut Facts, broken: &[usize], fact: FactId) -> BTreeSet<Decimal> {
    let mut proposals = BTreeSet::new();
    let was = facts.values[fact];
    let (step, _) = facts.steps[fact];
    for relation in broken.iter().copied().filter(|relation| net.of(fact).contains(relation)) {
        proposals.extend(solved(net, facts, relation, fact, step));
    }
    proposals.remove(&was);
    proposals
}

/// What a fact's value may have been made from by a slip.
fn sources(facts: &Facts, fact: FactId) -> BTreeSet<Decimal> {
    let (step, _) = facts.steps[fact];
    let wrong = units(facts, fact, facts.values[fact]);
    KeyingError::sources(wrong).into_iter().filter_map(|source| source.checked_mul(step)).collect()
}

/// The value that makes a relation hold, where the relation follows the fact evenly and down to its last place.
fn solved(net: &RelationIndex, facts: &mut Facts, relation: usize, fact: FactId, step: Decimal) -> Option<Decimal> {
    let before = net.excess(relation, facts)?;
    let was = facts.values[fact];
    facts.put(fact, was.checked_add(step)?);
    let after = net.excess(relation, facts);
    facts.put(fact, was);
    let slope = after?.checked_sub(before)?;
    if slope.is_zero() {
        return None;
    }
    let steps = before.checked_div(slope)?;
    if steps != steps.round() {
        return None;
    }
    let proposed = was.checked_sub(steps.checked_mul(step)?)?;
    facts.put(fact, proposed);
    let holds = net.holds(relation, facts);
    facts.put(fact, was);
    holds.then_some(proposed)
}

fn try_values(
    net: &RelationIndex,
    facts: &mut Facts,
    broken: &[usize],
    fact: FactId,
    proposed: Decimal,
    nearby: &[Decimal],
) -> Option<Suspect> {
    let was = facts.put(fact, proposed);
    let own = net.broken_by(fact, facts);
    facts.put(fact, was);
    let still = broken.iter().filter(|relation| !net.of(fact).contains(relation) || own.contains(relation)).count();
    let newly = own.iter().filter(|relation| !broken.contains(relation)).count();
    let mended = broken.len() - still;
    let slip = KeyingError::between(units(facts, fact, was), units(facts, fact, proposed), nearby);
    let plausible = plausible(net, facts, fact, proposed);
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
fn plausible(net: &RelationIndex, facts: &Facts, fact: FactId, proposed: Decimal) -> u8 {
    let Some(other) = net.comparative(fact).map(|id| facts.values[id]) else { return 1 };
    let (Some(stated), Some(proposed)) = (apart(facts.values[fact], other), apart(proposed, other)) else { return 1 };
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
fn units(facts: &Facts, fact: FactId, value: Decimal) -> Decimal {
    value.checked_div(facts.steps[fact].0).unwrap_or(value).normalize()
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
