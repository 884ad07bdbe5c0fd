//! What the translations of a release declare, and texts that they show in the language of the original.

use super::{At, Expr};
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
    use super::has_words;

    #[test]
    fn digits_signs_and_calls_read_the_same_in_all_languages() {
        assert!(has_words("売上高"));
        assert!(has_words("{{ \"x\" | amount }} or more"));
        assert!(!has_words("{{ \"x\" | amount }} (1)"));
        assert!(!has_words("{{ \"x\" | amount"));
        assert!(!has_words("0120-345-678"));
    }
}
