//! What flows down the pages: line boxes and tables, and what they belong to.

use super::{
    line_box::{Anchor, LineBox},
    structure_tree::NodeId,
    table::TableLayout,
};

/// What flows down the pages.
#[derive(Debug)]
pub enum FlowItem {
    LineBox(LineBox),
    Table(Box<TableLayout>),
    /// Whether what follows is on landscape sheets, until something else is said.
    Landscape(bool),
    /// What follows belongs to this section.
    Section(NodeId),
}

impl FlowItem {
    pub fn anchors(&mut self) -> Option<&mut Vec<Anchor>> {
        if let Self::LineBox(line_box) = self { Some(&mut line_box.anchors) } else { None }
    }
}
