//! The sheet of a table: caption and unit, head, rows, notes.

use rust_xlsxwriter::{Format, Formula, Url, Worksheet, XlsxError};

use super::{
    cells::{column_number, write_runs, write_text},
    formula::formulas,
    head,
    number::{self, NumberLook},
    styles,
    text::{Run, join_runs, line_count, mark_text, runs, truncate, width},
};
use crate::{
    present::document::{Cell, Inline, NumberFormat, Row, RowKind, Table, plain},
    render::editions::{self, Editions, TableEdition},
};

/// The least and greatest width of the label column, and of the others, in digits. A number is never cut.
const LABEL_WIDTHS: (f64, f64) = (24.0, 56.0);
const NUMBER_WIDTHS: (f64, f64) = (11.0, 20.0);
/// A head up to this width, in digits, is not broken.
const MAX_UNBROKEN_HEAD: f64 = 17.0;
/// Words up to this width, in digits, are not broken.
const MAX_UNBROKEN_TEXT: f64 = 28.0;
/// The library's number for A4.
pub(super) const A4_PAPER: u8 = 9;
/// What parts texts of several languages in one line.
const BETWEEN_LANGUAGES: &str = " / ";
/// A table wider than this, in digits, is printed in landscape.
const MAX_PORTRAIT_WIDTH: f64 = 105.0;

/// A table with those of its translations that have it.
struct Languages<'a> {
    table: &'a Table,
    others: Vec<TableEdition<'a>>,
}

impl<'a> Languages<'a> {
    /// The table in each language, the original first.
    fn tables(&self) -> Vec<&'a Table> {
        std::iter::once(self.table).chain(self.others.iter().map(|other| other.table)).collect()
    }

    /// How many columns of labels there are, which is where the columns of numbers begin.
    fn labels(&self) -> usize {
        self.others.len() + 1
    }

    /// The labels of a row, each with the notes of the original.
    fn row_labels(&self, number: usize, row: &Row) -> Vec<Vec<Run>> {
        let translated = |other: &TableEdition| plain_run(other.label(number).unwrap_or_default());
        std::iter::once(runs(&row.label)).chain(self.others.iter().map(translated)).collect()
    }

    /// The words or marks of a cell in the other languages, without those that read like the original.
    fn other_words(&self, row: usize, column: usize, cell: &Cell) -> Vec<&'a str> {
        let mut words = Vec::new();
        if matches!(cell, Cell::Text { .. } | Cell::Mark { .. }) {
            let texts = self.others.iter().filter_map(|other| other.cell(row, column)).map(Cell::text);
            for text in texts.filter(|text| text.contains(char::is_alphabetic) && *text != cell.text()) {
                if !words.contains(&text) {
                    words.push(text);
                }
            }
        }
        words
    }
}

/// A text without marks of notes.
fn plain_run(text: String) -> Vec<Run> {
    let text = truncate(&text).to_owned();
    if text.is_empty() { Vec::new() } else { vec![Run { text, is_mark: false }] }
}

/// Writes the sheet of a table; `contents` is the name of the contents sheet.
pub(super) fn write(
    editions: &Editions,
    table: &Table,
    contents: &str,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let languages = Languages { table, others: editions.of_table(table) };
    let widths = column_widths(&languages);
    for (column, width) in widths.iter().enumerate() {
        sheet.set_column_width(column_number(column)?, *width)?;
    }
    let top = write_title(editions, &languages, contents, sheet)?;
    let body = head::write(&languages.tables(), &widths, top, sheet)?;
    let end = write_rows(&languages, &widths, body, sheet)?;
    write_notes(editions, &languages, widths.iter().sum(), end + 1, sheet)?;
    sheet.set_screen_gridlines(false).set_freeze_panes(body, column_number(languages.labels())?)?;
    sheet.set_repeat_rows(top, body - 1)?.set_paper_size(A4_PAPER).set_print_fit_to_pages(1, 0).set_footer("&C&P / &N");
    if table.landscape || widths.iter().sum::<f64>() > MAX_PORTRAIT_WIDTH {
        sheet.set_landscape();
    }
    Ok(())
}

/// The widths of the columns of labels, and of the others.
fn column_widths(languages: &Languages) -> Vec<f64> {
    let tables = languages.tables();
    let columns = (0..languages.table.columns.len()).map(|number| {
        let heads = tables.iter().map(|table| head_width(table, number)).fold(0.0, f64::max);
        let cells = languages.table.rows.iter().enumerate().filter_map(|(row, item)| {
            let cell = item.cells.get(number)?;
            Some(cell_width(cell, &languages.other_words(row, number, cell)))
        });
        cells.fold(heads, f64::max)
    });
    tables.iter().map(|table| label_width(table)).chain(columns).collect()
}

