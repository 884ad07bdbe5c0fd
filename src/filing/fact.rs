//! Facts, their contexts and units, and text that holds facts.

use crate::model::Date;

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Span {
    Text(String),
    LineBreak,
    Fact(Fact),
}

/// A fact: the value of a concept in a context.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub concept: String,
    /// The id of its context.
    pub context: String,
    pub value: FactValue,
}

/// The value of a fact, as the page shows it.
#[derive(Debug, Clone, PartialEq)]
pub enum FactValue {
    Number {
        /// The id of its unit.
        unit: String,
        /// How many decimals of the unit are exact; negative before the point.
        decimals: i32,
        /// The power of ten that the shown digits are multiplied by.
        scale: i32,
        /// Whether the value is below zero; the digits have no sign.
        negative: bool,
        form: NumberForm,
        text: String,
    },
    /// No number, which is not zero: `mark` is shown for it.
    Nil {
        unit: String,
        mark: String,
    },
    Text {
        form: Option<TextForm>,
        text: String,
    },
}

/// How digits are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberForm {
    /// `1,234.5`.
    Point,
    /// `1.234,5`.
    Comma,
    /// A dash for zero.
    Dash,
}

/// How a text that is no plain text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextForm {
    /// `2026年4月28日`.
    YearMonthDay,
    /// `April 28, 2026`.
    MonthDayYear,
    /// `28 April 2026`.
    DayMonthYear,
    True,
    False,
}

/// What a fact is about, apart from its concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    pub period: ContextPeriod,
    /// Axes with their members.
    pub members: Vec<(String, String)>,
}

/// The days of a context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContextPeriod {
    Duration { from: Date, to: Date },
    Instant(Date),
}

/// What a unit measures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnitMeasure {
    /// By its ISO 4217 code.
    Currency(String),
    CurrencyPerShare(String),
    Shares,
    /// A number without a unit; percentages are hundredths of it.
    Pure,
}
