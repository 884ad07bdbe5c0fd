//! `kessan mutate`: measures which errors the checks catch, by planting them one at a time.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use serde::Serialize;

use crate::{
    check::{
        Facts,
        mutate::{BlameRank, ErrorKind, MutationOutcome, plan_errors, run_mutations},
        relation_index::RelationIndex,
    },
    closing::{Closing, LoadedRelease},
    diag::{Diagnostic, Findings},
    figures::Book,
    project::{Project, select_releases},
};

/// The request for a measurement.
#[derive(Debug)]
pub struct Mutate<'a> {
    pub root: &'a Path,
    /// All releases when empty.
    pub slugs: &'a [String],
    /// The seed of all random choices.
    pub seed: u64,
    /// The most errors to plant; all when none.
    pub limit: Option<usize>,
}

/// Errors of one kind, or in one statement: how many were planted, caught, and blamed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub planted: usize,
    pub caught: usize,
    /// The planted place alone was the top suspect.
    pub first: usize,
    /// It was among the suspects of the highest rank.
    pub class: usize,
    /// It was among the first three.
    pub three: usize,
}

impl Tally {
    /// The sum of two tallies.
    pub fn sum(&self, other: &Self) -> Self {
        Self {
            planted: self.planted + other.planted,
            caught: self.caught + other.caught,
            first: self.first + other.first,
            class: self.class + other.class,
            three: self.three + other.three,
        }
    }

    fn add(&mut self, outcome: &MutationOutcome) {
        self.planted += 1;
        self.caught += usize::from(outcome.broken > 0);
        if let Some(BlameRank { rank, before, class }) = outcome.blamed {
            self.first += usize::from(rank == 1 && class == 1);
            self.class += usize::from(rank == 1);
            self.three += usize::from(before + class <= 3);
        }
    }
}

/// How many of the errors planted in one release were caught and blamed.
#[derive(Debug, Default, Serialize)]
pub struct MutationReport {
    pub slug: String,
    pub by_kind: Vec<(&'static str, Tally)>,
    /// For each statement: one-unit errors, and all others.
    pub by_statement: BTreeMap<String, (Tally, Tally)>,
}

/// Plants errors in every selected release. `progress` is called from time to time with the number done and the total.
pub fn mutate(request: &Mutate, progress: &(dyn Fn(usize, usize) + Sync)) -> (Vec<MutationReport>, Vec<Diagnostic>) {
    let mut findings = Findings::new();
    let slugs = select_releases(request.root, request.slugs, &mut findings);
    let (project, project_findings) = Project::load(request.root);
    findings.extend(project_findings);
    let mut reports = Vec::new();
    for slug in &slugs {
        match LoadedRelease::load(request.root, &project, slug) {
            Ok(loaded) => {
                let closing = Closing::new(&loaded);
                reports.extend(closing.is_sound().then(|| mutate_release(slug, &closing, request, progress)));
                findings.extend(closing.findings);
            }
            Err(found) => findings.extend(found),
        }
    }
    (reports, findings.sorted())
}

fn mutate_release(
    slug: &str,
    closing: &Closing,
    request: &Mutate,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> MutationReport {
    let book = &closing.book;
    let facts = Facts::of(book);
    let index = RelationIndex::new(book, &closing.results, &facts);
    let errors = plan_errors(&index, &facts, request.seed, request.limit);
    let done = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let outcomes = std::thread::scope(|scope| {
        let planting = scope.spawn(|| run_mutations(&index, &facts, &errors, threads, &done));
        while !planting.is_finished() {
            progress(done.load(Ordering::Relaxed), errors.len());
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        planting.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    progress(errors.len(), errors.len());
    tally(slug, book, &outcomes)
}

fn tally(slug: &str, book: &Book, outcomes: &[MutationOutcome]) -> MutationReport {
    let mut report = MutationReport { slug: slug.to_owned(), ..MutationReport::default() };
    for (words, kind) in ErrorKind::ALL {
        let mut tally = Tally::default();
        outcomes.iter().filter(|outcome| outcome.error.kind == kind).for_each(|outcome| tally.add(outcome));
        report.by_kind.push((words, tally));
    }
    for outcome in outcomes {
        let statement = &book.entered[outcome.error.fact].statement.id.value;
        let (unit, others) = report.by_statement.entry(statement.clone()).or_default();
        let is_unit = matches!(outcome.error.kind, ErrorKind::UnitUp | ErrorKind::UnitDown);
        if is_unit { unit.add(outcome) } else { others.add(outcome) }
    }
    report
}
