//! Printed numbers as cells: values, and number formats that display them as the release does.

use crate::present::{
    begins_group,
    document::{Groups, Number, NumberFormat},
};

/// The significant digits that a cell can store.
const MAX_DIGITS: usize = 15;

/// The value of the cell for a number; `None` if it has more digits than a cell can store.
pub(super) fn value(number: &Number) -> Option<f64> {
    let digits = number.printed.trim_start_matches(['-', '0', '.']).chars().filter(char::is_ascii_digit).count();
    if digits > MAX_DIGITS {
        return None;
    }
    // Parsed with an exponent, a percentage becomes the nearest `f64` to the fraction.
    let exponent = if number.format.percent { "e-2" } else { "" };
    let value: f64 = format!("{}{exponent}", number.printed).parse().ok()?;
    // A zero has no sign in a cell; the number format prints it.
    Some(if value == 0.0 { 0.0 } else { value })
}

/// What the number format of a number depends on.
#[derive(PartialEq)]
pub(super) struct NumberLook<'n> {
    format: &'n NumberFormat,
    negative: bool,
    is_zero: bool,
    is_nil: bool,
    /// The length of the whole part, where its groups are not those that a number format knows.
    digits: usize,
}

impl<'n> NumberLook<'n> {
    /// `negative` means that the number itself is negative, even if it is printed as zero.
    pub(super) fn new(number: &'n Number, negative: bool) -> Self {
        let format = &number.format;
        let is_zero = !number.printed.contains(|digit: char| digit.is_ascii_digit() && digit != '0');
        let whole = || number.printed.trim_start_matches('-').split('.').next().map_or(0, str::len);
        let digits = if format.groups.is_some() { whole() } else { 0 };
        Self { format, negative, is_zero, is_nil: is_zero && number.exact == "0", digits }
    }
}

/// The number format: sections for positive numbers, negative numbers and zero.
///
/// Where negative numbers end with a closing parenthesis, the other sections have a space of its width, so that digits align.
/// `marks` are those of notes, `[1]`: they are shown behind the number, which stays a number.
pub(super) fn format_code(look: &NumberLook, marks: &str) -> String {
    let &NumberLook { format, negative, is_zero, is_nil, .. } = look;
    if let Some(code) = grouped_code(look, marks) {
        return code;
    }
    let positive = pad(&format.positive, format);
    let negative_code = pattern(&format.negative, format);
    let zero = match &format.nil {
        _ if is_zero && negative => negative_code.clone(),
        Some(nil) if is_nil || !is_zero => literal(nil, format) + &padding(format),
        _ => positive.clone(),
    };
    let marks = literal(marks, format);
    format!("{positive}{marks};{negative_code}{marks};{zero}{marks}")
}

/// The format of a number in groups that a number format does not know: the separators are literal, for as many digits as the
/// number has. A positive number has sections for it and for smaller ones, so that they have no separators too many when
/// the cell is calculated again; a negative one has its own pattern. `None` for other numbers, and for short ones.
fn grouped_code(look: &NumberLook, marks: &str) -> Option<String> {
    let &NumberLook { format, negative, digits, .. } = look;
    let groups = format.groups.as_ref().filter(|_| !format.percent)?;
    let starts: Vec<usize> = (1..digits).filter(|last| begins_group(*last, &groups.sizes)).collect();
    let longest = *starts.last()?;
    let marks = literal(marks, format);
    let padding = padding(format);
    let section = |pattern: &str, longest: Option<usize>| grouped_pattern(pattern, format, groups, longest);
    if negative {
        let (positive, negative) = (section(&format.positive, Some(longest)), section(&format.negative, Some(longest)));
        let zero = format.nil.as_ref().map_or_else(|| section(&format.positive, None), |nil| literal(nil, format));
        return Some(format!("{positive}{padding}{marks};{negative}{marks};{zero}{padding}{marks}"));
    }
    let sections: Vec<String> = starts
        .iter()
        .rev()
        .take(2)
        .map(|start| {
            let code = section(&format.positive, Some(*start));
            format!("[>=1{}]{code}{padding}{marks};", "0".repeat(*start))
        })
        .collect();
    let next = starts.len().checked_sub(3).map(|at| starts[at]);
    Some(sections.concat() + &section(&format.positive, next) + &padding + &marks)
}

/// A pattern with literal separators up to the group that begins with the last `longest` digits.
fn grouped_pattern(text: &str, format: &NumberFormat, groups: &Groups, longest: Option<usize>) -> String {
    let (before, behind) = text.split_once("{}").unwrap_or((text, ""));
    let longest = longest.unwrap_or(0);
    let mut whole = String::from("#");
    for last in (1..=longest).rev() {
        if begins_group(last, &groups.sizes) {
            whole.extend(groups.separator.chars().flat_map(|letter| ['\\', letter]));
        }
        whole.push(if last == 1 { '0' } else { '#' });
    }
    if longest == 0 {
        whole = String::from("0");
    }
    format!("{}{whole}{}{}", literal(before, format), fraction(format), literal(behind, format))
}

fn fraction(format: &NumberFormat) -> String {
    let decimals = usize::try_from(format.decimals).unwrap_or_default();
    if decimals == 0 { String::new() } else { format!(".{}", "0".repeat(decimals)) }
}

/// The number format of a mark in a column of numbers with the given format.
pub(super) fn mark_format_code(format: Option<&NumberFormat>) -> String {
    format.map_or_else(|| String::from("@"), |format| format!("@{}", padding(format)))
}

