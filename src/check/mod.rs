//! Does it hold together: every rule that a release must keep, one file each.

pub mod blame;
pub mod joint;
pub mod keying_error;
pub mod mutate;
mod prior_release;
mod relation;
pub mod relation_index;
mod report;
mod rules;
mod sum;
mod verdict;

use std::collections::BTreeSet;

pub use relation::{Constraint, Facts, Relation, plain};
pub use report::{entered_as, name, suspected};
pub use verdict::Verdict;

use rules::{FAMILIES, RULES, Rule, When};

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
    pub suspects: Vec<blame::Suspect>,
    /// What is said of relations that do not hold, by their numbers; told once it is known what to blame.
    broken: Vec<(usize, Diagnostic)>,
    /// Waivers and acknowledgements of relations that were needed, by their numbers.
    waived: BTreeSet<usize>,
    acknowledged: BTreeSet<usize>,
}

impl CheckResults {
    fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}

/// Everything in a release that does not hold together, and everything that was looked at; `sound` when nothing was wrong
/// with it until now.
pub fn check(checked: &CheckInput, sound: bool) -> CheckResults {
    let mut ledger = CheckResults::default();
    let due = |(_, _, when): &&Rule| sound || *when == When::Always;
    for (_, relations, _) in FAMILIES.iter().filter(due) {
        relations(checked, &mut ledger);
    }
    let facts = Facts::of(checked.book);
    let relations = std::mem::take(&mut ledger.relations);
    let judged = relations.iter().enumerate();
    ledger.verdicts =
        judged.map(|(index, relation)| verdict::judge(checked, index, relation, &facts, &mut ledger)).collect();
    ledger.relations = relations;
    report::report(checked.book, facts, &mut ledger);
    for (_, look, _) in RULES.iter().filter(due) {
        look(checked, &mut ledger);
    }
    ledger
}
