//! Ranges: two figures worded as one.

use super::{
    document::Inline,
    number::{
        NumberFormats, exact_number, figure_with_text, format_digits, format_in_sentence, format_in_table,
        scaled_parts, sign_in_sentence,
    },
};
use crate::{
    diag::{Diagnostic, Place},
    figures::{Derivation, DisplayedFigure},
    model::{NilMark, Words},
};

/// A range in a sentence: "£2.1 to £2.3 billion".
pub fn range_in_sentence(
    low: &DisplayedFigure,
    high: &DisplayedFigure,
    pattern: &str,
    words: &Words,
    at: &Place,
) -> Result<Vec<Inline>, Diagnostic> {
    let ends = [(low, without_unit_words(low, words)), (high, format_in_sentence(high, words))];
    let ends = ends.map(|(figure, text)| sign_in_sentence(figure, text, words));
    fill(pattern, [low, high], ends, at)
}

/// A range in a cell of a table: `2.1–2.3`.
pub fn range_in_table(
    [low, high]: [&DisplayedFigure; 2],
    bare: bool,
    nil: Option<&NilMark>,
    words: &Words,
    formats: &NumberFormats,
    at: &Place,
) -> Result<Vec<Inline>, Diagnostic> {
    let text = |figure: &DisplayedFigure| {
        let pattern = if bare { "{}" } else { figure.derivation.rule.in_tables.as_str() };
        format_in_table(figure, &exact_number(figure, pattern, nil, words, formats), words)
    };
    let pattern = words.range.get("table").map_or("{low}–{high}", String::as_str);
    fill(pattern, [low, high], [text(low), text(high)], at)
}

/// A figure in a sentence without the words behind its digits, which the other end of the range has.
fn without_unit_words(figure: &DisplayedFigure, words: &Words) -> String {
    let Derivation { unit, rule, .. } = &figure.derivation;
    // An amount in parts is said with the words of all of them.
    let digits = match rule.parts.last() == Some(&unit.scale) {
        true => scaled_parts(rule, unit.scale, figure.displayed.abs(), words),
        false => format_digits(figure.displayed, rule, &words.number),
    };
    let pattern = words.sentence_pattern(rule);
    let (before, after) = pattern.split_once("{}").unwrap_or((pattern, ""));
    let sign = if after.starts_with(' ') { "" } else { after };
    format!("{before}{digits}{sign}")
}

/// Two figures in a pattern. An error if they differ, but print alike.
fn fill(
    pattern: &str,
    [low, high]: [&DisplayedFigure; 2],
    ends: [String; 2],
    at: &Place,
) -> Result<Vec<Inline>, Diagnostic> {
    if low.displayed == high.displayed && low.exact != high.exact {
        let message = format!("`{}` and `{}` differ, but print alike", low.derivation.name, high.derivation.name);
        let finding = Diagnostic::error("displayed", message).at(at, "");
        return Err(finding.help("give them more `decimals`, or a smaller unit"));
    }
    let mut inlines = Vec::new();
    let text = |text: &str| (!text.is_empty()).then(|| Inline::Text { text: text.to_owned() });
    let [low_text, high_text] = ends;
    let (before, rest) = pattern.split_once("{low}").unwrap_or(("", pattern));
    let (between, after) = rest.split_once("{high}").unwrap_or((rest, ""));
    inlines.extend(text(before));
    inlines.push(Inline::Figure(figure_with_text(low, low_text)));
    inlines.extend(text(between));
    inlines.push(Inline::Figure(figure_with_text(high, high_text)));
    inlines.extend(text(after));
    Ok(inlines)
}
