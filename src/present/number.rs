//! Digits: a decimal as the language writes it, and what is behind it.

use super::document::{Number, NumberFormat};
use crate::{
    figures::DisplayedFigure,
    model::{Decimal, NumberStyle, UnitKind, UnitRule, Words},
};

/// The digits of a number without its sign: `68,006.4`.
pub fn digits(number: Decimal, group: bool, style: &NumberStyle) -> String {
    let plain = number.abs().to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = if group { grouped(whole, &style.group) } else { whole.to_owned() };
    if !fraction.is_empty() {
        text.push_str(&style.point);
        text.push_str(fraction);
    }
    text
}

fn grouped(whole: &str, separator: &str) -> String {
    let mut text = String::new();
    for (position, digit) in whole.chars().enumerate() {
        if position > 0 && (whole.len() - position).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}

/// How a table cell shows a figure: `(2.5%)`, `650.4 Gbps`, the nil mark. `bare` leaves the unit's own marks out.
pub fn in_table(figure: &DisplayedFigure, bare: bool, words: &Words) -> String {
    let rule = &figure.derivation.rule;
    if figure.displayed.is_zero() && figure.exact.is_zero() && has_nil(rule) {
        return words.number.nil.clone();
    }
    let text = shows(rule, bare).replace("{}", &digits(figure.displayed, rule.group, &words.number));
    if is_negative(figure) { words.number.negative.replace("{}", &text) } else { text }
}

/// The same figure for those who calculate with it.
pub fn for_calculation(figure: &DisplayedFigure, bare: bool, words: &Words) -> Number {
    let rule = &figure.derivation.rule;
    let exact = figure.exact.checked_div(figure.derivation.rounded.divisor).unwrap_or(figure.displayed).normalize();
    let shows = shows(rule, bare);
    let format = NumberFormat {
        positive: shows.to_owned(),
        negative: words.number.negative.replace("{}", shows),
        nil: has_nil(rule).then(|| words.number.nil.clone()),
        decimals: figure.displayed.scale(),
        group: rule.group,
        percent: rule.kind == UnitKind::Percent && shows.contains('%'),
    };
    Number { printed: plain(figure.displayed), exact: plain(exact), format, sums: Vec::new() }
}

/// A plain decimal; a zero has no sign.
pub fn plain(number: Decimal) -> String {
    if number.is_zero() { number.abs() } else { number }.to_string()
}

fn shows(rule: &UnitRule, bare: bool) -> &str {
    if bare { "{}" } else { &rule.in_tables }
}

/// Whether zero is a mark; of nothing in per cent the digits are printed.
fn has_nil(rule: &UnitRule) -> bool {
    rule.kind != UnitKind::Percent
}

/// How a sentence says a figure's size: `JPY68,006 million`.
pub fn in_sentence(figure: &DisplayedFigure, words: &Words) -> String {
    let number = digits(figure.displayed, figure.derivation.rule.group, &words.number);
    let scale = figure.derivation.unit.scale.word().and_then(|word| words.scale.get(word));
    let scaled = scale.map_or(number.clone(), |pattern| pattern.replace("{}", &number));
    figure.derivation.rule.in_sentences.replace("{}", &scaled)
}

/// Whether it is shown as negative: one that rounds to zero still is.
pub fn is_negative(figure: &DisplayedFigure) -> bool {
    if figure.displayed.is_zero() {
        figure.exact.is_sign_negative() && !figure.exact.is_zero()
    } else {
        figure.displayed.is_sign_negative()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated_from_the_right() {
        let style = NumberStyle { group: ",".into(), point: ".".into(), ..NumberStyle::default() };
        let written = |number: &str, group| digits(number.parse().expect("a decimal"), group, &style);
        assert_eq!(written("68006380", true), "68,006,380");
        assert_eq!(written("-1234.50", true), "1,234.50");
        assert_eq!(written("123", true), "123");
        assert_eq!(written("1491.1", false), "1491.1");
    }
}
