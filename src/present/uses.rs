//! What was shown, and where: the record that checks, `explain` and coverage read.

use crate::{diag::Place, figures::Recipe, merge::Call, model::Unit};

/// A figure that was shown somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Use {
    /// The table or page that shows it.
    pub place: String,
    /// What made it: a row of a table file, an expression of a narrative.
    pub at: Place,
    pub recipe: Recipe,
    /// Where it stands, when that is a table.
    pub cell: Option<CellUse>,
    /// How it was called, when it stands in text.
    pub call: Option<Call>,
}

/// A cell of a table, by what it shows rather than by where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct CellUse {
    pub row: String,
    pub column: usize,
    /// As the table names it.
    pub line: String,
    pub period: String,
    pub member: Option<String>,
    pub unit: Unit,
    /// The function shown, in full; empty for the amount itself.
    pub show: String,
}

impl Use {
    /// The figure's name, `is.total_revenues@fy2009`.
    pub fn name(&self) -> &str {
        &self.recipe.name
    }
}
