//! The edition of a release whose texts are read.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use super::written::WrittenText;
use crate::{diag::Place, model::TranslatedText};

/// The edition that is being read: one of the languages of the release.
#[derive(Debug)]
pub struct Edition {
    /// All languages of the release, the original's first.
    pub languages: Vec<String>,
    /// Its position among the languages.
    pub index: usize,
    /// The texts of the original that were taken because there is none in this language.
    pub(super) untranslated: RefCell<BTreeSet<Place>>,
    /// The texts by language, each with the text of the original.
    pub(super) originals: RefCell<BTreeMap<Place, TranslatedText>>,
    /// Every text for readers as it is written, if they are asked for.
    pub(super) written: Option<RefCell<Vec<WrittenText>>>,
}

impl Edition {
    /// The editions of a release in these languages, the original first.
    pub fn of(languages: &[String]) -> Vec<Self> {
        let edition = |index| Self {
            languages: languages.to_vec(),
            index,
            untranslated: RefCell::default(),
            originals: RefCell::default(),
            written: None,
        };
        (0..languages.len()).map(edition).collect()
    }

    /// The same editions, of which the original's collects the texts for readers.
    pub fn collecting(languages: &[String]) -> Vec<Self> {
        let mut editions = Self::of(languages);
        editions.iter_mut().take(1).for_each(|edition| edition.written = Some(RefCell::default()));
        editions
    }

    /// Its language.
    pub fn language(&self) -> &str {
        self.languages.get(self.index).map_or("", String::as_str)
    }

    /// The language of the original.
    pub(super) fn original(&self) -> &str {
        self.languages.first().map_or("", String::as_str)
    }

    /// The texts for readers that were read, in the order of reading; none unless they were collected.
    pub fn into_written(self) -> Vec<WrittenText> {
        self.written.map(RefCell::into_inner).unwrap_or_default()
    }

    /// The texts of the original that were taken because there is none in this language, and the texts by language, each with the
    /// text of the original.
    pub fn into_texts(self) -> (BTreeSet<Place>, BTreeMap<Place, TranslatedText>) {
        (self.untranslated.into_inner(), self.originals.into_inner())
    }
}
