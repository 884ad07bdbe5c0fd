//! What a table's columns want: from the figures, heads and labels that are in them, in the type size.

use std::collections::BTreeMap;

use super::number;
use crate::render::head_grid::Grid;
use crate::{
    present::document::{Cell, Row, RowKind, Table, plain},
    render::pdf::{DocumentPart, faces::FontRole, layout_context::LayoutContext, style::TypeSize, text},
};

/// The space before a column, and before one that begins a group.
const GAP: f32 = 1.15;
const GROUP_GAP: f32 = 1.9;

/// What the columns want, in the type size.
#[derive(Debug, Clone)]
pub struct ColumnMeasures {
    pub columns: Vec<ColumnMeasure>,
    /// The unit of each column's figures: those of one unit are equally wide where there is room.
    pub units: Vec<String>,
    /// The longest word of a label, and the longest label, with their indents.
    pub label_word: f32,
    pub label: f32,
}

/// What one column wants.
#[derive(Debug, Clone, Copy)]
pub struct ColumnMeasure {
    pub gap: f32,
    /// Up to the last digit: of its figures, and with its heads.
    pub figures: f32,
    pub digits: f32,
    /// As its heads would like it: in two lines, or three, and so on.
    pub preferred: [f32; HEAD_LINES],
    /// What hangs behind the last digit.
    pub overhang: f32,
}

/// A head up to this width is not broken where there is room.
const HEAD_WHOLE: f32 = 7.2;
/// How many heights of heads are tried, from two lines up.
pub const HEAD_LINES: usize = 5;

impl ColumnMeasures {
    /// Widens what these columns want by what those of another table do, so that they are under each other.
    pub fn widen_to(&mut self, other: &Self) {
        self.columns.iter_mut().zip(&other.columns).for_each(|(own, other)| own.widen_to(other));
        if let Some(more) = other.columns.get(self.columns.len()..) {
            self.columns.extend(more);
            self.units.extend_from_slice(&other.units[other.units.len() - more.len()..]);
        }
        self.label_word = self.label_word.max(other.label_word);
        self.label = self.label.max(other.label);
    }

    /// The same with columns of one unit equally wide.
    pub fn with_equal_units(&self) -> Self {
        let mut even = self.clone();
        for (column, unit) in even.columns.iter_mut().zip(&self.units) {
            let alike = self.columns.iter().zip(&self.units).filter(|(_, other)| *other == unit && !unit.is_empty());
            alike.for_each(|(other, _)| column.widen_to(other));
        }
        even
    }
}

impl ColumnMeasure {
    /// What two columns want that are to be equally wide.
    fn widen_to(&mut self, other: &Self) {
        self.figures = self.figures.max(other.figures);
        self.digits = self.digits.max(other.digits);
        self.overhang = self.overhang.max(other.overhang);
        for (own, other) in self.preferred.iter_mut().zip(other.preferred) {
            *own = own.max(other);
        }
    }
}

/// What a table's columns want.
pub fn measures(context: &mut LayoutContext, table: &Table, grid: &Grid) -> ColumnMeasures {
    let place = DocumentPart::Table(&table.id).to_string();
    let least =
        |i| ColumnMeasure { gap: gap(grid, i), figures: 0.0, digits: 1.0, preferred: [1.0; HEAD_LINES], overhang: 0.0 };
    let mut columns: Vec<ColumnMeasure> = (0..table.columns.len()).map(least).collect();
    for row in &table.rows {
        let font_role = font_role(row);
        for (cell, measure) in row.cells.iter().zip(&mut columns) {
            let (core, tail) = number::split_overhang(cell.text());
            measure.figures = measure.figures.max(context.width(font_role, core, 1.0, &place));
            measure.digits = measure.digits.max(measure.figures);
            measure.overhang = measure.overhang.max(context.width(font_role, tail, 1.0, &place));
        }
    }
    heads(context, grid, &place, &mut columns);
    let (label_word, label) = labels(context, table, &place);
    let units = (0..columns.len()).map(|column| unit(table, column)).collect();
    ColumnMeasures { columns, units, label_word, label }
}

/// The unit of most figures of a column.
fn unit(table: &Table, column: usize) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &table.rows {
        if let Some(Cell::Number { unit, .. }) = row.cells.get(column) {
            *counts.entry(unit).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(unit, _)| unit.to_owned()).unwrap_or_default()
}

/// The font role a row's texts are set in.
pub fn font_role(row: &Row) -> FontRole {
    match (row.kind, row.indent) {
        (RowKind::Heading, 0) | (RowKind::Total, _) => FontRole::Strong,
        _ => FontRole::Regular,
    }
}

fn gap(grid: &Grid, column: usize) -> f32 {
    if grid.group_begins(column + 1) { GROUP_GAP } else { GAP }
}

/// Widens columns so that the longest word of each head fits above them; they would like their heads in two lines.
fn heads(context: &mut LayoutContext, grid: &Grid, place: &str, columns: &mut [ColumnMeasure]) {
    let format = context.text_format(TypeSize { size: 1.0, leading: 1.0 }, place).with_font(FontRole::Strong);
    for measure in &mut *columns {
        measure.preferred = [measure.digits; HEAD_LINES];
    }
    for cell in grid.cells.iter().filter(|cell| cell.column > 0) {
        let (word, line) = text::widths(context, &cell.text, format);
        let Some(covered) = columns.get_mut(cell.column - 1..cell.column - 1 + cell.columns) else { continue };
        let gaps: f32 = covered.iter().skip(1).map(|measure| measure.gap).sum();
        let overhang: f32 = if cell.columns == 1 { 0.0 } else { covered.iter().map(|measure| measure.overhang).sum() };
        let share = |wanted: f32, room: f32| (wanted - room - gaps - overhang).max(0.0) / cell.columns as f32;
        let more = share(word, covered.iter().map(|measure| measure.digits).sum());
        covered.iter_mut().for_each(|measure| {
            measure.digits += more;
            measure.preferred = measure.preferred.map(|preferred| preferred.max(measure.digits));
        });
        for (i, width) in text::widths_of_lines::<HEAD_LINES>(context, &cell.text, format).into_iter().enumerate() {
            let width = if line <= HEAD_WHOLE { line } else { width };
            // A hair more, for widths that were rounded.
            let more = share(word.max(width * 1.01), covered.iter().map(|measure| measure.preferred[i]).sum());
            covered.iter_mut().for_each(|measure| measure.preferred[i] += more);
        }
    }
}

fn labels(context: &mut LayoutContext, table: &Table, place: &str) -> (f32, f32) {
    let format = context.text_format(TypeSize { size: 1.0, leading: 1.0 }, place);
    let (mut word, mut whole): (f32, f32) = (0.0, 0.0);
    for row in &table.rows {
        let indent = f32::from(row.indent.min(8)) * INDENT;
        let blank = row.cells.iter().all(|cell| cell.text().is_empty());
        let (longest, line) = text::widths(context, &row.label, format.with_font(font_role(row)));
        word = word.max(indent + HANG + longest.min(14.0));
        // A heading may run over the columns, which are blank beside it.
        if !blank {
            whole = whole.max(indent + line);
        }
    }
    if plain(&table.caption).is_empty() && table.rows.is_empty() { (0.0, 0.0) } else { (word, whole.max(word)) }
}

/// Distances in the table's type size.
pub const INDENT: f32 = 1.1;

/// How far a wrapped label hangs in.
pub const HANG: f32 = 1.1;
