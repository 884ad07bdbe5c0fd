//! The plan of a table: its rows, with everything that their lines say.

use crate::{
    diag::Place,
    model::{At, CellKeys, LineKind, Part},
};

/// A row with everything its line says already in it.
pub(super) struct RowPlan {
    pub(super) id: String,
    pub(super) label: At<String>,
    pub(super) kind: LineKind,
    pub(super) indent: u8,
    pub(super) notes: Vec<At<String>>,
    /// The parts it names for itself.
    pub(super) sum: Vec<Part>,
    pub(super) keys: CellKeys,
    pub(super) place: Place,
}
