//! Does it hold together: every rule that a release must keep, one file each.

mod across;
mod declared;
mod displayed;
mod footing;
mod pinned;
mod prose;
mod relation;
mod stated;
mod sum;
mod tie;
mod verdict;

use std::collections::BTreeSet;

pub use relation::{Facts, Relation, Test, plain};
pub use verdict::Verdict;

use crate::{
    diag::{Diagnostic, Findings},
    figures::Book,
    model::Words,
    present::Presented,
};

/// A rule: its name in findings, and what looks for relations or breaches of it.
type Rule = (&'static str, fn(&Checked, &mut Ledger));

/// The families of relations. Only what a wrong entry can break is a relation: a derived figure cannot disagree with
/// itself.
const FAMILIES: [Rule; 6] = [
    ("footing", footing::relations),
    ("across", across::relations),
    ("tie", tie::relations),
    ("displayed", displayed::relations),
    ("stated", stated::relations),
    ("pinned", pinned::relations),
];

/// Rules beside relations: `declared` last, when it is known which pins and waivers were needed.
const RULES: [Rule; 2] = [("prose", prose::check), ("declared", declared::check)];

/// What is checked.
pub struct Checked<'a, 'r> {
    pub book: &'a Book<'r>,
    pub words: &'a Words,
    pub presented: &'a Presented,
}

/// What checking gives.
#[derive(Default)]
pub struct Ledger {
    pub findings: Findings,
    pub relations: Vec<Relation>,
    /// One for each relation.
    pub verdicts: Vec<Verdict>,
    /// Waivers and acknowledgements of relations that were needed, by their numbers.
    waived: BTreeSet<usize>,
    acknowledged: BTreeSet<usize>,
}

impl Ledger {
    fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}

/// Everything in a release that does not hold together, and everything that was looked at.
pub fn check(checked: &Checked) -> Ledger {
    let mut ledger = Ledger::default();
    for (_, relations) in FAMILIES {
        relations(checked, &mut ledger);
    }
    let facts = Facts::of(checked.book);
    let relations = std::mem::take(&mut ledger.relations);
    ledger.verdicts = relations.iter().map(|relation| verdict::judge(checked, relation, &facts, &mut ledger)).collect();
    ledger.relations = relations;
    for (_, look) in RULES {
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
            .filter(|stem| !["mod", "relation", "sum", "verdict"].contains(&stem.as_str()))
            .collect();
        files.sort();
        let mut rules: Vec<_> =
            super::FAMILIES.iter().chain(&super::RULES).map(|(name, _)| (*name).to_owned()).collect();
        rules.sort();
        assert_eq!(files, rules);
    }
}
