//! The names that an unknown one may be mistaken for, and a limit on how often they are compared.

use std::sync::{
    OnceLock,
    atomic::{AtomicUsize, Ordering},
};

/// Comparisons of an unknown name with a known one that a release is worth, about a tenth of a second. Thousands of unknown names among
/// thousands of known ones have one cause, which the first findings show.
const MAX_COMPARISONS: usize = 1_000_000;

/// The names of a release that others may be mistaken for, found out when the first is needed.
#[derive(Debug, Default)]
pub struct NameIndex {
    names: OnceLock<Vec<String>>,
    comparisons: AtomicUsize,
}

impl NameIndex {
    /// All names, which `names` finds out the first time; none after too many comparisons.
    pub fn known(&self, names: impl FnOnce() -> Vec<String>) -> &[String] {
        let names = self.names.get_or_init(names);
        let done = self.comparisons.fetch_add(names.len(), Ordering::Relaxed);
        if done < MAX_COMPARISONS { names } else { &[] }
    }
}

/// A copy finds out for itself, because the release that it belongs to may be changed.
impl Clone for NameIndex {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// It says nothing about a release that the release does not.
impl PartialEq for NameIndex {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
