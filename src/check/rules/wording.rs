//! Wording: what is typed before a figure does not contradict it.
//!
//! **What it demands.** A word for up or down at most three words before a `change(…)` or `difference(…)`, within its
//! clause, agrees with its direction. After a word for a profit no amount is negative; after one for a loss none is
//! positive, unless the line itself is called a loss. A difference of percentages is worded in points. The words are
//! those of `[prose]` in the words of the language. With `points=false`, the page needs an `[[erratum]]`.
//!
//! **Why.** Text is carried over from the quarter before, and `size` leaves the sign out: "increased by JPY553 million"
//! reads well when it was a decrease. "Up 5.3%" of a ratio that went from 30% to 35.3% is wrong by its own arithmetic.
//!
//! **An example.** `narrative/wording`
//!
//! **How to mend it.** Let the word come with the figure: `{{ "is.sales" | change(style="verb") }}` reads "increased by
//! 14.9%" or "decreased by 14.9%", `difference` and `movement` likewise. If the text was published with "%" where
//! points were meant, keep it and record the `[[erratum]]`.

use super::super::{CheckInput, CheckResults};
use crate::{
    diag::{Diagnostic, Place},
    model::{Decimal, Unit},
    present::FigureUse,
};

/// How many words may be between a word and its figure.
const BETWEEN: usize = 3;
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
            points(input, used, results);
        }
        if SPOKEN.contains(&call.filter.as_str()) {
            twice(input, used, results);
        }
        if BARE.contains(&call.filter.as_str())
            && let Ok(value) = used.derivation.rounded.displayed(&input.book.values)
        {
            direction(input, used, value, results);
            side(input, used, value, results);
        }
    }
}

fn points(input: &CheckInput, used: &FigureUse, results: &mut CheckResults) {
    if !input.book.release.errata.iter().any(|erratum| erratum.place_in_release.value == used.place) {
        let finding = Diagnostic::error("wording", "a difference of percentages is written in %, expected points");
        let finding = finding.at(&used.at, "");
        results.push(
            finding.help("leave `points=false` out; if it was published so, record an `[[erratum]]` of the page"),
        );
    }
}

/// "Increased by" before a decrease, or the other way round.
fn direction(input: &CheckInput, used: &FigureUse, value: Decimal, results: &mut CheckResults) {
    let is_change = ["change(", "difference("].iter().any(|start| used.name().starts_with(start));
    let words = &input.words.prose;
    let Some((is_up, place)) = claimed(used, &words.up, &words.down).filter(|_| is_change) else { return };
    if !value.is_zero() && value.is_sign_negative() == is_up {
        let way = if is_up { "fell" } else { "rose" };
        let message = format!("`{}` stands before a figure that {way}", place.text());
        let finding = Diagnostic::error("wording", message).at(&place, "").with(&used.at, used.name());
        results.push(finding.help("remove the word and use `change(style=\"verb\")` or `difference`, which write it"));
    }
}

/// A direction word before a figure that brings its own: "fell by up 16.5%".
fn twice(input: &CheckInput, used: &FigureUse, results: &mut CheckResults) {
    let words = &input.words.prose;
    let Some((_, place)) = claimed(used, &words.up, &words.down) else { return };
    let between = used.at.source.text.get(place.end..used.at.start).unwrap_or_default();
    // "increased, up 5%" says it twice on purpose; "increased by up 5%" cannot be meant.
    if words_of(between).len() <= 1 {
        let message = format!("`{}` stands before a figure that already states its direction", place.text());
        let finding = Diagnostic::error("wording", message).at(&place, "").with(&used.at, used.name());
        results.push(finding.help("remove the word, or use the figure alone: `\"change(…)\" | size`"));
    }
}

/// "Profit of" before a negative amount, "loss of" before a positive one.
fn side(input: &CheckInput, used: &FigureUse, value: Decimal, results: &mut CheckResults) {
    let words = &input.words.prose;
    let Some((is_profit, place)) = claimed(used, &words.profit, &words.loss) else { return };
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
fn claimed(used: &FigureUse, first: &[String], second: &[String]) -> Option<(bool, Place)> {
    let text = used.at.source.text.get(..used.at.start)?;
    let clause = text.rsplit(|c: char| ENDS.contains(c)).next()?.rsplit("\n\n").next()?;
    let start = used.at.start - clause.len();
    words_of(clause).into_iter().rev().take(BETWEEN + 1).find_map(|(at, word)| {
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
