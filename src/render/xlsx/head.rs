//! The head of a table's sheet: groups over columns as merged cells.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    sheet::{at, write_runs},
    styles,
    text::{joined, lines, runs},
};
use crate::present::document::{HeadCell, Table};

/// A head cell with the row and column of the head in which it begins.
type Placed<'a> = (usize, usize, &'a HeadCell);

/// Writes the head from a row on, over columns of these widths; gives the row behind it.
pub(super) fn write(table: &Table, widths: &[f64], first: u32, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let cells = placed(table);
    for (place, height) in (first..).zip(heights(table, &cells, widths)) {
        sheet.set_row_height(place, styles::height(height))?;
    }
    for (depth, column, cell) in &cells {
        let depth = u32::try_from(*depth).map_err(|_| XlsxError::RowColumnLimitError)?;
        let down = u32::try_from(cell.rowspan.max(1) - 1).map_err(|_| XlsxError::RowColumnLimitError)?;
        let (row, left, right) = (first + depth, at(*column)?, at(*column + cell.colspan.max(1) - 1)?);
        let (bottom, style) = (row + down, styles::head(*column == 0));
        if right > left || bottom > row {
            sheet.merge_range(row, left, bottom, right, "", &style)?;
        }
        write_runs(sheet, (row, left), &runs(&cell.text), &style)?;
    }
    let depth = u32::try_from(table.head.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    Ok(first + depth)
}

/// Where each cell begins: at the first place of its row that none from above reaches into.
fn placed(table: &Table) -> Vec<Placed<'_>> {
    let mut placed = Vec::new();
    let mut covered_until = vec![0; table.columns.len() + 1];
    for (depth, row) in table.head.iter().enumerate() {
        let mut column = 0;
        for cell in row {
            while covered_until.get(column).is_some_and(|until| *until > depth) {
                column += 1;
            }
            placed.push((depth, column, cell));
            let over = covered_until.iter_mut().skip(column).take(cell.colspan);
            over.for_each(|until| *until = depth + cell.rowspan);
            column += cell.colspan;
        }
    }
    placed
}

/// How many lines each row of the head is high. A spreadsheet program does not see to it for merged cells.
fn heights(table: &Table, cells: &[Placed], widths: &[f64]) -> Vec<u32> {
    let mut heights = vec![1; table.head.len()];
    for (depth, column, cell) in cells {
        let width: f64 = widths.iter().skip(*column).take(cell.colspan).sum();
        let needed = lines(&joined(&runs(&cell.text)), width - 2.0);
        let rows = *depth..(*depth + cell.rowspan.max(1)).min(heights.len());
        let there: u32 = heights.get(rows.clone()).unwrap_or_default().iter().sum();
        // What does not fit is added to the last row that the cell reaches into.
        if let Some(last) = rows.last().and_then(|last| heights.get_mut(last)) {
            *last += needed.saturating_sub(there);
        }
    }
    heights
}
