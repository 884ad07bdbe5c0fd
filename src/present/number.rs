//! Formats numbers: a decimal in the digits of the language, and the exact number behind it.

use std::{cell::RefCell, sync::Arc};

use super::document::{Figure, Groups, Number, NumberFormat};
use crate::{
    figures::{Derivation, DisplayedFigure},
    model::{Decimal, NilMark, NumberStyle, Scale, Subunit, Unit, UnitKind, UnitRule, Words, plain_digits},
};

/// The digits of a number without its sign: `68,006.4`.
pub fn format_digits(number: Decimal, rule: &UnitRule, style: &NumberStyle) -> String {
    group_plain(&plain_digits(number.abs()), rule, style)
}

/// The same of a number in plain digits, without a sign.
fn group_plain(plain: &str, rule: &UnitRule, style: &NumberStyle) -> String {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let mut text = match rule.group {
        true => group_digits(whole, style.grouping_of(rule), &style.group),
        false => whole.to_owned(),
    };
    if !fraction.is_empty() {
        text.push_str(&style.point);
        text.push_str(fraction);
    }
    text
}

/// Digits with a separator between groups of these sizes, from the last digit on.
fn group_digits(whole: &str, sizes: &[u8], separator: &str) -> String {
    let mut text = String::with_capacity(whole.len() * 2);
    let mut start = 0;
    for position in 1..whole.len() {
        if begins_group(whole.len() - position, sizes) {
            text.extend([&whole[start..position], separator]);
            start = position;
        }
    }
    text.push_str(&whole[start..]);
    text
}

/// Whether a group begins with the last `digits` digits of a number.
pub fn begins_group(digits: usize, sizes: &[u8]) -> bool {
    let (mut rest, mut sizes) = (digits, sizes.iter().map(|size| usize::from(*size)));
    let mut size = sizes.next().unwrap_or(usize::MAX);
    while rest > size {
        rest -= size;
        size = sizes.next().unwrap_or(size);
    }
    rest == size
}

