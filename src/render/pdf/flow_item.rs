//! Flow items: the line boxes and tables that pagination places, and changes of section and orientation.

use super::{
    line_box::{Anchor, LineBox},
    structure_tree::NodeId,
    table::TableLayout,
};

/// An element of the flow that pagination places.
#[derive(Debug)]
pub enum FlowItem {
    /// A line box, which is never split.
    LineBox(LineBox),
    /// A table, which may be split between rows.
    Table(Box<TableLayout>),
    /// Whether the following line boxes are on landscape sheets, until the next such item.
    Landscape(bool),
    /// The section that the following items belong to.
    Section(NodeId),
}

impl FlowItem {
    /// The anchors of a line box.
    pub fn anchors(&mut self) -> Option<&mut Vec<Anchor>> {
        if let Self::LineBox(line_box) = self { Some(&mut line_box.anchors) } else { None }
    }
}
