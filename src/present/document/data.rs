//! What a release says for those who calculate with it: numbers behind the print, periods, units, facts and formulas.
//!
//! Every number is a plain decimal as text, `-2.5`, in the unit that is named beside it: no digit is lost on the way.

use serde::Serialize;

/// A printed number for those who calculate with it.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Number {
    /// As printed, with the decimals printed: `-2.5`. A zero has no sign.
    pub printed: String,
    /// Before it was rounded, adjusted or waived, as far as 28 digits go: `-2.4722203971`.
    pub exact: String,
    pub format: NumberFormat,
    /// The cells of the table that are printed as its parts, in every way there is.
    pub sums: Vec<Sum>,
}

/// How a printed number is written round its digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct NumberFormat {
    /// Of a number that is not negative, `{}` being its digits: `{} Gbps`.
    pub positive: String,
    /// Of a negative one: `({} Gbps)`.
    pub negative: String,
    /// What an exact zero prints, where that is not its digits.
    pub nil: Option<String>,
    pub decimals: u32,
    /// Whether thousands are separated.
    pub group: bool,
    /// Whether it prints its own percent sign.
    pub percent: bool,
}

/// Cells of a table that are printed as the parts of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sum {
    pub by: SumBy,
    pub parts: Vec<Addend>,
    /// Whether the printed numbers add up.
    pub holds: bool,
}

/// What says that cells are the parts of another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SumBy {
    /// The row of the table.
    Row,
    /// The statement's line, or the measure's formula.
    Line,
    /// The statement's members.
    Member,
    /// The shorter periods that make up the period.
    Period,
    /// The two figures of a difference.
    Difference,
}

/// A part of a sum: a cell by its row's and column's position in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Addend {
    pub row: usize,
    pub column: usize,
    pub deducted: bool,
}

/// What is behind the tables of a release.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Data {
    /// The period that the release speaks of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    pub periods: Vec<Period>,
    pub units: Vec<Unit>,
    pub statements: Vec<Statement>,
    pub facts: Vec<Fact>,
    pub measures: Vec<Measure>,
    pub stated: Vec<Stated>,
    /// The figures of the tables by their names, in the order of these.
    pub figures: Vec<Origin>,
}

/// A duration (`from`, `to`) or an instant (`at`); days as ISO writes them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub struct Period {
    pub id: String,
    pub label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// What growth compares with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior: Option<String>,
}

/// A unit with its scale: what one of it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unit {
    /// `JPY thousand`.
    pub id: String,
    /// `JPY`.
    pub base: String,
    /// What one of it is in the base: `1000`.
    pub factor: String,
    /// `money`, `percent` or `number`.
    pub kind: String,
    /// How its printed figures are rounded: `half-up`, `half-even` or `truncate`.
    pub rounding: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translates: Option<Translation>,
}

/// A convenience translation: `rate` of the other base are one of this.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Translation {
    pub from: String,
    pub rate: String,
}

/// A statement or schedule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    pub id: String,
    pub unit: String,
    pub periods: Vec<String>,
    pub members: Vec<String>,
    pub lines: Vec<Line>,
}

/// A line of a statement; a heading has no `id`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// In full: `is.total_revenues`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub label: String,
    pub kind: super::RowKind,
    pub indent: u8,
    /// Where it differs from the statement's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The line of another statement that it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refers: Option<String>,
    /// The lines that add up to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sum: Vec<Part>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    pub line: String,
    pub deducted: bool,
}

/// An entered amount.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// `is.total_revenues@fy2009`.
    pub name: String,
    pub line: String,
    pub label: String,
    pub period: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    pub value: String,
    pub unit: String,
    /// One unit of the last place that its statement gives.
    pub precision: String,
}

/// A value made by formula.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Measure {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    pub unit: String,
    pub formula: String,
    /// Other formulas, by the period in which they hold.
    #[serde(skip_serializing_if = "std::collections::BTreeMap::is_empty")]
    pub formula_in: std::collections::BTreeMap<String, String>,
}

/// A derived figure that was entered.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stated {
    /// Its formula and period: `change(svc.mobile)@fy2009`.
    pub figure: String,
    pub value: String,
    pub unit: String,
    /// The input that the release lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<String>,
}

/// Where a figure of a table comes from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Origin {
    /// `change(is.total_revenues)@fy2009`.
    pub name: String,
    /// The line it shows, `is.total_revenues`, or the measure.
    pub of: String,
    pub period: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// What is made of the line: `change(_)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
    /// Whether it was entered although it is derived.
    pub stated: bool,
    /// The names of all facts it is made of.
    pub facts: Vec<String>,
}

impl Data {
    /// Where the figure of this name comes from.
    pub fn origin(&self, name: &str) -> Option<&Origin> {
        let found = self.figures.binary_search_by(|origin| origin.name.as_str().cmp(name)).ok()?;
        self.figures.get(found)
    }
}
