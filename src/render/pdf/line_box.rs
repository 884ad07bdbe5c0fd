//! What flows down a page: bands that stay whole, and the text that makes them.

use super::{
    Part,
    faces::FontRole,
    frame::Item,
    layout_context::LayoutContext,
    structure_tree::{Landmark, NodeId, Role},
    style::{Pt, Type},
    text::{self, Line},
};

/// A strip of a page that is never cut: a line of text, a row of a table.
#[derive(Debug, Clone, Default)]
pub struct LineBox {
    /// Space above it, except at the top of a page.
    pub before: Pt,
    pub height: Pt,
    /// Measured from the left margin and the band's top.
    pub items: Vec<Item>,
    /// The notes it has marks of.
    pub notes: Vec<usize>,
    /// Whether it must stay with the band after it.
    pub keep: bool,
    pub anchors: Vec<Anchor>,
}

/// What a link or the outline can lead to.
#[derive(Debug, Clone)]
pub struct Anchor {
    pub at: Landmark,
    /// A heading's level and text.
    pub heading: Option<(u8, String)>,
}

/// Lines of one block as bands that begin at `x`. A single line of it is never left alone on a page.
pub fn stack(lines: Vec<Line>, set: Type, x: Pt, hang: Pt, before: Pt) -> Vec<LineBox> {
    let count = lines.len();
    let band = |(i, mut line): (usize, Line)| LineBox {
        before: if i == 0 { before } else { 0.0 },
        height: set.leading,
        notes: std::mem::take(&mut line.notes),
        items: line.at(if i == 0 { x } else { x + hang }, set.baseline()).collect(),
        keep: i + 1 < count && (i == 0 || i + 2 == count),
        anchors: Vec::new(),
    };
    lines.into_iter().enumerate().map(band).collect()
}

/// The bands of a note: its number, then its text beside it, no wider than `width`. Untagged unless `parent` is given.
pub fn note(setter: &mut LayoutContext, number: usize, width: Pt, parent: Option<NodeId>) -> Vec<LineBox> {
    let Some(note) = setter.note(number) else { return Vec::new() };
    let set = setter.style.note;
    let place = Part::Note(&note.id).to_string();
    let element = setter.tree.below(parent, Role::Note(number));
    let label = setter.tree.below(element, Role::NoteLabel);
    let ink = setter.ink(set, &place).voiced(FontRole::Text);
    let indent = set.size * 1.4;
    let number = text::set_plain(setter, &text::superior(number), ink.tagged(label), width);
    let lines = text::set(setter, &note.text, ink.tagged(element), width - indent);
    let mut bands = stack(lines, set, indent, 0.0, 1.5);
    if let (Some(first), Some(number)) = (bands.first_mut(), number.into_iter().next()) {
        first.items.splice(0..0, number.at(0.0, set.baseline()));
    }
    bands
}

/// How high bands stand on each other.
pub fn height(bands: &[LineBox]) -> Pt {
    bands.iter().map(|band| band.before + band.height).sum()
}
