//! Writes texts into cells, never as formulas.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{
    styles,
    text::{Run, join_runs, truncate},
};

/// Writes a text, truncated to what a cell can hold.
pub(super) fn write_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: Format,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, truncate(text), &styles::with_quote_prefix(format, text))?;
    Ok(())
}

/// Writes a text with its note marks as superscript.
pub(super) fn write_runs(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    runs: &[Run],
    format: &Format,
) -> Result<(), XlsxError> {
    let text = join_runs(runs);
    let format = &styles::with_quote_prefix(format.clone(), &text);
    if runs.iter().any(|run| run.is_mark) {
        let raised = styles::note_mark(format);
        let parts: Vec<_> =
            runs.iter().map(|run| (if run.is_mark { &raised } else { format }, run.text.as_str())).collect();
        sheet.write_rich_string_with_format(row, column, &parts, format)?;
    } else if text.is_empty() {
        sheet.write_blank(row, column, format)?;
    } else {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// A column index as the library takes it. Errors: a sheet has no such column.
pub(super) fn column_number(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
