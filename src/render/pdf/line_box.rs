//! What flows down a page: line boxes that stay whole, and the text that makes them.

use super::{
    DocumentPart,
    faces::FontRole,
    layout_context::LayoutContext,
    page::Item,
    structure_tree::{Landmark, NodeId, Role},
    style::{Pt, TypeSize},
    text::{self, Line},
};

/// A strip of a page that is never cut: a line of text, a row of a table.
#[derive(Debug, Clone, Default)]
pub struct LineBox {
    /// Space above it, except at the top of a page.
    pub before: Pt,
    pub height: Pt,
    /// Measured from the left margin and the line box's top.
    pub items: Vec<Item>,
    /// The notes it has marks of.
    pub notes: Vec<usize>,
    /// Whether it must stay with the line box after it.
    pub keep_with_next: bool,
    pub anchors: Vec<Anchor>,
}

/// What a link or the outline can lead to.
#[derive(Debug, Clone)]
pub struct Anchor {
    pub at: Landmark,
    /// A heading's level and text.
    pub heading: Option<(u8, String)>,
}

/// Lines of one block as line boxes that begin at `x`. A single line of it is never left alone on a page.
pub fn stack(lines: Vec<Line>, type_size: TypeSize, x: Pt, hang: Pt, before: Pt) -> Vec<LineBox> {
    let count = lines.len();
    let line_box = |(i, mut line): (usize, Line)| LineBox {
        before: if i == 0 { before } else { 0.0 },
        height: type_size.leading,
        notes: std::mem::take(&mut line.notes),
        items: line.at(if i == 0 { x } else { x + hang }, type_size.baseline()).collect(),
        keep_with_next: i + 1 < count && (i == 0 || i + 2 == count),
        anchors: Vec::new(),
    };
    lines.into_iter().enumerate().map(line_box).collect()
}

/// The line boxes of a note: its number, then its text beside it, no wider than `width`. Untagged unless `parent` is given.
pub fn note(context: &mut LayoutContext, number: usize, width: Pt, parent: Option<NodeId>) -> Vec<LineBox> {
    let Some(note) = context.note(number) else { return Vec::new() };
    let type_size = context.style.note;
    let place = DocumentPart::Note(&note.id).to_string();
    let element = context.tree.below(parent, Role::Note(number));
    let label = context.tree.below(element, Role::NoteLabel);
    let format = context.text_format(type_size, &place).with_font(FontRole::Text);
    let indent = type_size.size * 1.4;
    let number = text::break_plain_text(context, &text::superscript(number), format.with_tag(label), width);
    let lines = text::break_lines(context, &note.text, format.with_tag(element), width - indent);
    let mut line_boxes = stack(lines, type_size, indent, 0.0, 1.5);
    if let (Some(first), Some(number)) = (line_boxes.first_mut(), number.into_iter().next()) {
        first.items.splice(0..0, number.at(0.0, type_size.baseline()));
    }
    line_boxes
}

/// How high line boxes are on each other.
pub fn height(line_boxes: &[LineBox]) -> Pt {
    line_boxes.iter().map(|line_box| line_box.before + line_box.height).sum()
}
