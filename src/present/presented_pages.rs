//! Keeps presented pages, so that a release of which one page has changed does not present the others again.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{
    document::Page,
    record::{PageParts, Record},
};
use crate::model::NarrativePage;

/// The pages of a release in its languages, presented from one state of its dataset and of the words. Whoever keeps them for a
/// later presentation knows that both are the same.
#[derive(Debug, Default)]
pub struct PresentedPages(Mutex<Pages>);

#[derive(Debug, Default)]
struct Pages {
    /// By language and id.
    kept: BTreeMap<(String, String), Arc<PresentedPage>>,
    /// How many have been presented.
    presented: usize,
}

/// A page, with what presenting it has read and recorded.
#[derive(Debug)]
pub(super) struct PresentedPage {
    pub source: NarrativePage,
    /// Its text with the calls replaced, and the definitions of notes that other pages have.
    pub merged: String,
    pub elsewhere: String,
    pub page: Page,
    pub parts: PageParts,
    pub record: Record,
}

impl PresentedPages {
    pub(super) fn get(&self, language: &str, id: &str) -> Option<Arc<PresentedPage>> {
        self.pages().kept.get(&(language.to_owned(), id.to_owned())).map(Arc::clone)
    }

    /// Counts a page that was presented, and keeps it in the place of the one before if another presentation may take it.
    pub(super) fn put(&self, language: &str, page: &Arc<PresentedPage>) {
        let mut pages = self.pages();
        pages.presented += 1;
        let key = (language.to_owned(), page.source.id.clone());
        if page.may_be_kept() {
            pages.kept.insert(key, Arc::clone(page));
        } else {
            pages.kept.remove(&key);
        }
    }

    /// Drops the pages of a language that are gone.
    pub(super) fn retain(&self, language: &str, is_there: impl Fn(&str) -> bool) {
        self.pages().kept.retain(|(own, id), _| own != language || is_there(id));
    }

    /// How many pages have been presented.
    pub fn count(&self) -> usize {
        self.pages().presented
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PresentedPage {
    /// Findings may be about what other pages have, and pictures change without the dataset.
    fn may_be_kept(&self) -> bool {
        self.record.findings.is_empty() && !self.source.source.text.contains("![")
    }
}
