//! Measures the widths that the columns of a table need for figures, heads and labels, in the type size.

use std::collections::BTreeMap;

use super::number;
use crate::render::head_grid::Grid;
use crate::{
    present::document::{Cell, Row, RowKind, Table, plain},
    render::pdf::{DocumentPart, faces::FontRole, layout_context::LayoutContext, style::TypeSize, text},
};

/// The space before a column, and before the first of a group, in the type size.
const GAP: f32 = 1.15;
const GROUP_GAP: f32 = 1.9;

/// The measured widths of all columns, in the type size.
#[derive(Debug, Clone)]
pub struct ColumnMeasures {
    /// The columns after the label column.
    pub columns: Vec<ColumnMeasure>,
    /// The unit of each column's figures; columns of one unit get equal widths if there is room.
    pub units: Vec<String>,
    /// The longest word of a label, with its indent.
    pub label_word: f32,
    /// The longest label, with its indent.
    pub label: f32,
}

/// The measured widths of one column, in the type size.
#[derive(Debug, Clone, Copy)]
pub struct ColumnMeasure {
    /// The space before it.
    pub gap: f32,
    /// The widest figure, up to the last digit.
    pub figures: f32,
    /// The widest figure or word of a head, up to the last digit.
    pub digits: f32,
    /// The preferred width for heads in two lines, in three, and so on; of words, in one line or two.
    pub preferred: [f32; HEAD_LINES],
    /// The width of characters after the last digit, such as parentheses.
    pub overhang: f32,
}

/// A head up to this width, in the type size, is not broken if there is room.
const MAX_UNBROKEN_HEAD: f32 = 7.2;
/// A phrase of a head up to this width, in the type size, is never broken.
const MAX_PHRASE: f32 = 6.3;
/// Words of a cell up to this width, in the type size, are not broken.
const MAX_UNBROKEN_TEXT: f32 = 9.0;
/// The size at which widths are measured.
const ONE: TypeSize = TypeSize { size: 1.0, leading: 1.0 };
/// How many numbers of head lines are tried, from two up.
pub const HEAD_LINES: usize = 5;

impl ColumnMeasures {
    /// Widens the columns to those of another table, so that the columns of both align.
    pub fn widen_to(&mut self, other: &Self) {
        self.columns.iter_mut().zip(&other.columns).for_each(|(own, other)| own.widen_to(other));
        if let Some(more) = other.columns.get(self.columns.len()..) {
            self.columns.extend(more);
            self.units.extend_from_slice(&other.units[other.units.len() - more.len()..]);
        }
        self.label_word = self.label_word.max(other.label_word);
        self.label = self.label.max(other.label);
    }

    /// A copy with equal widths for columns of one unit.
    pub fn with_equal_units(&self) -> Self {
        let mut equalized = self.clone();
        for (column, unit) in equalized.columns.iter_mut().zip(&self.units) {
            let alike = self.columns.iter().zip(&self.units).filter(|(_, other)| *other == unit && !unit.is_empty());
            alike.for_each(|(other, _)| column.widen_to(other));
        }
        equalized
    }
}

impl ColumnMeasure {
    /// Widens the column to the width of another.
    fn widen_to(&mut self, other: &Self) {
        self.figures = self.figures.max(other.figures);
        self.digits = self.digits.max(other.digits);
        self.overhang = self.overhang.max(other.overhang);
        for (own, other) in self.preferred.iter_mut().zip(other.preferred) {
            *own = own.max(other);
        }
    }
}

/// Measures the columns of a table.
pub fn measure_columns(context: &mut LayoutContext, table: &Table, grid: &Grid) -> ColumnMeasures {
    let place = DocumentPart::Table(&table.id).to_string();
    let least = |i| ColumnMeasure {
        gap: column_gap(grid, i),
        figures: 0.0,
        digits: 1.0,
        preferred: [1.0; HEAD_LINES],
        overhang: 0.0,
    };
    let mut columns: Vec<ColumnMeasure> = (0..table.columns.len()).map(least).collect();
    for row in &table.rows {
        let font_role = font_role(row);
        let format = context.text_format(ONE, &place).with_font(font_role);
        for (column, was) in &row.was {
            let Some(measure) = columns.get_mut(*column) else { continue };
            measure.figures = measure.figures.max(context.width(font_role, was, OLD_VALUE_SIZE, &place));
            measure.digits = measure.digits.max(measure.figures);
        }
        for (cell, measure) in row.cells.iter().zip(&mut columns) {
            if let Cell::Text { inlines, .. } = cell {
                let (word, line) = text::content_widths(context, inlines, format);
                measure.digits = measure.digits.max(line.min(MAX_UNBROKEN_TEXT).max(word));
                let [two_lines] = text::widths_for_line_counts(context, inlines, format);
                let wanted = if line <= 2.0 * MAX_UNBROKEN_TEXT { line } else { two_lines * 1.01 };
                measure.preferred = measure.preferred.map(|preferred| preferred.max(wanted));
                continue;
            }
            let (core, tail) = number::split_overhang(cell.text());
            measure.figures = measure.figures.max(context.width(font_role, core, 1.0, &place));
            measure.digits = measure.digits.max(measure.figures);
            let (_, marks) = text::content_widths(context, cell.inlines(), format);
            measure.overhang = measure.overhang.max(context.width(font_role, tail, 1.0, &place) + marks);
        }
    }
    widen_for_heads(context, grid, &place, &mut columns);
    let (label_word, label) = label_widths(context, table, &place);
    let units = (0..columns.len()).map(|column| column_unit(table, column)).collect();
    ColumnMeasures { columns, units, label_word, label }
}

