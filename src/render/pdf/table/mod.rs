//! Tables laid out: caption, head and rows as bands, ready to be cut into parts.

mod column_measure;
mod columns;
mod head;
mod number;
mod row;
mod split;
mod table_families;

pub use split::{NOTE_GAP, Part, cut, opening};
pub use table_families::TableFamilies;

use super::{
    Part as Named,
    faces::FontRole,
    frame::{Item, Rule},
    layout_context::LayoutContext,
    line_box::{self, LineBox},
    structure_tree::{NodeId, Role},
    style::Pt,
    text,
};
use crate::{
    present::document::{Inline, RowKind, Table, plain},
    render::head_grid::Grid,
};
use row::Ruling;

/// A table before it is cut into parts.
#[derive(Debug)]
pub struct LaidTable {
    pub id: String,
    /// Its caption in the outline.
    pub name: String,
    pub landscape: bool,
    /// From the left margin.
    pub x: Pt,
    pub width: Pt,
    pub before: Pt,
    /// How high a remark behind it stands, which should not be parted from it.
    pub remark: Pt,
    /// Caption, unit line and head, of the first part and of those after it.
    pub first: Vec<LineBox>,
    pub continued: Vec<LineBox>,
    pub rows: Vec<(RowKind, LineBox)>,
    /// Closes each part, except the last where a total's own rules do.
    pub foot: LineBox,
    pub closed: bool,
    /// How high each note stands under a part, by its number.
    pub notes: std::collections::BTreeMap<usize, Pt>,
}

/// How much too high for one page a table may be to be set smaller instead of being cut, and how much smaller.
const ALMOST: f32 = 1.14;
const SMALLER: [f32; 3] = [0.96, 0.92, 0.88];

/// Where a table is laid out: from `x`, `available` wide, in an element, with tables of its kind.
#[derive(Clone, Copy)]
pub struct Space<'k> {
    pub x: Pt,
    pub available: Pt,
    pub parent: NodeId,
    pub kin: &'k TableFamilies,
}

/// Lays a table out. A table that cannot fit is a finding.
pub fn lay(setter: &mut LayoutContext, table: &Table, space: Space) -> Option<LaidTable> {
    let (most, mark) = (setter.style.table, setter.tree.nodes.len());
    // A heading stands above most statements.
    let page = setter.style.text_height(table.landscape) - 2.0 * setter.style.heading(1).leading;
    let height = |laid: &LaidTable| laid.part(0..laid.rows.len()).height;
    let first = lay_at(setter, table, space, most)?;
    if height(&first) <= page || height(&first) > page * ALMOST {
        return Some(first);
    }
    for smaller in SMALLER {
        setter.tree.nodes.truncate(mark);
        let laid = lay_at(setter, table, space, most * smaller)?;
        if height(&laid) <= page {
            return Some(laid);
        }
    }
    setter.tree.nodes.truncate(mark);
    lay_at(setter, table, space, most)
}

/// Lays a table out in type of at most this size.
fn lay_at(setter: &mut LayoutContext, table: &Table, space: Space, most: Pt) -> Option<LaidTable> {
    let place = Named::Table(&table.id).to_string();
    let grid = Grid::new(table);
    let wants = space.kin.wants(setter, table, &grid);
    let columns = columns::solve(setter, table, &wants, space.available, most)?;
    let element = Some(setter.tree.add(space.parent, Role::Table));
    let mut first = caption(setter, table, element, columns.width, &place, None);
    let head = head::head(setter, &grid, &columns, element, &place);
    first.push(ruled(setter, head, columns.width));
    let continued = continued(setter, table, &first, columns.width, &place);
    let body = setter.tree.below(element, Role::Body);
    let mut rows = Vec::with_capacity(table.rows.len());
    let mut ruling = Ruling::None;
    for (i, row) in table.rows.iter().enumerate() {
        ruling = Ruling::of(table, i);
        rows.push((row.kind, row::row(setter, row, &columns, body, ruling, &place)));
    }
    let foot = foot(setter, columns.width);
    let closed = ruling == Ruling::Closed;
    let notes = notes(setter, &first, &rows, columns.width);
    let before = setter.style.table_gap;
    let (id, name) = (table.id.clone(), plain(&table.caption));
    let (landscape, x, width) = (table.landscape, space.x, columns.width);
    Some(LaidTable { id, name, landscape, x, width, before, remark: 0.0, first, continued, rows, foot, closed, notes })
}

