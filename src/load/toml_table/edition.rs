//! The edition of a release whose texts are read.

use std::{cell::RefCell, collections::BTreeSet};

use crate::diag::Place;

/// The edition that is being read: one of the languages of the release.
#[derive(Debug)]
pub struct Edition {
    /// All languages of the release, the original's first.
    pub languages: Vec<String>,
    /// Its position among the languages.
    pub index: usize,
    /// The texts of the original that were taken because there is none in this language.
    pub(super) untranslated: RefCell<BTreeSet<Place>>,
}

impl Edition {
    /// The editions of a release in these languages, the original first.
    pub fn of(languages: &[String]) -> Vec<Self> {
        let edition = |index| Self { languages: languages.to_vec(), index, untranslated: RefCell::default() };
        (0..languages.len()).map(edition).collect()
    }

    /// Its language.
    pub fn language(&self) -> &str {
        self.languages.get(self.index).map_or("", String::as_str)
    }

    /// The language of the original.
    pub(super) fn original(&self) -> &str {
        self.languages.first().map_or("", String::as_str)
    }

    /// The texts of the original that were taken because there is none in this language.
    pub fn into_untranslated(self) -> BTreeSet<Place> {
        self.untranslated.into_inner()
    }
}
