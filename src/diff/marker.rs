//! Collects what changed while documents are compared, and marks texts.

use std::collections::BTreeMap;

use super::{
    changes::{How, LanguageChanges, Run, TextChange},
    dates::ChangedDate,
    directions::Directions,
    texts::{self, TextDifference, count_words},
};
use crate::present::document::{Document, Inline, Page, Revision, Table, plain};

/// Where changes are collected while pages are compared.
pub struct Marker<'a> {
    pub directions: &'a Directions,
    /// The dates that changed, which are no changes of text.
    pub dates: &'a [ChangedDate],
    /// Whether both versions have texts with their figures and marks, and not only as they are read.
    pub has_texts: bool,
    pub old: &'a Document,
    /// The tables of the old version, with the pages they are on.
    pub old_tables: BTreeMap<&'a str, (&'a Page, &'a Table)>,
    /// The ids of the new version's tables.
    pub new_tables: Vec<String>,
    pub found: LanguageChanges,
}

impl Marker<'_> {
    /// A text of the narrative, marked.
    pub fn mark_text(&mut self, old: &[Inline], new: Vec<Inline>, place: &str) -> Vec<Inline> {
        let Some(found) = texts::compare(old, &new, self.dates) else { return new };
        let change = self.tell(&found, place);
        self.found.text.extend(change);
        found.marked
    }

    /// A label, marked: its words are told among the labels.
    pub fn mark_label(&mut self, old: &[Inline], new: Vec<Inline>, place: &str) -> Vec<Inline> {
        if !self.has_texts && plain(old) == plain(&new) {
            return new;
        }
        let Some(found) = texts::compare(old, &new, self.dates) else { return new };
        let change = self.tell(&found, place);
        self.found.labels.extend(change);
        found.marked
    }

    /// The text of a note, marked.
    pub fn mark_note(&mut self, old: &[Inline], new: Vec<Inline>, place: &str) -> Vec<Inline> {
        let labels = std::mem::take(&mut self.found.labels);
        let marked = self.mark_label(old, new, place);
        self.found.notes.extend(std::mem::replace(&mut self.found.labels, labels));
        marked
    }

    /// Tells figures that moved and words that turned; returns what else changed.
    fn tell(&mut self, found: &TextDifference, place: &str) -> Option<TextChange> {
        self.found.moved.extend(found.moved(place, self.dates));
        let (words, change) = found.told(place, self.directions);
        self.found.words.extend(words);
        change
    }

    /// A label that is no text of the document.
    pub fn add_plain_label(&mut self, place: &str, old: &str, new: &str) {
        let text = |text: &str| vec![Inline::Text { text: text.to_owned() }];
        self.mark_label(&text(old), text(new), place);
    }

    /// A text that is new.
    pub fn add_text(&mut self, text: &[Inline], place: &str) -> Vec<Inline> {
        self.found.text.push(whole(text, place, How::Added));
        texts::revised(text, Revision::Inserted)
    }

    /// A text that was removed.
    pub fn remove_text(&mut self, text: &[Inline], place: &str) -> Vec<Inline> {
        self.found.text.push(whole(text, place, How::Removed));
        texts::revised(text, Revision::Deleted)
    }
}

/// A text that is new, or was removed.
pub fn whole(text: &[Inline], place: &str, how: How) -> TextChange {
    let (nothing, all) = (String::new(), plain(text));
    let run = match how {
        How::Removed => Run { old: all, new: nothing, figure: None },
        How::Added | How::Changed => Run { old: nothing, new: all, figure: None },
    };
    TextChange { place: place.to_owned(), how, words: count_words(text), runs: vec![run] }
}
