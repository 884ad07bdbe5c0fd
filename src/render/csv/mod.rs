//! Tables as comma-separated values (RFC 4180, UTF-8): one file for each table, and one with all cells of the release.
//!
//! A file begins with a byte order mark. Without it, a spreadsheet program opens the file in the code page of its computer,
//! which garbles characters beyond ASCII; programs that read UTF-8 skip the mark. The names of the columns are part of the
//! format, like the keys of a JSON file, and are the same in every language.

mod field;
mod spreadsheet;

use field::{CsvWriter, Field};

use crate::present::document::{Cell, Column, Document, Number, Row, RowKind, Table, plain};

/// The file of one table. Each column of the table has five columns here: displayed text, printed number, exact number, unit,
/// and the name of the figure.
pub fn table(document: &Document, table: &Table) -> Vec<u8> {
    let heads = unique_heads(&table.columns);
    let column_group = |what: &'static str| heads.iter().map(move |head| format!("{what}{head}"));
    let names = ["row", "label", "line"].into_iter().map(str::to_owned);
    let names = names
        .chain(column_group(""))
        .chain(column_group("printed: "))
        .chain(column_group("exact: "))
        .chain(column_group("unit: "))
        .chain(column_group("figure: "));
    let names: Vec<String> = names.collect();
    let mut writer = CsvWriter::new();
    writer.write_row(names.iter().map(|name| Field::Text(name)));
    for row in &table.rows {
        let label = plain(&row.label);
        let cells = |part: fn(&Cell) -> Field| row.cells.iter().map(part);
        let begin = [Field::Verbatim(&row.id), Field::Text(&label), Field::Verbatim(row_line(document, row))];
        writer.write_row(
            begin
                .into_iter()
                .chain(cells(displayed_field))
                .chain(cells(printed_field))
                .chain(cells(exact_field))
                .chain(cells(unit_field))
                .chain(cells(figure_field)),
        );
    }
    writer.into_bytes()
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

/// The file with a line for every cell of every table that is not blank. A column is identified by its number, from 1, and its
/// head.
pub fn release(document: &Document) -> Vec<u8> {
    let mut writer = CsvWriter::new();
    writer.write_row(COLUMNS.map(Field::Text));
    for (_, table) in document.tables() {
        let (caption, heads) = (plain(&table.caption), unique_heads(&table.columns));
        for row in &table.rows {
            let label = plain(&row.label);
            for (number, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.text().is_empty()) {
                let column = (number + 1).to_string();
                let head = heads.get(number).map_or("", String::as_str);
                let begin = [
                    Field::Verbatim(&table.id),
                    Field::Text(&caption),
                    Field::Verbatim(&row.id),
                    Field::Verbatim(kind_name(row.kind)),
                    Field::Text(&label),
                ];
                let column = [Field::Number(&column), Field::Text(head)];
                let numbers = [
                    displayed_field(cell),
                    printed_field(cell),
                    exact_field(cell),
                    unit_field(cell),
                    figure_field(cell),
                ];
                writer.write_row(begin.into_iter().chain(column).chain(numbers).chain(origin_fields(document, cell)));
            }
        }
    }
    writer.into_bytes()
}

/// The heads of the columns, each from the outermost down in one text; a duplicate gets a number.
fn unique_heads(columns: &[Column]) -> Vec<String> {
    let mut heads: Vec<String> = Vec::new();
    for column in columns {
        let texts: Vec<&str> = column.path.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        let head = texts.join(" / ");
        let numbered = (2..=columns.len()).map(|number| format!("{head} ({number})"));
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
        let columns = ["%", "%", "% (2)", "%"].map(|head| Column { path: vec![head.to_owned()] });
        assert_eq!(unique_heads(&columns), ["%", "% (2)", "% (2) (2)", "% (3)"]);
    }
}
