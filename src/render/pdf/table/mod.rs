//! Lays out tables: caption, head and rows as line boxes, to be split into parts by pagination.

mod boxes;
mod column_measure;
mod columns;
mod head;
mod number;
mod row;
mod split;
mod table_families;

pub use column_measure::font_role;
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

/// A table before it is split into parts.
#[derive(Debug)]
pub struct TableLayout {
    /// The id of the table.
    pub id: String,
    /// The caption as plain text, for the outline.
    pub name: String,
    /// Whether it is on landscape sheets.
    pub landscape: bool,
    /// The left edge, from the left margin.
    pub x: Pt,
    /// The width of the table.
    pub width: Pt,
    /// Space above the table.
    pub before: Pt,
    /// Space below the table.
    pub after: Pt,
    /// The height of the remark after it, which should be on the same page.
    pub remark: Pt,
    /// Caption, unit line and head of the first part.
    pub first: Vec<LineBox>,
    /// Caption, unit line and head of later parts.
    pub continued: Vec<LineBox>,
    /// The rows with their kinds.
    pub rows: Vec<(RowKind, LineBox)>,
    /// The rule that closes each part, except the last if it ends with a total.
    pub foot: LineBox,
    /// Whether the last row is a total with a double rule.
    pub ends_with_total: bool,
    /// The heights of notes under a part, by note number.
    pub notes: std::collections::BTreeMap<usize, Pt>,
}

/// A table that exceeds a page by less than this factor is set in smaller type instead of being split.
const MAX_OVERFLOW: f32 = 1.14;
const SCALE_STEPS: [f32; 3] = [0.96, 0.92, 0.88];

/// Where a table is placed.
#[derive(Clone, Copy)]
pub struct TableArea<'k> {
    /// The left edge, from the left margin.
    pub x: Pt,
    /// The available width.
    pub available: Pt,
    /// The parent in the structure tree.
    pub parent: NodeId,
    /// The families of tables with the same heads.
    pub families: &'k TableFamilies,
}

/// Lays out a table. If it does not fit, it reports a finding and returns `None`.
pub fn layout_table(context: &mut LayoutContext, table: &Table, area: TableArea) -> Option<TableLayout> {
    let (most, mark) = (context.style.table, context.tree.nodes.len());
    // The height of a heading is reserved, because most statements have one.
    let page = context.style.text_height(table.landscape) - 2.0 * context.style.heading(1).leading;
    let height = |layout: &TableLayout| layout.part(0..layout.rows.len()).height;
    let first = layout_with_max_size(context, table, area, most)?;
    if height(&first) <= page || height(&first) > page * MAX_OVERFLOW {
        return Some(first);
    }
    for smaller in SCALE_STEPS {
        context.tree.nodes.truncate(mark);
        let layout = layout_with_max_size(context, table, area, most * smaller)?;
        if height(&layout) <= page {
            return Some(layout);
        }
    }
    context.tree.nodes.truncate(mark);
    layout_with_max_size(context, table, area, most)
}

/// Lays out a table in type of at most this size.
fn layout_with_max_size(context: &mut LayoutContext, table: &Table, area: TableArea, most: Pt) -> Option<TableLayout> {
    let place = DocumentPart::Table(&table.id).to_string();
    let grid = Grid::new(table);
    let measures = area.families.measures(context, table, &grid);
    let columns = columns::fit_columns(context, table, &grid, &measures, area.available, most)
        .or_else(|| fit_own_columns(context, table, &grid, area, most))?;
    let element = Some(context.tree.add(area.parent, Role::Table));
    let mut first = caption_line_boxes(context, table, element, columns.width, &place, None);
    let head = head::layout_head(context, &grid, &columns, element, &place);
    first.push(add_rules(context, head, &columns));
    let continued = continuation_line_boxes(context, table, &first, columns.width, &place);
    let body = context.tree.add_below(element, Role::Body);
    let mut rows = Vec::with_capacity(table.rows.len());
    let mut ruling = Ruling::None;
    for (i, row) in table.rows.iter().enumerate() {
        ruling = if table.boxed { Ruling::None } else { Ruling::of(table, i) };
        rows.push((row.kind, row::layout_row(context, row, &columns, body, ruling, &place)));
    }
    let foot = closing_rule(context, &columns);
    let ends_with_total = ruling == Ruling::DoubleRuleBelow;
    let notes = note_heights(context, &first, &rows, columns.width);
    let before = context.style.table_gap;
    let (id, name) = (table.id.clone(), plain(&table.caption));
    let (landscape, x, width) = (table.landscape, area.x, columns.width);
    Some(TableLayout {
        id,
        name,
        landscape,
        x,
        width,
        before,
        after: before,
        remark: 0.0,
        first,
        continued,
        rows,
        foot,
        ends_with_total,
        notes,
    })
}

