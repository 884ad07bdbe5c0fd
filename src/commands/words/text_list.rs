//! The texts of a dataset as a CSV file for translators.

use crate::{
    load::{Texts, WrittenText},
    model::has_words,
    render::csv::text_rows,
};

use super::columns::ID;

/// The key of reasons, which only the report of checks shows.
const REASON: &str = ".reason";

/// The texts of a release: a row for each, with its id, its original and its translation.
#[derive(Debug)]
pub struct TextList {
    /// The file: UTF-8 with a byte order mark, without which a spreadsheet program that is opened by a double click garbles
    /// letters beyond ASCII.
    pub csv: Vec<u8>,
    pub texts: usize,
    /// How many of them have a translation.
    pub translated: usize,
}

impl TextList {
    /// The texts that may read differently in a language; only those without a translation if `is_missing_only`, and of
    /// reasons only those that readers see.
    pub(super) fn new(texts: &Texts, language: &str, is_missing_only: bool) -> Self {
        let original = texts.original();
        let mut list = Self { csv: Vec::new(), texts: 0, translated: 0 };
        let mut rows = vec![[ID, original, language]];
        for text in texts.texts.iter().filter(|text| is_worded(text)) {
            let translation = text.translation(language).map(|entry| entry.text.value.as_str());
            // A literal need not have a text in every language.
            let is_shown = texts.publishes_checks || !text.id.ends_with(REASON);
            let is_missing = translation.is_none() && !text.is_shared && is_shown;
            let Some(entry) = text.original(original).filter(|_| is_missing || !is_missing_only) else { continue };
            list.texts += 1;
            list.translated += usize::from(translation.is_some());
            rows.push([&text.id, &entry.text.value, translation.unwrap_or_default()]);
        }
        list.csv = text_rows(rows);
        list
    }
}

/// Whether a text has letters in any language.
fn is_worded(text: &WrittenText) -> bool {
    text.entries.iter().any(|entry| has_words(&entry.text.value))
}
