//! Does it hold together: every rule that a release must keep, one file each.

mod across;
mod declared;
mod footing;
pub mod joint;
mod prose;
mod relation;
mod stated;
mod tie;

use std::collections::BTreeSet;

use crate::{
    diag::{Diagnostic, Findings},
    figures::Book,
    model::Words,
    present::Presented,
};

/// A rule: its name in findings, and what looks for breaches of it.
type Rule = (&'static str, fn(&Checked, &mut Ledger));

/// Every rule, in the order of looking: `declared` last, when it is known which waivers were needed.
const RULES: [Rule; 6] = [
    ("footing", footing::check),
    ("across", across::check),
    ("tie", tie::check),
    ("stated", stated::check),
    ("prose", prose::check),
    ("declared", declared::check),
];

/// What is checked.
pub struct Checked<'a, 'r> {
    pub book: &'a Book<'r>,
    pub words: &'a Words,
    pub presented: &'a Presented,
}

/// What was found, and which waivers of relations were needed (by their numbers).
#[derive(Default)]
pub struct Ledger {
    findings: Findings,
    waived: BTreeSet<usize>,
}

impl Ledger {
    fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}

/// Everything in a release that does not hold together.
pub fn check(book: &Book, words: &Words, presented: &Presented) -> Findings {
    let checked = Checked { book, words, presented };
    let mut ledger = Ledger::default();
    for (_, look) in RULES {
        look(&checked, &mut ledger);
    }
    ledger.findings
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
            .filter(|stem| !["mod", "relation", "joint"].contains(&stem.as_str()))
            .collect();
        files.sort();
        let mut rules = super::RULES.map(|(name, _)| name.to_owned());
        rules.sort();
        assert_eq!(files, rules);
    }
}
