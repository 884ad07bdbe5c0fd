//! Access to the fixed words of the language.

use std::collections::BTreeMap;

use crate::{diag::Diagnostic, present::fill_places};

/// A fixed word with its `{name}` placeholders replaced. Errors: the language lacks the word.
pub(super) fn format_word(
    words: &BTreeMap<String, String>,
    key: &str,
    fills: &[(&str, &str)],
) -> Result<String, Diagnostic> {
    Ok(fill_places(word(words, key)?, fills))
}

/// A fixed word as it is defined. Errors: the language lacks the word.
pub(super) fn word<'a>(words: &'a BTreeMap<String, String>, key: &str) -> Result<&'a str, Diagnostic> {
    let lacks = || Diagnostic::error("words", format!("the language has no word `{key}`, and a page needs it"));
    words.get(key).map(String::as_str).ok_or_else(lacks)
}
