//! Source places of the parts of a release, so that findings of layout point to lines of the dataset.

use std::{collections::BTreeMap, fmt, sync::Arc};

use crate::diag::{Diagnostic, Place, Source};

/// A part of a release, identified by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentPart<'p> {
    Table(&'p str),
    Chart(&'p str),
    Page(&'p str),
    Note(&'p str),
}

impl fmt::Display for DocumentPart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Table(id) => write!(f, "table `{id}`"),
            Self::Chart(id) => write!(f, "chart `{id}`"),
            Self::Page(id) => write!(f, "page `{id}`"),
            Self::Note(id) => write!(f, "note `{id}`"),
        }
    }
}

/// The places of the parts of a release, and all source files that its text may come from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SourcePlaces {
    parts: BTreeMap<String, Place>,
    sources: Vec<Arc<Source>>,
}

impl SourcePlaces {
    /// Records the place of a part.
    pub fn add(&mut self, part: DocumentPart, place: &Place) {
        self.add_source(&place.source);
        self.parts.entry(part.to_string()).or_insert_with(|| place.clone());
    }

    /// Records a source file that text may come from.
    pub fn add_source(&mut self, source: &Arc<Source>) {
        if !self.sources.iter().any(|known| known.path == source.path) {
            self.sources.push(Arc::clone(source));
        }
    }

    /// Adds the place of the part to a finding, if known.
    pub(super) fn at(&self, part: &str, finding: Diagnostic) -> Diagnostic {
        match self.parts.get(part) {
            Some(place) => finding.at(place, ""),
            None => finding,
        }
    }

    /// Adds to a finding the first occurrence of one of the characters: in the file of the part, else in any file, else the place of
    /// the part.
    pub(super) fn at_first(&self, characters: &[char], part: &str, finding: Diagnostic) -> Diagnostic {
        let own = self.parts.get(part).map(|place| &place.source);
        let found = own.into_iter().chain(&self.sources).find_map(|source| {
            let (start, c) = source.text.char_indices().find(|(_, c)| characters.contains(c))?;
            Some(Place::new(source, start..start + c.len_utf8()))
        });
        match found {
            Some(place) => finding.at(&place, ""),
            None => self.at(part, finding),
        }
    }
}