/// How a table cell shows a figure: `(2.5%)`, `650.4 Gbps`, the nil mark. `number` is the same figure for calculation.
pub fn format_in_table(figure: &DisplayedFigure, number: &Number, words: &Words) -> String {
    let is_nil = figure.displayed.is_zero() && figure.exact.is_zero();
    match &number.format.nil {
        Some(nil) if is_nil => nil.clone(),
        _ if !is_negative(figure) => number.size.clone(),
        _ if has_own_negative(&figure.derivation.rule, &number.format.positive) => {
            let digits = format_digits(figure.displayed, &figure.derivation.rule, &words.number);
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
pub fn exact_number(
    figure: &DisplayedFigure,
    pattern: &str,
    nil: Option<&NilMark>,
    words: &Words,
    formats: &NumberFormats,
) -> Number {
    let rule = &figure.derivation.rule;
    let format = formats.get(rule, pattern, nil_text(rule, nil, words), figure.displayed.scale(), words);
    let printed = format_decimal(figure.displayed);
    let size = fill(pattern, group_plain(printed.trim_start_matches('-'), rule, &words.number));
    // Most amounts are printed as they are.
    let exact = figure.exact_in_unit();
    let is_as_printed = exact.scale() == figure.displayed.scale() && exact == figure.displayed;
    let exact = if is_as_printed { printed.clone() } else { format_decimal(exact) };
    let printed = if figure.displayed.is_zero() && is_negative(figure) { format!("-{printed}") } else { printed };
    Number { printed, exact, size, format, sums: Vec::new() }
}

/// The formats of numbers made so far, each with the unit that it is of.
#[derive(Default)]
pub struct NumberFormats(RefCell<Vec<(Arc<UnitRule>, Arc<NumberFormat>)>>);

impl NumberFormats {
    /// How many of the last formats are compared: few differ in a table.
    const COMPARED: usize = 8;

    fn get(
        &self,
        rule: &Arc<UnitRule>,
        pattern: &str,
        nil: Option<&str>,
        decimals: u32,
        words: &Words,
    ) -> Arc<NumberFormat> {
        let mut known = self.0.borrow_mut();
        let is_same = |(of, format): &&(Arc<UnitRule>, Arc<NumberFormat>)| {
            let NumberFormat { positive, nil: own_nil, decimals: own_decimals, .. } = &**format;
            Arc::ptr_eq(of, rule) && positive == pattern && own_nil.as_deref() == nil && *own_decimals == decimals
        };
        if let Some((_, format)) = known.iter().rev().take(Self::COMPARED).find(is_same) {
            return Arc::clone(format);
        }
        let format = Arc::new(NumberFormat {
            positive: pattern.to_owned(),
            negative: negative_pattern(rule, pattern, words),
            nil: nil.map(str::to_owned),
            decimals,
            group: rule.group,
            groups: other_groups(rule, &words.number),
            percent: rule.kind == UnitKind::Percent && pattern.contains('%'),
        });
        known.push((Arc::clone(rule), Arc::clone(&format)));
        format
    }
}

/// A pattern with its number.
fn fill(pattern: &str, number: String) -> String {
    if pattern == "{}" { number } else { pattern.replace("{}", &number) }
}

/// The groups of digits, where they are not thousands.
fn other_groups(rule: &UnitRule, style: &NumberStyle) -> Option<Groups> {
    let sizes = style.grouping_of(rule);
    (rule.group && sizes != [3]).then(|| Groups { sizes: sizes.to_vec(), separator: style.group.clone() })
}

/// A decimal as plain text, `-2.5`. A zero has no sign.
pub fn format_decimal(number: Decimal) -> String {
    plain_digits(if number.is_zero() { number.abs() } else { number })
}

/// The mark for zero: the given one, that of the unit or that of the language. `None` prints digits, as percentages do that
/// say nothing else.
fn nil_text<'a>(rule: &'a UnitRule, nil: Option<&'a NilMark>, words: &'a Words) -> Option<&'a str> {
    match nil.or(rule.nil.as_ref()) {
        Some(NilMark::Mark(mark)) => Some(mark),
        Some(NilMark::Digits) => None,
        None => (rule.kind != UnitKind::Percent).then_some(&words.number.nil),
    }
}

/// A figure's text in a sentence, with the sign of the figure.
pub fn sign_in_sentence(figure: &DisplayedFigure, text: String, words: &Words) -> String {
    if is_negative(figure) { words.number.sentence_negative.replace("{}", &text) } else { text }
}

/// How a sentence shows a figure's size, without its sign: `JPY68,006 million`.
pub fn format_in_sentence(figure: &DisplayedFigure, words: &Words) -> String {
    size_in_sentence(&figure.derivation, figure.displayed, words)
}

/// How a sentence shows the size of a printed value.
pub fn size_in_sentence(derivation: &Derivation, displayed: Decimal, words: &Words) -> String {
    let Derivation { unit, rule, .. } = derivation;
    if let Some(subunit) = &rule.subunit
        && let Some((whole, decimals)) = split_decimals(subunit, unit, displayed)
    {
        let decimals = decimals.map(|number| subunit.in_sentences.replace("{}", &number.to_string()));
        let whole =
            whole.map(|whole| words.sentence_pattern(rule).replace("{}", &format_digits(whole, rule, &words.number)));
        return [whole, decimals].into_iter().flatten().collect::<Vec<_>>().join(between_parts(words));
    }
    let scaled = scaled_parts(rule, unit.scale, displayed.abs(), words);
    let is_one = scaled == "1" && displayed.abs() == Decimal::ONE;
    let pattern =
        rule.one_in_sentences.as_ref().filter(|_| is_one).map_or_else(|| words.sentence_pattern(rule), String::as_str);
    pattern.replace("{}", &scaled)
}

/// A number with the words of its scale: in parts, `142億66百万`, if the unit says so. Parts of zero are left out.
pub fn scaled_parts(rule: &UnitRule, scale: Scale, number: Decimal, words: &Words) -> String {
    let say = |number: Decimal, scale: Scale| {
        let digits = format_digits(number, rule, &words.number);
        let pattern = scale.word().and_then(|word| words.scale.get(word));
        pattern.map_or(digits.clone(), |pattern| pattern.replace("{}", &digits))
    };
    let Some((_, larger)) = rule.parts.split_last().filter(|(last, _)| **last == scale) else {
        return say(number, scale);
    };
    let (mut rest, mut said) = (number, Vec::new());
    for part in larger {
        let Some(factor) = part.factor().checked_div(scale.factor()) else { continue };
        let whole = rest.checked_div(factor).map(|part| part.trunc()).unwrap_or_default();
        if !whole.is_zero() {
            rest -= whole * factor;
            said.push(say(whole, *part));
        }
    }
    if !rest.is_zero() || said.is_empty() {
        said.push(say(rest, scale));
    }
    said.join(between_parts(words))
}

/// The whole number and the decimals of an amount that is said in both, each if it is not zero. None if it has decimals that
/// the part of the unit does not count.
fn split_decimals(subunit: &Subunit, unit: &Unit, number: Decimal) -> Option<(Option<Decimal>, Option<Decimal>)> {
    let number = number.abs();
    if unit.scale != Scale::One || number.is_zero() || number.scale() != subunit.decimals {
        return None;
    }
    let whole = number.trunc();
    let mut decimals = number - whole;
    decimals.set_scale(0).ok()?;
    let some = |part: Decimal| Some(part).filter(|part| !part.is_zero());
    Some((some(whole), some(decimals)))
}

fn between_parts(words: &Words) -> &str {
    words.number.between_parts.as_deref().unwrap_or(" ")
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
    use crate::model::UnitKind;

    fn scales_of_four_digits() -> Words {
        let scale = [("million", "{}百万"), ("hundred million", "{}億"), ("trillion", "{}兆")];
        let scale = scale.map(|(word, pattern)| (word.to_owned(), pattern.to_owned())).into();
        let number = NumberStyle {
            group: ",".into(),
            point: ".".into(),
            between_parts: Some(String::new()),
            ..NumberStyle::default()
        };
        Words { scale, number, ..Words::default() }
    }

    #[test]
    fn an_amount_in_parts_leaves_out_those_of_zero() {
        let parts = vec![Scale::Trillion, Scale::HundredMillion, Scale::Million];
        let rule = UnitRule { parts, ..UnitRule::plain(UnitKind::Money) };
        let said = |number: &str, scale| {
            scaled_parts(&rule, scale, number.parse().expect("a decimal"), &scales_of_four_digits())
        };
        assert_eq!(said("14266", Scale::Million), "142億66百万");
        assert_eq!(said("1234500", Scale::Million), "1兆2,345億");
        assert_eq!(said("1000000", Scale::Million), "1兆");
        assert_eq!(said("1000066", Scale::Million), "1兆66百万");
        assert_eq!(said("66.50", Scale::Million), "66.50百万");
        assert_eq!(said("0", Scale::Million), "0百万");
        assert_eq!(said("142", Scale::HundredMillion), "142億");
    }

    #[test]
    fn decimals_are_a_part_of_a_unit_only_where_it_counts_them() {
        let subunit = Subunit { in_sentences: "{}銭".into(), decimals: 2 };
        let split = |number: &str, unit: &str| {
            let split = split_decimals(&subunit, &Unit::parse(unit), number.parse().expect("a decimal"));
            split.map(|parts| [parts.0, parts.1].map(|part| part.map_or(String::new(), |part| part.to_string())))
        };
        assert_eq!(split("272.92", "AAA"), Some(["272".into(), "92".into()]));
        assert_eq!(split("-0.05", "AAA"), Some([String::new(), "5".into()]));
        assert_eq!(split("15.00", "AAA"), Some(["15".into(), String::new()]));
        assert_eq!(split("272.9", "AAA"), None);
        assert_eq!(split("0.00", "AAA"), None);
        assert_eq!(split("272.92", "AAA million"), None);
    }

    #[test]
    fn groups_have_the_sizes_of_the_unit() {
        let style = NumberStyle { group: ",".into(), point: ".".into(), grouping: vec![4], ..NumberStyle::default() };
        let format = |number: &str, sizes: &[u8]| {
            let rule = UnitRule { grouping: Some(sizes.to_vec()), ..UnitRule::plain(UnitKind::Number) };
            format_digits(number.parse().expect("a decimal"), &rule, &style)
        };
        assert_eq!(format("12345678.9", &[3, 2]), "1,23,45,678.9");
        assert_eq!(format("99999", &[3, 2]), "99,999");
        assert_eq!(format("123456789", &[4]), "1,2345,6789");
        assert_eq!(format("123456789", &[2, 3, 1]), "1,2,3,4,567,89");
        let of_language = UnitRule::plain(UnitKind::Number);
        assert_eq!(format_digits(Decimal::from(123_456), &of_language, &style), "12,3456");
    }

    #[test]
    fn thousands_are_separated_from_the_right() {
        let style = NumberStyle { group: ",".into(), point: ".".into(), ..NumberStyle::default() };
        let format = |number: &str, group| {
            let rule = UnitRule { group, ..UnitRule::plain(UnitKind::Number) };
            format_digits(number.parse().expect("a decimal"), &rule, &style)
        };
        assert_eq!(format("68006380", true), "68,006,380");
        assert_eq!(format("-1234.50", true), "1,234.50");
        assert_eq!(format("123", true), "123");
        assert_eq!(format("1491.1", false), "1491.1");
    }
}
