//! Reads the number of a cell as an exact decimal, or says why it cannot be one.

use super::sheet::{Cell, CellValue};
use crate::model::{Decimal, narrow};

/// Beyond this, 2^53, binary floating point no longer holds every whole number.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;
/// The marks of a negative number before its digits, `△` among them, and after.
const MINUS: [char; 6] = ['-', '−', '‐', '△', '▲', '－'];
/// What stands for nil.
const DASHES: [&str; 7] = ["-", "－", "—", "–", "―", "─", "−"];

/// A number, and what somebody should know of how it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct CellNumber {
    pub value: Decimal,
    pub note: Option<String>,
}

/// The number of a cell; none if it is empty. Errors: what the cell has instead, as the end of a sentence.
pub fn number(cell: Option<&Cell>) -> Result<Option<CellNumber>, String> {
    let Some(cell) = cell else { return Ok(None) };
    let expected = |what: String| format!("has {what}, expected a number");
    match &cell.value {
        CellValue::None => match &cell.formula {
            Some(formula) => Err(format!("has the formula `{formula}` without a value: it was never calculated")),
            None => Ok(None),
        },
        CellValue::Number(number) => decimal(*number).map(|value| Some(CellNumber { value, note: None })),
        CellValue::Inexact(number) => Err(format!("has `{number}`, beyond the digits that such a file keeps")),
        CellValue::Text(text) if text.trim().is_empty() => Ok(None),
        CellValue::Text(text) => {
            let value = text_number(text).ok_or_else(|| expected(format!("the text `{}`", cell.text())))?;
            Ok(Some(CellNumber { value, note: Some(format!("read from the text `{}`", text.trim())) }))
        }
        CellValue::Date(date) => Err(expected(format!("the date `{date}`"))),
        CellValue::Truth(is) => Err(expected(format!("the truth value `{is}`"))),
        CellValue::Error(error) => Err(expected(format!("the error `{error}`"))),
    }
}

/// The shortest decimal that reads back to the same number. Errors: it has more digits than the workbook can hold.
fn decimal(number: f64) -> Result<Decimal, String> {
    if number.abs() > MAX_EXACT || !number.is_finite() {
        return Err(format!("has `{number:e}`, beyond the whole numbers that a workbook holds exactly (2^53)"));
    }
    number.to_string().parse().map_err(|_| format!("has `{number}`, a number of more than 28 digits"))
}

/// The number that a text says: `68,006,380`, `(3,788)`, `△3,788`, `3,788-`. A dash alone is nil. None for other texts.
pub fn text_number(text: &str) -> Option<Decimal> {
    let text = text.trim();
    if DASHES.contains(&text) {
        return Some(Decimal::ZERO);
    }
    let plain: String = text.chars().map(narrow).collect();
    let (rest, is_negative) = unsigned(plain.trim())?;
    let (whole, decimals) = rest.split_once('.').map_or((rest, None), |(whole, decimals)| (whole, Some(decimals)));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
    if !decimals.is_none_or(is_digits) {
        return None;
    }
    let groups: Vec<&str> = whole.split(',').collect();
    if !groups.iter().all(|group| is_digits(group)) || !are_groups(&groups) {
        return None;
    }
    let digits = groups.concat();
    let number = decimals.map_or(digits.clone(), |decimals| format!("{digits}.{decimals}"));
    let number = Decimal::from_str_exact(&number).ok()?;
    Some(if is_negative && !number.is_zero() { -number } else { number })
}

/// The digits of a number and whether it is negative. None if it is marked twice.
fn unsigned(text: &str) -> Option<(&str, bool)> {
    if let Some(inner) = text.strip_prefix('(') {
        return Some((inner.strip_suffix(')')?.trim(), true));
    }
    if let Some(rest) = text.strip_prefix(MINUS) {
        return Some((rest.trim_start(), true));
    }
    // As ledgers of mainframes write it.
    if let Some(rest) = text.strip_suffix('-') {
        return Some((rest.trim_end(), true));
    }
    Some((text.strip_prefix('+').unwrap_or(text), false))
}

/// Whether commas divide a number as thousands are divided, or as lakhs are; a comma before decimals divides otherwise.
fn are_groups(groups: &[&str]) -> bool {
    let [first, middle @ .., last] = groups else { return true };
    let all = |len: usize| first.len() <= len && middle.iter().all(|group| group.len() == len);
    last.len() == 3 && (all(3) || all(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_ledgers_write_are_numbers() {
        let all = [
            ("68,006,380", "68006380"),
            ("(3,788)", "-3788"),
            ("（3,788）", "-3788"),
            ("△3,788", "-3788"),
            ("▲ 3,788", "-3788"),
            ("3,788-", "-3788"),
            ("−12.50", "-12.50"),
            ("６８，００６", "68006"),
            ("12,34,567", "1234567"),
            ("－", "0"),
            ("(0)", "0"),
        ];
        for (text, number) in all {
            assert_eq!(text_number(text).map(|number| number.to_string()).as_deref(), Some(number), "{text}");
        }
        for text in ["", "1,5", "1.234,56", "(3,788", "--5", "△(5)", "n.m.", "12%", "1e5", "1,2345", "5.", ",500"] {
            assert_eq!(text_number(text), None, "{text}");
        }
    }

    #[test]
    fn a_binary_number_is_its_shortest_decimal() {
        assert_eq!(decimal(0.1 + 0.2).unwrap().to_string(), "0.30000000000000004");
        assert_eq!(decimal(68_006_380.0).unwrap().to_string(), "68006380");
        assert_eq!(decimal(9_007_199_254_740_992.0).unwrap().to_string(), "9007199254740992");
        assert!(decimal(9_007_199_254_740_994.0).is_err() && decimal(f64::INFINITY).is_err());
        assert_eq!(decimal(1.5e-300).unwrap(), Decimal::ZERO);
    }
}
