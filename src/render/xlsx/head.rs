//! The head of a table's sheet, with merged cells for column groups.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    cells::{column_number, write_runs},
    styles,
    text::{join_runs, line_count, runs},
};
use crate::{present::document::Table, render::head_grid::Grid};

/// Writes the head from row `first` on; `widths` are the widths of the columns in digits. Returns the row after it.
pub(super) fn write(table: &Table, widths: &[f64], first: u32, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let grid = Grid::new(table);
    for (place, height) in (first..).zip(row_heights(&grid, widths)) {
        sheet.set_row_height(place, styles::height(height))?;
    }
    for cell in &grid.cells {
        let (row, bottom) = (first + row_offset(cell.row)?, first + row_offset(cell.row + cell.rows - 1)?);
        let (left, right) = (column_number(cell.column)?, column_number(cell.column + cell.columns - 1)?);
        let style = styles::head(cell.column == 0);
        if right > left || bottom > row {
            sheet.merge_range(row, left, bottom, right, "", &style)?;
        }
        write_runs(sheet, (row, left), &runs(&cell.text), &style)?;
    }
    Ok(first + row_offset(grid.rows)?)
}

fn row_offset(row: usize) -> Result<u32, XlsxError> {
    u32::try_from(row).map_err(|_| XlsxError::RowColumnLimitError)
}

/// The heights of the head rows in lines of text. Spreadsheet programs do not fit the heights of merged cells.
fn row_heights(grid: &Grid, widths: &[f64]) -> Vec<u32> {
    let mut heights = vec![1; grid.rows];
    for cell in &grid.cells {
        let width: f64 = widths.iter().skip(cell.column).take(cell.columns).sum();
        let needed = line_count(&join_runs(&runs(&cell.text)), width - 2.0);
        let reached = heights.get_mut(cell.row..cell.row + cell.rows).unwrap_or_default();
        let there: u32 = reached.iter().sum();
        // The last row that the cell spans gets the missing height.
        if let Some(last) = reached.last_mut() {
            *last += needed.saturating_sub(there);
        }
    }
    heights
}
