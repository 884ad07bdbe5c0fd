//! The state of a table being built: what its cells need, and what they print so far.

use std::{
    cell::{OnceCell, RefCell},
    sync::Arc,
};

use crate::{
    model::TableSpec,
    present::{context::PresentContext, number::NumberFormats},
};

/// A table being built.
pub(super) struct TableBuilder<'a, 'p, 'r> {
    pub(super) context: &'a PresentContext<'p, 'r>,
    pub(super) spec: &'a TableSpec,
    /// The id of the table, which every figure in it has.
    pub(super) id: Arc<str>,
    /// The cells built so far that print a number which may be a sum or a part of one, each with the number of its figure among
    /// those shown.
    pub(super) printed_cells: RefCell<Vec<([usize; 2], usize)>>,
    pub(super) formats: NumberFormats,
    /// The first row that shows an amount of money.
    pub(super) first_money_row: OnceCell<usize>,
}
