//! Stale translations: an original that was edited after its translation was confirmed.
//!
//! **What it checks.** `kessan translated` records every paragraph of the narrative and every text by language (titles,
//! labels, captions, heads) beside its translation in `translated.toml`, without the figures. A translation that is as it was recorded, of an original that is not, is stale.
//! Figures do not count: a number that changes voids no translation. A translation that was edited since is taken as up to
//! date, and one that was never recorded is a warning where the release has a `translated.toml`.
//!
//! **Why.** The original is corrected at the last minute, by people who do not write the translation.
//!
//! **Example.** `languages/stale`, reported as `stale-translation`
//!
//! **How to fix it.** Edit the translation. If it needs no change, or to record all paragraphs as they are now, run
//! `kessan translated`.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{CheckInput, CheckResults, translated_blocks::TextBlock, translation::TranslationInput};
use crate::{
    diag::{Diagnostic, Place},
    model::{ConfirmedTranslation, TranslatedText, has_words},
    present::without_figures,
};

/// Compares each paragraph and its translation with those that were confirmed.
pub fn check(input: &TranslationInput, results: &mut CheckResults) -> usize {
    let release = input.original.book.release;
    let language = &input.translation.book.release.language.value;
    let confirmed: Vec<_> = release.confirmed.iter().filter(|known| known.language == *language).collect();
    if release.confirmed.is_empty() {
        return 0;
    }
    let mut known: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for ConfirmedTranslation { original, translation, .. } in &confirmed {
        known.entry(translation).or_default().push(original);
    }
    let mut unrecorded = Vec::new();
    let pairs = pairs(input);
    let looked_at = pairs.len();
    for Pair { texts: [own, other], places: [of, place] } in pairs {
        let Some(originals) = known.get(other.as_str()) else {
            unrecorded.push(place);
            continue;
        };
        if !originals.contains(&own.as_str()) {
            let message = "the original was edited after it was translated";
            let finding = Diagnostic::error("stale-translation", message).at(place, "").with(of, "the original now");
            let note = originals.first().map(|was| format!("it was: {was}")).unwrap_or_default();
            let help = "edit the translation, or run `kessan translated` if it needs no change";
            results.push(finding.note(note).help(help));
        }
    }
    if let Some(first) = unrecorded.first() {
        let message = match unrecorded.len() {
            1 => format!("a text in `{language}` is not recorded in `translated.toml`"),
            count => format!("{count} texts in `{language}` are not recorded in `translated.toml`"),
        };
        let finding = Diagnostic::warning("stale-translation", message).at(first, "the first");
        results.push(finding.help("run `kessan translated` when they are up to date"));
    }
    looked_at
}

/// A text of the original and its translation, without their figures.
struct Pair<'a> {
    texts: [String; 2],
    places: [&'a Place; 2],
}

/// The paragraphs of the narrative, then the texts by language in the order of their places.
fn pairs<'i>(input: &TranslationInput<'_, 'i, '_>) -> Vec<Pair<'i>> {
    let mut pairs = Vec::new();
    for page in &input.pages {
        for (original, translation) in page.pairs().0 {
            let texts = [original, translation].map(text);
            let places = [page.original_place(Some(original)), page.place(Some(translation))];
            if let ([Some(own), Some(other)], [Some(of), Some(place)]) = (texts, places) {
                pairs.push(Pair { texts: [own, other], places: [of, place] });
            }
        }
    }
    let texts = input.translation.book.release.originals.values();
    let texts = texts.map(|TranslatedText { original, translation }| [original, translation]);
    pairs.extend(texts.filter(|texts| texts.iter().all(|text| has_words(&text.value))).map(|texts| Pair {
        texts: texts.map(|text| without_figures(&text.value)),
        places: texts.map(|text| &text.place),
    }));
    pairs
}

/// The texts of the original with their translations as they are now.
pub fn current_translations(original: &CheckInput, translation: &CheckInput) -> Vec<ConfirmedTranslation> {
    let language = &translation.book.release.language.value;
    let input = TranslationInput::new(original, translation);
    let texts = pairs(&input).into_iter().map(|pair| pair.texts);
    let mut seen = BTreeSet::new();
    texts
        .filter(|texts| seen.insert(texts.clone()))
        .map(|[original, translation]| ConfirmedTranslation { language: language.clone(), original, translation })
        .collect()
}

/// The text of a block as it is recorded; none of one without words.
fn text(block: &TextBlock) -> Option<String> {
    block.passage.map(|passage| without_figures(passage.at.text())).filter(|text| text.contains(char::is_alphabetic))
}
