//! Reads `nil` and `not_applicable`: what is printed for an amount of zero, and for one that there is not.

use super::toml_table::TomlTable;
use crate::{
    diag::{Diagnostic, Findings},
    model::NilMark,
};

/// The word for zeros in digits.
const DIGITS: &str = "digits";

/// The key `nil` of a unit, a line or a cell. A mark must not be blank or read as a number.
pub fn nil_mark(keys: &TomlTable, findings: &mut Findings) -> Option<NilMark> {
    if let Some(value) = keys.value("nil").filter(super::toml_table::Value::is_table) {
        let finding =
            Diagnostic::error("wrong-type", "`nil` is the same in all languages: expected a text, found a table");
        findings.push(finding.at(&value.place(), ""));
        return None;
    }
    let text = keys.text("nil", findings)?;
    if text.value == DIGITS {
        return Some(NilMark::Digits);
    }
    match fault(&text.value, "zero") {
        None => Some(NilMark::Mark(text.value)),
        Some(fault) => {
            let finding = Diagnostic::error("wrong-type", fault).at(&text.place, "");
            findings.push(finding.help(format!("to print zeros in digits, write `nil = \"{DIGITS}\"`")));
            None
        }
    }
}

/// The key `not_applicable` of a unit. A mark must not be blank or read as a number.
pub fn not_applicable_mark(keys: &TomlTable, findings: &mut Findings) -> Option<String> {
    let text = keys.localized("not_applicable", findings)?;
    match fault(&text.value, "`n/a`") {
        None => Some(text.value),
        Some(fault) => {
            findings.push(Diagnostic::error("wrong-type", fault).at(&text.place, ""));
            None
        }
    }
}

/// What is wrong with the mark for an amount.
fn fault(mark: &str, what: &str) -> Option<String> {
    if mark.trim().is_empty() {
        Some(format!("an empty mark for {what} would look like a missing amount"))
    } else if mark.contains(char::is_numeric) {
        Some(format!("a mark for {what} would look like a number"))
    } else {
        None
    }
}
