//! What rules look at, and what checking gives.

use std::collections::BTreeSet;

use super::{Relation, Verdict, suspect::Suspect};
use crate::{
    diag::{Diagnostic, Findings},
    figures::Book,
    model::{Release, Words},
    present::Presented,
};

/// What is checked.
pub struct CheckInput<'a, 'r> {
    pub book: &'a Book<'r>,
    /// The releases published earlier that this one names.
    pub earlier: &'a [Release],
    pub words: &'a Words,
    pub presented: &'a Presented,
    /// Whether everything could be shown: what failed to be may be what takes a declaration.
    pub shown: bool,
}

/// What checking gives.
#[derive(Default)]
pub struct CheckResults {
    pub findings: Findings,
    pub relations: Vec<Relation>,
    /// One for each relation.
    pub verdicts: Vec<Verdict>,
    /// Values that may be the wrong ones, best first, for each group of relations that break together.
    pub suspects: Vec<Suspect>,
    /// What is said of relations that do not hold, by their numbers; reported once it is known what to blame.
    pub(super) broken: Vec<(usize, Diagnostic)>,
    /// Waivers and acknowledgements of relations that were needed, by their numbers.
    pub(super) waived: BTreeSet<usize>,
    pub(super) acknowledged: BTreeSet<usize>,
}

impl CheckResults {
    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}
