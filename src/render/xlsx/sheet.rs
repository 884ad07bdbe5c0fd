//! The sheet of a table: caption and unit, head, rows, notes.

use rust_xlsxwriter::{Formula, Url, Worksheet, XlsxError};

use super::{
    cells::{column_number, write_runs, write_text},
    formula::formulas,
    head, number, styles,
    text::{Run, join_runs, line_count, runs, truncate, width},
};
use crate::present::document::{Cell, Document, NumberFormat, Row, RowKind, Table, plain};

/// The least and greatest width of the label column, and of the others, in digits. A number is never cut.
const LABEL_WIDTHS: (f64, f64) = (24.0, 56.0);
const NUMBER_WIDTHS: (f64, f64) = (11.0, 20.0);
/// A head up to this width, in digits, is not broken.
const MAX_UNBROKEN_HEAD: f64 = 17.0;
/// Words up to this width, in digits, are not broken.
const MAX_UNBROKEN_TEXT: f64 = 28.0;
/// The library's number for A4.
pub(super) const A4_PAPER: u8 = 9;
/// A table wider than this, in digits, is printed in landscape.
const MAX_PORTRAIT_WIDTH: f64 = 105.0;

/// Writes the sheet of a table; `contents` is the name of the contents sheet.
pub(super) fn write(
    document: &Document,
    table: &Table,
    contents: &str,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let widths = column_widths(table);
    for (column, width) in widths.iter().enumerate() {
        sheet.set_column_width(column_number(column)?, *width)?;
    }
    let top = write_title(document, table, contents, sheet)?;
    let body = head::write(table, &widths, top, sheet)?;
    let end = write_rows(table, &widths, body, sheet)?;
    write_notes(document, table, widths.iter().sum(), end + 1, sheet)?;
    sheet.set_screen_gridlines(false).set_freeze_panes(body, 1)?;
    sheet.set_repeat_rows(top, body - 1)?.set_paper_size(A4_PAPER).set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
    if table.landscape || widths.iter().sum::<f64>() > MAX_PORTRAIT_WIDTH {
        sheet.set_landscape();
    }
    Ok(())
}

fn column_widths(table: &Table) -> Vec<f64> {
    let labels = table.rows.iter().map(|row| width(&join_runs(&runs(&row.label))) + indent(row) + 2.0);
    let labels = labels.fold(LABEL_WIDTHS.0, f64::max).min(LABEL_WIDTHS.1);
    let columns = table.columns.iter().enumerate().map(|(number, column)| {
        let head = column.path.last().map_or("", String::as_str);
        let words = head.split(' ').map(|word| width(word) + 2.0).fold(NUMBER_WIDTHS.0, f64::max).min(NUMBER_WIDTHS.1);
        let head = words.max(Some(width(head) + 2.0).filter(|whole| *whole <= MAX_UNBROKEN_HEAD).unwrap_or_default());
        let cells = table.rows.iter().filter_map(|row| row.cells.get(number));
        cells.map(cell_width).fold(head, f64::max)
    });
    std::iter::once(labels).chain(columns).collect()
}

/// The width that a cell needs, in digits. Words are broken, numbers are not.
fn cell_width(cell: &Cell) -> f64 {
    let inlines = width(&join_runs(&runs(cell.inlines())));
    let all = match cell {
        Cell::Text { plain, .. } => inlines.min(plain.split_whitespace().map(width).fold(MAX_UNBROKEN_TEXT, f64::max)),
        Cell::Blank | Cell::Number { .. } | Cell::Mark { .. } => width(cell.text()) + inlines,
    };
    all + 3.0
}

/// The indent of a row's label, in digits.
fn indent(row: &Row) -> f64 {
    2.0 * f64::from(row.indent)
}

/// Writes draft label, link to the contents, caption and unit line; returns the row of the head.
fn write_title(document: &Document, table: &Table, contents: &str, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let mut row = 0;
    if let Some(draft) = &document.draft {
        write_text(sheet, (row, 0), &draft.mark, styles::draft_mark())?;
        row += 1;
    }
    let release = plain(&document.title);
    let back = Url::new(format!("internal:{}!A1", quote_sheet_name(contents))).set_text(truncate(&release));
    sheet.write_url_with_format(row, 0, back, &styles::with_quote_prefix(styles::muted(), &release))?;
    write_runs(sheet, (row + 1, 0), &runs(&table.caption), &styles::title())?;
    row += 2;
    for line in join_runs(&runs(&table.unit_line)).split('\n').filter(|line| !line.is_empty()) {
        write_text(sheet, (row, 0), line, styles::muted())?;
        row += 1;
    }
    Ok(row + 1)
}

