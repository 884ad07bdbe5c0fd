//! Keeps presented tables, so that a release whose dataset has not changed does not present them again.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{document::Table, record::Record};

/// The tables of a release in its languages, presented from one state of its dataset and of the words. Whoever keeps them for a
/// later presentation knows that both are the same.
#[derive(Debug, Default)]
pub struct PresentedTables(Mutex<BTreeMap<(String, String), Arc<PresentedTable>>>);

/// A table, and what presenting it has recorded.
#[derive(Debug)]
pub(super) struct PresentedTable {
    pub table: Table,
    pub record: Record,
}

impl PresentedTables {
    /// The table by language and id.
    pub(super) fn get_or_present(
        &self,
        key: (String, String),
        present: impl FnOnce() -> PresentedTable,
    ) -> Arc<PresentedTable> {
        if let Some(kept) = self.tables().get(&key) {
            return Arc::clone(kept);
        }
        let presented = Arc::new(present());
        self.tables().insert(key, Arc::clone(&presented));
        presented
    }

    /// How many tables there are.
    pub fn count(&self) -> usize {
        self.tables().len()
    }

    fn tables(&self) -> MutexGuard<'_, BTreeMap<(String, String), Arc<PresentedTable>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
