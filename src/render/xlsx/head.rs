//! The head of a table's sheet, with merged cells for column groups: rows for each language, and a column of labels for each.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    cells::{column_number, write_runs},
    styles,
    text::{join_runs, line_count, runs},
};
use crate::{present::document::Table, render::head_grid::Grid};

/// Writes the heads of a table in its languages, the original first, from row `first` on; `widths` are the widths of the columns
/// in digits. Returns the row after them.
pub(super) fn write(tables: &[&Table], widths: &[f64], first: u32, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let grids: Vec<Grid> = tables.iter().map(|table| Grid::new(table)).collect();
    let rows: usize = grids.iter().map(|grid| grid.rows).sum();
    let mut above = 0;
    for (language, grid) in grids.iter().enumerate() {
        let top = first + row_offset(above)?;
        let (labels, numbers) = widths.split_at(grids.len());
        let own_widths: Vec<f64> = labels.iter().skip(language).take(1).chain(numbers).copied().collect();
        for (place, height) in (top..).zip(row_heights(grid, &own_widths)) {
            sheet.set_row_height(place, styles::height(height))?;
        }
        for cell in &grid.cells {
            let is_stub = cell.column == 0;
            // The head of the labels of a language reaches over the heads of all languages.
            let column = if is_stub { language } else { cell.column + grids.len() - 1 };
            let (row, bottom) = match is_stub {
                true => (first, first + row_offset(rows - 1)?),
                false => (top + row_offset(cell.row)?, top + row_offset(cell.row + cell.rows - 1)?),
            };
            let (left, right) = (column_number(column)?, column_number(column + cell.columns - 1)?);
            let style = styles::head(is_stub);
            if right > left || bottom > row {
                sheet.merge_range(row, left, bottom, right, "", &style)?;
            }
            write_runs(sheet, (row, left), &runs(&cell.text), &style)?;
        }
        above += grid.rows;
    }
    Ok(first + row_offset(rows)?)
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
