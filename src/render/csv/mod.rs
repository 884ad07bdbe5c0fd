//! Tables as comma-separated values (RFC 4180, UTF-8): each as it is printed, and all of them cell by cell.
//!
//! A file begins with a byte order mark. Without one, a spreadsheet program that is opened by a double click takes the
//! text for the code page of its computer and spoils every letter beyond ASCII; programs that read UTF-8 know the mark.
//! The names of the columns belong to the format, like the keys of a JSON file, and are the same in every language.

mod field;

use field::{Field, Sheet};

use crate::present::document::{Cell, Column, Document, Number, Row, RowKind, Table, plain};

/// A table as printed. Its columns occur four times: what they print, the exact numbers, their units, and the names
/// of the figures.
pub fn table(document: &Document, table: &Table) -> Vec<u8> {
    let heads = heads(&table.columns);
    let block = |what: &'static str| heads.iter().map(move |head| format!("{what}{head}"));
    let names = ["row", "label", "line"].into_iter().map(str::to_owned);
    let names = names.chain(block("")).chain(block("exact: ")).chain(block("unit: ")).chain(block("figure: "));
    let names: Vec<String> = names.collect();
    let mut sheet = Sheet::new();
    sheet.row(names.iter().map(|name| Field::Text(name)));
    for row in &table.rows {
        let label = plain(&row.label);
        let cells = |part: fn(&Cell) -> Field| row.cells.iter().map(part);
        let begin = [&row.id, &label, line(document, row)].map(Field::Text);
        sheet
            .row(begin.into_iter().chain(cells(displayed)).chain(cells(exact)).chain(cells(unit)).chain(cells(figure)));
    }
    sheet.bytes()
}

/// The columns of the release's file.
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

/// Every cell of every table that prints something, a line each. A column is named by its number, from 1, and by its head.
pub fn release(document: &Document) -> Vec<u8> {
    let mut sheet = Sheet::new();
    sheet.row(COLUMNS.map(Field::Text));
    for (_, table) in document.tables() {
        let (caption, heads) = (plain(&table.caption), heads(&table.columns));
        for row in &table.rows {
            let label = plain(&row.label);
            for (number, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.text().is_empty()) {
                let column = (number + 1).to_string();
                let head = heads.get(number).map_or("", String::as_str);
                let begin = [&table.id, &caption, &row.id, kind(row.kind), &label].map(Field::Text);
                let column = [Field::Number(&column), Field::Text(head)];
                let numbers = [displayed(cell), printed(cell), exact(cell), unit(cell), figure(cell)];
                sheet.row(begin.into_iter().chain(column).chain(numbers).chain(origin(document, cell)));
            }
        }
    }
    sheet.bytes()
}

/// The heads of the columns, from the outermost down in one text; one that is there already gets a number.
fn heads(columns: &[Column]) -> Vec<String> {
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

/// The line or measure that all of a row's figures show; none where they show several.
fn line<'a>(document: &'a Document, row: &Row) -> &'a str {
    let figures = row.cells.iter().filter_map(source);
    let mut lines = figures.filter_map(|name| document.data.origin(name)).map(|origin| origin.of.as_str());
    let first = lines.next().unwrap_or_default();
    if lines.all(|line| line == first) { first } else { "" }
}

fn kind(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Heading => "heading",
        RowKind::Item => "item",
        RowKind::Subtotal => "subtotal",
        RowKind::Total => "total",
    }
}

fn source(cell: &Cell) -> Option<&str> {
    if let Cell::Number { figure, .. } = cell { Some(&figure.source) } else { None }
}

fn displayed(cell: &Cell) -> Field<'_> {
    Field::Text(cell.text())
}

fn printed(cell: &Cell) -> Field<'_> {
    number(cell, |number| &number.printed)
}

fn exact(cell: &Cell) -> Field<'_> {
    number(cell, |number| &number.exact)
}

fn number(cell: &Cell, which: fn(&Number) -> &str) -> Field<'_> {
    Field::Number(if let Cell::Number { number, .. } = cell { which(number) } else { "" })
}

fn unit(cell: &Cell) -> Field<'_> {
    Field::Text(if let Cell::Number { unit, .. } = cell { unit } else { "" })
}

fn figure(cell: &Cell) -> Field<'_> {
    Field::Text(source(cell).unwrap_or_default())
}

/// Line, period, member and function of what a cell shows.
fn origin<'a>(document: &'a Document, cell: &Cell) -> [Field<'a>; 4] {
    let origin = source(cell).and_then(|name| document.data.origin(name));
    let of = |text: Option<&'a str>| Field::Text(text.unwrap_or_default());
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
    fn every_head_is_another() {
        let columns = ["%", "%", "% (2)", "%"].map(|head| Column { path: vec![head.to_owned()] });
        assert_eq!(heads(&columns), ["%", "% (2)", "% (2) (2)", "% (3)"]);
    }
}
