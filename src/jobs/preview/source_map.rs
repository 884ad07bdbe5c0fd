//! Where the user's files are to be seen: which stretch of a file makes which rows, cells and paragraphs of the pages.

use std::{collections::BTreeSet, sync::Arc};

use serde::Serialize;

use super::source_map_builder::survey;
use crate::{
    diag::{Diagnostic, Place, Source},
    jobs::release::Studied,
};

/// A spot on the pages: an element with a name, or a paragraph known by what it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct PageTarget {
    /// The element's id; empty where it has none.
    pub id: String,
    /// In a row: which cell behind the label, from 0.
    pub column: Option<usize>,
    /// The page of the narrative that a paragraph stands on, by its id.
    pub page: String,
    /// How a paragraph reads.
    pub text: String,
}

/// What stretches of the user's files became.
#[derive(Debug, Default)]
pub(super) struct SourceMap {
    pub stretches: Vec<(Place, Arc<PageTarget>)>,
}

/// How many spots of one finding are told: a total of a busy release stands in fewer.
const MOST: usize = 60;

impl SourceMap {
    /// The atlas of a studied release.
    pub(super) fn of(studied: &Studied) -> Self {
        Self { stretches: survey(studied.checked.book, studied.checked.presented) }
    }

    /// Where what a finding speaks of is to be seen: what is wrong first, then what matters beside it; each once.
    pub(super) fn spots(&self, finding: &Diagnostic) -> Vec<PageTarget> {
        let places = finding.place.iter().chain(&finding.context);
        let mut seen = BTreeSet::new();
        let mut spots: Vec<PageTarget> = places.flat_map(|(place, _)| self.at(place)).collect();
        spots.retain(|spot| seen.insert(spot.clone()));
        spots.truncate(MOST);
        spots
    }

    /// The same by the files as they were, for a finding in a file that is unchanged up to its line: a file that cannot be
    /// read has no spots of its own.
    pub(super) fn former_spots(&self, finding: &Diagnostic) -> Vec<PageTarget> {
        let Some((place, _)) = &finding.place else { return Vec::new() };
        let files = self.stretches.iter().map(|(stretch, _)| &stretch.source);
        let Some(file) = files.into_iter().find(|file| file.path == place.source.path) else { return Vec::new() };
        let line = |source: &Source| source.text.get(..place.start).map(|text| text.rfind('\n').map_or(0, |at| at + 1));
        let before = line(&place.source).and_then(|end| place.source.text.get(..end));
        if before.is_some_and(|before| file.text.starts_with(before)) { self.at(place) } else { Vec::new() }
    }

    /// The spots of the shortest stretch that a place begins in.
    fn at(&self, place: &Place) -> Vec<PageTarget> {
        let around = |stretch: &&(Place, Arc<PageTarget>)| holds(&stretch.0, place);
        let length = |(stretch, _): &(Place, Arc<PageTarget>)| stretch.end - stretch.start;
        let shortest = self.stretches.iter().filter(around).map(length).min();
        let those = self.stretches.iter().filter(around).filter(|stretch| Some(length(stretch)) == shortest);
        those.map(|(_, spot)| (**spot).clone()).collect()
    }
}

/// Whether a place begins within a stretch; by path, as comparing the files themselves would take long.
pub(super) fn holds(stretch: &Place, place: &Place) -> bool {
    let is_within = stretch.start <= place.start && place.start < stretch.end.max(stretch.start + 1);
    is_within && stretch.source.path == place.source.path
}
