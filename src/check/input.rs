//! The input and the results of checking.

use std::collections::BTreeSet;

use super::{
    Relation, RuleCount, Verdict, non_gaap::NonGaapMeasure, sentences::figures_by_sentence, suspect::Suspect,
    typed_date::DateSearch,
};
use crate::{
    diag::{Diagnostic, Findings, Place},
    figures::{AppliedDeclaration, Book},
    model::{At, NameMap, Release, Signature, SourceReading, Words},
    present::{FigureUse, Presentation},
};

/// The input of all rules.
pub struct CheckInput<'a, 'r> {
    pub book: &'a Book<'r>,
    /// The earlier releases that `[release] prior` names.
    pub earlier: &'a [Release],
    /// What the workbooks say that amounts came from, of those that are there.
    pub sources: &'a [SourceReading],
    pub words: &'a Words,
    pub presented: &'a Presentation,
    /// Whether all figures could be presented; if not, unused declarations may belong to one that failed.
    pub shown: bool,
    /// The figures that each table and page shows, by its id.
    pub(super) by_place: NameMap<&'a str, Vec<&'a FigureUse>>,
    /// The figures of each sentence of the narrative, in the order of the text.
    pub(super) sentences: Vec<Vec<&'a FigureUse>>,
    /// The dates that texts may have; none for a language that writes dates in one way only.
    pub(super) dates: Option<DateSearch<'a>>,
    /// The measures that the accounting standard does not define.
    pub(super) non_gaap: Vec<NonGaapMeasure<'a>>,
}

/// A signature, and whether what it is of is as it was signed.
#[derive(Debug, Clone, PartialEq)]
pub struct SignatureState {
    pub signature: Signature,
    pub holds: bool,
}

/// The results of checking.
#[derive(Debug, Default, Clone)]
pub struct CheckResults {
    pub findings: Findings,
    pub relations: Vec<Relation>,
    /// One for each relation.
    pub verdicts: Vec<Verdict>,
    /// Suspects, best first, for each group of relations that break together.
    pub suspects: Vec<Suspect>,
    /// How many things each rule looked at, in the order of the rules.
    pub looked_at: Vec<RuleCount>,
    /// The signatures, in the order of what they are of; those of nothing last.
    pub signatures: Vec<SignatureState>,
    /// Findings of broken relations by index, which are reported once suspects are known.
    pub(super) broken: Vec<(usize, Diagnostic)>,
    /// The indices of waivers and acknowledgements that relations needed.
    pub(super) used_waivers: BTreeSet<usize>,
    pub(super) used_acknowledgements: BTreeSet<usize>,
    /// The waivers of rules that were needed: each waiver by its index, with the number of its line or measure.
    pub(super) used_rule_waivers: BTreeSet<(usize, usize)>,
    /// The numbers of the declared differences between a translation and its original that were needed.
    pub(super) used_differences: BTreeSet<usize>,
    /// The declarations that a figure of any language was made with.
    pub(super) applied: BTreeSet<AppliedDeclaration>,
    /// The places of literals, and whether a text of any language has them.
    pub(super) literals: Vec<(At<String>, bool)>,
    /// The places of standing texts, and whether a paragraph of any language needs them.
    pub(super) standing: Vec<(At<String>, bool)>,
}

impl<'a, 'r> CheckInput<'a, 'r> {
    /// The input for a release without earlier releases and workbooks.
    pub fn new(book: &'a Book<'r>, words: &'a Words, presented: &'a Presentation, shown: bool) -> Self {
        let (sentences, dates) = (figures_by_sentence(presented), DateSearch::new(book.release, words));
        let by_place = by_place(&presented.uses);
        let non_gaap = NonGaapMeasure::all(book, presented, &by_place);
        Self { book, earlier: &[], sources: &[], words, presented, shown, by_place, sentences, dates, non_gaap }
    }

    /// The same with the earlier releases, and what the workbooks say.
    pub fn compared_with(self, earlier: &'a [Release], sources: &'a [SourceReading]) -> Self {
        Self { earlier, sources, ..self }
    }

    /// The declarations that the figures shown are made with.
    pub(super) fn applied_declarations(&self) -> impl Iterator<Item = AppliedDeclaration> {
        self.presented.uses.iter().filter_map(|used| used.derivation.rounded.applied)
    }
}

fn by_place(uses: &[FigureUse]) -> NameMap<&str, Vec<&FigureUse>> {
    let mut by_place: NameMap<&str, Vec<&FigureUse>> = NameMap::default();
    // Those of a table follow one another.
    for shown in uses.chunk_by(|one, next| one.place == next.place) {
        by_place.entry(&*shown[0].place).or_default().extend(shown);
    }
    by_place
}

impl CheckResults {
    /// Reports the literals that no text has, and standing texts that no paragraph needs. One without a language is in the texts of any.
    pub(super) fn report_unused_texts(&mut self) {
        let literals = std::mem::take(&mut self.literals);
        self.report_unused(&literals, |text| format!("no text contains the literal `{text}`"));
        let standing = std::mem::take(&mut self.standing);
        self.report_unused(&standing, |text| {
            format!("no paragraph that was kept as it was needs the standing text `{text}`")
        });
    }

    fn report_unused(&mut self, texts: &[(At<String>, bool)], message: fn(&str) -> String) {
        let used: BTreeSet<&Place> =
            texts.iter().filter(|(_, is_used)| *is_used).map(|(text, _)| &text.place).collect();
        let mut reported = BTreeSet::new();
        for (text, _) in texts.iter().filter(|(text, _)| !used.contains(&text.place)) {
            if reported.insert(&text.place) {
                self.findings.push(Diagnostic::error("unused", message(&text.value)).at(&text.place, ""));
            }
        }
    }

    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }
}
