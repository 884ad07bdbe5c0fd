//! Literals: a literal does not contain a figure that the release has.
//!
//! **What it checks.** The text of a `[[literal]]` must not contain a number of four digits or more that the release
//! prints elsewhere, in the unit and at the scale that the literal names.
//!
//! **Why.** Literals are for numbers that are not in the dataset. A literal does not change when the dataset changes, so
//! a copied figure would become wrong.
//!
//! **Example.** `narrative/literal`
//!
//! **How to fix it.** Write the figure that the finding names as `{{ "is.sales" | amount }}`, and remove the literal. If
//! the number is the same by coincidence, shorten the text of the literal so that it does not include the unit.

use super::super::{CheckInput, CheckResults, number_search::NumberSearch};
use crate::{
    diag::Diagnostic,
    model::{Decimal, Literal, NameMap, narrow_text},
    present::{FigureUse, size_in_sentence},
};

/// How many digits a number has at least that is not the same by chance.
const MIN_DIGITS: usize = 4;

/// Looks at every number of every literal.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let search = NumberSearch::new(input);
    let figures: Vec<_> = input.presented.uses.iter().map(|used| (used.displayed.abs(), used)).collect();
    let mut by_size: NameMap<Decimal, Vec<&FigureUse>> = NameMap::default();
    if !input.book.release.literals.is_empty() {
        figures.iter().for_each(|(shown, used)| by_size.entry(*shown).or_default().push(used));
    }
    for literal in &input.book.release.literals {
        let text = &literal.text.value;
        let numbers = search.find(text).into_iter().map(|found| narrow_text(&text[found.range]));
        let mut long = numbers.filter(|number| number.bytes().filter(u8::is_ascii_digit).count() >= MIN_DIGITS);
        let shown = long.find_map(|number| find_shown(input, &by_size, literal, &number).map(|used| (number, used)));
        if let Some((number, used)) = shown.or_else(|| find_in_parts(input, &figures, text)) {
            let message = format!("the literal contains a figure of the release, `{number}`");
            let finding = Diagnostic::error("literal", message).at(&literal.text.place, "");
            let finding = finding.note(format!("it is `{}`, shown in `{}`", used.name(), used.place));
            results.push(finding.help("take it from the dataset with `{{ … }}`"));
        }
    }
    input.book.release.literals.len()
}

/// Where the number is shown as it is in the literal, in the literal's unit.
fn find_shown<'a>(
    input: &CheckInput<'a, '_>,
    by_size: &NameMap<Decimal, Vec<&'a FigureUse>>,
    literal: &Literal,
    number: &str,
) -> Option<&'a FigureUse> {
    let style = &input.words.number;
    let plain = number.replace(style.group.as_str(), "").replace(style.point.as_str(), ".");
    let value: Decimal = plain.parse().ok()?;
    // A year is not a figure with a separator between its thousands.
    let is_grouped = number.contains(style.group.as_str());
    let has_thousands = value >= Decimal::ONE_THOUSAND;
    let is_same = |used: &&FigureUse| !has_thousands || used.derivation.rule.group == is_grouped;
    let mut same = by_size.get(&value).into_iter().flatten().copied().filter(is_same).peekable();
    let text = same.peek().map(|_| literal.text.value.to_lowercase())?;
    same.find(|used| is_in_unit(input, used, &text))
}

/// Where an amount that sentences say in several numbers is shown as it is in a literal.
fn find_in_parts<'a>(
    input: &CheckInput<'a, '_>,
    figures: &[(Decimal, &'a FigureUse)],
    text: &str,
) -> Option<(String, &'a FigureUse)> {
    let in_parts = figures.iter().filter(|(_, used)| {
        let rule = &used.derivation.rule;
        used.call.is_some() && (rule.parts.last() == Some(&used.derivation.unit.scale) || rule.subunit.is_some())
    });
    in_parts.map(|(shown, used)| (size_in_sentence(&used.derivation, *shown, input.words), *used)).find(|(said, _)| {
        let digits = said.bytes().filter(u8::is_ascii_digit).count();
        let is_whole = |at: usize| !text[..at].ends_with(|c: char| c.is_ascii_digit());
        digits >= MIN_DIGITS && text.match_indices(said.as_str()).any(|(at, _)| is_whole(at))
    })
}

/// Whether a text in lower case names the unit of a figure, and its scale and no other.
fn is_in_unit(input: &CheckInput, used: &FigureUse, text: &str) -> bool {
    let derivation = &used.derivation;
    let holds = |word: &str| !word.trim().is_empty() && text.contains(&word.trim().to_lowercase());
    let base = derivation.unit.base.split(' ').next().unwrap_or_default();
    let is_unit = holds(base) || input.words.sentence_pattern(&derivation.rule).split("{}").any(holds);
    is_unit && input.words.scales_in(text).into_iter().eq(derivation.unit.scale.word())
}
