//! The input and the results of checking.

use std::collections::BTreeSet;

use super::{Relation, Verdict, suspect::Suspect};
use crate::{
    diag::{Diagnostic, Findings},
    figures::Book,
    model::{Release, Words},
    present::Presentation,
};

/// The input of all rules.
pub struct CheckInput<'a, 'r> {
    pub book: &'a Book<'r>,
    /// The earlier releases that `[release] prior` names.
    pub earlier: &'a [Release],
    pub words: &'a Words,
    pub presented: &'a Presentation,
    /// Whether all figures could be presented; if not, unused declarations may belong to one that failed.
    pub shown: bool,
}

/// The results of checking.
#[derive(Default)]
pub struct CheckResults {
    pub findings: Findings,
    pub relations: Vec<Relation>,
    /// One for each relation.
    pub verdicts: Vec<Verdict>,
    /// Suspects, best first, for each group of relations that break together.
    pub suspects: Vec<Suspect>,
    /// Findings of broken relations by index, which are reported once suspects are known.
    pub(super) broken: Vec<(usize, Diagnostic)>,
    /// The indices of waivers and acknowledgements that relations needed.
    pub(super) used_waivers: BTreeSet<usize>,
    pub(super) used_acknowledgements: BTreeSet<usize>,
}

impl CheckResults {
    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}
