//! Does it hold together: every rule that a release must keep, one file each.

mod across;
pub mod blame;
mod declared;
mod displayed;
mod footing;
pub mod mutate;
pub mod net;
mod pinned;
mod prose;
mod relation;
pub mod slip;
mod stated;
mod sum;
mod tell;
mod tie;
mod verdict;

use std::collections::BTreeSet;

pub use relation::{Facts, Relation, Test, plain};
pub use tell::{entered_as, name};
pub use verdict::Verdict;

use crate::{
    diag::{Diagnostic, Findings},
    figures::Book,
    model::Words,
    present::Presented,
};

/// A rule: its name in findings, what looks for relations or breaches of it, and when.
type Rule = (&'static str, fn(&Checked, &mut Ledger), When);

/// When a rule has something to say.
#[derive(Clone, Copy, PartialEq)]
enum When {
    /// Always: it passes over what could not be read.
    Always,
    /// Where every entry and every name could be read: otherwise it would tell what is missing as what is wrong.
    Sound,
}

/// The families of relations. Only what a wrong entry can break is a relation: a derived figure cannot disagree with
/// itself.
const FAMILIES: [Rule; 6] = [
    ("footing", footing::relations, When::Always),
    ("across", across::relations, When::Always),
    ("tie", tie::relations, When::Always),
    ("displayed", displayed::relations, When::Sound),
    ("stated", stated::relations, When::Sound),
    ("pinned", pinned::relations, When::Sound),
];

/// Rules beside relations: `declared` last, when it is known which pins and waivers were needed.
const RULES: [Rule; 2] = [("prose", prose::check, When::Always), ("declared", declared::check, When::Sound)];

/// What is checked.
pub struct Checked<'a, 'r> {
    pub book: &'a Book<'r>,
    pub words: &'a Words,
    pub presented: &'a Presented,
    /// Whether everything could be shown: what failed to be may be what takes a declaration.
    pub shown: bool,
}

/// What checking gives.
#[derive(Default)]
pub struct Ledger {
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

impl Ledger {
    fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}

/// Everything in a release that does not hold together, and everything that was looked at; `sound` when nothing was wrong
/// with it until now.
pub fn check(checked: &Checked, sound: bool) -> Ledger {
    let mut ledger = Ledger::default();
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
    tell::tell(checked.book, facts, &mut ledger);
    for (_, look, _) in RULES.iter().filter(due) {
        look(checked, &mut ledger);
    }
    ledger
}

#[cfg(test)]
mod tests {
    /// A rule's file that the table forgets would never look.
    #[test]
    fn every_rule_has_a_file_and_every_file_is_in_the_table() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check");
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .expect("the folder of rules")
            .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
            .filter(|stem| {
                !["blame", "mod", "mutate", "net", "relation", "slip", "sum", "tell", "verdict"]
                    .contains(&stem.as_str())
            })
            .collect();
        files.sort();
        let mut rules: Vec<_> =
            super::FAMILIES.iter().chain(&super::RULES).map(|(name, ..)| (*name).to_owned()).collect();
        rules.sort();
        assert_eq!(files, rules);
    }
}
