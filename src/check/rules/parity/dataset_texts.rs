//! Texts of the dataset that are written by language: what they state, beside what the original states.

use std::collections::BTreeSet;

use super::{exchanged, names, one_sided};
use crate::{
    check::{
        CheckResults,
        clause::find_phrase,
        stated_figures::{pairs_of, subjects_of},
        translation::TranslationInput,
    },
    diag::Diagnostic,
    model::{Date, TranslatedText},
};

/// The least length of a label that is looked for, in bytes.
const MIN_LABEL: usize = 4;

/// Compares each text with that of the original.
pub fn check(input: &TranslationInput, results: &mut CheckResults) {
    for known in input.translation.book.release.originals.values() {
        let TranslatedText { original, translation } = known;
        if let Some(message) = difference(input, known) {
            let finding = Diagnostic::error("parity", message).at(&translation.place, "");
            results.push(finding.with(&original.place, "the original"));
        }
    }
}

/// What a text states that the other does not.
fn difference(input: &TranslationInput, known: &TranslatedText) -> Option<String> {
    let texts = [&known.original, &known.translation];
    if texts.iter().any(|text| text.value.contains("{{")) {
        let uses = [0, 1].map(|language| input.figures[language].within(&texts[language].place));
        let [own, other] = [&uses[0], &uses[1]].map(|uses| names(uses));
        if let Some((name, has, lacks)) = one_sided(&own, &other).first() {
            return Some(format!("the {has} states `{name}`, the {lacks} does not"));
        }
        if let Some([own, other]) = exchanged(&[pairs_of(&uses[0]), pairs_of(&uses[1])]) {
            let [own, other] = [own, other].map(|[first, second]| format!("`{first}` with `{second}`"));
            return Some(format!("the original pairs {own}, the translation {other}"));
        }
        if let Some([own, other]) = exchanged(&texts.map(|text| subjects_of(&text.value, "period"))) {
            return Some(format!("the original names the period `{own}`, the translation `{other}`"));
        }
    }
    let ends = [0, 1].map(|language| ends_of_named_periods(input, language, &texts[language].value));
    if let Some([own, other]) = exchanged(&ends) {
        return Some(format!("the original names a period that ends on {own}, the translation one on {other}"));
    }
    let [own, other] = [0, 1].map(|language| dates(input, language, &texts[language].value));
    let [own, other] = exchanged(&[own, other])?;
    Some(format!("the original names the date {own}, the translation {other}"))
}

/// The last days of the periods whose labels a text has: a year and its last day may be named for one another. Short labels are in
/// many words.
fn ends_of_named_periods(input: &TranslationInput, language: usize, text: &str) -> BTreeSet<Date> {
    let release = [input.original, input.translation][language].book.release;
    if !text.contains(char::is_numeric) {
        return BTreeSet::new();
    }
    let is_named = |label: &str| label.len() >= MIN_LABEL && find_phrase(text, label).next().is_some();
    let named = release.periods.iter().filter(|period| is_named(&period.label.value));
    named.map(|period| period.span.end()).collect()
}

/// The declared dates that a text names by its calls or has in full.
fn dates(input: &TranslationInput, language: usize, text: &str) -> BTreeSet<Date> {
    let release = input.original.book.release;
    let called = subjects_of(text, "date").into_iter().filter_map(|name| release.date_of(name));
    let has_digits = text.contains(char::is_numeric);
    let typed = input.dates.iter().filter(|(_, written)| has_digits && text.contains(written[language].as_str()));
    called.chain(typed.map(|(date, _)| *date)).collect()
}
