//! Statements and schedules: ordered lines of entered amounts.

use std::collections::BTreeMap;

use super::{At, Decimal, Unit};
use crate::diag::Place;

/// An ordered list of lines that share a unit and periods.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    pub id: At<String>,
    pub unit: At<Unit>,
    /// Period ids, in the order of `values`.
    pub periods: Vec<At<String>>,
    /// The third coordinate, where there is one.
    pub members: Vec<At<String>>,
    /// Which members add up to which.
    pub member_sums: Vec<MemberSum>,
    /// Lines to which `member_sum` does not apply.
    pub member_sum_except: Vec<At<String>>,
    pub lines: Vec<Line>,
    /// Where in `lines` an id occurs first.
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
    /// Empty for a heading without one.
    pub id: At<String>,
    pub label: At<String>,
    pub kind: LineKind,
    pub indent: u8,
    /// By (period, member); the member is empty where a statement has none.
    pub facts: BTreeMap<(String, String), Fact>,
    pub sum: Vec<Part>,
    /// What the parts leave over, acknowledged; by (period, member).
    pub residuals: BTreeMap<(String, String), At<Decimal>>,
    /// This line is that of another statement.
    pub reference: Option<At<String>>,
    /// Growth compares with the prior period of this line instead of its own.
    pub compare_with: Option<At<String>>,
    /// The line's unit, where it differs from the statement's.
    pub unit: Option<At<Unit>>,
    pub notes: Vec<At<String>>,
    /// Why its comparatives are not those that were published.
    pub reclassified: Option<At<String>>,
    /// The side its amounts are on.
    pub balance: Option<Balance>,
}

/// The sign that a line's amounts have as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Balance {
    Positive,
    Negative,
}

impl Balance {
    /// Both with their words in a dataset.
    pub const WORDS: [(&'static str, Self); 2] = [("positive", Self::Positive), ("negative", Self::Negative)];

    /// Whether an amount is on the other side.
    pub fn excludes(self, amount: Decimal) -> bool {
        let is_negative = amount.is_sign_negative();
        !amount.is_zero() && is_negative == (self == Self::Positive)
    }
}

/// What a line is.
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

/// A part of a sum: a line's (or member's) name, added or deducted.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    pub name: String,
    pub deducted: bool,
    pub place: Place,
}

/// One entry, and where it is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub entry: Entry,
    pub place: Place,
}

/// What was entered. Five kinds of nothing are five different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// In the unit of its line, scale and all; zero is the nil mark.
    Amount(Decimal),
    Blank,
    NotApplicable,
    Undecided,
    /// What was entered could not be read, which has been reported: nothing is made of it.
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

    /// Its members, or one without a name where it has none.
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

    /// `statement.line` for an id of the statement; a full name stays.
    pub fn full_name(&self, id: &str) -> String {
        if id.contains('.') { id.to_owned() } else { format!("{}.{id}", self.id.value) }
    }

    /// The unit of one of its lines.
    pub fn unit_of<'a>(&'a self, line: &'a Line) -> &'a Unit {
        line.unit.as_ref().map_or(&self.unit.value, |unit| &unit.value)
    }
}
