//! A table's head: heads at the foot of their cells, and a rule under each group.

use super::columns::Columns;
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
const PAD: f32 = 0.28;

/// Lays the head out as one line box.
pub fn head(
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
    let element = context.tree.below(table, Role::Head);
    let rows: Vec<_> = (0..grid.rows).map(|_| context.tree.below(element, Role::Row)).collect();
    let mut cells: Vec<(&GridCell, Option<NodeId>, Vec<Line>)> = Vec::new();
    for cell in &grid.cells {
        let parent = rows.get(cell.row).copied().flatten();
        let role = Role::HeadCell { scope: Scope::Column, columns: cell.columns, rows: cell.rows };
        let tag = context.tree.below(parent, role);
        let format = context.text_format(columns.type_size(), place).with_font(FontRole::Strong).with_tag(tag);
        let (left, right) = extent(columns, cell);
        cells.push((cell, tag, text::break_lines_evenly(context, &cell.text, format, right - left)));
    }
    let pads: Vec<f32> = (0..grid.rows).map(|row| pad_below(grid, row)).collect();
    let bottoms = bottoms(&cells, &pads, columns);
    for (cell, tag, lines) in cells {
        let last = cell.row + cell.rows - 1;
        let bottom = bottoms.get(last).copied().unwrap_or_default();
        let foot = bottom - pads.get(last).copied().unwrap_or(PAD) * columns.size;
        place_cell(&mut line_box, columns, cell, tag, lines, foot);
        if cell.group {
            line_box.items.push(under_group(context, columns, cell, bottom));
        }
    }
    line_box.height = bottoms.last().copied().unwrap_or_default();
    line_box
}

/// Where each head row ends: high enough for every cell that ends in it.
fn bottoms(cells: &[(&GridCell, Option<NodeId>, Vec<Line>)], pads: &[f32], columns: &Columns) -> Vec<Pt> {
    let pad_above = |cell: &GridCell| cell.row.checked_sub(1).and_then(|row| pads.get(row)).copied().unwrap_or(PAD);
    let mut bottoms: Vec<Pt> = Vec::with_capacity(pads.len());
    for (row, pad) in pads.iter().enumerate() {
        let ending = cells.iter().filter(|(cell, ..)| cell.row + cell.rows == row + 1);
        let top =
            |cell: &GridCell| cell.row.checked_sub(1).and_then(|above| bottoms.get(above)).copied().unwrap_or(0.0);
        let needs = |(cell, _, lines): &(&GridCell, _, Vec<Line>)| {
            top(cell) + lines.len() as f32 * columns.leading + (pad_above(cell) + pad) * columns.size
        };
        let above = row.checked_sub(1).and_then(|above| bottoms.get(above)).copied().unwrap_or(0.0);
        bottoms.push(ending.map(needs).fold(above, Pt::max));
    }
    bottoms
}

/// Heads that belong together are close: only a rule under a group, or the foot of the head, asks for space.
fn pad_below(grid: &Grid, row: usize) -> f32 {
    let ruled = row + 1 == grid.rows || grid.cells.iter().any(|cell| cell.group && cell.row + cell.rows == row + 1);
    if ruled { PAD } else { 0.0 }
}

fn place_cell(
    line_box: &mut LineBox,
    columns: &Columns,
    cell: &GridCell,
    tag: Option<NodeId>,
    lines: Vec<Line>,
    foot: Pt,
) {
    if lines.is_empty() {
        line_box.items.extend(tag.map(Item::Empty));
    }
    let (left, right) = extent(columns, cell);
    let top = foot - lines.len() as f32 * columns.leading;
    for (i, mut line) in lines.into_iter().enumerate() {
        let x = match (cell.column, cell.columns) {
            (0, _) => left,
            (_, 1) => right - line.width,
            _ => (left + right - line.width) / 2.0,
        };
        line_box.notes.append(&mut line.notes);
        line_box.items.extend(line.at(x, top + i as f32 * columns.leading + columns.type_size().baseline()));
    }
}

fn under_group(context: &LayoutContext, columns: &Columns, cell: &GridCell, y: Pt) -> Item {
    let (left, right) = extent(columns, cell);
    Item::Rule(Rule { x: left, y, width: right - left, thickness: context.style.hairline, colour: context.style.ink })
}

/// Where a head cell begins and ends: over a single column at its last digit, over a group at the group's edge.
fn extent(columns: &Columns, cell: &GridCell) -> (Pt, Pt) {
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
