//! The head of a table's sheet: groups over columns as merged cells.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    cells::{column_number, write_runs},
    styles,
    text::{joined, lines, runs},
};
use crate::{present::document::Table, render::head_grid::Grid};

/// Writes the head from a row on, over columns of these widths; gives the row behind it.
pub(super) fn write(table: &Table, widths: &[f64], first: u32, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let grid = Grid::new(table);
    for (place, height) in (first..).zip(heights(&grid, widths)) {
        sheet.set_row_height(place, styles::height(height))?;
    }
    for cell in &grid.cells {
        let (row, bottom) = (first + down(cell.row)?, first + down(cell.row + cell.rows - 1)?);
        let (left, right) = (column_number(cell.column)?, column_number(cell.column + cell.columns - 1)?);
        let style = styles::head(cell.column == 0);
        if right > left || bottom > row {
            sheet.merge_range(row, left, bottom, right, "", &style)?;
        }
        write_runs(sheet, (row, left), &runs(&cell.text), &style)?;
    }
    Ok(first + down(grid.rows)?)
}

fn down(row: usize) -> Result<u32, XlsxError> {
    u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)
}

/// How many lines each row of the head is high. A spreadsheet program does not see to it for merged cells.
fn heights(grid: &Grid, widths: &[f64]) -> Vec<u32> {
    let mut heights = vec![1; grid.rows];
    for cell in &grid.cells {
        let width: f64 = widths.iter().skip(cell.column).take(cell.columns).sum();
        let needed = lines(&joined(&runs(&cell.text)), width - 2.0);
        let reached = heights.get_mut(cell.row..cell.row + cell.rows).unwrap_or_default();
        let there: u32 = reached.iter().sum();
        // What does not fit is added to the last row that the cell reaches into.
        if let Some(last) = reached.last_mut() {
            *last += needed.saturating_sub(there);
        }
    }
    heights
}
