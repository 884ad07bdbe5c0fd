//! What flows down the pages: line boxes and tables, and what they belong to.

use super::{
    line_box::{Anchor, LineBox},
    structure_tree::NodeId,
    table::LaidTable,
};

/// What flows down the pages.
#[derive(Debug)]
pub enum FlowItem {
    Band(LineBox),
    Table(Box<LaidTable>),
    /// Whether what follows stands on turned sheets, until something else is said.
    Turned(bool),
    /// What follows belongs to this section.
    Section(NodeId),
}

impl FlowItem {
    pub fn anchors(&mut self) -> Option<&mut Vec<Anchor>> {
        if let Self::Band(band) = self { Some(&mut band.anchors) } else { None }
    }
}
