//! Wording: the words before a figure agree with the figure.
//!
//! **What it checks.** A word for up or down, at most three words before a `change(…)` or `difference(…)` and in the same
//! clause, must match the direction of the figure. A word for profit must not precede a negative amount. A word for loss
//! must not precede a positive amount, unless the label of the line contains a word for loss. A difference of percentages
//! is written in points; with `points=false`, the page needs an `[[erratum]]`. `[prose]` in the words of the language
//! lists the words.
//!
//! **Why.** Text is often copied from the previous quarter, and `size` prints a figure without its sign: "increased by
//! JPY553 million" reads well even if the amount decreased. A ratio that rises from 30% to 35.3% does not rise by "5.3%"
//! but by 5.3 points.
//!
//! **Example.** `narrative/wording`
//!
//! **How to fix it.** Let the filter write the word: `{{ "is.sales" | change(style="verb") }}` gives "increased by 14.9%"
//! or "decreased by 14.9%"; `difference` and `movement` write the direction too. If the text was published with "%"
//! instead of points, keep it and record the `[[erratum]]`.

use super::super::{CheckInput, CheckResults};
use crate::{
    diag::{Diagnostic, Place},
    model::{Decimal, Unit},
    present::FigureUse,
};

/// How many words may be between a word and its figure.
const MAX_WORDS_BETWEEN: usize = 3;
/// What ends a clause, beside an empty line.
const ENDS: &str = ".,;:!?()[]{}|\"—–";
/// The filters that leave the words to the text.
const BARE: [&str; 3] = ["amount", "size", "number"];
/// The filters that bring the word with them.
const SPOKEN: [&str; 3] = ["change", "difference", "movement"];

/// Looks at every figure in text.
pub fn check(input: &CheckInput, results: &mut CheckResults) {
    for used in &input.presented.uses {
        let Some(call) = &used.call else { continue };
        let in_percent = call.options.get("points").is_some_and(|points| points == "false");
        if call.filter == "difference" && in_percent && used.derivation.unit.base == Unit::PERCENT {
            check_points(input, used, results);
        }
        if SPOKEN.contains(&call.filter.as_str()) {
            check_repeated_direction(input, used, results);
        }
        if BARE.contains(&call.filter.as_str())
            && let Ok(value) = used.derivation.rounded.displayed_value(&input.book.values)
        {
            check_direction(input, used, value, results);
            check_side(input, used, value, results);
        }
    }
}

fn check_points(input: &CheckInput, used: &FigureUse, results: &mut CheckResults) {
    if !input.book.release.errata.iter().any(|erratum| erratum.place_in_release.value == used.place) {
        let finding = Diagnostic::error("wording", "a difference of percentages is written in %, expected points");
        let finding = finding.at(&used.at, "");
        results.push(
            finding.help("leave `points=false` out; if it was published so, record an `[[erratum]]` of the page"),
        );
    }
}

/// "Increased by" before a decrease, or the other way round.
fn check_direction(input: &CheckInput, used: &FigureUse, value: Decimal, results: &mut CheckResults) {
    let is_change = ["change(", "difference("].iter().any(|start| used.name().starts_with(start));
    let words = &input.words.prose;
    let Some((is_up, place)) = word_before(used, &words.up, &words.down).filter(|_| is_change) else { return };
    if !value.is_zero() && value.is_sign_negative() == is_up {
        let way = if is_up { "fell" } else { "rose" };
        let message = format!("`{}` stands before a figure that {way}", place.text());
        let finding = Diagnostic::error("wording", message).at(&place, "").with(&used.at, used.name());
        results.push(finding.help("remove the word and use `change(style=\"verb\")` or `difference`, which write it"));
    }
}

/// A direction word before a figure that brings its own: "fell by up 16.5%".
fn check_repeated_direction(input: &CheckInput, used: &FigureUse, results: &mut CheckResults) {
    let words = &input.words.prose;
    let Some((_, place)) = word_before(used, &words.up, &words.down) else { return };
    let between = used.at.source.text.get(place.end..used.at.start).unwrap_or_default();
    // "increased, up 5%" says it twice on purpose; "increased by up 5%" cannot be meant.
    if words_of(between).len() <= 1 {
        let message = format!("`{}` stands before a figure that already states its direction", place.text());
        let finding = Diagnostic::error("wording", message).at(&place, "").with(&used.at, used.name());
        results.push(finding.help("remove the word, or use the figure alone: `\"change(…)\" | size`"));
    }
}

/// "Profit of" before a negative amount, "loss of" before a positive one.
fn check_side(input: &CheckInput, used: &FigureUse, value: Decimal, results: &mut CheckResults) {
    let words = &input.words.prose;
    let Some((is_profit, place)) = word_before(used, &words.profit, &words.loss) else { return };
    let Some(label) = label(input, used.name()) else { return };
    let is_loss = words_of(&label.to_lowercase()).iter().any(|(_, word)| words.loss.iter().any(|loss| loss == word));
    let contradicts = if is_profit { value.is_sign_negative() } else { !value.is_sign_negative() && !is_loss };
    if contradicts && !value.is_zero() {
        let sign = if is_profit { "negative" } else { "positive" };
        let message = format!("`{}` stands before a {sign} amount", place.text());
        results.push(Diagnostic::error("wording", message).at(&place, "").with(&used.at, used.name()));
    }
}

/// The label of a figure that is a line or measure as it is; a formula may have turned its sign.
fn label<'r>(input: &CheckInput<'_, 'r>, name: &str) -> Option<&'r str> {
    let id = name.split(['@', '[']).next()?;
    if let Some((_, line)) = input.book.line(id) {
        return Some(&line.label.value);
    }
    let measure = input.book.release.measure(id)?;
    Some(measure.label.as_ref().map_or(&measure.id.value, |label| &label.value))
}

/// The nearest of two sets of words that is just before a figure: whether it is of the first, and where it is.
fn word_before(used: &FigureUse, first: &[String], second: &[String]) -> Option<(bool, Place)> {
    let text = used.at.source.text.get(..used.at.start)?;
    let clause = text.rsplit(|c: char| ENDS.contains(c)).next()?.rsplit("\n\n").next()?;
    let start = used.at.start - clause.len();
    words_of(clause).into_iter().rev().take(MAX_WORDS_BETWEEN + 1).find_map(|(at, word)| {
        let is = |list: &[String]| list.iter().any(|known| *known == word.to_lowercase());
        let place = || Place::new(&used.at.source, start + at..start + at + word.len());
        (is(first) || is(second)).then(|| (is(first), place()))
    })
}

/// Words with where they begin, without marks of emphasis round them.
fn words_of(text: &str) -> Vec<(usize, &str)> {
    let begins = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '-').filter(|word| !word.is_empty());
    words.map(|word| (begins(word), word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_places() {
        assert_eq!(words_of("*rose* by, 5"), [(1, "rose"), (7, "by"), (11, "5")]);
    }
}
