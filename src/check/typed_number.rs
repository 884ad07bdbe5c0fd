//! Recognises what a reader takes for one number: a time of day, a telephone number, digits joined by signs.

use std::ops::Range;

use crate::model::joins_words;

/// What a number in a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberKind {
    Time,
    Telephone,
    /// Joined by signs, `24/7`, or with a letter behind it, `10-K`: never an amount.
    Joined,
    Plain,
}

/// How many digits a telephone number has.
const TELEPHONE_DIGITS: Range<usize> = 7..16;
/// The halves of a day, as they follow a time.
const HALVES: [&str; 8] = ["a.m.", "p.m.", "A.M.", "P.M.", "am", "pm", "AM", "PM"];

/// The whole number that the digits at `digits` are part of, and what it is.
pub fn whole_number(text: &str, digits: Range<usize>) -> (Range<usize>, NumberKind) {
    if let Some(length) = time_length(&text[digits.start..]) {
        return (digits.start..digits.start + length, NumberKind::Time);
    }
    let opening = text[..digits.start].len() - text[..digits.start].trim_end_matches(['+', '(']).len();
    let start = digits.start - opening;
    if let Some(length) = telephone_length(&text[start..]) {
        return (start..start + length, NumberKind::Telephone);
    }
    match joined_length(&text[digits.start..]) {
        Some(length) => (digits.start..digits.end.max(digits.start + length), NumberKind::Joined),
        None => (digits, NumberKind::Plain),
    }
}

/// Whether a character is part of the word or number before it.
fn joins(c: char) -> bool {
    c.is_numeric() || joins_words(c)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// `5:00 p.m.`, `17:30` or `5 p.m.`: its length.
fn time_length(text: &str) -> Option<usize> {
    let hour = digits(text);
    if !(1..=2).contains(&hour) {
        return None;
    }
    let mut end = hour;
    let mut has_minutes = false;
    while text[end..].starts_with([':', '.']) && digits(&text[end + 1..]) == 2 {
        has_minutes |= text[end..].starts_with(':');
        end += 3;
    }
    let rest = text[end..].trim_start_matches([' ', '\u{a0}']);
    let is_word = |after: &str| !after.starts_with(joins);
    let half = HALVES.iter().find(|half| rest.strip_prefix(**half).is_some_and(is_word));
    match half {
        Some(half) => Some(text.len() - rest.len() + half.len()),
        None => Some(end).filter(|end| has_minutes && is_word(&text[*end..])),
    }
}

/// `+1 (646) 555-0142` or `800-555-0199`: its length.
fn telephone_length(text: &str) -> Option<usize> {
    let is_separator = |c: char| matches!(c, ' ' | '\u{a0}' | '-' | '‑' | '–' | '.' | '(' | ')');
    let within = text.find(|c: char| !(c.is_ascii_digit() || is_separator(c) || c == '+')).unwrap_or(text.len());
    // Two spaces, or a full stop and a space, end it.
    let ends = ["  ", ". ", "- ", "– "].iter().filter_map(|end| text[..within].find(end)).min().unwrap_or(within);
    let number = text[..ends].trim_end_matches(|c: char| !c.is_ascii_digit());
    let groups: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).collect();
    let count = groups.iter().map(|group| group.len()).sum::<usize>();
    let area = number.strip_prefix('(').map_or(0, digits);
    let is_international = number.starts_with('+');
    let has_area = area > 1 && number[area + 1..].starts_with(')');
    let begins_with_zero = number.starts_with('0') && !number.contains('.');
    let signs = number.chars().filter(|c| matches!(c, '-' | '‑' | '.')).count();
    let is_date = groups.len() == 3 && groups.first().is_some_and(|year| year.len() == 4);
    let is_grouped = groups.len() >= 3 && signs + 1 == groups.len() && !is_date;
    let is_number = TELEPHONE_DIGITS.contains(&count)
        && groups.len() > 1
        && (is_international || has_area || begins_with_zero || is_grouped);
    is_number.then_some(number.len())
}

/// `24/7`, `14001:2015` or `10-K`: its length.
fn joined_length(text: &str) -> Option<usize> {
    let mut end = digits(text);
    let start = end;
    let sign_at = |end: usize| text[end..].chars().next().filter(|c| matches!(c, '-' | '‑' | '–' | '/' | ':'));
    while let Some(sign) = sign_at(end) {
        let after = &text[end + sign.len_utf8()..];
        let length = match digits(after) {
            0 => after.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(after.len()),
            length => length,
        };
        if length == 0 || after[length..].starts_with(joins) {
            break;
        }
        end += sign.len_utf8() + length;
    }
    (end > start).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::{NumberKind, whole_number};

    fn whole(text: &str) -> (&str, NumberKind) {
        let start = text.find(|c: char| c.is_ascii_digit()).unwrap_or_default();
        let end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |length| start + length);
        let (range, kind) = whole_number(text, start..end);
        (&text[range], kind)
    }

    #[test]
    fn a_time_is_one_number() {
        for time in ["5:00 p.m.", "17:30", "5 p.m.", "9.30 a.m.", "2:00pm", "5:00:30"] {
            assert_eq!(whole(&format!("at {time}, we")), (time, NumberKind::Time));
        }
        assert_eq!(whole("14001:2015"), ("14001:2015", NumberKind::Joined));
        assert_eq!(whole("17:30に"), ("17:30", NumberKind::Time));
        assert_eq!(whole("24/7で"), ("24/7", NumberKind::Joined));
    }

    #[test]
    fn a_telephone_number_is_one_number() {
        for number in [
            "+1 (646) 555-0142",
            "800-555-0199",
            "+81-3-5259-6500",
            "(03) 5259-6500",
            "0800 123 4567",
            "1-800-555-0199",
            "646.555.0142",
            "+44 20 7946 0958",
        ] {
            assert_eq!(whole(&format!("call {number} (free). 3 more")), (number, NumberKind::Telephone));
        }
    }

    #[test]
    fn years_and_amounts_are_no_telephone_numbers() {
        assert_eq!(whole("2025-2026 and"), ("2025-2026", NumberKind::Joined));
        assert_eq!(whole("2026-05-14."), ("2026-05-14", NumberKind::Joined));
        assert_eq!(whole("Form 10-K for"), ("10-K", NumberKind::Joined));
        assert_eq!(whole("24/7, 50/50"), ("24/7", NumberKind::Joined));
        for plain in ["12 sites", "(5) 1234567", "1987.", "5 - 6", "20-year-old"] {
            assert_eq!(whole(plain).1, NumberKind::Plain, "{plain}");
        }
    }
}
