//! Tables as comma-separated values (RFC 4180, UTF-8): one file for each table, and one with all cells of the release.
//!
//! A file begins with a byte order mark. Without it, a spreadsheet program opens the file in the code page of its computer,
//! which garbles characters beyond ASCII; programs that read UTF-8 skip the mark. The names of the columns are part of the
//! format, like the keys of a JSON file, and are the same in every language.

mod field;
mod spreadsheet;
mod texts;

use field::{CsvWriter, Field, protected};
pub use texts::{text_rows, unprotected};

use super::editions::{Edition, Editions, TableEdition};
use crate::present::document::{Cell, Column, Document, Number, Row, RowKind, Table, plain};

/// The file of one table. Each column of the table has five columns here: displayed text, printed number, exact number, unit,
/// and the name of the figure. At the end, for each further language that the table is translated into: the labels, and the
/// displayed text of each column.
pub fn table(editions: &Editions, table: &Table) -> Vec<u8> {
    let (document, others) = (editions.original, editions.of_table(table));
    let heads = unique_heads(heads(table));
    let column_group = |what: &'static str| heads.iter().map(move |head| format!("{what}{head}"));
    let names = ["row", "label", "line"].into_iter().map(str::to_owned);
    let names = names
        .chain(column_group(""))
        .chain(column_group("printed: "))
        .chain(column_group("exact: "))
        .chain(column_group("unit: "))
        .chain(column_group("figure: "))
        .chain(others.iter().flat_map(names_in));
    let names: Vec<String> = names.collect();
    let mut writer = CsvWriter::new();
    writer.write_row(names.iter().map(|name| Field::Text(name)));
    for (number, row) in table.rows.iter().enumerate() {
        let label = plain(&row.label);
        let labels: Vec<String> = others.iter().map(|other| other.label(number).unwrap_or_default()).collect();
        let translated = others.iter().zip(&labels).flat_map(|(other, label)| {
            let cells = (0..heads.len()).map(move |column| field_in(other, number, column));
            std::iter::once(Field::Text(label)).chain(cells)
        });
        let cells = |part: fn(&Cell) -> Field| row.cells.iter().map(part);
        let begin = [Field::Verbatim(&row.id), Field::Text(&label), Field::Verbatim(row_line(document, row))];
        writer.write_row(
            begin
                .into_iter()
                .chain(cells(displayed_field))
                .chain(cells(printed_field))
                .chain(cells(exact_field))
                .chain(cells(unit_field))
                .chain(cells(figure_field))
                .chain(translated),
        );
    }
    writer.into_bytes()
}

/// The names of the columns that a table has for a further language: `label_en`, and `en: ` with each head in that language.
fn names_in(other: &TableEdition) -> Vec<String> {
    let language = other.language();
    let heads = (0..other.table.columns.len()).map(|column| other.heads(column).unwrap_or_default());
    let columns = unique_heads(heads).into_iter().map(|head| format!("{language}: {head}"));
    std::iter::once(format!("label_{language}")).chain(columns).collect()
}

/// What a cell displays in a further language.
fn field_in<'a>(other: &TableEdition<'a>, row: usize, column: usize) -> Field<'a> {
    other.cell(row, column).map_or(Field::Text(""), displayed_field)
}

/// The columns of the file with all cells.
const COLUMNS: [&str; 16] = [
    "table",
    "caption",
    "row",
    "kind",
    "label",
    "column",
    "head",
    "displayed",
    "printed",
    "exact",
    "unit",
    "figure",
    "line",
    "period",
    "member",
    "show",
];

/// The columns of that file for each further language, with the language after them: `label_en`.
const TRANSLATED_COLUMNS: [&str; 4] = ["caption", "label", "head", "displayed"];

/// The file with a line for every cell of every table that is not blank. A column is identified by its number, from 1, and its
/// head.
pub fn release(editions: &Editions) -> Vec<u8> {
    let document = editions.original;
    let further = editions.translations().iter().map(|edition| edition.language());
    let further = further.flat_map(|language| TRANSLATED_COLUMNS.map(|name| format!("{name}_{language}")));
    let further: Vec<String> = further.collect();
    let mut writer = CsvWriter::new();
    writer.write_row(COLUMNS.into_iter().chain(further.iter().map(String::as_str)).map(Field::Text));
    for (_, table) in document.tables() {
        let caption = protected(&plain(&table.caption)).into_owned();
        let heads: Vec<_> = unique_heads(heads(table)).iter().map(|head| protected(head).into_owned()).collect();
        let others: Vec<_> = editions.translations().iter().map(|edition| TableTexts::new(edition, table)).collect();
        for (row_number, row) in table.rows.iter().enumerate() {
            let label = protected(&plain(&row.label)).into_owned();
            let labels: Vec<String> = others.iter().map(|other| other.label(row_number)).collect();
            for (number, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.text().is_empty()) {
                let column = (number + 1).to_string();
                let head = heads.get(number).map_or("", String::as_str);
                let begin = [
                    Field::Verbatim(&table.id),
                    Field::Plain(&caption),
                    Field::Verbatim(&row.id),
                    Field::Verbatim(kind_name(row.kind)),
                    Field::Plain(&label),
                ];
                let column = [Field::Number(&column), Field::Plain(head)];
                let numbers = [
                    displayed_field(cell),
                    printed_field(cell),
                    exact_field(cell),
                    unit_field(cell),
                    figure_field(cell),
                ];
                let translated = others.iter().zip(&labels);
                let translated = translated.flat_map(|(other, label)| other.fields(label, row_number, number));
                let original = begin.into_iter().chain(column).chain(numbers).chain(origin_fields(document, cell));
                writer.write_row(original.chain(translated));
            }
        }
    }
    writer.into_bytes()
}

