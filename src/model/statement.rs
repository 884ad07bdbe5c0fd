//! Statements and schedules: ordered lines of entered amounts.

use std::collections::BTreeMap;

use super::{At, Category, Decimal, NilMark, SourceRow, StatementSource, Unit};
use crate::diag::Place;

/// An ordered list of lines that share a unit and periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub id: At<String>,
    pub unit: At<Unit>,
    /// Period ids, in the order of `values`.
    pub periods: Vec<At<String>>,
    /// The members, if each amount belongs to one (for example a component of equity).
    pub members: Vec<At<String>>,
    /// Which members add up to which.
    pub member_sums: Vec<MemberSum>,
    /// Lines to which `member_sum` does not apply.
    pub member_sum_except: Vec<At<String>>,
    /// Where its amounts come from, if a workbook is declared.
    pub source: Option<StatementSource>,
    pub lines: Vec<Line>,
    /// The index in `lines` of the first line with each id.
    pub index: BTreeMap<String, usize>,
}

/// `total` is the sum of `parts`, member by member, in every line.
#[derive(Debug, Clone, PartialEq)]
pub struct MemberSum {
    pub total: At<String>,
    pub parts: Vec<Part>,
}

/// A row of a statement.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Empty for a heading without an id.
    pub id: At<String>,
    pub label: At<String>,
    pub kind: LineKind,
    pub indent: u8,
    /// By (period, member); the member is empty where a statement has none.
    pub facts: BTreeMap<(String, String), Fact>,
    pub sum: Vec<Part>,
    /// Recorded residuals of the sum, by (period, member).
    pub residuals: BTreeMap<(String, String), At<Decimal>>,
    /// The line of another statement that this line repeats.
    pub reference: Option<At<String>>,
    /// The line whose prior amount growth compares with, if not this line.
    pub compare_with: Option<At<String>>,
    /// The line's unit, where it differs from the statement's.
    pub unit: Option<At<Unit>>,
    pub notes: Vec<At<String>>,
    /// Why the comparatives differ from the published ones.
    pub reclassified: Option<At<String>>,
    /// Whether the line adds up over time, if declared.
    pub flow: Option<At<bool>>,
    /// The sign that all amounts must have, if declared.
    pub balance: Option<Balance>,
    /// The line or measure of the accounting standard that it is compared with, if it is itself not defined there.
    pub non_gaap: Option<At<String>>,
    /// What tables print for zero, if it is not the mark of its unit.
    pub nil: Option<NilMark>,
    /// The rows of the statement's source that its amounts are the sum of; none if they come from elsewhere.
    pub from: Vec<SourceRow>,
    /// The category of the income or expense, if it is declared.
    pub category: Option<At<Category>>,
}

/// The sign of a line's amounts as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Balance {
    Positive,
    Negative,
}

impl Balance {
    /// Each sign with its word in a dataset.
    pub const WORDS: [(&'static str, Self); 2] = [("positive", Self::Positive), ("negative", Self::Negative)];

    /// Whether an amount has the opposite sign.
    pub fn excludes(self, amount: Decimal) -> bool {
        let is_negative = amount.is_sign_negative();
        !amount.is_zero() && is_negative == (self == Self::Positive)
    }
}

/// The kind of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    Heading,
    Item,
    Subtotal,
    Total,
}

impl LineKind {
    /// Every kind with its word in a dataset.
    pub const WORDS: [(&'static str, Self); 4] =
        [("heading", Self::Heading), ("item", Self::Item), ("subtotal", Self::Subtotal), ("total", Self::Total)];
}

/// A part of a sum: the name of a line or member, added or deducted.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub name: String,
    pub deducted: bool,
    pub place: Place,
}

/// One entry, with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub entry: Entry,
    pub place: Place,
}

/// The word of a dataset for what is not known yet: an amount, a date, a text.
pub const PENDING: &str = "pending";

/// What was entered. The different kinds of empty entries have different meanings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// An amount in the unit and scale of its line; zero is printed as the nil sign.
    Amount(Decimal),
    Blank,
    NotApplicable,
    Undecided,
    /// Not known yet: `"pending"`. A release with such an entry is built only as a draft.
    Pending,
    /// The entry could not be read, which has been reported.
    Unread,
}

impl Statement {
    /// Adds a line at the end.
    pub fn push(&mut self, line: Line) {
        let at = self.lines.len();
        if !line.id.value.is_empty() {
            self.index.entry(line.id.value.clone()).or_insert(at);
        }
        self.lines.push(line);
    }

    /// The names of the members; one empty name if there are none.
    pub fn member_names(&self) -> Vec<&str> {
        if self.members.is_empty() {
            return vec![""];
        }
        self.members.iter().map(|member| member.value.as_str()).collect()
    }

    /// The line with this id.
    pub fn line(&self, id: &str) -> Option<&Line> {
        self.lines.get(*self.index.get(id)?)
    }

    /// `statement.line` for an id of this statement; full names are returned unchanged.
    pub fn full_name(&self, id: &str) -> String {
        if id.contains('.') { id.to_owned() } else { [self.id.value.as_str(), ".", id].concat() }
    }

    /// The full name of one of its lines, `statement.line`.
    pub fn name_of(&self, line: &Line) -> String {
        [self.id.value.as_str(), ".", &line.id.value].concat()
    }

    /// The unit of one of its lines.
    pub fn unit_of<'a>(&'a self, line: &'a Line) -> &'a Unit {
        line.unit.as_ref().map_or(&self.unit.value, |unit| &unit.value)
    }
}
