//! What the translations of a release declare, and texts that they show in the language of the original.

use super::{At, Expr, is_run_on};
use crate::diag::{Diagnostic, Place};

/// A declared difference between a page and its translation.
#[derive(Debug, Clone, PartialEq)]
pub struct TranslationDifference {
    pub page: At<String>,
    /// The figure that only one of them has; `None` if they differ in their blocks.
    pub figure: Option<Expr>,
    pub reason: At<String>,
    pub place: Place,
}

/// A text of the dataset that is written by language: in the language of a translation, and in that of the original.
#[derive(Debug, Clone, PartialEq)]
pub struct TranslatedText {
    pub original: At<String>,
    pub translation: At<String>,
}

/// A paragraph and its translation, without their figures, when the translation was last confirmed.
#[derive(Debug, Clone, PartialEq)]
pub struct ConfirmedTranslation {
    pub language: String,
    pub original: String,
    pub translation: String,
}

/// The finding for a text that a translation shows in the language of the original.
pub fn untranslated(text: &At<String>, language: &str) -> Diagnostic {
    let message = format!("`{}` is not translated into `{language}`", text.value);
    Diagnostic::error("untranslated", message).at(&text.place, "")
}

/// Whether a text cannot be the translation of another into a language: it has no words where the original has some, or none of
/// the letters of that language. `is_run_on_language`: the language has no spaces between words.
pub fn is_in_other_script(original: &str, translation: &str, is_run_on_language: bool) -> bool {
    if !has_words(original) {
        return false;
    }
    let has = |text: &str, is_of: fn(char) -> bool| letters(text).any(is_of);
    match is_run_on_language {
        _ if !has_words(translation) => true,
        true => has(original, is_run_on) && !has(translation, is_run_on),
        false => letters(translation).all(is_run_on),
    }
}

/// The letters of a text outside of its calls.
fn letters(text: &str) -> impl Iterator<Item = char> {
    let parts = text.split("{{").enumerate();
    let outside =
        parts.map(|(at, part)| if at == 0 { part } else { part.split_once("}}").map_or("", |(_, after)| after) });
    outside.flat_map(str::chars).filter(|c| c.is_alphabetic())
}

/// Whether two language tags name the same language, as those of two countries do.
pub fn is_same_language(tag: &str, other: &str) -> bool {
    tag.split('-').next() == other.split('-').next()
}

/// Whether a text has letters outside of its calls, so that it may read differently in another language.
pub fn has_words(text: &str) -> bool {
    let mut outside = true;
    let mut rest = text;
    loop {
        let end = rest.find(if outside { "{{" } else { "}}" }).unwrap_or(rest.len());
        if outside && rest[..end].contains(char::is_alphabetic) {
            return true;
        }
        match rest.get(end + 2..) {
            Some(next) => (rest, outside) = (next, !outside),
            None => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{has_words, is_in_other_script};

    #[test]
    fn a_translation_has_words_in_the_letters_of_its_language() {
        assert!(is_in_other_script("Sales", "―", true));
        assert!(is_in_other_script("売上高", "Sales", true));
        assert!(is_in_other_script("売上高", "売上", false));
        assert!(is_in_other_script("Sales", "売上高", false));
        assert!(!is_in_other_script("Return on equity", "ROE", true));
        assert!(!is_in_other_script("売上高 {{ \"x\" | date }}", "Sales", false));
        assert!(!is_in_other_script("12", "―", true));
    }

    #[test]
    fn digits_signs_and_calls_read_the_same_in_all_languages() {
        assert!(has_words("売上高"));
        assert!(has_words("{{ \"x\" | amount }} or more"));
        assert!(!has_words("{{ \"x\" | amount }} (1)"));
        assert!(!has_words("{{ \"x\" | amount"));
        assert!(!has_words("0120-345-678"));
    }
}
