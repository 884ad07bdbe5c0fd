//! A language: fixed words, and the format of numbers, dates and changes.

use std::collections::BTreeMap;

use super::Date;

/// The contents of `templates/words/<lang>.toml`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Words {
    /// Fixed words by key, for the templates.
    pub words: BTreeMap<String, String>,
    pub number: NumberStyle,
    /// Scale words, `{} million`, by the dataset's word.
    pub scale: BTreeMap<String, String>,
    /// `{month} {day}, {year}`; `{m}` is the month's number.
    pub date: String,
    /// The names of the twelve months.
    pub months: Vec<String>,
    /// A difference of percentages, `{} points`.
    pub points: String,
    /// The same in tables.
    pub points_in_tables: String,
    /// Patterns of changes by style, with the size of the change.
    pub change: BTreeMap<String, Direction>,
    pub direction: BTreeMap<String, Direction>,
    /// The words for kinds of rounding, by their word in a dataset.
    pub rounding: BTreeMap<String, String>,
    /// Patterns of ranges by style, with `{low}` and `{high}`.
    pub range: BTreeMap<String, String>,
    pub prose: ProseWords,
}

/// Words, in lower case, that say something about the figure after them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ProseWords {
    pub up: Vec<String>,
    pub down: Vec<String>,
    /// Words that compare two amounts.
    pub compare: Vec<String>,
    /// Words between a figure and its own period.
    pub within: Vec<String>,
    /// Words for a quarter.
    pub quarter: Vec<String>,
    /// Words for half a year.
    pub half: Vec<String>,
    /// Words for nine months.
    pub nine_months: Vec<String>,
    /// Words for a whole year.
    pub year: Vec<String>,
    /// Words for first, second, third and fourth.
    pub ordinals: Vec<String>,
    /// Names of periods, with `#` for each digit: `fy####`.
    pub period_names: Vec<String>,
    /// Words for numbers.
    pub numbers: Vec<String>,
    /// Words for multiples and fractions: doubled, halved.
    pub multiples: Vec<String>,
    /// Words for units of money, after a number in words.
    pub money: Vec<String>,
    /// Words for up of amounts, and for down of losses and costs.
    pub better: Vec<String>,
    /// Words for down of amounts, and for up of losses and costs.
    pub worse: Vec<String>,
    /// Words for no change.
    pub unchanged: Vec<String>,
    /// Words that join figures to the clause before them: by, and.
    pub joining: Vec<String>,
    /// Words behind which another statement begins: while, but.
    pub contrast: Vec<String>,
    /// Words before the amount that something rose or fell to.
    pub reach: Vec<String>,
    /// Words before the amount that something rose or fell from.
    pub leave: Vec<String>,
    /// Words that say that cash went out.
    pub spent: Vec<String>,
    /// Words that say that cash came in.
    pub inflow: Vec<String>,
    /// Words that say that a cost is an income.
    pub benefit: Vec<String>,
    /// Words that say that an amount is negative.
    pub negative: Vec<String>,
    /// Words for the minus sign.
    pub minus: Vec<String>,
    /// Fractions in words: half of, a third of.
    pub fractions: Vec<String>,
    /// Phrases that compare with a year before.
    pub on_year: Vec<String>,
    /// Phrases that compare with the quarter before.
    pub on_quarter: Vec<String>,
    /// Words for per cent and for points of per cent.
    pub percent: Vec<String>,
    /// Words between the two ends of a range.
    pub range: Vec<String>,
    /// Words of labels of averages, which do not add up over time.
    pub average: Vec<String>,
    pub profit: Vec<String>,
    pub loss: Vec<String>,
    /// Words of labels of profit, whose sign `size` must not hide.
    pub result: Vec<String>,
    /// Words that make a cost of a word of profit before them: "income taxes".
    pub cost: Vec<String>,
    /// Words that say that an amount is spent, repaid or owed.
    pub outflow: Vec<String>,
}

/// The format of numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NumberStyle {
    /// The thousands separator.
    pub group: String,
    /// The decimal point.
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

/// The text for an increase, a decrease and no change; `{}` is the size of the change.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Direction {
    pub up: String,
    pub down: String,
    pub flat: String,
}

impl Words {
    /// Formats a date.
    pub fn format_date(&self, date: Date) -> String {
        let month = usize::from(date.month).checked_sub(1).and_then(|index| self.months.get(index));
        self.date
            .replace("{month}", month.map_or("", String::as_str))
            .replace("{m}", &date.month.to_string())
            .replace("{day}", &date.day.to_string())
            .replace("{year}", &date.year.to_string())
    }
}
