//! What is left of a closing beside its documents, for those who explain figures later.

use crate::{
    check::{Relation, Verdict},
    present::FigureUse,
};

/// The uses of figures, and the relations that hold them together, as an owned value.
#[derive(Debug, Default)]
pub struct ClosedFigures {
    /// The uses in the original.
    pub uses: Vec<FigureUse>,
    /// The uses of each translation.
    pub translated_uses: Vec<Vec<FigureUse>>,
    pub relations: Vec<Relation>,
    /// One for each relation.
    pub verdicts: Vec<Verdict>,
}