/// The texts of a table in a further language; empty if it is not translated.
#[derive(Default)]
struct TableTexts<'a> {
    table: Option<TableEdition<'a>>,
    caption: String,
    heads: Vec<String>,
}

impl<'a> TableTexts<'a> {
    fn new(edition: &Edition<'a>, original: &Table) -> Self {
        let Some(table) = edition.of_table(original) else { return Self::default() };
        let heads = (0..original.columns.len()).map(|column| table.heads(column).unwrap_or_default());
        Self { caption: table.caption().unwrap_or_default(), heads: unique_heads(heads), table: Some(table) }
    }

    fn label(&self, row: usize) -> String {
        self.table.and_then(|table| table.label(row)).unwrap_or_default()
    }

    /// What a cell has in [`TRANSLATED_COLUMNS`].
    fn fields<'t>(&'t self, label: &'t str, row: usize, column: usize) -> [Field<'t>; TRANSLATED_COLUMNS.len()] {
        let head = self.heads.get(column).map_or("", String::as_str);
        let displayed = self.table.as_ref().map_or(Field::Text(""), |table| field_in(table, row, column));
        [Field::Text(&self.caption), Field::Text(label), Field::Text(head), displayed]
    }
}

/// The heads above each column of a table, from the outermost down.
fn heads(table: &Table) -> impl ExactSizeIterator<Item = &[String]> {
    table.columns.iter().map(|column: &Column| column.path.as_slice())
}

/// The heads above a column as one text.
fn joined_head(heads: &[String]) -> String {
    heads.iter().map(String::as_str).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" / ")
}

/// The heads of the columns, each from the outermost down in one text; a duplicate gets a number.
fn unique_heads<'a>(columns: impl ExactSizeIterator<Item = &'a [String]>) -> Vec<String> {
    let count = columns.len();
    let mut heads: Vec<String> = Vec::new();
    for column in columns {
        let head = joined_head(column);
        let numbered = (2..=count).map(|number| format!("{head} ({number})"));
        let free = std::iter::once(head.clone()).chain(numbered).find(|name| !heads.contains(name));
        heads.push(free.unwrap_or(head));
    }
    heads
}

/// The line or measure that all figures of a row show; empty if they show several.
fn row_line<'a>(document: &'a Document, row: &Row) -> &'a str {
    let figures = row.cells.iter().filter_map(figure_source);
    let mut lines = figures.filter_map(|name| document.data.origin(name)).map(|origin| origin.of.as_str());
    let first = lines.next().unwrap_or_default();
    if lines.all(|line| line == first) { first } else { "" }
}

fn kind_name(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Heading => "heading",
        RowKind::Item => "item",
        RowKind::Subtotal => "subtotal",
        RowKind::Total => "total",
    }
}

fn figure_source(cell: &Cell) -> Option<&str> {
    if let Cell::Number { figure, .. } = cell { Some(&figure.source) } else { None }
}

fn displayed_field(cell: &Cell) -> Field<'_> {
    match cell {
        Cell::Number { .. } | Cell::Mark { .. } => Field::Verbatim(cell.text()),
        Cell::Blank | Cell::Text { .. } => Field::Text(cell.text()),
    }
}

fn printed_field(cell: &Cell) -> Field<'_> {
    number_field(cell, |number| &number.printed)
}

fn exact_field(cell: &Cell) -> Field<'_> {
    number_field(cell, |number| &number.exact)
}

fn number_field(cell: &Cell, select: fn(&Number) -> &str) -> Field<'_> {
    Field::Number(if let Cell::Number { number, .. } = cell { select(number) } else { "" })
}

fn unit_field(cell: &Cell) -> Field<'_> {
    Field::Verbatim(if let Cell::Number { unit, .. } = cell { unit } else { "" })
}

fn figure_field(cell: &Cell) -> Field<'_> {
    Field::Verbatim(figure_source(cell).unwrap_or_default())
}

/// Line, period, member and function of the figure in a cell.
fn origin_fields<'a>(document: &'a Document, cell: &Cell) -> [Field<'a>; 4] {
    let origin = figure_source(cell).and_then(|name| document.data.origin(name));
    let of = |text: Option<&'a str>| Field::Verbatim(text.unwrap_or_default());
    [
        of(origin.map(|origin| origin.of.as_str())),
        of(origin.map(|origin| origin.period.as_str())),
        of(origin.and_then(|origin| origin.member.as_deref())),
        of(origin.and_then(|origin| origin.show.as_deref())),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_unique() {
        let columns = ["%", "%", "% (2)", "%"].map(|head| [head.to_owned()]);
        assert_eq!(unique_heads(columns.iter().map(|path| path.as_slice())), ["%", "% (2)", "% (2) (2)", "% (3)"]);
    }
}
