//! Literals: what the release derives is not declared as typed by hand.
//!
//! **What it demands.** A `[[literal]]` holds no figure that the release shows: no number of four digits or more that
//! is somewhere as printed, in the unit and at the scale that the literal names.
//!
//! **Why.** A literal is for numbers that the books do not have. One that they have would stay as it is when the books
//! change, which is what typing by hand is forbidden for.
//!
//! **An example.** `narrative/literal`
//!
//! **How to mend it.** Write the figure that the finding names, `{{ "is.sales" | amount }}`, and take the literal out. If
//! the number is the same by chance, give a phrase that leaves the unit out.

use super::{
    super::{CheckInput, CheckResults},
    prose::numbers,
};
use crate::{
    diag::Diagnostic,
    model::{Decimal, Literal},
    present::FigureUse,
};

/// How many digits a number has at least that is not the same by chance.
const DIGITS: usize = 4;

/// Looks at every number of every literal.
pub fn check(input: &CheckInput, results: &mut CheckResults) {
    let units: Vec<&str> = input.book.release.units.rules.keys().map(String::as_str).collect();
    let figures: Vec<_> = input
        .presented
        .uses
        .iter()
        .filter_map(|used| Some((used.derivation.rounded.displayed(&input.book.values).ok()?.abs(), used)))
        .collect();
    for literal in &input.book.release.literals {
        let text = &literal.text.value;
        let numbers = numbers(text, &units).into_iter().map(|(start, end)| &text[start..end]);
        let mut long = numbers.filter(|number| number.bytes().filter(u8::is_ascii_digit).count() >= DIGITS);
        let shown = long.find_map(|number| Some((number, shown(input, &figures, literal, number)?)));
        if let Some((number, used)) = shown {
            let message = format!("the literal contains a figure of the release, `{number}`");
            let finding = Diagnostic::error("literal", message).at(&literal.text.place, "");
            let finding = finding.note(format!("it is `{}`, shown in `{}`", used.name(), used.place));
            results.push(finding.help("take it from the dataset with `{{ … }}`"));
        }
    }
}

/// Where the number is shown as it is in the literal, in the literal's unit.
fn shown<'a>(
    input: &CheckInput<'a, '_>,
    figures: &[(Decimal, &'a FigureUse)],
    literal: &Literal,
    number: &str,
) -> Option<&'a FigureUse> {
    let style = &input.words.number;
    let plain = number.replace(style.group.as_str(), "").replace(style.point.as_str(), ".");
    let value: Decimal = plain.parse().ok()?;
    // A year is not a figure with a separator between its thousands.
    let is_grouped = number.contains(style.group.as_str());
    let has_thousands = value >= Decimal::ONE_THOUSAND;
    let is_same = |(shown, used): &&(Decimal, &FigureUse)| {
        *shown == value && (!has_thousands || used.derivation.rule.group == is_grouped)
    };
    let mut same = figures.iter().filter(is_same).map(|(_, used)| *used);
    same.find(|used| is_in_unit(input, used, &literal.text.value.to_lowercase()))
}

/// Whether a text in lower case names the unit of a figure, and its scale and no other.
fn is_in_unit(input: &CheckInput, used: &FigureUse, text: &str) -> bool {
    let derivation = &used.derivation;
    let holds = |word: &str| !word.trim().is_empty() && text.contains(&word.trim().to_lowercase());
    let base = derivation.unit.base.split(' ').next().unwrap_or_default();
    let is_unit = holds(base) || derivation.rule.in_sentences.split("{}").any(holds);
    let is_scale = |(word, pattern): (&String, &String)| {
        let is_own = derivation.unit.scale.word() == Some(word.as_str());
        pattern.split("{}").any(holds) == is_own
    };
    is_unit && input.words.scale.iter().all(is_scale)
}
