//! The plan of a table's rows: what each row shows, after its line has filled in what the row leaves out.

use crate::{
    diag::Place,
    model::{At, CellKeys, LineKind, Part},
};

/// A row before its cells are built. What the row does not give itself is taken from its line.
pub(super) struct RowPlan {
    pub(super) id: String,
    pub(super) label: At<String>,
    pub(super) kind: LineKind,
    pub(super) indent: u8,
    pub(super) notes: Vec<At<String>>,
    /// The parts that the row itself declares.
    pub(super) sum: Vec<Part>,
    pub(super) keys: CellKeys,
    pub(super) place: Place,
}
