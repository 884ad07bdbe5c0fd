//! The edition of a release whose texts are read.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

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
    /// The texts of the original that texts of this language are a translation of.
    pub(super) originals: RefCell<BTreeMap<Place, String>>,
}

impl Edition {
    /// The editions of a release in these languages, the original first.
    pub fn of(languages: &[String]) -> Vec<Self> {
        let edition = |index| Self {
            languages: languages.to_vec(),
            index,
            untranslated: RefCell::default(),
            originals: RefCell::default(),
        };
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

    /// The texts of the original that were taken because there is none in this language, and for those that there are, the
    /// texts of the original.
    pub fn into_texts(self) -> (BTreeSet<Place>, BTreeMap<Place, String>) {
        (self.untranslated.into_inner(), self.originals.into_inner())
    }
}
