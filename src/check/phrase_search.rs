//! Searches for many phrases at once.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// Phrases that are looked for all at once. Without a search, where the phrases are too many for one, nothing is found.
pub struct PhraseSearch(Option<AhoCorasick>);

impl PhraseSearch {
    /// A search for every phrase, also within others.
    pub fn all(phrases: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        Self::new(MatchKind::Standard, phrases)
    }

    /// A search in which a phrase hides those within it.
    pub fn longest(phrases: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        Self::new(MatchKind::LeftmostLongest, phrases)
    }

    fn new(kind: MatchKind, phrases: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        // It is built for every check, and the texts are short.
        let automaton = Some(AhoCorasickKind::NoncontiguousNFA);
        Self(AhoCorasick::builder().match_kind(kind).kind(automaton).build(phrases).ok())
    }

    /// Where a text has a phrase, from its beginning on, with the number of the phrase: every one for a search made by `all`, those that
    /// do not overlap for one made by `longest`.
    pub fn find<'t>(&'t self, text: &'t str) -> Box<dyn Iterator<Item = (Range<usize>, usize)> + 't> {
        let Some(search) = &self.0 else { return Box::new(std::iter::empty()) };
        let found = |found: aho_corasick::Match| (found.range(), found.pattern().as_usize());
        match search.match_kind() {
            MatchKind::Standard => Box::new(search.find_overlapping_iter(text).map(found)),
            _ => Box::new(search.find_iter(text).map(found)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_phrase_hides_those_within_it() {
        let found = |search: PhraseSearch| search.find("増減、減少").map(|(_, phrase)| phrase).collect::<Vec<_>>();
        assert_eq!(found(PhraseSearch::longest(["減", "増減", "減少"])), [1, 2]);
        assert_eq!(found(PhraseSearch::all(["減", "増減"])), [1, 0, 0]);
    }
}
