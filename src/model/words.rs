//! A language: fixed words, and how it writes numbers, dates and changes.

use std::collections::BTreeMap;

use super::Date;

/// What `templates/words/<lang>.toml` says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Words {
    /// Fixed words by key, for the templates.
    pub words: BTreeMap<String, String>,
    pub number: NumberStyle,
    /// Scale words, `{} million`, by the dataset's word.
    pub scale: BTreeMap<String, String>,
    /// `{month} {day}, {year}`; `{m}` is the month's number.
    pub date: String,
    /// Twelve names.
    pub months: Vec<String>,
    /// A difference of percentages, `{} points`.
    pub points: String,
    /// Patterns by style: with the size of the change, and the bare word.
    pub change: BTreeMap<String, Direction>,
    pub direction: BTreeMap<String, Direction>,
    /// Words typed by hand that say which way a figure goes, in lower case.
    /// What is done to digits that are not shown, by the dataset's word for it.
    pub rounding: BTreeMap<String, String>,
    pub prose: ProseWords,
}

/// Words that claim something of the figure behind them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProseWords {
    pub up: Vec<String>,
    pub down: Vec<String>,
    pub profit: Vec<String>,
    pub loss: Vec<String>,
}

/// How numbers are written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NumberStyle {
    /// Between thousands.
    pub group: String,
    /// Before decimals.
    pub point: String,
    /// A negative number in a table, `({})`.
    pub negative: String,
    /// A negative number in a sentence, `-{}`.
    pub sentence_negative: String,
    /// Zero in a table.
    pub nil: String,
    pub not_meaningful: String,
    pub not_applicable: String,
    pub undecided: String,
}

/// A pattern for each way a figure can go; `{}` is its size.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Direction {
    pub up: String,
    pub down: String,
    pub flat: String,
}

impl Words {
    /// A date as the language writes it.
    pub fn dated(&self, date: Date) -> String {
        let month = usize::from(date.month).checked_sub(1).and_then(|index| self.months.get(index));
        self.date
            .replace("{month}", month.map_or("", String::as_str))
            .replace("{m}", &date.month.to_string())
            .replace("{day}", &date.day.to_string())
            .replace("{year}", &date.year.to_string())
    }
}
