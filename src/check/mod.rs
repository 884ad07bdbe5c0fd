//! Does it hold together: every rule that a release must keep, one file each.

mod across;
mod declared;
mod footing;
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

/// A rule: its name in findings, what looks for breaches of it, and when.
type Rule = (&'static str, fn(&Checked, &mut Ledger), When);

/// When a rule has something to say.
#[derive(Clone, Copy, PartialEq)]
enum When {
    /// Always: it passes over what could not be read.
    Always,
    /// Where every entry and every name could be read: otherwise it would tell what is missing as what is wrong.
    Sound,
}

/// Every rule, in the order of looking: `declared` last, when it is known which waivers were needed.
const RULES: [Rule; 6] = [
    ("footing", footing::check, When::Always),
    ("across", across::check, When::Always),
    ("tie", tie::check, When::Always),
    ("stated", stated::check, When::Sound),
    ("prose", prose::check, When::Always),
    ("declared", declared::check, When::Sound),
];

/// What is checked.
pub struct Checked<'a, 'r> {
    pub book: &'a Book<'r>,
    pub words: &'a Words,
    pub presented: &'a Presented,
    /// Whether nothing was wrong with the release when it was read.
    pub sound: bool,
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

/// Everything in a release that does not hold together; `sound` when nothing was wrong with it until now.
pub fn check(book: &Book, words: &Words, presented: &Presented, sound: bool) -> Findings {
    let checked = Checked { book, words, presented, sound };
    let mut ledger = Ledger::default();
    for (_, look, _) in RULES.iter().filter(|(_, _, when)| sound || *when == When::Always) {
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
            .filter(|stem| !["mod", "relation"].contains(&stem.as_str()))
            .collect();
        files.sort();
        let mut rules = super::RULES.map(|(name, ..)| name.to_owned());
        rules.sort();
        assert_eq!(files, rules);
    }
}
