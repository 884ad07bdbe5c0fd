//! Parity of translations: a paragraph and its translation state the same figures, typed numbers and dates.
//!
//! **What it checks.** Every block of a page and its translation show the same set of figures: formula, period and member.
//! Unit, scale, decimals and order may differ. The same `[[literal]]` entries are in both, as far as they have a text in both
//! languages, and where both name dates of the release, the same dates. A figure that only one language has on purpose is
//! declared with its reason, `[[release.en.differs]]` with `page` and `figure`, and is reported once both have it. Where the
//! blocks of a page differ on purpose, its figures are compared as a whole. A block that has the very words of the original, three
//! or more, is `untranslated`.
//!
//! **Why.** The translation is made first and corrected last. A figure of last quarter's period, or one that was exchanged in
//! the original only, reads well in either language.
//!
//! **Example.** `languages/parity`
//!
//! **How to fix it.** Write the placeholder of the original in the translation.

use std::collections::BTreeSet;

use super::super::{
    CheckInput, CheckResults,
    translated_blocks::{TextBlock, TranslatedPage},
    translation::TranslationInput,
};
use crate::{
    diag::{Diagnostic, Place},
    model::Date,
    present::{
        document::{Inline, plain},
        without_figures,
    },
};

/// The least number of words that are no name.
const MIN_COPIED_WORDS: usize = 3;

/// Compares what each block of each page states.
pub fn check(input: &TranslationInput, results: &mut CheckResults) {
    for page in &input.pages {
        let (pairs, difference) = page.pairs();
        if difference.is_some() {
            // Without a declaration, the structure is reported, and the rest would follow from it.
            if input.declared_difference(page.id, None).is_some() {
                let (original, translation) = (page.original.iter().collect(), page.translation.iter().collect());
                compare(input, page, original, translation, results);
            }
            continue;
        }
        for (original, translation) in pairs {
            report_copied_text(input, original, translation, results);
            compare(input, page, vec![original], vec![translation], results);
        }
    }
}

/// Reports a block that has the words of the original. Names and abbreviations read the same in several languages.
fn report_copied_text(
    input: &TranslationInput,
    original: &TextBlock,
    translation: &TextBlock,
    results: &mut CheckResults,
) {
    let (Some(own), Some(other)) = (original.passage, translation.passage) else { return };
    let text = without_figures(other.at.text());
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
    let is_phrase = words.count() >= MIN_COPIED_WORDS || text.contains(|c: char| c.is_alphabetic() && !c.is_ascii());
    if !translation.text.is_empty() && is_phrase && text == without_figures(own.at.text()) {
        let language = &input.translation.book.release.language.value;
        let message = format!("this text is not translated into `{language}`");
        results.push(Diagnostic::error("untranslated", message).at(&other.at, "").with(&own.at, "the original"));
    }
}

/// Compares blocks with those that translate them.
fn compare(
    input: &TranslationInput,
    page: &TranslatedPage,
    original: Vec<&TextBlock>,
    translation: Vec<&TextBlock>,
    results: &mut CheckResults,
) {
    let Some(place) = page.place(translation.first().copied()) else { return };
    let report = |message: String, results: &mut CheckResults| {
        let finding = Diagnostic::error("parity", message).at(place, "");
        results.push(match page.original_place(original.first().copied()) {
            Some(place) => finding.with(place, "the original"),
            None => finding,
        });
    };
    let [own, other] =
        [(input.original, &original), (input.translation, &translation)].map(|(input, blocks)| figures(input, blocks));
    let one_sided = own.difference(&other).map(|name| (name, "original", "translation"));
    let one_sided = one_sided.chain(other.difference(&own).map(|name| (name, "translation", "original")));
    for (name, has, lacks) in one_sided {
        match input.declared_difference(page.id, Some(name)) {
            Some(declared) => _ = results.used_differences.insert(declared),
            None => report(format!("the {has} states `{name}`, the {lacks} does not"), results),
        }
    }
    let [own, other] =
        [(input.original, &original), (input.translation, &translation)].map(|(input, blocks)| literals(input, blocks));
    if let Some((_, text)) =
        own.iter().find(|(place, _)| input.is_literal_of_both(place) && !other.iter().any(|(other, _)| other == place))
    {
        report(format!("the original has the literal `{text}`, the translation does not"), results);
    }
    if let Some((_, text)) =
        other.iter().find(|(place, _)| input.is_literal_of_both(place) && !own.iter().any(|(own, _)| own == place))
    {
        report(format!("the translation has the literal `{text}`, the original does not"), results);
    }
    let (own, other) = (dates(input, 0, &original), dates(input, 1, &translation));
    if let (Some(date), Some(wrong)) = (own.difference(&other).next(), other.difference(&own).next()) {
        report(format!("the original names the date {date}, the translation {wrong}"), results);
    }
}

/// The names of the figures in the text of blocks.
fn figures<'a>(input: &'a CheckInput, blocks: &[&TextBlock]) -> BTreeSet<&'a str> {
    let places: Vec<&Place> = blocks.iter().filter_map(|block| block.passage).map(|passage| &passage.at).collect();
    let is_inside = |at: &Place| {
        let holds = |place: &&Place| place.start <= at.start && at.start < place.end;
        places.iter().any(|place| holds(place) && place.source.path == at.source.path)
    };
    let uses = input.presented.uses.iter().filter(|used| used.call.is_some() && is_inside(&used.at));
    uses.map(|used| used.name()).collect()
}

/// The literals in the text of blocks, each with its place, which is the same in all languages.
fn literals<'a>(input: &'a CheckInput, blocks: &[&TextBlock]) -> Vec<(&'a Place, &'a str)> {
    let texts = typed_texts(blocks);
    let literals = input.book.release.literals.iter();
    let found = literals.filter(|literal| texts.iter().any(|text| text.contains(&literal.text.value)));
    found.map(|literal| (&literal.place, literal.text.value.as_str())).collect()
}

/// The declared dates that the text of blocks has in full; `language` is 0 for the original and 1 for the translation.
fn dates(input: &TranslationInput, language: usize, blocks: &[&TextBlock]) -> BTreeSet<Date> {
    let texts: Vec<String> = blocks.iter().map(|block| plain(block.text)).collect();
    if !texts.iter().any(|text| text.contains(char::is_numeric)) {
        return BTreeSet::new();
    }
    let is_named = |written: &str| texts.iter().any(|text| text.contains(written));
    let named = input.dates.iter().filter(|(_, written)| written.get(language).is_some_and(|date| is_named(date)));
    named.map(|(date, _)| *date).collect()
}

/// The texts of blocks without their figures.
fn typed_texts(blocks: &[&TextBlock]) -> Vec<String> {
    let typed = |inline: &&Inline| !matches!(inline, Inline::Figure(_));
    blocks.iter().map(|block| plain(&block.text.iter().filter(typed).cloned().collect::<Vec<_>>())).collect()
}
