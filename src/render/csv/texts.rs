//! Rows of texts that come back: what a spreadsheet program would change is protected by an apostrophe, which is taken off again.

use super::{
    field::{CsvWriter, Field},
    spreadsheet::{may_be_formula, may_be_value},
};

/// The file of some rows of texts.
pub fn text_rows<'a>(rows: impl IntoIterator<Item = [&'a str; 3]>) -> Vec<u8> {
    let mut writer = CsvWriter::new();
    for row in rows {
        let cells = row.map(protected);
        writer.write_row(cells.iter().map(|cell| Field::Plain(cell)));
    }
    writer.into_bytes()
}

/// A text as it stands in a cell. One that begins with an apostrophe gets a second one, so that it keeps its own.
fn protected(text: &str) -> String {
    let is_changed = may_be_formula(text) || may_be_value(text) || may_be_date(text);
    if is_changed || text.starts_with('\'') { format!("'{text}") } else { text.to_owned() }
}

/// The text of a cell. An apostrophe before it is no part of it, as in spreadsheet programs: a translator may have changed what
/// follows it.
pub fn unprotected(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// Whether a spreadsheet program in some language may take a text for a date and save it in another form: `March 31, 2026`,
/// `31. mars 2026`, `2026年3月31日`.
fn may_be_date(text: &str) -> bool {
    const YEAR: usize = 4;
    let numbers: Vec<&str> = text.split(|letter: char| !letter.is_numeric()).filter(|part| !part.is_empty()).collect();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_alphabetic()).filter(|part| !part.is_empty()).collect();
    let is_plain = |letter: char| letter.is_alphanumeric() || " \u{a0}\u{202f}.,/-".contains(letter);
    if !numbers.iter().any(|number| number.chars().count() == YEAR) || !text.chars().all(is_plain) {
        return false;
    }
    match words[..] {
        [] => numbers.len() > 1,
        [month] if month.chars().count() > 2 => {
            let (before, after) = text.split_once(month).unwrap_or_default();
            !before.ends_with(char::is_numeric) && !after.starts_with(char::is_numeric)
        }
        // Letters that stand for "year", "month" and "day".
        _ => words.iter().all(|word| word.chars().count() == 1 && !word.is_ascii()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_comes_back() {
        let texts = [
            "Revenue",
            "",
            "'",
            "'Tis",
            "=1",
            "'=1",
            "''=1",
            "1-2",
            "'1-2",
            "- of which",
            "March 31, 2026",
            "'2026年3月31日",
            "\"a\", b",
            " a ",
            "a\nb",
        ];
        for text in texts {
            assert_eq!(unprotected(&protected(text)), text);
        }
    }

    #[test]
    fn dates_are_protected_and_names_of_periods_are_not() {
        for text in ["March 31, 2026", "31. mars 2026", "May 2026", "2026年3月31日", "2026-03-31", "1/2"] {
            assert!(protected(text).starts_with('\''), "{text}");
        }
        for text in ["FY2026", "Q1 FY2026", "2026年度", "2026", "第1四半期", "Note 5", "Revenue (2026)", "2026年3月期"]
        {
            assert!(!protected(text).starts_with('\''), "{text}");
        }
    }
}