/// Fits a table that does not fit with the columns of its family. If it does not fit with its own either, it is turned or
/// reported.
fn fit_own_columns(
    context: &mut LayoutContext,
    table: &Table,
    grid: &Grid,
    area: TableArea,
    most: Pt,
) -> Option<columns::Columns> {
    let own = column_measure::measure_columns(context, table, grid);
    let columns = columns::fit_columns(context, table, grid, &own, area.available, most);
    if columns.is_none() {
        columns::turn_or_report(context, table, &own, area.available);
    }
    columns
}

/// The line boxes of caption and unit line; `continued` is the word after the caption on later parts.
fn caption_line_boxes(
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
    let element = context.tree.add_below(element, Role::Caption);
    let tag = context.tree.add_below(element, Role::Paragraph);
    let format = context.text_format(style.caption, place).with_tag(tag);
    let mut text = table.caption.clone();
    if let Some(word) = continued.filter(|_| !text.is_empty()) {
        text.push(Inline::Text { text: format!(" {word}") });
    }
    let lines = text::break_lines_evenly(context, &text, format.with_font(FontRole::Strong), width);
    let mut line_boxes = line_box::stack(lines, style.caption, 0.0, 0.0, 0.0);
    let tag = context.tree.add_below(element, Role::Paragraph);
    let unit =
        context.text_format(style.note, place).with_tag(tag).with_font(FontRole::Italic).with_colour(style.quiet);
    for mut line in text::break_lines(context, &table.unit_line, unit, width) {
        let notes = std::mem::take(&mut line.notes);
        let x = width - line.width;
        let items = line.into_items(x, style.note.baseline()).collect();
        line_boxes.push(LineBox { height: style.note.leading, items, notes, ..LineBox::default() });
    }
    for line_box in &mut line_boxes {
        line_box.keep_with_next = true;
    }
    line_boxes
}

/// Caption, unit line and head of later parts, with the word "continued", outside the structure tree.
fn continuation_line_boxes(
    context: &mut LayoutContext,
    table: &Table,
    first: &[LineBox],
    width: Pt,
    place: &str,
) -> Vec<LineBox> {
    let word = context.word("continued", "(continued)").to_owned();
    let mut line_boxes = caption_line_boxes(context, table, None, width, place, Some(&word));
    if let Some(head) = first.last() {
        let items = head.items.iter().cloned().filter_map(Item::without_tag).collect();
        line_boxes.push(LineBox { items, ..head.clone() });
    }
    line_boxes
}

/// Adds a heavy rule above a head and a thin one below it.
fn add_rules(context: &LayoutContext, mut head: LineBox, columns: &columns::Columns) -> LineBox {
    let (style, width) = (context.style, columns.width);
    if columns.boxes.is_some() {
        if head.items.is_empty() {
            head.items.push(boxes::across(context, 0.0, width, 0.0));
        }
        head.before = 1.5;
        return head;
    }
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

fn closing_rule(context: &LayoutContext, columns: &columns::Columns) -> LineBox {
    let (style, width) = (context.style, columns.width);
    if columns.boxes.is_some() {
        return LineBox { height: 1.0, items: vec![boxes::across(context, 0.0, width, 0.0)], ..LineBox::default() };
    }
    let rule = Rule { x: 0.0, y: 2.0, width, thickness: style.hairline, colour: style.accent };
    LineBox { height: 3.0, items: vec![Item::Rule(rule)], ..LineBox::default() }
}

fn note_heights(
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
    marks.into_iter().map(|number| (number, line_box::note_height(context, number, width))).collect()
}
