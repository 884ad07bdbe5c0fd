//! Access to the fixed words of the language.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;

/// A fixed word with its `{name}` placeholders replaced. Errors: the language lacks the word.
pub(super) fn format_word(
    words: &BTreeMap<String, String>,
    key: &str,
    fills: &[(&str, &str)],
) -> Result<String, Diagnostic> {
    let pattern = word(words, key)?.to_owned();
    Ok(fills.iter().fold(pattern, |text, (name, value)| text.replace(&format!("{{{name}}}"), value)))
}

/// A fixed word as it is defined. Errors: the language lacks the word.
pub(super) fn word<'a>(words: &'a BTreeMap<String, String>, key: &str) -> Result<&'a str, Diagnostic> {
    let lacks = || Diagnostic::error("words", format!("the language has no word `{key}`, and a page needs it"));
    words.get(key).map(String::as_str).ok_or_else(lacks)
}
