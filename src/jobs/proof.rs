//! `kessan mutate` and `kessan check --coverage`: what the checks would catch, measured by planting errors.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use serde::Serialize;

use super::{Project, release::study, select::select};
use crate::{
    check::{
        CheckInput, CheckResults, Facts,
        mutate::{BlameRank, ErrorKind, MutationOutcome, errors, plant},
        name,
        relation_index::RelationIndex,
    },
    diag::{Diagnostic, Findings},
};

/// What to plant.
#[derive(Debug)]
pub struct Mutate<'a> {
    pub root: &'a Path,
    /// All releases when empty.
    pub slugs: &'a [String],
    /// Chooses where there is a choice.
    pub seed: u64,
    /// How many errors at most; all when none.
    pub limit: Option<usize>,
}

/// Errors of one kind, or in one statement: how many were planted, caught, and blamed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub planted: usize,
    pub caught: usize,
    /// The planted place alone was the top suspect.
    pub first: usize,
    /// It was in the top class.
    pub class: usize,
    /// It was among the first three.
    pub three: usize,
}

impl Tally {
    /// Both together.
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            planted: self.planted + other.planted,
            caught: self.caught + other.caught,
            first: self.first + other.first,
            class: self.class + other.class,
            three: self.three + other.three,
        }
    }

    fn add(&mut self, fate: &MutationOutcome) {
        self.planted += 1;
        self.caught += usize::from(fate.broken > 0);
        if let Some(BlameRank { rank, before, class }) = fate.blamed {
            self.first += usize::from(rank == 1 && class == 1);
            self.class += usize::from(rank == 1);
            self.three += usize::from(before + class <= 3);
        }
    }
}

/// What became of the errors planted in one release.
#[derive(Debug, Default, Serialize)]
pub struct MutationReport {
    pub slug: String,
    pub by_kind: Vec<(&'static str, Tally)>,
    /// For each statement: one-unit errors, and all others.
    pub by_statement: BTreeMap<String, (Tally, Tally)>,
}

/// Plants errors in every release asked for. `progress` is told how many of how many are through, now and then.
pub fn mutate(request: &Mutate, progress: &(dyn Fn(usize, usize) + Sync)) -> (Vec<MutationReport>, Vec<Diagnostic>) {
    let mut findings = Findings::new();
    let slugs = select(request.root, request.slugs, &mut findings);
    let (project, faults) = Project::load(request.root);
    findings.extend(faults);
    let mut proofs = Vec::new();
    for slug in &slugs {
        let (proof, found) = study(request.root, &project, slug, |studied| {
            studied.sound.then(|| prove(slug, &studied.checked, &studied.ledger, request, progress))
        });
        findings.extend(found);
        proofs.extend(proof.flatten());
    }
    (proofs, findings.sorted())
}

fn prove(
    slug: &str,
    checked: &CheckInput,
    ledger: &CheckResults,
    request: &Mutate,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> MutationReport {
    let book = checked.book;
    let facts = Facts::of(book);
    let net = RelationIndex::new(book, ledger, &facts);
    let errors = errors(&net, &facts, request.seed, request.limit);
    let done = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let fates = std::thread::scope(|scope| {
        let planting = scope.spawn(|| plant(&net, &facts, &errors, threads, &done));
        while !planting.is_finished() {
            progress(done.load(Ordering::Relaxed), errors.len());
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        planting.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    progress(errors.len(), errors.len());
    tallied(slug, checked, &fates)
}

fn tallied(slug: &str, checked: &CheckInput, fates: &[MutationOutcome]) -> MutationReport {
    let mut proof = MutationReport { slug: slug.to_owned(), ..MutationReport::default() };
    for (words, kind) in ErrorKind::ALL {
        let mut tally = Tally::default();
        fates.iter().filter(|fate| fate.error.kind == kind).for_each(|fate| tally.add(fate));
        proof.by_kind.push((words, tally));
    }
    for fate in fates {
        let statement = &checked.book.entered[fate.error.fact].statement.id.value;
        let (unit, others) = proof.by_statement.entry(statement.clone()).or_default();
        let is_unit = matches!(fate.error.kind, ErrorKind::UnitUp | ErrorKind::UnitDown);
        if is_unit { unit.add(fate) } else { others.add(fate) }
    }
    proof
}

/// What a change of one unit in the last place of each entered amount would break.
#[derive(Debug, Default)]
pub struct Coverage {
    pub slug: String,
    pub entered: usize,
    /// Amounts whose change nothing would notice: name, place, and the relations that they take part in all the same.
    pub uncovered: Vec<Uncovered>,
}

/// An amount that may be wrong by a unit without anything breaking.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncovered {
    pub name: String,
    pub place: crate::diag::Place,
    /// Relations that it takes part in, too coarse to notice one unit; empty when it stands alone.
    pub coarse: Vec<String>,
}

/// The coverage of a studied release.
pub(super) fn covered(slug: &str, checked: &CheckInput, ledger: &CheckResults) -> Coverage {
    let book = checked.book;
    let mut facts = Facts::of(book);
    let net = RelationIndex::new(book, ledger, &facts);
    let mut uncovered = Vec::new();
    for fact in 0..facts.values.len() {
        let (step, _) = facts.steps[fact];
        let noticed = [step, -step].into_iter().all(|by| {
            let Some(value) = facts.values[fact].checked_add(by) else { return true };
            let was = facts.put(fact, value);
            let broken = net.of(fact).iter().any(|relation| !net.holds(*relation, &facts));
            facts.put(fact, was);
            broken
        });
        if !noticed {
            let coarse = net.of(fact).iter().map(|relation| net.relations[*relation].name.clone()).collect();
            uncovered.push(Uncovered { name: name(book, fact), place: book.entered[fact].place.clone(), coarse });
        }
    }
    Coverage { slug: slug.to_owned(), entered: facts.values.len(), uncovered }
}

/// The coverage of every release asked for.
pub fn coverage(root: &Path, slugs: &[String]) -> (Vec<Coverage>, Vec<Diagnostic>) {
    let mut findings = Findings::new();
    let slugs = select(root, slugs, &mut findings);
    let (project, faults) = Project::load(root);
    findings.extend(faults);
    let mut all = Vec::new();
    for slug in &slugs {
        let (coverage, found) = study(root, &project, slug, |studied| covered(slug, &studied.checked, &studied.ledger));
        findings.extend(found);
        all.extend(coverage);
    }
    (all, findings.sorted())
}
