//! Formats numbers: a decimal in the digits of the language, and the exact number behind it.

use super::document::{Figure, Number, NumberFormat};
use crate::{
    figures::DisplayedFigure,
    model::{Decimal, NilMark, NumberStyle, UnitKind, UnitRule, Words},
};

/// The digits of a number without its sign: `68,006.4`.
pub fn format_digits(number: Decimal, group: bool, style: &NumberStyle) -> String {
    let plain = number.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = if group { group_thousands(whole, &style.group) } else { whole.to_owned() };
    if !fraction.is_empty() {
        text.push_str(&style.point);
        text.push_str(fraction);
    }
    text
}

fn group_thousands(whole: &str, separator: &str) -> String {
    let mut text = String::new();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

/// How a table cell shows a figure: `(2.5%)`, `650.4 Gbps`, the nil mark. `number` is the same figure for calculation.
pub fn format_in_table(figure: &DisplayedFigure, number: &Number, words: &Words) -> String {
    let is_nil = figure.displayed.is_zero() && figure.exact.is_zero();
    match &number.format.nil {
        Some(nil) if is_nil => nil.clone(),
        _ if !is_negative(figure) => number.size.clone(),
        _ if has_own_negative(&figure.derivation.rule, &number.format.positive) => {
            let digits = format_digits(figure.displayed, figure.derivation.rule.group, &words.number);
            number.format.negative.replace("{}", &digits)
        }
        _ => words.number.negative.replace("{}", &number.size),
    }
}

/// Whether a unit has a pattern of its own for negative numbers, which goes with its pattern in tables.
fn has_own_negative(rule: &UnitRule, pattern: &str) -> bool {
    rule.negative_in_tables.is_some() && pattern == rule.in_tables
}

/// The pattern of a negative number: that of the unit, or that of the language around the pattern of a positive one.
fn negative_pattern(rule: &UnitRule, pattern: &str, words: &Words) -> String {
    let own = rule.negative_in_tables.as_ref().filter(|_| has_own_negative(rule, pattern));
    own.cloned().unwrap_or_else(|| words.number.negative.replace("{}", pattern))
}

/// The same figure for readers that calculate with it: as printed, exact, and its number format. `nil` is what is printed
/// for zero, if it is not the mark of the unit.
pub fn exact_number(figure: &DisplayedFigure, pattern: &str, nil: Option<&NilMark>, words: &Words) -> Number {
    let rule = &figure.derivation.rule;
    let format = NumberFormat {
        positive: pattern.to_owned(),
        negative: negative_pattern(rule, pattern, words),
        nil: nil_text(rule, nil, words),
        decimals: figure.displayed.scale(),
        group: rule.group,
        percent: rule.kind == UnitKind::Percent && pattern.contains('%'),
    };
    let sign = if figure.displayed.is_zero() && is_negative(figure) { "-" } else { "" };
    Number {
        printed: format!("{sign}{}", format_decimal(figure.displayed)),
        exact: format_decimal(figure.exact_in_unit()),
        size: pattern.replace("{}", &format_digits(figure.displayed, rule.group, &words.number)),
        format,
        sums: Vec::new(),
    }
}

/// A decimal as plain text, `-2.5`. A zero has no sign.
pub fn format_decimal(number: Decimal) -> String {
    if number.is_zero() { number.abs() } else { number }.to_string()
}

/// The mark for zero: the given one, that of the unit or that of the language. `None` prints digits, as percentages do that
/// say nothing else.
fn nil_text(rule: &UnitRule, nil: Option<&NilMark>, words: &Words) -> Option<String> {
    match nil.or(rule.nil.as_ref()) {
        Some(NilMark::Mark(mark)) => Some(mark.clone()),
        Some(NilMark::Digits) => None,
        None => (rule.kind != UnitKind::Percent).then(|| words.number.nil.clone()),
    }
}

/// A figure's text in a sentence, with the sign of the figure.
pub fn sign_in_sentence(figure: &DisplayedFigure, text: String, words: &Words) -> String {
    if is_negative(figure) { words.number.sentence_negative.replace("{}", &text) } else { text }
}

/// How a sentence shows a figure's size, without its sign: `JPY68,006 million`.
pub fn format_in_sentence(figure: &DisplayedFigure, words: &Words) -> String {
    let number = format_digits(figure.displayed, figure.derivation.rule.group, &words.number);
    let scale = figure.derivation.unit.scale.word().and_then(|word| words.scale.get(word));
    let scaled = scale.map_or(number.clone(), |pattern| pattern.replace("{}", &number));
    let rule = &figure.derivation.rule;
    let is_one = scaled == "1" && figure.displayed.abs() == Decimal::ONE;
    let pattern =
        rule.one_in_sentences.as_ref().filter(|_| is_one).map_or_else(|| words.sentence_pattern(rule), String::as_str);
    pattern.replace("{}", &scaled)
}

/// Whether a figure is shown as negative. A negative figure that rounds to zero still is.
pub fn is_negative(figure: &DisplayedFigure) -> bool {
    if figure.displayed.is_zero() {
        figure.exact.is_sign_negative() && !figure.exact.is_zero()
    } else {
        figure.displayed.is_sign_negative()
    }
}

/// A figure of the document that is printed as `text`.
pub fn figure_with_text(figure: &DisplayedFigure, text: String) -> Figure {
    Figure { text, value: figure.exact_text(), source: figure.derivation.name.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_from_the_right() {
        let style = NumberStyle { group: ",".into(), point: ".".into(), ..NumberStyle::default() };
        let format = |number: &str, group| format_digits(number.parse().expect("a decimal"), group, &style);
        assert_eq!(format("68006380", true), "68,006,380");
        assert_eq!(format("-1234.50", true), "1,234.50");
        assert_eq!(format("123", true), "123");
        assert_eq!(format("1491.1", false), "1491.1");
    }
}
