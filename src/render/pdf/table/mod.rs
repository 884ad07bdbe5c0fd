//! Tables laid out: caption, head and rows as line boxes, ready to be cut into parts.

mod column_measure;
mod columns;
mod head;
mod number;
mod row;
mod split;
mod table_families;

pub use split::{NOTE_GAP, TablePart, next_part, opening_height};
pub use table_families::TableFamilies;

use super::{
    DocumentPart,
    faces::FontRole,
    layout_context::LayoutContext,
    line_box::{self, LineBox},
    page::{Item, Rule},
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
pub struct TableLayout {
    pub id: String,
    /// Its caption in the outline.
    pub name: String,
    pub landscape: bool,
    /// From the left margin.
    pub x: Pt,
    pub width: Pt,
    pub before: Pt,
    /// How high a remark behind it is, which should not be parted from it.
    pub remark: Pt,
    /// Caption, unit line and head, of the first part and of those after it.
    pub first: Vec<LineBox>,
    pub continued: Vec<LineBox>,
    pub rows: Vec<(RowKind, LineBox)>,
    /// Closes each part, except the last where a total's own rules do.
    pub foot: LineBox,
    pub closed: bool,
    /// How high each note is under a part, by its number.
    pub notes: std::collections::BTreeMap<usize, Pt>,
}

/// How much too high for one page a table may be to be set smaller instead of being cut, and how much smaller.
const ALMOST: f32 = 1.14;
const SMALLER: [f32; 3] = [0.96, 0.92, 0.88];

/// Where a table is laid out: from `x`, `available` wide, in an element, with tables of its kind.
#[derive(Clone, Copy)]
pub struct TableArea<'k> {
    pub x: Pt,
    pub available: Pt,
    pub parent: NodeId,
    pub families: &'k TableFamilies,
}

/// Lays a table out. A table that cannot fit is a finding.
pub fn lay_out(context: &mut LayoutContext, table: &Table, space: TableArea) -> Option<TableLayout> {
    let (most, mark) = (context.style.table, context.tree.nodes.len());
    // A heading is above most statements.
    let page = context.style.text_height(table.landscape) - 2.0 * context.style.heading(1).leading;
    let height = |layout: &TableLayout| layout.part(0..layout.rows.len()).height;
    let first = lay_out_in_size(context, table, space, most)?;
    if height(&first) <= page || height(&first) > page * ALMOST {
        return Some(first);
    }
    for smaller in SMALLER {
        context.tree.nodes.truncate(mark);
        let layout = lay_out_in_size(context, table, space, most * smaller)?;
        if height(&layout) <= page {
            return Some(layout);
        }
    }
    context.tree.nodes.truncate(mark);
    lay_out_in_size(context, table, space, most)
}

/// Lays a table out in type of at most this size.
fn lay_out_in_size(context: &mut LayoutContext, table: &Table, space: TableArea, most: Pt) -> Option<TableLayout> {
    let place = DocumentPart::Table(&table.id).to_string();
    let grid = Grid::new(table);
    let measures = space.families.measures(context, table, &grid);
    let columns = columns::fit_columns(context, table, &measures, space.available, most)?;
    let element = Some(context.tree.add(space.parent, Role::Table));
    let mut first = caption(context, table, element, columns.width, &place, None);
    let head = head::head(context, &grid, &columns, element, &place);
    first.push(add_rules(context, head, columns.width));
    let continued = continued(context, table, &first, columns.width, &place);
    let body = context.tree.below(element, Role::Body);
    let mut rows = Vec::with_capacity(table.rows.len());
    let mut ruling = Ruling::None;
    for (i, row) in table.rows.iter().enumerate() {
        ruling = Ruling::of(table, i);
        rows.push((row.kind, row::row(context, row, &columns, body, ruling, &place)));
    }
    let foot = foot(context, columns.width);
    let closed = ruling == Ruling::DoubleRuleBelow;
    let notes = notes(context, &first, &rows, columns.width);
    let before = context.style.table_gap;
    let (id, name) = (table.id.clone(), plain(&table.caption));
    let (landscape, x, width) = (table.landscape, space.x, columns.width);
    Some(TableLayout {
        id,
        name,
        landscape,
        x,
        width,
        before,
        remark: 0.0,
        first,
        continued,
        rows,
        foot,
        closed,
        notes,
    })
}

/// Caption and unit line; with a word behind the caption on later parts.
fn caption(
    context: &mut LayoutContext,
    table: &Table,
    element: Option<NodeId>,
    width: Pt,
    place: &str,
    continued: Option<&str>,
) -> Vec<LineBox> {
    let style = context.style;
    if table.caption.is_empty() && table.unit_line.is_empty() {
        return Vec::new();
    }
    let element = context.tree.below(element, Role::Caption);
    let tag = context.tree.below(element, Role::Paragraph);
    let format = context.text_format(style.caption, place).with_tag(tag);
    let mut text = table.caption.clone();
    if let Some(word) = continued.filter(|_| !text.is_empty()) {
        text.push(Inline::Text { text: format!(" {word}") });
    }
    let lines = text::break_lines_evenly(context, &text, format.with_font(FontRole::Strong), width);
    let mut line_boxes = line_box::stack(lines, style.caption, 0.0, 0.0, 0.0);
    let tag = context.tree.below(element, Role::Paragraph);
    let unit =
        context.text_format(style.note, place).with_tag(tag).with_font(FontRole::Italic).with_colour(style.quiet);
    for mut line in text::break_lines(context, &table.unit_line, unit, width) {
        let notes = std::mem::take(&mut line.notes);
        let x = width - line.width;
        let items = line.at(x, style.note.baseline()).collect();
        line_boxes.push(LineBox { height: style.note.leading, items, notes, ..LineBox::default() });
    }
    for line_box in &mut line_boxes {
        line_box.keep_with_next = true;
    }
    line_boxes
}

/// What is above later parts: the same, with the word for it, and outside the structure tree.
fn continued(context: &mut LayoutContext, table: &Table, first: &[LineBox], width: Pt, place: &str) -> Vec<LineBox> {
    let word = context.word("continued", "(continued)").to_owned();
    let mut line_boxes = caption(context, table, None, width, place, Some(&word));
    if let Some(head) = first.last() {
        let items = head.items.iter().cloned().filter_map(Item::untagged).collect();
        line_boxes.push(LineBox { items, ..head.clone() });
    }
    line_boxes
}

/// Puts a heavy rule above a head and a thin one under it.
fn add_rules(context: &LayoutContext, mut head: LineBox, width: Pt) -> LineBox {
    let style = context.style;
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

fn foot(context: &LayoutContext, width: Pt) -> LineBox {
    let style = context.style;
    let rule = Rule { x: 0.0, y: 2.0, width, thickness: style.hairline, colour: style.accent };
    LineBox { height: 3.0, items: vec![Item::Rule(rule)], ..LineBox::default() }
}

fn notes(
    context: &mut LayoutContext,
    first: &[LineBox],
    rows: &[(RowKind, LineBox)],
    width: Pt,
) -> std::collections::BTreeMap<usize, Pt> {
    let marks = first
        .iter()
        .chain(rows.iter().map(|(_, line_box)| line_box))
        .flat_map(|line_box| line_box.notes.iter().copied());
    let marks: std::collections::BTreeSet<usize> = marks.collect();
    marks.into_iter().map(|number| (number, line_box::height(&line_box::note(context, number, width, None)))).collect()
}
