//! Line boxes: strips of a page that are never split, and how they are stacked from lines of text.

use super::{
    DocumentPart,
    faces::FontRole,
    layout_context::LayoutContext,
    page::Item,
    structure_tree::{Landmark, NodeId, Role},
    style::{Pt, TypeSize},
    text::{self, Line},
};
use crate::present::document::superscript;

/// A strip of a page that is never split: a line of text, or a row of a table.
#[derive(Debug, Clone, Default)]
pub struct LineBox {
    /// Space above it, except at the top of a page.
    pub before: Pt,
    /// The height without `before`.
    pub height: Pt,
    /// Positioned relative to the left margin and the top of the line box.
    pub items: Vec<Item>,
    /// The numbers of the notes that its marks refer to.
    pub notes: Vec<usize>,
    /// Where its notes stand, if they are part of its height; otherwise they are at the foot of the page.
    pub own_notes: Option<NoteArea>,
    /// Whether it must be on the same page as the next line box or table.
    pub keep_with_next: bool,
    /// Targets of links and bookmarks at its top.
    pub anchors: Vec<Anchor>,
}

/// A target of links, or an entry of the outline.
#[derive(Debug, Clone)]
pub struct Anchor {
    /// The landmark.
    pub at: Landmark,
    /// Level and text of the outline entry, if it has one.
    pub heading: Option<(u8, String)>,
}

/// The room for notes at the bottom of a line box.
#[derive(Debug, Clone, Copy)]
pub struct NoteArea {
    /// The left edge, from the left margin.
    pub x: Pt,
    pub width: Pt,
    pub height: Pt,
}

impl LineBox {
    /// The numbers of the notes that belong at the foot of its page.
    pub fn footnotes(&self) -> impl Iterator<Item = usize> {
        self.notes.iter().copied().filter(|_| self.own_notes.is_none())
    }
}

/// Stacks the lines of one block as line boxes at `x`; later lines are indented by `hang`. No line is left alone on a page.
pub fn stack(lines: Vec<Line>, type_size: TypeSize, x: Pt, hang: Pt, before: Pt) -> Vec<LineBox> {
    let count = lines.len();
    let line_box = |(i, mut line): (usize, Line)| LineBox {
        before: if i == 0 { before } else { 0.0 },
        height: type_size.leading,
        notes: std::mem::take(&mut line.notes),
        items: line.into_items(if i == 0 { x } else { x + hang }, type_size.baseline()).collect(),
        keep_with_next: i + 1 < count && (i == 0 || i + 2 == count),
        anchors: Vec::new(),
        own_notes: None,
    };
    lines.into_iter().enumerate().map(line_box).collect()
}

/// The line boxes of a note, no wider than `width`: its number, and its text beside it. Untagged if `parent` is `None`.
pub fn note(context: &mut LayoutContext, number: usize, width: Pt, parent: Option<NodeId>) -> Vec<LineBox> {
    let Some(note) = context.note(number) else { return Vec::new() };
    let type_size = context.style.note;
    let place = DocumentPart::Note(&note.id).to_string();
    let element = context.tree.add_below(parent, Role::Note(number));
    let label = context.tree.add_below(element, Role::NoteLabel);
    let format = context.text_format(type_size, &place).with_font(FontRole::Text);
    let mut indent = type_size.size * 1.4;
    if let Some(mark) = &note.mark {
        indent = indent.max(context.width(FontRole::Text, mark, type_size.size, &place) + 0.5 * type_size.size);
    }
    let mark = note.mark.clone().unwrap_or_else(|| superscript(number));
    let number = text::break_plain_text(context, &mark, format.with_tag(label), width);
    let lines = text::break_running_lines(context, &note.text, format.with_tag(element), width - indent);
    let mut line_boxes = stack(lines, type_size, indent, 0.0, 1.5);
    if let (Some(first), Some(number)) = (line_boxes.first_mut(), number.into_iter().next()) {
        first.items.splice(0..0, number.into_items(0.0, type_size.baseline()));
    }
    line_boxes
}

/// The height of a note that is no wider than `width`, worked out once for each width and type size.
pub fn note_height(context: &mut LayoutContext, number: usize, width: Pt) -> Pt {
    let TypeSize { size, leading } = context.style.note;
    let key = (number, [width, size, leading].map(Pt::to_bits));
    if let Some(&known) = context.note_heights.get(&key) {
        return known;
    }
    let height = height(&note(context, number, width, None));
    context.note_heights.insert(key, height);
    height
}

/// The total height of stacked line boxes.
pub fn height(line_boxes: &[LineBox]) -> Pt {
    line_boxes.iter().map(|line_box| line_box.before + line_box.height).sum()
}
