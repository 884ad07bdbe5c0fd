//! Lays out the head of a table: bottom-aligned cells, and a rule under each column group.

use super::{boxes::BOX_PADDING, columns::Columns};
use crate::render::head_grid::{Grid, GridCell};
use crate::render::pdf::{
    faces::FontRole,
    layout_context::LayoutContext,
    line_box::LineBox,
    page::{Item, Rule},
    structure_tree::{NodeId, Role, Scope},
    style::Pt,
    text::{self, Line},
};

/// Space above and below the texts of a head row, in the type size.
const ROW_PADDING: f32 = 0.28;

/// Lays out the head as one line box.
pub fn layout_head(
    context: &mut LayoutContext,
    grid: &Grid,
    columns: &Columns,
    table: Option<NodeId>,
    place: &str,
) -> LineBox {
    let mut line_box = LineBox { keep_with_next: true, ..LineBox::default() };
    if grid.rows == 0 {
        return line_box;
    }
    let element = context.tree.add_below(table, Role::Head);
    let rows: Vec<_> = (0..grid.rows).map(|_| context.tree.add_below(element, Role::Row)).collect();
    let mut cells: Vec<(&GridCell, Option<NodeId>, Vec<Line>)> = Vec::new();
    for cell in &grid.cells {
        let parent = rows.get(cell.row).copied().flatten();
        let role = Role::HeadCell { scope: Scope::Column, columns: cell.columns, rows: cell.rows };
        let tag = context.tree.add_below(parent, role);
        let format = context.text_format(columns.type_size(), place).with_font(FontRole::Strong).with_tag(tag);
        let (left, right) = cell_extent(columns, cell);
        cells.push((cell, tag, text::break_lines_evenly(context, &cell.text, format, right - left)));
    }
    let paddings: Vec<f32> = (0..grid.rows).map(|row| padding_below(grid, row, columns)).collect();
    let bottoms = row_bottoms(&cells, &paddings, columns);
    for (cell, tag, lines) in cells {
        let last = cell.row + cell.rows - 1;
        let bottom = bottoms.get(last).copied().unwrap_or_default();
        let text_bottom = bottom - paddings.get(last).copied().unwrap_or(ROW_PADDING) * columns.size;
        place_cell(&mut line_box, columns, cell, tag, lines, text_bottom);
        if cell.group && columns.boxes.is_none() {
            line_box.items.push(group_rule(context, columns, cell, bottom));
        }
    }
    line_box.height = bottoms.last().copied().unwrap_or_default();
    if let Some(boxes) = &columns.boxes {
        // Space between the rule and the first row.
        line_box.height += BOX_PADDING / 4.0 * columns.size;
        boxes.divide_head(context, grid, &bottoms, &mut line_box);
    }
    line_box
}

/// The bottom of each head row, so that every cell that ends in it fits.
fn row_bottoms(cells: &[(&GridCell, Option<NodeId>, Vec<Line>)], paddings: &[f32], columns: &Columns) -> Vec<Pt> {
    let padding_above =
        |cell: &GridCell| cell.row.checked_sub(1).and_then(|row| paddings.get(row)).copied().unwrap_or(ROW_PADDING);
    let mut bottoms: Vec<Pt> = Vec::with_capacity(paddings.len());
    for (row, padding) in paddings.iter().enumerate() {
        let ending = cells.iter().filter(|(cell, ..)| cell.row + cell.rows == row + 1);
        let top =
            |cell: &GridCell| cell.row.checked_sub(1).and_then(|above| bottoms.get(above)).copied().unwrap_or(0.0);
        let needs = |(cell, _, lines): &(&GridCell, _, Vec<Line>)| {
            top(cell) + lines.len() as f32 * columns.leading + (padding_above(cell) + padding) * columns.size
        };
        let above = row.checked_sub(1).and_then(|above| bottoms.get(above)).copied().unwrap_or(0.0);
        bottoms.push(ending.map(needs).fold(above, Pt::max));
    }
    bottoms
}

/// The padding below a head row: only above a rule under a group or in a box, and at the bottom of the head.
fn padding_below(grid: &Grid, row: usize, columns: &Columns) -> f32 {
    let has_rule = row + 1 == grid.rows || grid.cells.iter().any(|cell| cell.group && cell.row + cell.rows == row + 1);
    if has_rule || columns.boxes.is_some() { ROW_PADDING } else { 0.0 }
}

fn place_cell(
    line_box: &mut LineBox,
    columns: &Columns,
    cell: &GridCell,
    tag: Option<NodeId>,
    lines: Vec<Line>,
    text_bottom: Pt,
) {
    if lines.is_empty() {
        line_box.items.extend(tag.map(Item::Empty));
    }
    let (left, right) = cell_extent(columns, cell);
    let top = text_bottom - lines.len() as f32 * columns.leading;
    for (i, mut line) in lines.into_iter().enumerate() {
        let x = match (cell.column, cell.columns) {
            _ if columns.boxes.is_some() => (left + right - line.width) / 2.0,
            (0, _) => left,
            (column, 1) => columns.list.get(column - 1).map_or(left, |column| column.text_start(line.width)),
            _ => (left + right - line.width) / 2.0,
        };
        line_box.notes.append(&mut line.notes);
        line_box.items.extend(line.into_items(x, top + i as f32 * columns.leading + columns.type_size().baseline()));
    }
}

fn group_rule(context: &LayoutContext, columns: &Columns, cell: &GridCell, y: Pt) -> Item {
    let (left, right) = cell_extent(columns, cell);
    Item::Rule(Rule { x: left, y, width: right - left, thickness: context.style.hairline, colour: context.style.ink })
}

/// The left and right end of a head cell: a single column ends at its last digit, a group at its right edge.
fn cell_extent(columns: &Columns, cell: &GridCell) -> (Pt, Pt) {
    if let Some(boxes) = &columns.boxes {
        let (left, right) = boxes.extent(cell);
        let padding = BOX_PADDING / 2.0 * columns.size;
        return (left + padding, right - padding);
    }
    let last = cell.column + cell.columns - 1;
    let left = match cell.column {
        0 => 0.0,
        column => columns.list.get(column - 1).map_or(0.0, |c| c.left),
    };
    let right = match (last, cell.columns) {
        (0, _) => columns.label,
        (last, 1) => columns.list.get(last - 1).map_or(left, |c| c.digits),
        (last, _) => columns.list.get(last - 1).map_or(left, |c| c.right),
    };
    (left, right.max(left))
}