fn label_width(table: &Table) -> f64 {
    let widest = |label: &[Inline]| join_runs(&runs(label)).split('\n').map(width).fold(0.0, f64::max);
    let labels = table.rows.iter().map(|row| widest(&row.label) + indent(row) + 2.0);
    labels.fold(LABEL_WIDTHS.0, f64::max).min(LABEL_WIDTHS.1)
}

/// The width that the head of a column needs.
fn head_width(table: &Table, column: usize) -> f64 {
    let head = table.columns.get(column).and_then(|column| column.path.last()).map_or("", String::as_str);
    let words = head.split(' ').map(|word| width(word) + 2.0).fold(NUMBER_WIDTHS.0, f64::max).min(NUMBER_WIDTHS.1);
    words.max(Some(width(head) + 2.0).filter(|whole| *whole <= MAX_UNBROKEN_HEAD).unwrap_or_default())
}

/// The width that a cell needs, in digits, with its words in `other` languages. Words are broken, numbers are not.
fn cell_width(cell: &Cell, other: &[&str]) -> f64 {
    let inlines = width(&join_runs(&runs(cell.inlines())));
    let breakable =
        |whole: f64, text: &str| whole.min(text.split_whitespace().map(width).fold(MAX_UNBROKEN_TEXT, f64::max));
    let all = match cell {
        Cell::Text { plain, .. } => {
            other.iter().map(|text| breakable(width(text), text)).fold(breakable(inlines, plain), f64::max)
        }
        Cell::Blank | Cell::Number { .. } | Cell::Mark { .. } => width(&in_all_languages(cell.text(), other)) + inlines,
    };
    all + 3.0
}

/// A mark with those of other languages.
fn in_all_languages(text: &str, other: &[&str]) -> String {
    [&[text], other].concat().join(BETWEEN_LANGUAGES)
}

/// The indent of a row's label, in digits.
fn indent(row: &Row) -> f64 {
    2.0 * f64::from(row.indent)
}

/// Writes draft label, link to the contents, captions and unit lines; returns the row of the head.
fn write_title(
    editions: &Editions,
    languages: &Languages,
    contents: &str,
    sheet: &mut Worksheet,
) -> Result<u32, XlsxError> {
    let (document, table) = (editions.original, languages.table);
    let mut row = 0;
    if let Some(draft) = &document.draft {
        write_text(sheet, (row, 0), &draft.mark, styles::draft_mark())?;
        row += 1;
    }
    let titles =
        languages.others.iter().filter_map(|other| editions::translated(other.document, &other.document.title));
    let release = std::iter::once(plain(&document.title)).chain(titles).collect::<Vec<_>>().join(BETWEEN_LANGUAGES);
    let back = Url::new(format!("internal:{}!A1", quote_sheet_name(contents))).set_text(truncate(&release));
    sheet.write_url_with_format(row, 0, back, &styles::with_quote_prefix(styles::muted(), &release))?;
    row += 1;
    for line in table.caption.split(|inline| *inline == Inline::LineBreak) {
        write_runs(sheet, (row, 0), &runs(line), &styles::title())?;
        row += 1;
    }
    for caption in languages.others.iter().filter_map(TableEdition::caption).filter(|text| !text.is_empty()) {
        write_text(sheet, (row, 0), &caption, styles::title())?;
        row += 1;
    }
    let translated = languages.others.iter().filter(|other| other.unit_line().is_some());
    for unit_line in std::iter::once(&table.unit_line).chain(translated.map(|other| &other.table.unit_line)) {
        row = write_lines(unit_line, row, sheet)?;
    }
    Ok(row + 1)
}

/// Writes each line of a text in a row; returns the row after them.
fn write_lines(text: &[Inline], first: u32, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let mut row = first;
    for line in join_runs(&runs(text)).split('\n').filter(|line| !line.is_empty()) {
        write_text(sheet, (row, 0), line, styles::muted())?;
        row += 1;
    }
    Ok(row)
}

