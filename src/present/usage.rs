//! The record of what a document shows, and where. Checks, `explain` and coverage read it.

use std::sync::Arc;

use crate::{
    diag::Place,
    figures::Derivation,
    merge::Call,
    model::{Decimal, Expr},
};

/// A figure that was shown somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureUse {
    /// The id of the table or page that shows it.
    pub place: Arc<str>,
    /// The row of a table file, or the expression of a narrative, that asks for it.
    pub at: Place,
    pub derivation: Derivation,
    /// The printed value, in the unit of the derivation.
    pub displayed: Decimal,
    /// The value before rounding, in base units of the formula.
    pub exact: Decimal,
    /// Its cell, if it is in a table.
    pub cell: Option<CellUse>,
    /// Its call, if it is in text.
    pub call: Option<Call>,
    /// The subject of the call as a formula.
    pub subject: Option<Arc<Expr>>,
}

/// A cell of a table, by the keys it was built from.
#[derive(Debug, Clone, PartialEq)]
pub struct CellUse {
    /// The id of its row.
    pub row: Arc<str>,
    /// The number of that row in the table.
    pub row_number: usize,
    pub column: usize,
    /// The line's name as the table gives it.
    pub line: String,
    pub period: String,
    pub member: Option<String>,
    /// The function shown, in full; empty for the amount itself.
    pub show: String,
}

impl CellUse {
    /// What `show` is for an amount with the opposite sign.
    pub const NEGATED: &str = "-_";

    /// Whether it shows the amount itself, with either sign.
    pub fn is_amount(&self) -> bool {
        self.show.is_empty() || self.show == Self::NEGATED
    }
}

/// A part of the narrative, and the block of the page made from it.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The page's id.
    pub page: String,
    pub at: Place,
    pub rendered: Rendered,
}

/// The block made from a part of the narrative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rendered {
    /// By its plain text, without note marks.
    Paragraph(String),
    /// By its id; so are the next two.
    Heading(String),
    Note(String),
    Table(String),
}

impl Passage {
    /// The id of the table or chart that it is, if it is one.
    pub fn table(&self) -> Option<&str> {
        match &self.rendered {
            Rendered::Table(id) => Some(id),
            Rendered::Paragraph(_) | Rendered::Heading(_) | Rendered::Note(_) => None,
        }
    }
}

impl FigureUse {
    /// The figure's name, `is.total_revenues@fy2009`.
    pub fn name(&self) -> &str {
        &self.derivation.name
    }
}
