//! Texts into cells, as texts whatever they begin with.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::{
    styles,
    text::{Run, clipped, joined},
};

/// Writes a text, as much of it as a cell takes.
pub(super) fn write_text(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: Format,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, clipped(text), &styles::guarded(format, text))?;
    Ok(())
}

/// Writes a text, the marks in it raised.
pub(super) fn write_runs(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    runs: &[Run],
    format: &Format,
) -> Result<(), XlsxError> {
    let text = joined(runs);
    let format = &styles::guarded(format.clone(), &text);
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

/// The column of a sheet.
pub(super) fn column_number(column: usize) -> Result<u16, XlsxError> {
    u16::try_from(column).map_err(|_| XlsxError::RowColumnLimitError)
}