/// The most frequent unit in a column.
fn column_unit(table: &Table, column: usize) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &table.rows {
        if let Some(Cell::Number { unit, .. }) = row.cells.get(column) {
            *counts.entry(unit).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(unit, _)| unit.to_owned()).unwrap_or_default()
}

/// The font role of a row.
pub fn font_role(row: &Row) -> FontRole {
    match (row.kind, row.indent) {
        (RowKind::Heading, 0) | (RowKind::Total, _) => FontRole::Strong,
        _ => FontRole::Regular,
    }
}

fn column_gap(grid: &Grid, column: usize) -> f32 {
    if grid.group_begins(column + 1) { GROUP_GAP } else { GAP }
}

/// Widens columns for the longest word of each head, and measures the preferred widths for heads.
fn widen_for_heads(context: &mut LayoutContext, grid: &Grid, place: &str, columns: &mut [ColumnMeasure]) {
    let format = context.text_format(ONE, place).with_font(FontRole::Strong);
    for measure in &mut *columns {
        measure.preferred = measure.preferred.map(|preferred| preferred.max(measure.digits));
    }
    for cell in grid.cells.iter().filter(|cell| cell.column > 0) {
        let (_, line) = text::content_widths(context, &cell.text, format);
        let word = text::phrase_width(context, &cell.text, format, MAX_PHRASE);
        let Some(covered) = columns.get_mut(cell.column - 1..cell.column - 1 + cell.columns) else { continue };
        let gaps: f32 = covered.iter().skip(1).map(|measure| measure.gap).sum();
        let overhang: f32 = if cell.columns == 1 { 0.0 } else { covered.iter().map(|measure| measure.overhang).sum() };
        let share = |wanted: f32, room: f32| (wanted - room - gaps - overhang).max(0.0) / cell.columns as f32;
        let more = share(word, covered.iter().map(|measure| measure.digits).sum());
        covered.iter_mut().for_each(|measure| {
            measure.digits += more;
            measure.preferred = measure.preferred.map(|preferred| preferred.max(measure.digits));
        });
        for (i, width) in
            text::widths_for_line_counts::<HEAD_LINES>(context, &cell.text, format).into_iter().enumerate()
        {
            let width = if line <= MAX_UNBROKEN_HEAD { line } else { width };
            // A tolerance for rounding.
            let more = share(word.max(width * 1.01), covered.iter().map(|measure| measure.preferred[i]).sum());
            covered.iter_mut().for_each(|measure| measure.preferred[i] += more);
        }
    }
}

fn label_widths(context: &mut LayoutContext, table: &Table, place: &str) -> (f32, f32) {
    let format = context.text_format(ONE, place);
    let (mut word, mut whole): (f32, f32) = (0.0, 0.0);
    for row in &table.rows {
        let indent = f32::from(row.indent.min(8)) * INDENT;
        let blank = row.cells.iter().all(|cell| cell.text().is_empty());
        let (longest, line) = text::content_widths(context, &row.label, format.with_font(font_role(row)));
        word = word.max(indent + HANG + longest.min(14.0));
        // A label with blank cells may extend over the columns.
        if !blank {
            whole = whole.max(indent + line);
        }
    }
    if plain(&table.caption).is_empty() && table.rows.is_empty() { (0.0, 0.0) } else { (word, whole.max(word)) }
}

/// The indent of each level, in the type size.
pub const INDENT: f32 = 1.1;

/// The size of what a changed cell showed before, as a share of the type size.
pub const OLD_VALUE_SIZE: f32 = 0.85;

/// The hanging indent of wrapped labels, in the type size.
pub const HANG: f32 = 1.1;
