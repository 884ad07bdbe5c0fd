//! The data of a release for readers that calculate: numbers behind the print, periods, units, facts and formulas.
//!
//! Every number is a plain decimal as text, `-2.5`, in the unit named beside it, so that no digit is lost.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize, Serializer};

/// Labels in the further languages of a release, by language.
pub type Labels = BTreeMap<String, String>;

/// A printed number for readers that calculate with it.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Number {
    /// As printed, with the decimals printed: `-2.5`. A negative that rounds to zero keeps its sign, `-0.0`.
    pub printed: String,
    /// Before rounding, adjustment or waiver, up to 28 digits: `-2.4722203971`.
    pub exact: String,
    /// The printed text without the sign of a negative: `2.5%` of `(2.5%)`.
    pub size: String,
    /// The numbers of a table share their formats.
    #[serde(serialize_with = "serialize_shared")]
    pub format: Arc<NumberFormat>,
    /// The sums that it is the total of, by row, by line and by member.
    pub sums: Vec<Sum>,
}

/// The format of a printed number: what surrounds its digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize)]
pub struct NumberFormat {
    /// The pattern of a number that is not negative, with `{}` for the digits: `{} Gbps`.
    pub positive: String,
    /// The pattern of a negative number: `({} Gbps)`.
    pub negative: String,
    /// What is printed for an exact zero instead of its digits.
    pub nil: Option<String>,
    pub decimals: u32,
    /// Whether thousands are separated.
    pub group: bool,
    /// The groups of digits, if they are not thousands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groups: Option<Groups>,
    /// Whether the percent sign is part of the pattern.
    pub percent: bool,
}

fn serialize_shared<T: Serialize, S: Serializer>(shared: &Arc<T>, serializer: S) -> Result<S::Ok, S::Error> {
    shared.as_ref().serialize(serializer)
}

/// Groups of digits that are not thousands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Groups {
    /// The sizes from the point on, the last of which repeats.
    pub sizes: Vec<u8>,
    pub separator: String,
}

/// Cells of a table that are printed as the parts of another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sum {
    pub by: SumBy,
    pub parts: Vec<Addend>,
    /// Whether the printed numbers add up; false of numbers in several units.
    pub holds: bool,
}

/// The source of a sum: what declares that cells are the parts of another one.
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

/// The data behind the tables of a release.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Data {
    /// The release's main period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    pub periods: Vec<Period>,
    pub units: Vec<Unit>,
    pub statements: Vec<Statement>,
    pub facts: Vec<Fact>,
    pub measures: Vec<Measure>,
    pub stated: Vec<StatedFigure>,
    /// The origins of the figures in the tables, sorted by name.
    pub figures: Vec<Origin>,
}

/// A duration (`from`, `to`) or an instant (`at`), with days in ISO format.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub struct Period {
    pub id: String,
    pub label: String,
    #[serde(default, skip_serializing_if = "Labels::is_empty")]
    pub labels: Labels,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The period that changes are compared with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior: Option<String>,
}

/// A unit with its scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unit {
    /// `JPY thousand`.
    pub id: String,
    /// `JPY`.
    pub base: String,
    /// How many of the base are one of it: `1000`.
    pub factor: String,
    /// `money`, `percent` or `number`.
    pub kind: String,
    /// How its printed figures are rounded: `half-up`, `half-even` or `truncate`.
    pub rounding: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translates: Option<Translation>,
}

/// A convenience translation: `rate` of the base `from` are one of this unit's base.
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
    /// The full name, `is.total_revenues`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub label: String,
    #[serde(default, skip_serializing_if = "Labels::is_empty")]
    pub labels: Labels,
    pub kind: super::RowKind,
    pub indent: u8,
    /// Its unit, if that differs from the statement's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The line of another statement whose amounts it repeats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refers: Option<String>,
    /// The lines that add up to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sum: Vec<Part>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part {
    /// The full name of the line.
    pub line: String,
    pub deducted: bool,
}

/// An entered amount.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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

/// A measure: a value calculated by a formula.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    #[serde(default, skip_serializing_if = "Labels::is_empty")]
    pub labels: Labels,
    pub unit: String,
    pub formula: String,
    /// Other formulas, by the period in which they apply.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub formula_in: BTreeMap<String, String>,
}

/// A stated figure: entered, although it could be derived.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatedFigure {
    /// Its formula and period: `change(svc.mobile)@fy2009`.
    pub figure: String,
    pub value: String,
    pub unit: String,
    /// The input that the release lacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<String>,
}

/// The origin of a figure in a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// `change(is.total_revenues)@fy2009`.
    pub name: String,
    /// The line or measure it shows, `is.total_revenues`.
    pub of: String,
    pub period: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The function of the line that it shows: `change(_)`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show: Option<String>,
    /// Whether it is a stated figure.
    pub stated: bool,
    /// The names of all facts it is calculated from.
    pub facts: Vec<String>,
}

impl Data {
    /// The origin of the figure with this name.
    pub fn origin(&self, name: &str) -> Option<&Origin> {
        let found = self.figures.binary_search_by(|origin| origin.name.as_str().cmp(name)).ok()?;
        self.figures.get(found)
    }

    /// Adds the labels of a translation to those of the original. An empty label is one that is not translated.
    pub fn add_labels(&mut self, language: &str, translation: &Self) {
        let add = |labels: &mut Labels, label: &str| {
            if !label.is_empty() {
                labels.insert(language.to_owned(), label.to_owned());
            }
        };
        for (own, other) in same(&mut self.periods, &translation.periods) {
            add(&mut own.labels, &other.label);
        }
        for (own, other) in same(&mut self.statements, &translation.statements) {
            for (own, other) in same(&mut own.lines, &other.lines) {
                add(&mut own.labels, &other.label);
            }
        }
        for (own, other) in same(&mut self.measures, &translation.measures) {
            add(&mut own.labels, other.label.as_deref().unwrap_or_default());
        }
    }
}

/// The items of two languages in pairs; none if they are not the same, because one could not be read.
fn same<'a, T: Identified>(own: &'a mut [T], other: &'a [T]) -> impl Iterator<Item = (&'a mut T, &'a T)> {
    let is_same = own.iter().map(T::id).eq(other.iter().map(T::id));
    own.iter_mut().zip(other).filter(move |_| is_same)
}

/// An item that has the same name in all languages.
trait Identified {
    fn id(&self) -> Option<&str>;
}

impl Identified for Period {
    fn id(&self) -> Option<&str> {
        Some(&self.id)
    }
}

impl Identified for Statement {
    fn id(&self) -> Option<&str> {
        Some(&self.id)
    }
}

impl Identified for Line {
    fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

impl Identified for Measure {
    fn id(&self) -> Option<&str> {
        Some(&self.id)
    }
}
