//! What was shown, and where: the record that checks, `explain` and coverage read.

use crate::{diag::Place, figures::Derivation, merge::Call, model::Unit};

/// A figure that was shown somewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureUse {
    /// The table or page that shows it.
    pub place: String,
    /// What made it: a row of a table file, an expression of a narrative.
    pub at: Place,
    pub derivation: Derivation,
    /// Where it is, when that is a table.
    pub cell: Option<CellUse>,
    /// How it was called, when it is in text.
    pub call: Option<Call>,
}

/// A cell of a table, by what it shows rather than by where it is.
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

/// A stretch of the narrative, and what it became on its page.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The page's id.
    pub page: String,
    pub at: Place,
    pub became: Rendered,
}

/// What a stretch of the narrative became: of what has no name of its own, how it reads without its note marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rendered {
    Paragraph(String),
    /// By its id, as the others.
    Heading(String),
    Note(String),
    Table(String),
}

impl FigureUse {
    /// The figure's name, `is.total_revenues@fy2009`.
    pub fn name(&self) -> &str {
        &self.derivation.name
    }
}
