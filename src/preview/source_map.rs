//! The source map of a release: which stretch of its files makes which rows, cells and paragraphs of the pages.

use std::collections::BTreeSet;

use super::{
    page_target::{PageTarget, TargetId},
    source_map_builder::build,
};
use crate::{
    diag::{Diagnostic, Place, Source},
    figures::Book,
    present::Presentation,
};

/// Stretches of the user's files, each with a target that it leads to.
#[derive(Debug, Default)]
pub(super) struct SourceMap {
    targets: Vec<PageTarget>,
    stretches: Vec<(Place, TargetId)>,
}

/// The most targets of one finding; a total of a large release has fewer.
const MAX_TARGETS: usize = 60;

impl SourceMap {
    /// The source map of a presented release.
    pub(super) fn new(book: &Book, presented: &Presentation) -> Self {
        let (targets, stretches) = build(book, presented);
        Self { targets, stretches }
    }

    /// The targets of a finding: of its own place first, then of its context; each once.
    pub(super) fn targets(&self, finding: &Diagnostic) -> Vec<PageTarget> {
        let places = finding.place.iter().chain(&finding.context);
        self.list(places.flat_map(|(place, _)| self.at(place)))
    }

    /// The targets by an earlier state of the files, for a finding in a file that is unchanged up to the finding's line. A file
    /// that cannot be read has no targets of its own.
    pub(super) fn former_targets(&self, finding: &Diagnostic) -> Vec<PageTarget> {
        let Some((place, _)) = &finding.place else { return Vec::new() };
        let files = self.stretches.iter().map(|(stretch, _)| &stretch.source);
        let Some(file) = files.into_iter().find(|file| file.path == place.source.path) else { return Vec::new() };
        let line = |source: &Source| source.text.get(..place.start).map(|text| text.rfind('\n').map_or(0, |at| at + 1));
        let before = line(&place.source).and_then(|end| place.source.text.get(..end));
        if before.is_some_and(|before| file.text.starts_with(before)) { self.list(self.at(place)) } else { Vec::new() }
    }

    /// The targets of these numbers, each once.
    fn list(&self, numbers: impl IntoIterator<Item = TargetId>) -> Vec<PageTarget> {
        let mut seen = BTreeSet::new();
        let fresh = numbers.into_iter().filter(|number| seen.insert(*number)).take(MAX_TARGETS);
        fresh.filter_map(|number| self.targets.get(number)).cloned().collect()
    }

    /// The numbers of the targets of the shortest stretch that a place begins in.
    fn at(&self, place: &Place) -> Vec<TargetId> {
        let around = |(stretch, _): &&(Place, TargetId)| holds(stretch, place);
        let length = |(stretch, _): &(Place, TargetId)| stretch.end - stretch.start;
        let shortest = self.stretches.iter().filter(around).map(length).min();
        let those = self.stretches.iter().filter(around).filter(|stretch| Some(length(stretch)) == shortest);
        those.map(|(_, target)| *target).collect()
    }
}

/// Whether a place begins within a stretch. Files are compared by path, since comparing their texts would take long.
fn holds(stretch: &Place, place: &Place) -> bool {
    let is_within = stretch.start <= place.start && place.start < stretch.end.max(stretch.start + 1);
    is_within && stretch.source.path == place.source.path
}
