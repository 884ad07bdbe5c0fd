//! A text for readers as it is written in a file: its entries by language, each with its place.

use crate::{diag::Place, model::At};

/// The key of a text that is the same in all languages.
pub const ALL: &str = "all";

/// A text for readers as it is written.
#[derive(Debug, Clone)]
pub struct WrittenText {
    /// Its name: the file and the keys that lead to it.
    pub id: String,
    /// Where its value is; of a table that is not in braces, its head or key.
    pub place: Place,
    /// Its entries in the order of the file: one for each language that it is written in, or one for all.
    pub entries: Vec<Entry>,
    /// Whether a text without a language is that of all languages, and not of the original alone.
    pub is_shared: bool,
}

/// The text of one language, or of all.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The language or [`ALL`]; none if the text is not in a table by language.
    pub key: Option<At<String>>,
    /// The text, at the place of its value; the lines of a list are joined by line breaks.
    pub text: At<String>,
    pub is_list: bool,
}

impl WrittenText {
    /// The entry that the original reads.
    pub fn original(&self, original: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key.as_ref().is_none_or(|key| key.value == ALL || key.value == original))
    }

    /// The entry that a translation reads as its own; none if it is not translated.
    pub fn translation(&self, language: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| match &entry.key {
            Some(key) => key.value == ALL || key.value == language,
            None => self.is_shared,
        })
    }
}

impl Entry {
    /// Whether it is the text of all languages by its key.
    pub fn is_of_all(&self) -> bool {
        self.key.as_ref().is_some_and(|key| key.value == ALL)
    }
}
