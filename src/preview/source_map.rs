//! The source map of a release: maps spans of its files to rows, cells and paragraphs of the pages.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    page_target::{PageTarget, TargetId},
    source_map_builder::{BuiltMap, build_source_map},
};
use crate::{
    diag::{Diagnostic, Place, Source},
    figures::Book,
    present::Presentation,
};

/// Spans of the user's files, each with a target.
#[derive(Debug, Default)]
pub(super) struct SourceMap {
    targets: Vec<PageTarget>,
    spans: Vec<(Place, TargetId)>,
    /// The targets of the uses of figures, by the numbers of language and use.
    uses: BTreeMap<(usize, usize), TargetId>,
    /// The texts that are written by language, with their language.
    texts: Vec<(Place, String)>,
    /// The texts that a language lacks, with that language.
    untranslated: Vec<(Place, String)>,
}

/// The most targets of one finding; a total of a large release has fewer.
const MAX_TARGETS: usize = 60;

impl SourceMap {
    /// The source map of a release, presented in each of its languages.
    pub(super) fn new<'a, 'r: 'a>(editions: impl IntoIterator<Item = (&'a Book<'r>, &'a Presentation)>) -> Self {
        let mut map = Self::default();
        for (number, (book, presented)) in editions.into_iter().enumerate() {
            let BuiltMap { targets, spans, uses } = build_source_map(book, presented);
            let before = map.targets.len();
            map.targets.extend(targets);
            map.uses.extend(uses.into_iter().map(|(used, target)| ((number, used), before + target)));
            map.spans.extend(spans.into_iter().map(|(place, target)| (place, before + target)));
            let release = book.release;
            let in_language = |place: &Place| (place.clone(), release.language.value.clone());
            map.texts.extend(release.originals.keys().map(in_language));
            map.untranslated.extend(release.untranslated.iter().map(in_language));
        }
        map
    }

    /// The target of a use of a figure, by the numbers of language and use.
    pub(super) fn target_of_use(&self, used: (usize, usize)) -> Option<&PageTarget> {
        self.targets.get(*self.uses.get(&used)?)
    }

    /// The targets of a finding: of its own place first, then of its context; each once. A finding about a text of one language
    /// has targets on the pages of that language only.
    pub(super) fn targets(&self, finding: &Diagnostic) -> Vec<PageTarget> {
        let places = finding.place.iter().chain(&finding.context);
        self.distinct_targets(places.flat_map(|(place, _)| {
            let languages = self.languages(finding, place);
            let is_concerned = move |target: &TargetId| {
                let target = self.targets.get(*target).map_or("", |target| target.language.as_str());
                languages.is_empty() || languages.contains(target)
            };
            self.targets_at(place).into_iter().filter(is_concerned)
        }))
    }

    /// The languages that a finding at a place concerns; empty for all.
    fn languages(&self, finding: &Diagnostic, place: &Place) -> BTreeSet<&str> {
        let texts = if finding.rule == "untranslated" { &self.untranslated } else { &self.texts };
        texts.iter().filter(|(text, _)| contains(text, place)).map(|(_, language)| language.as_str()).collect()
    }

    /// The targets by this source map of an earlier state, for a finding in a file that is unchanged up to the finding's line.
    /// A file that cannot be read has no targets of its own.
    pub(super) fn former_targets(&self, finding: &Diagnostic) -> Vec<PageTarget> {
        let Some((place, _)) = &finding.place else { return Vec::new() };
        let files = self.spans.iter().map(|(span, _)| &span.source);
        let Some(file) = files.into_iter().find(|file| file.path == place.source.path) else { return Vec::new() };
        let line = |source: &Source| source.text.get(..place.start).map(|text| text.rfind('\n').map_or(0, |at| at + 1));
        let before = line(&place.source).and_then(|end| place.source.text.get(..end));
        if before.is_some_and(|before| file.text.starts_with(before)) {
            self.distinct_targets(self.targets_at(place))
        } else {
            Vec::new()
        }
    }

    /// The targets with these numbers, each once.
    fn distinct_targets(&self, numbers: impl IntoIterator<Item = TargetId>) -> Vec<PageTarget> {
        let mut seen = BTreeSet::new();
        let distinct = numbers.into_iter().filter(|number| seen.insert(*number)).take(MAX_TARGETS);
        distinct.filter_map(|number| self.targets.get(number)).cloned().collect()
    }

    /// The numbers of the targets of the shortest span in which a place begins.
    fn targets_at(&self, place: &Place) -> Vec<TargetId> {
        let around = |(span, _): &&(Place, TargetId)| contains(span, place);
        let length = |(span, _): &(Place, TargetId)| span.end - span.start;
        let shortest = self.spans.iter().filter(around).map(length).min();
        let those = self.spans.iter().filter(around).filter(|span| Some(length(span)) == shortest);
        those.map(|(_, target)| *target).collect()
    }
}

/// Whether a place begins within a span. Files are compared by path, since comparing their texts would take long.
fn contains(span: &Place, place: &Place) -> bool {
    let is_within = span.start <= place.start && place.start < span.end.max(span.start + 1);
    is_within && span.source.path == place.source.path
}
