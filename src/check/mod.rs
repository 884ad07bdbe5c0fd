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
pub fn check(input: &CheckInput, sound: bool) -> CheckResults {
    let mut results = CheckResults::default();
    let due = |(_, _, when): &&Rule| sound || *when == When::Always;
    for (_, relations, _) in FAMILIES.iter().filter(due) {
        relations(input, &mut results);
    }
    let facts = Facts::of(input.book);
    let relations = std::mem::take(&mut results.relations);
    let judged = relations.iter().enumerate();
    results.verdicts =
        judged.map(|(index, relation)| judge::judge(input, index, relation, &facts, &mut results)).collect();
    results.relations = relations;
    report::report(input.book, facts, &mut results);
    for (_, look, _) in RULES.iter().filter(due) {
        look(input, &mut results);
    }
    results
}