/// Caption and unit line; with a word behind the caption on later parts.
fn caption(
    setter: &mut LayoutContext,
    table: &Table,
    element: Option<NodeId>,
    width: Pt,
    place: &str,
    continued: Option<&str>,
) -> Vec<LineBox> {
    let style = setter.style;
    if table.caption.is_empty() && table.unit_line.is_empty() {
        return Vec::new();
    }
    let element = setter.tree.below(element, Role::Caption);
    let tag = setter.tree.below(element, Role::Paragraph);
    let ink = setter.ink(style.caption, place).tagged(tag);
    let mut text = table.caption.clone();
    if let Some(word) = continued.filter(|_| !text.is_empty()) {
        text.push(Inline::Text { text: format!(" {word}") });
    }
    let lines = text::set_balanced(setter, &text, ink.voiced(FontRole::Strong), width);
    let mut bands = line_box::stack(lines, style.caption, 0.0, 0.0, 0.0);
    let tag = setter.tree.below(element, Role::Paragraph);
    let unit = setter.ink(style.note, place).tagged(tag).voiced(FontRole::Italic).coloured(style.quiet);
    for mut line in text::set(setter, &table.unit_line, unit, width) {
        let notes = std::mem::take(&mut line.notes);
        let x = width - line.width;
        let items = line.at(x, style.note.baseline()).collect();
        bands.push(LineBox { height: style.note.leading, items, notes, ..LineBox::default() });
    }
    for band in &mut bands {
        band.keep = true;
    }
    bands
}

/// What stands above later parts: the same, with the word for it, and outside the structure tree.
fn continued(setter: &mut LayoutContext, table: &Table, first: &[LineBox], width: Pt, place: &str) -> Vec<LineBox> {
    let word = setter.word("continued", "(continued)").to_owned();
    let mut bands = caption(setter, table, None, width, place, Some(&word));
    if let Some(head) = first.last() {
        let items = head.items.iter().cloned().filter_map(Item::untagged).collect();
        bands.push(LineBox { items, ..head.clone() });
    }
    bands
}

/// Puts a heavy rule above a head and a thin one under it.
fn ruled(setter: &LayoutContext, mut head: LineBox, width: Pt) -> LineBox {
    let style = setter.style;
    let rule = |y, thickness| Item::Rule(Rule { x: 0.0, y, width, thickness, colour: style.accent });
    head.before = 2.5;
    head.items.push(rule(0.0, style.heavy_rule));
    if head.height > 0.0 {
        head.height += 1.0;
        head.items.push(rule(head.height, style.hairline));
    }
    head.height += 1.5;
    head
}

fn foot(setter: &LayoutContext, width: Pt) -> LineBox {
    let style = setter.style;
    let rule = Rule { x: 0.0, y: 2.0, width, thickness: style.hairline, colour: style.accent };
    LineBox { height: 3.0, items: vec![Item::Rule(rule)], ..LineBox::default() }
}

fn notes(
    setter: &mut LayoutContext,
    first: &[LineBox],
    rows: &[(RowKind, LineBox)],
    width: Pt,
) -> std::collections::BTreeMap<usize, Pt> {
    let marks = first.iter().chain(rows.iter().map(|(_, band)| band)).flat_map(|band| band.notes.iter().copied());
    let marks: std::collections::BTreeSet<usize> = marks.collect();
    marks.into_iter().map(|number| (number, line_box::height(&line_box::note(setter, number, width, None)))).collect()
}
