//! Plants errors one at a time and reports which are caught, and whether the planted place is blamed.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Facts, blame::find_suspects, keying_error::are_swapped, relation_index::RelationIndex, trial::Trial};
use crate::{figures::FactId, model::Decimal};

/// A kind of error that is planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ErrorKind {
    UnitUp,
    UnitDown,
    Swap,
    Drop,
    Sign,
    Thousand,
    Neighbour,
}

impl ErrorKind {
    /// Every kind with its name in reports.
    pub const ALL: [(&'static str, Self); 7] = [
        ("one unit up", Self::UnitUp),
        ("one unit down", Self::UnitDown),
        ("digits swapped", Self::Swap),
        ("digit dropped", Self::Drop),
        ("sign turned", Self::Sign),
        ("times 1,000", Self::Thousand),
        ("neighbour's value", Self::Neighbour),
    ];
}

/// An error to plant.
#[derive(Debug, Clone, PartialEq)]
pub struct PlantedError {
    pub kind: ErrorKind,
    pub fact: FactId,
    /// In base units.
    pub value: Decimal,
}

/// The outcome of a planted error.
#[derive(Debug, Clone, PartialEq)]
pub struct MutationOutcome {
    pub error: PlantedError,
    /// How many relations it broke, and one more where its line declares the other sign; not caught when none.
    pub broken: usize,
    /// The rank of the planted place among the suspects, how many are in the first class, and how many suspects
    /// are before it in ranks above its own.
    pub blamed: Option<BlameRank>,
}

/// Where the planted place is among the suspects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlameRank {
    pub rank: usize,
    /// Suspects of better ranks.
    pub before: usize,
    /// Suspects of the same rank, itself included.
    pub class: usize,
}

/// Everything that will be planted, chosen by `seed` where there is a choice; `limit` picks that many of them.
pub fn plan_errors(index: &RelationIndex, facts: &Facts, seed: u64, limit: Option<usize>) -> Vec<PlantedError> {
    let mut random = SplitMix(seed);
    let mut errors = Vec::new();
    for fact in 0..facts.values.len() {
        for (_, kind) in ErrorKind::ALL {
            let value =
                planted_value(kind, index, facts, fact, &mut random).filter(|value| *value != facts.values[fact]);
            errors.extend(value.map(|value| PlantedError { kind, fact, value }));
        }
    }
    if let Some(limit) = limit.filter(|limit| *limit < errors.len()) {
        for at in 0..limit {
            let other = at + random.below(errors.len() - at);
            errors.swap(at, other);
        }
        errors.truncate(limit);
        errors.sort_by_key(|error| (error.fact, error.kind));
    }
    errors
}

fn planted_value(
    kind: ErrorKind,
    index: &RelationIndex,
    facts: &Facts,
    fact: FactId,
    random: &mut SplitMix,
) -> Option<Decimal> {
    let (step, _) = facts.steps[fact];
    let value = facts.values[fact];
    let units = value.checked_div(step)?.normalize();
    let changed = match kind {
        ErrorKind::UnitUp => units.checked_add(Decimal::ONE)?,
        ErrorKind::UnitDown => units.checked_sub(Decimal::ONE)?,
        ErrorKind::Swap => random.choose(&digit_swaps(units))?,
        ErrorKind::Drop => random.choose(&digit_drops(units))?,
        ErrorKind::Sign => -units,
        ErrorKind::Thousand => units.checked_mul(Decimal::ONE_THOUSAND)?,
        ErrorKind::Neighbour => {
            let nearby: Vec<_> = index.nearby(fact).iter().copied().filter(|id| facts.values[*id] != value).collect();
            return random.choose(&nearby).map(|id| facts.values[id]);
        }
    };
    changed.checked_mul(step)
}

fn digit_swaps(units: Decimal) -> Vec<Decimal> {
    let text = units.abs().to_string();
    let sign = if units.is_sign_negative() { "-" } else { "" };
    let swapped = |at: usize| {
        let mut digits: Vec<char> = text.chars().collect();
        digits.swap(at, at + 1);
        format!("{sign}{}", digits.iter().collect::<String>()).parse().ok()
    };
    (0..text.len().saturating_sub(1)).filter_map(swapped).filter(|changed| are_swapped(*changed, units)).collect()
}

fn digit_drops(units: Decimal) -> Vec<Decimal> {
    let text = units.abs().to_string();
    let sign = if units.is_sign_negative() { "-" } else { "" };
    let dropped = |at: usize| format!("{sign}{}{}", &text[..at], &text[at + 1..]).parse().ok();
    if text.len() < 2 { Vec::new() } else { (0..text.len()).filter_map(dropped).collect() }
}

/// Plants every error, on as many threads as asked; `done` counts how many are through.
pub fn run_mutations(
    index: &RelationIndex,
    facts: &Facts,
    errors: &[PlantedError],
    threads: usize,
    done: &AtomicUsize,
) -> Vec<MutationOutcome> {
    let share = errors.len().div_ceil(threads.max(1)).max(1);
    let trial = Trial::new(index, facts.clone());
    let run = |errors: &[PlantedError]| -> Vec<MutationOutcome> {
        let mut trial = trial.clone();
        let outcomes = errors.iter().map(|error| {
            let outcome = try_error(&mut trial, error);
            done.fetch_add(1, Ordering::Relaxed);
            outcome
        });
        outcomes.collect()
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = errors.chunks(share).map(|errors| scope.spawn(|| run(errors))).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

fn try_error(trial: &mut Trial, error: &PlantedError) -> MutationOutcome {
    let was = trial.replace(error.fact, error.value);
    let broken = trial.broken_by(error.fact);
    // A turned sign is reported at the amount itself.
    let is_reported = trial.index.has_wrong_sign(error.fact, error.value);
    let blamed = if broken.is_empty() {
        is_reported.then_some(BlameRank { rank: 1, before: 0, class: 1 })
    } else {
        let suspects = find_suspects(trial, &broken);
        suspects.iter().find(|suspect| suspect.fact == error.fact && suspect.proposed == was).map(|own| BlameRank {
            rank: own.rank,
            before: suspects.iter().filter(|other| other.rank < own.rank).count(),
            class: suspects.iter().filter(|other| other.rank == own.rank).count(),
        })
    };
    trial.replace(error.fact, was);
    MutationOutcome { error: error.clone(), broken: broken.len() + usize::from(is_reported), blamed }
}

/// Reproducible random (SplitMix64, Steele et al. 2014).
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn choose<T: Clone>(&mut self, list: &[T]) -> Option<T> {
        if list.is_empty() { None } else { list.get(self.below(list.len())).cloned() }
    }
}