/// A sheet's name as it is quoted in references.
pub(super) fn quote_sheet_name(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// Writes the rows from row `first` on; `widths` are those of the columns. Returns the row after them.
fn write_rows(languages: &Languages, widths: &[f64], first: u32, sheet: &mut Worksheet) -> Result<u32, XlsxError> {
    let (table, numbers) = (languages.table, languages.labels());
    let formulas = formulas(table, (first, column_number(numbers)?));
    let columns: Vec<_> = (0..table.columns.len()).map(|column| ColumnStyle::of(table, column)).collect();
    let mut number_styles = NumberStyles::default();
    let mut place = first;
    for (position, row) in table.rows.iter().enumerate() {
        let labels = languages.row_labels(position, row);
        for (label, column) in labels.iter().zip(0..) {
            write_runs(sheet, (place, column), label, &styles::label(row.kind, row.indent))?;
        }
        let words = |column: usize, cell: &Cell| languages.other_words(position, column, cell);
        let height = row_height(row, &labels, &words, widths);
        if height > 1 {
            sheet.set_row_height(place, styles::height(height))?;
        }
        for ((column, cell), style) in row.cells.iter().enumerate().zip(&columns) {
            let formula = formulas.get(&(position, column));
            let at = (place, column_number(column + numbers)?);
            write_cell(sheet, at, row.kind, (cell, &words(column, cell)), formula, style, &mut number_styles)?;
        }
        place += 1;
    }
    Ok(place)
}

/// The height of a row, in lines of text; `words` gives the words of a cell in other languages.
fn row_height<'a>(
    row: &Row,
    labels: &[Vec<Run>],
    words: &impl Fn(usize, &Cell) -> Vec<&'a str>,
    widths: &[f64],
) -> u32 {
    let cells = row.cells.iter().enumerate().zip(widths.iter().skip(labels.len()));
    let cells = cells.map(|((column, cell), width)| match cell {
        Cell::Text { inlines, .. } => {
            let others: u32 = words(column, cell).iter().map(|text| line_count(text, *width - 2.0)).sum();
            line_count(&join_runs(&runs(inlines)), *width - 2.0) + others
        }
        Cell::Blank | Cell::Number { .. } | Cell::Mark { .. } => 1,
    });
    let labels =
        labels.iter().zip(widths).map(|(label, width)| line_count(&join_runs(label), width - indent(row) - 1.0));
    cells.chain(labels).max().unwrap_or(1)
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
            Some(Cell::Number { number, .. }) => Some(number.format.as_ref()),
            _ => None,
        });
        Self { format, is_text: table.is_text_column(column) }
    }
}

/// The formats of the numbers of a sheet, each made once.
#[derive(Default)]
struct NumberStyles<'a>(Vec<(NumberStyle<'a>, Format)>);

/// What the format of a number depends on: the kind of its row, how it is shown, its marks, and whether it is an input.
type NumberStyle<'a> = (RowKind, NumberLook<'a>, String, bool);

impl<'a> NumberStyles<'a> {
    fn get(&mut self, kind: RowKind, look: NumberLook<'a>, marks: String, is_input: bool) -> &Format {
        let style = (kind, look, marks, is_input);
        let known = self.0.iter().position(|(known, _)| *known == style).unwrap_or_else(|| {
            let format = styles::number(kind, &number::format_code(&style.1, &style.2), is_input);
            self.0.push((style, format));
            self.0.len() - 1
        });
        &self.0[known].1
    }
}

/// Writes a cell with its words in other languages, which stand below those of the original.
fn write_cell<'a>(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    kind: RowKind,
    (cell, other_words): (&'a Cell, &[&str]),
    formula: Option<&String>,
    style: &ColumnStyle,
    number_styles: &mut NumberStyles<'a>,
) -> Result<(), XlsxError> {
    let marks = runs(cell.inlines());
    let value = match cell {
        Cell::Text { .. } => {
            let others = other_words.iter().flat_map(|text| plain_run(format!("\n{text}")));
            let all: Vec<Run> = marks.into_iter().chain(others).collect();
            return write_runs(sheet, (row, column), &all, &styles::words(kind, style.is_text));
        }
        Cell::Number { negative, number, .. } => number::value(number).map(|value| (value, number, *negative)),
        Cell::Blank | Cell::Mark { .. } => None,
    };
    let Some((value, number, negative)) = value else {
        let text = Run { text: truncate(&in_all_languages(cell.text(), other_words)).to_owned(), is_mark: false };
        let is_blank = text.text.is_empty();
        return if is_blank {
            Ok(())
        } else {
            let mark = styles::mark(kind, &number::mark_format_code(style.format));
            write_runs(sheet, (row, column), &[&[text], &marks[..]].concat(), &mark)
        };
    };
    let look = NumberLook::new(number, negative);
    let style = number_styles.get(kind, look, join_runs(&marks), formula.is_none());
    match formula {
        Some(formula) => {
            let formula = Formula::new(formula).set_result(value.to_string());
            sheet.write_formula_with_format(row, column, formula, style)?
        }
        None => sheet.write_number_with_format(row, column, value, style)?,
    };
    Ok(())
}

/// Writes the notes that the table refers to in each language, each across the whole width. They bear the marks of the original.
fn write_notes(
    editions: &Editions,
    languages: &Languages,
    width: f64,
    first: u32,
    sheet: &mut Worksheet,
) -> Result<(), XlsxError> {
    let last = column_number(languages.table.columns.len() + languages.labels() - 1)?;
    let numbers = languages.table.notes();
    let referenced = editions.original.notes.iter().filter(|note| numbers.contains_key(&note.number));
    let in_languages = referenced.flat_map(|note| {
        let others = languages.others.iter().filter_map(|other| editions::note(other.document, &note.id));
        std::iter::once(note).chain(others).map(move |other| (note, &other.text))
    });
    for ((note, text), row) in in_languages.zip(first..) {
        let text = format!("{} {}", mark_text(note.number, note.mark.as_deref()), join_runs(&runs(text)));
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
