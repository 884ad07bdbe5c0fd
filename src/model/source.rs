//! Sources: the workbooks that the amounts of statements were taken from, and what their cells say.

use super::{At, Decimal, Unit};
use crate::diag::{Diagnostic, Place};

/// Where the amounts of a statement come from.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementSource {
    /// The workbook, relative to the project's folder, `/` between folders.
    pub file: At<String>,
    /// The key `file`, beside which a hash is written.
    pub file_key: Place,
    /// The sheet; none in a file that has only one.
    pub sheet: Option<At<String>>,
    /// The column of keys, from 0.
    pub key: At<u32>,
    /// The unit of the workbook's amounts.
    pub unit: At<Unit>,
    pub columns: Vec<SourceColumn>,
    /// The hash of the file that the amounts were taken from, in hexadecimal.
    pub sha256: Option<At<String>>,
    /// The encoding of a CSV file.
    pub encoding: Encoding,
    /// What separates the cells of a CSV file; none to find it out.
    pub separator: Option<char>,
}

/// The column of a period, and of a member if the statement has them.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceColumn {
    pub period: String,
    pub member: String,
    pub column: At<ColumnName>,
}

/// How a column is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnName {
    /// By its letters: its number, from 0.
    Letters(u32),
    /// By the text of a cell in it.
    Head(String),
}

/// The rows that make an amount of a line: the sum of their cells.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRow {
    pub name: RowName,
    pub deducted: bool,
    pub place: Place,
}

/// How a row is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowName {
    /// By the text or number in the column of keys.
    Key(String),
    /// By a name that the workbook defines for a cell of the row.
    Defined(String),
}

/// The encoding of a CSV file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    #[default]
    Utf8,
    ShiftJis,
}

impl Encoding {
    /// Every encoding with its word in a dataset.
    pub const WORDS: [(&'static str, Self); 2] = [("utf-8", Self::Utf8), ("shift_jis", Self::ShiftJis)];
}

/// What the workbook of a statement says, as far as it could be read.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceReading {
    /// The position of the statement in its release.
    pub statement: usize,
    /// The hash of the file, in hexadecimal; empty if it could not be read.
    pub sha256: String,
    /// Whether the workbook does not show the sheet.
    pub is_hidden: bool,
    /// One for each bound amount that could be read, in the order of the lines.
    pub amounts: Vec<SourceAmount>,
    /// What is wrong with the source, its columns, keys and cells.
    pub findings: Vec<Diagnostic>,
    /// The keys that no line takes.
    pub untaken: Vec<SourceKey>,
    /// The keys, taken or not, in rows that the workbook does not show.
    pub hidden: Vec<SourceKey>,
}

/// A key of the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceKey {
    pub key: String,
    /// The first text beside it; empty if there is none.
    pub beside: String,
    /// Its cell, `PL!A14`.
    pub cell: String,
}

/// What the cells of an amount say.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceAmount {
    /// The position of the line in its statement.
    pub line: usize,
    pub period: String,
    pub member: String,
    /// The cell, `PL!E12`; of a sum, all of them.
    pub cells: String,
    /// In the unit of the line; none where the cells are empty.
    pub amount: Option<Decimal>,
    /// What somebody should know of the cells: that they are texts, that another workbook gave the value.
    pub notes: Vec<String>,
}

/// The position, from 0, of the column with these letters: `A`, `AB`. None for anything else, and beyond `XFD`, the last.
pub fn column_number(letters: &str) -> Option<u32> {
    let is_name = (1..=3).contains(&letters.len()) && letters.bytes().all(|letter| letter.is_ascii_alphabetic());
    let digit = |letter: u8| u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    let number = is_name.then(|| letters.bytes().fold(0, |number, letter| number * 26 + digit(letter)))?;
    (number <= LAST_COLUMN).then_some(number - 1)
}

/// The number of columns that a sheet may have.
const LAST_COLUMN: u32 = 16_384;

/// The letters of the column at a position, from 0.
pub fn column_letters(column: u32) -> String {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// An amount as it is written in a dataset: `68_006_380`, `-3_788.5`.
pub fn as_entered(amount: Decimal) -> String {
    let text = amount.to_string();
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
    let (whole, decimals) = digits.split_at(digits.find('.').unwrap_or(digits.len()));
    let mut grouped = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped + decimals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_numbers_of_columns_are_each_other() {
        let all = [("A", 0), ("Z", 25), ("AA", 26), ("AZ", 51), ("XFD", 16_383)];
        for (letters, number) in all {
            assert_eq!((column_number(letters), column_letters(number).as_str()), (Some(number), letters));
        }
        assert_eq!(column_number("e"), Some(4));
        for strange in ["", "XFE", "AAAA", "A1", "Ä"] {
            assert_eq!(column_number(strange), None, "{strange}");
        }
    }

    #[test]
    fn amounts_are_grouped_by_thousands() {
        let all = [("68006380", "68_006_380"), ("-3788.50", "-3_788.50"), ("-788", "-788"), ("0.125", "0.125")];
        for (plain, entered) in all {
            assert_eq!(as_entered(Decimal::from_str_exact(plain).unwrap()), entered);
        }
    }
}
