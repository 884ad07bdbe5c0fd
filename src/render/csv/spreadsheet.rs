//! Recognizes texts that a spreadsheet program takes for formulas, dates or numbers when it opens a CSV file.

/// Whether a spreadsheet program could evaluate the text as a formula (OWASP, "CSV Injection"). A sign alone is a nil mark and
/// a sign before digits and their separators is a number; both are unchanged.
pub(super) fn may_be_formula(text: &str) -> bool {
    // Some programs ignore leading spaces and characters of zero width.
    let mut letters = text.trim_start_matches(|letter: char| letter == ' ' || is_invisible(letter)).chars();
    match letters.next() {
        Some('=' | '@' | '＝' | '＠' | '\t' | '\r' | '\n') => true,
        Some('+' | '-' | '＋' | '－') => {
            letters.any(|letter| !letter.is_ascii_digit() && !".,% \u{a0}".contains(letter))
        }
        _ => false,
    }
}

/// Whether a character has zero width, such as marks of text direction.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The longest whole number that a cell shows with all its digits.
const MAX_DIGITS: usize = 11;
/// The names of months, which spreadsheet programs in any language take for dates, as their first three letters too.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a spreadsheet program would show something else than the text, because it takes it for a date, a time, a number or
/// a truth value: `1-2`, `3/25`, `Mar-25`, `1E5`, `007`, `5.0`. A year, and a date that has one in four digits and its month in
/// letters or first, remains what it is.
pub(super) fn may_be_value(text: &str) -> bool {
    if is_plainly_text(text) {
        return false;
    }
    let text: String = text.chars().filter(|letter| !is_invisible(*letter)).map(narrow).collect();
    let text = text.trim().to_ascii_lowercase();
    if !text.contains(|letter: char| letter.is_ascii_digit()) {
        return matches!(text.as_str(), "true" | "false");
    }
    if text.bytes().all(|letter| letter.is_ascii_digit()) {
        return text.len() > MAX_DIGITS || (text.len() > 1 && text.starts_with('0'));
    }
    if text.chars().any(|letter| !letter.is_ascii_alphanumeric() && !is_separator(letter)) {
        return false;
    }
    let words: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let numbers = text.split(|letter: char| !letter.is_ascii_digit());
    let letters: Vec<&str> =
        text.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    match letters[..] {
        [] => !is_iso_date(&words),
        ["e"] => is_scientific(&text),
        ["a" | "p" | "am" | "pm"] => words.len() > 1 && words.last() == letters.first(),
        [month] => is_month(month) && !numbers.clone().any(|number| number.len() == 4),
        _ => false,
    }
}

/// Whether a text is no value at first glance, as most are: it has two words or more, a character that no value has, or no digit
/// although it does not begin like a truth value.
fn is_plainly_text(text: &str) -> bool {
    let (mut words, mut in_word, mut has_digit, mut first) = (0, false, false, None);
    for letter in text.chars().filter(|letter| !is_invisible(*letter)).map(narrow) {
        let is_alphabetic = letter.is_ascii_alphabetic();
        words += usize::from(is_alphabetic && !in_word);
        in_word = is_alphabetic;
        has_digit |= letter.is_ascii_digit();
        if words > 1 || !letter.is_ascii_alphanumeric() && !is_separator(letter) && !letter.is_whitespace() {
            return true;
        }
        first = first.or((!letter.is_whitespace()).then_some(letter));
    }
    !has_digit && !matches!(first, Some('t' | 'T' | 'f' | 'F'))
}

/// Whether a character may stand between the parts of a date or number.
fn is_separator(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | ':' | '/' | '%' | '(' | ')' | '\'' | '+' | '-')
}

/// Maps a character of full width to that of ASCII.
fn narrow(letter: char) -> char {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|letter| letter.is_ascii_digit())
}

/// Whether the parts of a text are year, month and day.
fn is_iso_date(words: &[&str]) -> bool {
    matches!(words, [year, month, day] if [year.len(), month.len(), day.len()] == [4, 2, 2])
}

/// `1e5`, `1.5e+10`.
fn is_scientific(text: &str) -> bool {
    text.split_once('e').is_some_and(|(digits, exponent)| {
        is_digits(&digits.replace(['.', ','], "")) && is_digits(exponent.trim_start_matches(['+', '-']))
    })
}

/// `mar`, `sept`, `march`.
fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|name| word == *name || (word.len() == 3 && name.starts_with(word))) || word == "sept"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_numbers_are_recognized() {
        let taken = [
            "1-2",
            "3/25",
            "9-26",
            "3.25",
            "1/2/2025",
            "31.12.2025",
            "Mar-25",
            "25 Mar",
            "Sept. 5",
            "MAY 5",
            "10:30",
            "9 am",
            "12 p",
            "1E5",
            "1.5e+10",
            "007",
            "5.0",
            "1,234",
            "1 1/2",
            "(1)",
            "50%",
            "123456789012",
            "TRUE",
            "１－２",
            "\u{200b}1-2",
        ];
        let missed: Vec<&str> = taken.into_iter().filter(|text| !may_be_value(text)).collect();
        assert!(missed.is_empty(), "{missed:?}");
    }

    #[test]
    fn other_texts_are_not() {
        let texts = [
            "",
            "-",
            "2025",
            "0",
            "FY2025",
            "1H",
            "Q1",
            "1Q26",
            "1A",
            "<1",
            ">5",
            "1–2",
            "1 to 2",
            "1-2 years",
            "March 31, 2026",
            "Mar 2026",
            "Mar2026",
            "2026-03-31",
            "May",
            "Note 5",
            "Part 16",
            "1st",
            "3月",
            "Total",
            "%",
            "n.m.",
            "e5",
            "401(k)",
            "Section 3.2",
            "Truth",
        ];
        let taken: Vec<&str> = texts.into_iter().filter(|text| may_be_value(text)).collect();
        assert!(taken.is_empty(), "{taken:?}");
    }
}
