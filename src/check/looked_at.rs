//! How many things each rule looked at, so that a rule without findings is told from one that had nothing to look at.

use serde::{Deserialize, Serialize};

/// What a rule counts that it looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Identities between amounts or figures.
    Relations,
    /// Entered amounts.
    Amounts,
    /// Lines of statements that have amounts.
    Lines,
    /// Texts that were typed by hand: stretches of the narrative between figures, cells, labels.
    Texts,
    /// Figures in sentences.
    Figures,
    /// Amounts or periods that are compared with one another.
    Comparisons,
    /// Labels of periods, heads of columns, lines of units and captions.
    Labels,
    Literals,
    /// Paragraphs, headings, tables and other blocks beside their translations.
    Blocks,
    /// Parts of a release that are signed or have to be.
    SignedParts,
    /// Forecasts, each with one published before.
    Forecasts,
    Headlines,
    /// Adjustments, acknowledgements, waivers and stated figures.
    Declarations,
    /// Lines and measures that the accounting standard does not define.
    Measures,
}

impl Counted {
    /// Each with its name in reports, a plural; `looked_<name>` is its word in a language.
    pub const NAMES: [(Self, &'static str); 14] = [
        (Self::Relations, "relations"),
        (Self::Amounts, "amounts"),
        (Self::Lines, "lines"),
        (Self::Texts, "texts"),
        (Self::Figures, "figures"),
        (Self::Comparisons, "comparisons"),
        (Self::Labels, "labels"),
        (Self::Literals, "literals"),
        (Self::Blocks, "blocks"),
        (Self::SignedParts, "signed_parts"),
        (Self::Forecasts, "forecasts"),
        (Self::Headlines, "headlines"),
        (Self::Declarations, "declarations"),
        (Self::Measures, "measures"),
    ];

    /// Its name in reports.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(counted, _)| *counted == self).map_or("", |(_, name)| name)
    }
}

/// How many things a rule looked at, in all languages of a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// `footing`, a family of relations or another rule.
    pub name: String,
    /// What is counted: `relations`.
    pub looked_at: String,
    /// None if the rule did not run, because the release could not be read completely.
    pub count: Option<usize>,
}

/// What a rule needs that looks at nothing without it: what a dataset declares, or another language.
pub(super) const NEEDS: [(&str, &str); 28] = [
    ("tie", "`[[tie]]`"),
    ("order", "`[[order]]` or `[[range]]`"),
    ("periods", "periods that make a longer one"),
    ("comparatives", "an earlier release in `prior`"),
    ("year-to-date", "`[[year_to_date]]`"),
    ("stated", "`[[stated]]`"),
    ("sign", "lines with `balance`"),
    ("source", "`[statement.source]`, and the workbook that it names"),
    ("split", "`[[split]]`"),
    ("subtotals", "`[profit_or_loss]`"),
    ("mpm-declared", "`[profit_or_loss]`"),
    ("mpm-reconciled", "`[[mpm]]`"),
    ("mpm-changed", "`[[mpm]]`"),
    ("mpm-note", "`[[mpm]]`"),
    ("non-gaap-reconciled", "`non_gaap`"),
    ("non-gaap-start", "`non_gaap`"),
    ("non-gaap-prior", "`non_gaap`"),
    ("non-gaap-prominence", "`non_gaap`"),
    ("non-gaap-why", "`non_gaap`"),
    ("forecast-revision", "`[[forecast]]`, and what was published before"),
    ("dividend-forecast", "`[[forecast]]` of a dividend, and what was published before"),
    ("forecast-changed", "`[[revision_note]]`, and forecasts published before"),
    ("headline-comparative", "`[[headline]]`"),
    ("kept-text", "an earlier release in `prior`"),
    ("structure", "a second language"),
    ("parity", "a second language"),
    ("stale-translation", "translations that were confirmed"),
    ("signoff", "`[release] signed`, or signatures"),
];

impl RuleCount {
    /// What a rule needs that looks at nothing without it, as it is written in a list.
    pub fn needs(rule: &str) -> Option<&'static str> {
        NEEDS.iter().find(|(own, _)| *own == rule).map(|(_, needs)| *needs)
    }
}

/// The counts of all rules, in the order in which they first ran.
#[derive(Debug, Default, Clone)]
pub(super) struct Counts(Vec<RuleCount>);

impl Counts {
    /// Adds what a rule looked at; nothing if it did not run.
    pub fn add(&mut self, rule: &'static str, counted: Counted, count: Option<usize>) {
        match self.0.iter_mut().find(|known| known.name == rule) {
            Some(known) => known.count = known.count.max(count.map(|count| known.count.unwrap_or(0) + count)),
            None => self.0.push(RuleCount { name: rule.to_owned(), looked_at: counted.name().to_owned(), count }),
        }
    }

    /// The counts.
    pub fn into_list(self) -> Vec<RuleCount> {
        self.0
    }
}
