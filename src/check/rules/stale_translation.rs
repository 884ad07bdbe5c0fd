//! Stale translations: an original that was edited after its translation was confirmed.
//!
//! **What it checks.** `kessan translated` records every paragraph of the narrative beside its translation in
//! `translated.toml`, without the figures. A translation that is as it was recorded, of an original that is not, is stale.
//! Figures do not count: a number that changes voids no translation. A translation that was edited since is taken as up to
//! date, and one that was never recorded is a warning where the release has a `translated.toml`.
//!
//! **Why.** The original is corrected at the last minute, by people who do not write the translation.
//!
//! **Example.** `languages/stale`, reported as `stale-translation`
//!
//! **How to fix it.** Edit the translation. If it needs no change, or to record all paragraphs as they are now, run
//! `kessan translated`.

use super::super::{CheckInput, CheckResults, translated_blocks::TextBlock, translation::TranslationInput};
use crate::{diag::Diagnostic, model::ConfirmedTranslation, present::without_figures};

/// Compares each paragraph and its translation with those that were confirmed.
pub fn check(input: &TranslationInput, results: &mut CheckResults) {
    let release = input.original.book.release;
    let language = &input.translation.book.release.language.value;
    let confirmed: Vec<_> = release.confirmed.iter().filter(|known| known.language == *language).collect();
    if release.confirmed.is_empty() {
        return;
    }
    let mut unrecorded = Vec::new();
    for page in &input.pages {
        for (original, translation) in page.pairs().0 {
            let (Some(own), Some(other)) = (text(original), text(translation)) else { continue };
            let mut known = confirmed.iter().filter(|known| known.translation == other).peekable();
            let place = page.place(Some(translation));
            if known.peek().is_none() {
                unrecorded.extend(place);
            } else if known.all(|known| known.original != own)
                && let (Some(place), Some(of)) = (place, page.original_place(Some(original)))
            {
                let was = confirmed.iter().find(|known| known.translation == other);
                let message = "the original was edited after it was translated";
                let finding =
                    Diagnostic::error("stale-translation", message).at(place, "").with(of, "the original now");
                let note = was.map(|known| format!("it was: {}", known.original)).unwrap_or_default();
                let help = "edit the translation, or run `kessan translated` if it needs no change";
                results.push(finding.note(note).help(help));
            }
        }
    }
    if let Some(first) = unrecorded.first() {
        let message = match unrecorded.len() {
            1 => format!("a paragraph in `{language}` is not recorded in `translated.toml`"),
            count => format!("{count} paragraphs in `{language}` are not recorded in `translated.toml`"),
        };
        let finding = Diagnostic::warning("stale-translation", message).at(first, "the first");
        results.push(finding.help("run `kessan translated` when they are up to date"));
    }
}

/// The paragraphs of the original with their translations as they are now.
pub fn current_translations(original: &CheckInput, translation: &CheckInput) -> Vec<ConfirmedTranslation> {
    let language = &translation.book.release.language.value;
    let input = TranslationInput::new(original, translation);
    let pairs = input.pages.iter().flat_map(|page| page.pairs().0);
    let texts = pairs.filter_map(|(original, translation)| Some((text(original)?, text(translation)?)));
    texts
        .map(|(original, translation)| ConfirmedTranslation { language: language.clone(), original, translation })
        .collect()
}

/// The text of a block as it is recorded; none of one without words.
fn text(block: &TextBlock) -> Option<String> {
    block.passage.map(|passage| without_figures(passage.at.text())).filter(|text| text.contains(char::is_alphabetic))
}
