//! Number words: numbers in words come from the dataset, as typed digits do.
//!
//! **What it checks.** In the narrative, a number in words before a unit ("nine percent", "four point seven million pounds")
//! and a multiple ("doubled", "halved") are reported, unless a `[[literal]]` covers them. `[prose]` in the words of the
//! language lists the words.
//!
//! **Why.** "Revenue more than doubled" is left from the last release, and no check of digits finds it.
//!
//! **Example.** `narrative/number_words`
//!
//! **How to fix it.** Write the figure with `{{ … }}`. If the words are meant, declare them as a `[[literal]]` with the
//! reason.

use super::super::{
    CheckInput, CheckResults,
    clause::{is_whole, lower_case_in_place, words_of},
    literals::is_literal,
    phrase_search::PhraseSearch,
};
use crate::{
    diag::{Diagnostic, Place},
    model::{NameSet, is_run_on},
    present::TypedText,
};

/// How many words a number may have.
const MAX_WORDS: usize = 6;

/// Looks at everything that was typed in the narrative.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let search = Search::new(input);
    let mut looked_at = 0;
    for typed in input.presented.typed_texts.iter().filter(|typed| !typed.is_label) {
        looked_at += 1;
        for (start, end) in find(input, &search, &lower_case_in_place(&typed.text)) {
            report(input, typed, start, end, results);
        }
    }
    looked_at
}

/// The words of the language, for a quick search.
struct Search<'a> {
    numbers: NameSet<&'a str>,
    multiples: NameSet<&'a str>,
    scales: Vec<&'a str>,
    /// Phrases, and behind so many of them the words that only hide them.
    fractions: (PhraseSearch, usize),
}

impl<'a> Search<'a> {
    fn new(input: &CheckInput<'a, '_>) -> Self {
        let prose = &input.words.prose;
        let set = |words: &'a [String]| words.iter().map(String::as_str).collect();
        // A script without spaces between words has multiples within a stretch of letters, and longer words that hold one.
        let multiples = prose.multiples.iter().filter(|word| word.starts_with(is_run_on));
        let phrases: Vec<&String> = prose.fractions.iter().chain(multiples).collect();
        let others = prose.compounds.iter().chain(&prose.not_numbers).filter(|word| !word.contains('#'));
        let count = phrases.len();
        let fractions = (PhraseSearch::longest(phrases.into_iter().chain(others)), count);
        let scales = input.words.scale.values().map(|pattern| pattern.trim_matches(|c: char| !c.is_alphabetic()));
        Self { numbers: set(&prose.numbers), multiples: set(&prose.multiples), scales: scales.collect(), fractions }
    }
}

/// Where a text has a number in words with its unit, or a multiple.
fn find(input: &CheckInput, search: &Search, text: &str) -> Vec<(usize, usize)> {
    let prose = &input.words.prose;
    let words = words_of(text);
    let is = |at: usize, list: &[String]| words.get(at).is_some_and(|(_, word)| is_in(list, word));
    // "Twenty-five" is one word here.
    let is_number =
        |at: usize| words.get(at).is_some_and(|(_, word)| word.split('-').all(|part| search.numbers.contains(part)));
    let is_unit = |at: usize| {
        let starts = |known: &str| words.get(at).is_some_and(|(start, _)| text[*start..].starts_with(known));
        is(at, &prose.money)
            || words.get(at).is_some_and(|(_, word)| search.scales.contains(word))
            || prose.percent.iter().any(|known| starts(known))
    };
    // "The second half of the year" is a period.
    let is_period = |at: usize| words_of(&text[..at]).last().is_some_and(|(_, word)| is_in(&prose.ordinals, word));
    let (fractions, count) = &search.fractions;
    let phrases = fractions.find(text).filter(|(_, phrase)| phrase < count).map(|(range, _)| range);
    let phrases = phrases.filter(|phrase| !phrase.is_empty() && is_whole(text, phrase) && !is_period(phrase.start));
    let mut found: Vec<(usize, usize)> = phrases.map(|phrase| (phrase.start, phrase.end)).collect();
    let mut at = 0;
    while at < words.len() {
        let (start, word) = words[at];
        if search.multiples.contains(word) {
            found.push((start, start + word.len()));
        }
        let length = (at..words.len().min(at + MAX_WORDS)).take_while(|at| is_number(*at)).count();
        // "Less than one million" is a unit.
        let is_unit_itself = length == 1 && prose.numbers.first().is_some_and(|one| one == word);
        if length > 0 && !is_unit_itself && is_unit(at + length) {
            let (unit, word) = words[at + length];
            found.push((start, unit + word.len()));
        }
        at += length.max(1);
    }
    found
}

fn is_in(list: &[String], word: &str) -> bool {
    list.iter().any(|known| known == word)
}

fn report(input: &CheckInput, typed: &TypedText, start: usize, end: usize, results: &mut CheckResults) {
    let Some(words) = typed.text.get(start..end) else { return };
    if is_literal(input, &typed.text, start..end) {
        return;
    }
    let at = Place { start: typed.at.start + start, end: typed.at.start + end, ..typed.at.clone() };
    let at = if at.text() == words { at } else { typed.at.clone() };
    let finding = Diagnostic::error("number-words", format!("the number `{words}` is typed by hand")).at(&at, "");
    results.push(finding.help("take it from the dataset with `{{ … }}`, or declare it as a `[[literal]]`"));
}
