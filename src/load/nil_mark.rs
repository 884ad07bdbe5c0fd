//! Reads `nil`: what is printed for an amount of zero.

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
    let fault = match text.value.as_str() {
        mark if mark.trim().is_empty() => "an empty mark for zero would look like a missing amount",
        mark if mark.contains(char::is_numeric) => "a mark for zero would look like a number",
        _ => return Some(NilMark::Mark(text.value)),
    };
    let finding = Diagnostic::error("wrong-type", fault).at(&text.place, "");
    findings.push(finding.help(format!("to print zeros in digits, write `nil = \"{DIGITS}\"`")));
    None
}
