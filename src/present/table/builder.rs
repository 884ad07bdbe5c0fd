//! The state of a table being built: what its cells need, and what they print so far.

use std::cell::{OnceCell, RefCell};

use super::sums::PrintedCell;
use crate::{model::TableSpec, present::context::PresentContext};

/// A table being built.
pub(super) struct TableBuilder<'a, 'p, 'r> {
    pub(super) context: &'a PresentContext<'p, 'r>,
    pub(super) spec: &'a TableSpec,
    /// The numbers that the cells built so far print.
    pub(super) printed_cells: RefCell<Vec<PrintedCell>>,
    /// The first row that shows an amount of money.
    pub(super) first_money_row: OnceCell<usize>,
}
