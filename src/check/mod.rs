//! Does it hold together: every rule that a release must keep, one file each.

pub mod blame;
mod connected;
mod input;
pub mod joint;
mod judge;
pub mod keying_error;
pub mod mutate;
mod prior_release;
mod relation;
pub mod relation_index;
mod report;
mod rules;
mod sum;
mod sum_tree;
mod suspect;
pub mod trial;
mod verdict;

pub use input::{CheckInput, CheckResults};
pub use relation::{Constraint, Facts, Relation, plain};
pub use report::{entered_as, name, suspected};
pub use verdict::Verdict;

use rules::{FAMILIES, RULES, Rule, When};

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
        judged.map(|(index, relation)| judge::judge(checked, index, relation, &facts, &mut ledger)).collect();
    ledger.relations = relations;
    report::report(checked.book, facts, &mut ledger);
    for (_, look, _) in RULES.iter().filter(due) {
        look(checked, &mut ledger);
    }
    ledger
}
