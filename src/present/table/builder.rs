//! What building the cells of a table needs, and what they have printed so far.

use std::cell::RefCell;

use super::sums::Printed;
use crate::{model::TableSpec, present::context::PresentContext};

/// A table being built.
pub(super) struct TableBuilder<'a, 'p, 'r> {
    pub(super) context: &'a PresentContext<'p, 'r>,
    pub(super) spec: &'a TableSpec,
    /// What the cells made so far print.
    pub(super) printed: RefCell<Vec<Printed>>,
}
