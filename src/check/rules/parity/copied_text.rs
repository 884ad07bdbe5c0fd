//! Texts of a translation that are still those of the original.

use crate::{
    check::{
        CheckResults,
        translated_blocks::{Shape, TextBlock, TranslatedPage},
        translation::TranslationInput,
    },
    diag::{Diagnostic, Place},
    model::{is_in_other_script, is_run_on, is_same_language},
    present::without_figures,
};

/// The least number of words that are no name, and of those with a small one among them.
const MIN_COPIED_WORDS: usize = 3;
const MIN_WORDS_WITH_SMALL: usize = 2;

/// Reports a block, or what is said of a picture, that has the words of the original or none of the letters of the language.
pub fn check_block(
    input: &TranslationInput,
    page: &TranslatedPage,
    original: &TextBlock,
    translation: &TextBlock,
    results: &mut CheckResults,
) {
    let places = [page.original_place(Some(original)), page.place(Some(translation))];
    if !original.alt.is_empty() {
        check(input, [original.alt, translation.alt], places, results);
    }
    let (Some(own), Some(other)) = (original.passage, translation.passage) else { return };
    let is_text = !translation.text.is_empty() || matches!(translation.shape, Shape::TextTable { .. });
    if is_text {
        let [own, other] = [own, other].map(|passage| without_figures(passage.at.text()));
        check(input, [&own, &other], places, results);
    }
}

/// Reports the titles of pages in front matter.
pub fn check_titles(input: &TranslationInput, results: &mut CheckResults) {
    let originals = &input.original.book.release.narrative;
    for page in &input.translation.book.release.narrative {
        let own = originals.iter().find(|own| own.id == page.id).and_then(|own| own.title.as_ref());
        if let (Some(own), Some(other)) = (own, page.title.as_ref()) {
            check(input, [&own.value, &other.value], [Some(&own.place), Some(&other.place)], results);
        }
    }
}

/// Names and abbreviations read the same in several languages.
fn check(input: &TranslationInput, texts: [&str; 2], places: [Option<&Place>; 2], results: &mut CheckResults) {
    let release = input.translation.book.release;
    let language = &release.language.value;
    let same_language = is_same_language(&input.original.book.release.language.value, language);
    let [own, other] = texts;
    let is_copied = own == other && is_phrase(other);
    let is_other = || is_phrase(other) && is_in_other_script(own, other, input.translation.words.prose.is_run_on());
    if same_language || !(is_copied || is_other()) {
        return;
    }
    if let [Some(original), Some(place)] = places {
        let message = format!("this text is not translated into `{language}`");
        results.push(Diagnostic::error("untranslated", message).at(place, "").with(original, "the original"));
    }
}

fn is_phrase(text: &str) -> bool {
    let words = || text.split_whitespace().filter(|word| word.contains(char::is_alphabetic));
    let has_small = || words().any(|word| word.starts_with(char::is_lowercase));
    let count = words().count();
    count >= MIN_COPIED_WORDS || count >= MIN_WORDS_WITH_SMALL && has_small() || text.contains(is_run_on)
}
