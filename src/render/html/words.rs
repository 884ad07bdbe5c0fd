//! Fixed words that pages need.

use std::collections::BTreeMap;

use crate::diag::Diagnostic;

/// A fixed word with its `{name}` placeholders filled. Fails when the language lacks the word.
pub(super) fn filled_word(
    words: &BTreeMap<String, String>,
    key: &str,
    fills: &[(&str, &str)],
) -> Result<String, Diagnostic> {
    let pattern = plain_word(words, key)?.to_owned();
    Ok(fills.iter().fold(pattern, |text, (name, value)| text.replace(&format!("{{{name}}}"), value)))
}

/// A fixed word without placeholders. Fails when the language lacks the word.
pub(super) fn plain_word<'a>(words: &'a BTreeMap<String, String>, key: &str) -> Result<&'a str, Diagnostic> {
    let lacks = || Diagnostic::error("words", format!("the language has no word `{key}`, and a page needs it"));
    words.get(key).map(String::as_str).ok_or_else(lacks)
}
