//! Checks a release: relations and other rules, one file each.

pub mod blame;
mod clause;
mod connected;
mod direction;
mod input;
pub mod joint;
mod judge;
pub mod keying_error;
mod movement;
pub mod mutate;
mod prior_release;
mod relation;
pub mod relation_index;
mod report;
mod rules;
mod sentences;
mod subject;
mod sum;
mod sum_tree;
mod suspect;
pub mod trial;
mod typed_number;
mod verdict;

pub use input::{CheckInput, CheckResults};
pub use relation::{Constraint, Facts, Relation, format_number};
pub use report::{diag_suspects, in_entered_unit, name};
pub use verdict::Verdict;

use rules::{FAMILIES, RULES, Rule, When};

/// Checks a release and returns the findings and all relations with their verdicts. `sound` is whether the release was
/// loaded without errors; if not, rules that need complete data are skipped.
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
