//! Reports places of patterns, `{name}`, that the program does not fill: they would be printed as they are typed.

use crate::{
    diag::{Diagnostic, Findings, Place, nearest, quoted_list},
    load::toml_table::Value,
};

/// The place of a number.
pub const NUMBER: &[&str] = &["{}"];
/// The places of a change: its size, and what it is compared with.
pub const CHANGE: &[&str] = &["{}", "{compared}"];
/// The place of the number of a note.
pub const NOTE_MARK: &[&str] = &["{number}"];
/// The places of a range.
pub const RANGE: &[&str] = &["{low}", "{high}"];
/// The places of a date.
pub const DATE: &[&str] = &["{year}", "{month}", "{m}", "{day}", "{era}", "{era_year}"];

/// Whether a pattern may have a sign directly before its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The pattern says which sign the number has.
    Own,
    None,
}

/// How a pattern with one `{}` would change the number: by a digit beside it, or by a minus sign before it.
pub fn fault_of_pattern(pattern: &str, sign: Sign) -> Option<&'static str> {
    let (before, after) = pattern.split_once("{}")?;
    if before.ends_with(char::is_numeric) || after.starts_with(char::is_numeric) {
        return Some("a digit beside `{}` would be read as one of the number");
    }
    let is_minus = |c: char| "-−－△▲".contains(c);
    (sign == Sign::None && before.ends_with(is_minus)).then_some("a minus sign before `{}` would turn the number")
}

/// Reports each place of a text that is not one of the known ones.
pub fn check_places(value: &Value, known: &[&str], findings: &mut Findings) {
    let Some(text) = value.as_text() else { return };
    for unknown in places(text).filter(|place| !known.contains(place)) {
        let whole = value.place();
        let at = match whole.text().find(unknown) {
            Some(start) => {
                let start = whole.start + start;
                Place { start, end: start + unknown.len(), ..whole.clone() }
            }
            None => whole,
        };
        let finding = Diagnostic::error("words", format!("there is no place `{unknown}` here"));
        findings.push(match (nearest(unknown, known.iter().copied()), known) {
            (Some(near), _) => finding.at(&at, format!("did you mean `{near}`?")),
            (None, []) => finding.at(&at, "").note("this text has no places: it is printed as it is"),
            (None, _) => finding.at(&at, "").note(format!("the places here are {}", quoted_list(known))),
        });
    }
}

/// The places of a text: a brace and what follows it, up to the closing brace or the end of the word.
pub fn places(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('{').map(|(start, _)| {
        let rest = &text[start..];
        let end =
            rest[1..].find(|letter: char| !letter.is_alphanumeric() && letter != '_').map_or(rest.len(), |end| end + 1);
        let closing = if rest[end..].starts_with('}') { 1 } else { 0 };
        &rest[..end + closing]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_does_not_change_its_number() {
        for (pattern, is_fault) in
            [("{}百万", false), ("{}0百万", true), ("1{}", true), ("△{}円", true), ("X{}", false)]
        {
            assert_eq!(fault_of_pattern(pattern, Sign::None).is_some(), is_fault, "{pattern}");
        }
        assert_eq!(fault_of_pattern("-{}", Sign::Own), None);
    }

    #[test]
    fn a_place_goes_to_its_brace_or_to_the_end_of_its_word() {
        let found = |text| places(text).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(found("{year}年{m}月"), ["{year}", "{m}"]);
        assert_eq!(found("({}) {a b} {"), ["{}", "{a", "{"]);
        assert_eq!(found("none }"), [""; 0]);
    }
}