/// A sheet's name as it is quoted in references.
pub(super) fn quote_sheet_name(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// Writes the rows from row `first` on; `widths` are those of the columns. Returns the row after them.
fn write_rows(table: &Table, widths: &[f64], first: u32, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let formulas = formulas(table, (first, 1));
    let columns: Vec<_> = (0..table.columns.len()).map(|column| ColumnStyle::of(table, column)).collect();
    let mut place = first;
    for (position, row) in table.rows.iter().enumerate() {
        let label = runs(&row.label);
        write_runs(sheet, (place, 0), &label, &styles::label(row.kind, row.indent))?;
        let height = row_height(row, &label, widths);
        if height > 1 {
            sheet.set_row_height(place, styles::height(height))?;
        }
        for ((column, cell), style) in row.cells.iter().enumerate().zip(&columns) {
            let formula = formulas.get(&(position, column));
            write_cell(sheet, (place, column_number(column + 1)?), row.kind, cell, formula, style)?;
        }
        place += 1;
    }
    Ok(place)
}

/// The height of a row, in lines of text.
fn row_height(row: &Row, label: &[Run], widths: &[f64]) -> u32 {
    let (of_labels, others) = widths.split_first().map_or((0.0, widths), |(first, others)| (*first, others));
    let words = row.cells.iter().zip(others).map(|(cell, width)| match cell {
        Cell::Text { inlines, .. } => line_count(&join_runs(&runs(inlines)), *width - 2.0),
        Cell::Blank | Cell::Number { .. } | Cell::Mark { .. } => 1,
    });
    words.fold(line_count(&join_runs(label), of_labels - indent(row) - 1.0), u32::max)
}

/// What the cells of a column have in common.
struct ColumnStyle<'a> {
    /// The format of its first number.
    format: Option<&'a NumberFormat>,
    /// Whether it is a column of words.
    is_text: bool,
}

impl<'a> ColumnStyle<'a> {
    fn of(table: &'a Table, column: usize) -> Self {
        let format = table.rows.iter().find_map(|row| match row.cells.get(column) {
            Some(Cell::Number { number, .. }) => Some(&number.format),
            _ => None,
        });
        Self { format, is_text: table.is_text_column(column) }
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    kind: RowKind,
    cell: &Cell,
    formula: Option<&String>,
    style: &ColumnStyle,
) -> Result<(), XlsxError> {
    let marks = runs(cell.inlines());
    let mark = styles::mark(kind, &number::mark_format_code(style.format));
    let value = match cell {
        Cell::Text { .. } => return write_runs(sheet, (row, column), &marks, &styles::words(kind, style.is_text)),
        Cell::Number { negative, number, .. } => number::value(number).map(|value| (value, number, *negative)),
        Cell::Blank | Cell::Mark { .. } => None,
    };
    let Some((value, number, negative)) = value else {
        let text = Run { text: truncate(cell.text()).to_owned(), is_mark: false };
        let is_blank = text.text.is_empty();
        return if is_blank {
            Ok(())
        } else {
            write_runs(sheet, (row, column), &[&[text], &marks[..]].concat(), &mark)
        };
    };
    let style = styles::number(kind, &number::format_code(number, negative, &join_runs(&marks)), formula.is_none());
    match formula {
        Some(formula) => {
            let formula = Formula::new(formula).set_result(value.to_string());
            sheet.write_formula_with_format(row, column, formula, &style)?
        }
        None => sheet.write_number_with_format(row, column, value, &style)?,
    };
    Ok(())
}

/// Writes the notes that the table refers to, each across the whole width.
fn write_notes(
    document: &Document,
    table: &Table,
    width: f64,
    first: u32,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let last = column_number(table.columns.len())?;
    let numbers = table.notes();
    let referenced = document.notes.iter().filter(|note| numbers.contains_key(&note.number));
    for (note, row) in referenced.zip(first..) {
        let text = format!("[{}] {}", note.number, join_runs(&runs(&note.text)));
        let text = truncate(&text);
        if last > 0 {
            sheet.merge_range(row, 0, row, last, text, &styles::note())?;
        } else {
            write_text(sheet, (row, 0), text, styles::note())?;
        }
        sheet.set_row_height(row, styles::height(line_count(text, width)))?;
    }
    Ok(())
}
