//! Where things stand in a list, by their ids.

use std::sync::OnceLock;

use super::NameMap;

/// The positions of a list's entries by id, collected when one is first looked for. Of several with one id, the first counts.
#[derive(Debug, Default)]
pub struct Positions(OnceLock<NameMap<String, usize>>);

impl Positions {
    /// The entry of the list with this id.
    pub fn find<'l, T>(&self, id: &str, list: &'l [T], id_of: impl Fn(&T) -> &str) -> Option<&'l T> {
        let collect = || list.iter().enumerate().rev().map(|(at, entry)| (id_of(entry).to_owned(), at)).collect();
        let found = self.0.get_or_init(collect).get(id).and_then(|at| list.get(*at));
        // A list that is still being read may have got more since.
        found.filter(|entry| id_of(entry) == id).or_else(|| list.iter().find(|entry| id_of(entry) == id))
    }
}

/// A copy collects its own positions, because the copied list may be changed.
impl Clone for Positions {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// The positions are derived from the list, so that they never make two lists differ.
impl PartialEq for Positions {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}
