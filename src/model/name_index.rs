//! The known names of a release, for suggestions, with a limit on the number of comparisons.

use std::sync::{
    OnceLock,
    atomic::{AtomicUsize, Ordering},
};

/// The maximum number of comparisons with known names in one release, about a tenth of a second. Thousands of unknown
/// names have one cause, which the first findings show.
const MAX_COMPARISONS: usize = 1_000_000;

/// The known names of a release, collected when they are first needed.
#[derive(Debug, Default)]
pub struct NameIndex {
    names: OnceLock<Vec<String>>,
    comparisons: AtomicUsize,
}

impl NameIndex {
    /// The known names, which `names` collects the first time; empty after too many comparisons.
    pub fn known(&self, names: impl FnOnce() -> Vec<String>) -> &[String] {
        let names = self.names.get_or_init(names);
        let done = self.comparisons.fetch_add(names.len(), Ordering::Relaxed);
        if done < MAX_COMPARISONS { names } else { &[] }
    }
}

/// A copy collects its own names, because the copied release may be changed.
impl Clone for NameIndex {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// The index is derived from the release, so that it never makes two releases differ.
impl PartialEq for NameIndex {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
