//! Measures coverage: which entered amounts could be wrong by one unit without any relation breaking, and which of those are held
//! to the cell of a workbook.

use serde::{Serialize, Serializer};

use super::Closing;
use crate::{
    check::{Facts, name, relation_index::RelationIndex, trial::Trial},
    diag::Place,
    figures::{Book, EnteredAmount},
    model::{Entry, SourceColumn},
};

/// How many entered amounts are covered: a change of one unit in their last place breaks a relation.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Coverage {
    pub entered: usize,
    pub covered: usize,
    /// Entries that are pending: they are not among those entered.
    #[serde(skip_serializing_if = "is_zero")]
    pub pending: usize,
    /// Those that no relation covers, but the cell of the workbook that they were taken from. It is compared where the file is.
    #[serde(skip_serializing_if = "is_zero")]
    pub by_cell: usize,
    /// The others, in the order of the statements.
    pub uncovered: Vec<UncoveredAmount>,
}

/// An amount that may be wrong by one unit without any relation breaking. Serialized as its name.
#[derive(Debug, Clone, PartialEq)]
pub struct UncoveredAmount {
    /// `cf.interest_paid@fy2009`.
    pub name: String,
    pub place: Place,
    /// The relations that it is part of, all too coarse to detect one unit; empty if there are none.
    pub coarse: Vec<String>,
}

pub(super) fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The number of entries that are pending.
fn pending(book: &Book) -> usize {
    let lines = book.release.statements.iter().filter(|_| book.has_pending).flat_map(|statement| &statement.lines);
    lines.flat_map(|line| line.facts.values()).filter(|fact| fact.entry == Entry::Pending).count()
}

impl Serialize for UncoveredAmount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name)
    }
}

impl Coverage {
    /// Tries every entered amount one unit up and one unit down.
    pub(crate) fn of(closing: &Closing) -> Self {
        let book = &closing.book;
        let facts = Facts::of(book);
        let index = RelationIndex::new(book, &closing.results, &facts);
        let entered = facts.values.len();
        let mut trial = Trial::new(&index, facts);
        let (mut by_cell, mut uncovered) = (0, Vec::new());
        for fact in 0..entered {
            let step = trial.step(fact);
            let is_noticed = [step, -step].into_iter().all(|change| {
                let Some(value) = trial.value(fact).checked_add(change) else { return true };
                let original = trial.replace(fact, value);
                let breaks = !trial.broken_by(fact).is_empty();
                trial.replace(fact, original);
                breaks
            });
            if !is_noticed && is_by_cell(&book.entered[fact]) {
                by_cell += 1;
            } else if !is_noticed {
                let coarse =
                    index.terms_of(fact).iter().map(|(relation, _)| index.relations[*relation].name.clone()).collect();
                let place = book.entered[fact].place.clone();
                uncovered.push(UncoveredAmount { name: name(book, fact), place, coarse });
            }
        }
        let covered = entered - by_cell - uncovered.len();
        Self { entered, covered, pending: pending(book), by_cell, uncovered }
    }
}

/// Whether an amount was taken from a cell of a workbook whose hash is recorded. Whether the file is there does not matter: what is
/// published of a release must not depend on it.
fn is_by_cell(amount: &EnteredAmount) -> bool {
    let source = amount.statement.source.as_ref().filter(|source| source.sha256.is_some());
    let is_column = |column: &SourceColumn| column.period == amount.period && column.member == amount.member;
    !amount.line.from.is_empty() && source.is_some_and(|source| source.columns.iter().any(is_column))
}
