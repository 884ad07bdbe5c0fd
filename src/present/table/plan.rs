//! The plan of a table's rows: what each row shows, after its line has filled in what the row leaves out.

use std::sync::Arc;

use crate::{
    diag::Place,
    model::{At, CellKeys, CellOverride, ColumnSpec, LineKind, Part},
};

/// A row before its cells are built. What the row does not give itself is taken from its line.
pub(super) struct RowPlan {
    pub(super) id: Arc<str>,
    pub(super) label: At<String>,
    pub(super) kind: LineKind,
    pub(super) indent: u8,
    pub(super) notes: Vec<At<String>>,
    /// The parts that the row itself declares.
    pub(super) sum: Vec<Part>,
    /// The cells that differ from the rest of the row.
    pub(super) cells: Vec<CellOverride>,
    pub(super) keys: CellKeys,
    pub(super) place: Place,
}

impl RowPlan {
    /// What the row says of its cell in a column.
    pub(super) fn cell(&self, column: &ColumnSpec) -> Option<&CellOverride> {
        let name = &column.name.as_ref()?.value;
        self.cells.iter().find(|cell| cell.column.value == *name)
    }
}