fn pad(text: &str, format: &NumberFormat) -> String {
    pattern(text, format) + &padding(format)
}

/// Space for closing parentheses that negative numbers have and positive ones do not.
fn padding(format: &NumberFormat) -> String {
    let (behind, negative_suffix) = (suffix(&format.positive), suffix(&format.negative));
    let extra = negative_suffix.strip_prefix(behind).unwrap_or_default();
    extra.chars().filter(|letter| ")）".contains(*letter)).map(|letter| format!("_{letter}")).collect()
}

fn suffix(text: &str) -> &str {
    text.split_once("{}").map_or("", |(_, behind)| behind)
}

/// `(#,##0.0%)` for `({}%)`.
fn pattern(text: &str, format: &NumberFormat) -> String {
    let (before, behind) = text.split_once("{}").unwrap_or((text, ""));
    let whole = if format.group && format.groups.is_none() { "#,##0" } else { "0" };
    format!("{}{whole}{}{}", literal(before, format), fraction(format), literal(behind, format))
}

/// A text as literal characters of a number format. Parentheses, hyphens and the percent sign of a fraction need no quotes.
fn literal(text: &str, format: &NumberFormat) -> String {
    let mut code = String::new();
    let mut quoted = String::new();
    let flush = |quoted: &mut String, code: &mut String| {
        if !quoted.is_empty() {
            code.push_str(&format!("\"{quoted}\""));
            quoted.clear();
        }
    };
    for letter in text.chars() {
        match letter {
            '(' | ')' | '-' => flush(&mut quoted, &mut code),
            '%' if format.percent => flush(&mut quoted, &mut code),
            '"' | '\\' => flush(&mut quoted, &mut code),
            _ => {
                quoted.push(letter);
                continue;
            }
        }
        if matches!(letter, '"' | '\\') {
            code.push('\\');
        }
        code.push(letter);
    }
    flush(&mut quoted, &mut code);
    code
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn number(printed: &str, exact: &str, shows: &str, negative: &str, percent: bool) -> Number {
        let nil = (!percent).then(|| String::from("-"));
        let decimals = printed.split_once('.').map_or(0, |(_, fraction)| fraction.len() as u32);
        let format = NumberFormat {
            positive: shows.into(),
            negative: negative.replace("{}", shows),
            nil,
            decimals,
            group: !percent,
            groups: None,
            percent,
        };
        Number { printed: printed.into(), exact: exact.into(), format: Arc::new(format), ..Number::default() }
    }

    #[test]
    fn formats_print_what_the_release_prints() {
        let code = |printed, exact, shows, style, percent, negative| {
            format_code(&NumberLook::new(&number(printed, exact, shows, style, percent), negative), "")
        };
        assert_eq!(code("68006", "68006.38", "{}", "({})", false, false), "#,##0_);(#,##0);-_)");
        assert_eq!(code("-2.5", "-2.47", "{}%", "({})", true, true), "0.0%_);(0.0%);0.0%_)");
        assert_eq!(code("650.4", "650.4", "{} Gbps", "△{}", false, false), "#,##0.0\" Gbps\";\"△\"#,##0.0\" Gbps\";-");
        assert_eq!(
            code("1", "1", "{} \"x\"", "-{}", false, false),
            "#,##0\" \"\\\"\"x\"\\\";-#,##0\" \"\\\"\"x\"\\\";-"
        );
    }

    #[test]
    fn groups_of_other_sizes_have_literal_separators() {
        let code = |printed: &str, sizes: &[u8], negative| {
            let mut number = number(printed, printed, "{}", "({})", false);
            Arc::make_mut(&mut number.format).groups = Some(Groups { sizes: sizes.to_vec(), separator: ",".into() });
            format_code(&NumberLook::new(&number, negative), "")
        };
        assert_eq!(code("123", &[3, 2], false), "0_);(0);-_)");
        assert_eq!(code("12345", &[3, 2], false), "[>=1000]#\\,##0_);0_)");
        assert_eq!(
            code("12345678", &[3, 2], false),
            "[>=10000000]#\\,##\\,##\\,##0_);[>=100000]#\\,##\\,##0_);#\\,##0_)"
        );
        assert_eq!(code("-1234567.5", &[3, 2], true), "#\\,##\\,##0.0_);(#\\,##\\,##0.0);-_)");
        assert_eq!(code("123456789", &[4], false), "[>=100000000]#\\,####\\,###0_);[>=10000]#\\,###0_);0_)");
    }

    #[test]
    fn a_zero_prints_as_nil_as_digits_or_as_negative() {
        let zero =
            |exact, negative| format_code(&NumberLook::new(&number("0", exact, "{}", "({})", false), negative), "");
        assert_eq!(zero("0", false), "#,##0_);(#,##0);-_)");
        assert_eq!(zero("0.3", false), "#,##0_);(#,##0);#,##0_)");
        assert_eq!(zero("-0.3", true), "#,##0_);(#,##0);(#,##0)");
    }

    #[test]
    fn values_are_the_printed_numbers_unless_too_long() {
        assert_eq!(value(&number("-2.5", "-2.47", "{}%", "({})", true)), Some(-0.025));
        assert_eq!(value(&number("-2.5", "-2.47", "{}", "({})", false)), Some(-2.5));
        assert_eq!(value(&number("0.000123456789012345", "0", "{}", "{}", false)), Some(0.000_123_456_789_012_345));
        assert_eq!(value(&number("1234567890123456", "0", "{}", "{}", false)), None);
    }
}
