//! Keeps the relations between entered amounts, so that a release whose dataset has not changed does not look for them again.

use std::sync::OnceLock;

use super::{input::CheckResults, looked_at::Counts};

/// The relations of the families of amounts, with what looking for them found, of one state of a dataset and of the words. Whoever
/// keeps them for a later check knows that both are the same.
#[derive(Debug, Default)]
pub struct KeptRelations(OnceLock<(CheckResults, Counts)>);

impl KeptRelations {
    /// What looking for the relations gives.
    pub(super) fn get_or_look(&self, look: impl FnOnce() -> (CheckResults, Counts)) -> (CheckResults, Counts) {
        self.0.get_or_init(look).clone()
    }
}
