//! Tests the workbook, read back by another library.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use kessan::{
    present::document::{Cell, Document, Inline, Table, plain},
    render::xlsx::workbook,
};

use crate::{FORMULAS, RELEASES, hostile, sums::evaluate};

type Book = Xlsx<Cursor<Vec<u8>>>;

fn open(document: &Document) -> Book {
    open_workbook_from_rs(Cursor::new(workbook(&document.into()).unwrap())).unwrap()
}

/// The row of the sheet in which a table's first row stands: behind link, caption, unit lines, a free row and the head.
fn first_row(document: &Document, table: &Table) -> u32 {
    let breaks = table.unit_line.iter().filter(|inline| **inline == Inline::LineBreak).count();
    let unit = if table.unit_line.is_empty() { 0 } else { breaks + 1 };
    (usize::from(document.draft.is_some()) + 2 + unit + 1 + table.head.len()) as u32
}

fn text(range: &Range<Data>, row: u32, column: u32) -> String {
    match range.get_value((row, column)) {
        Some(Data::String(text)) => text.clone(),
        Some(Data::Empty) | None => String::new(),
        other => panic!("({row}, {column}) is {other:?}"),
    }
}

/// The number that a cell holds for what it prints.
fn held(cell: &Cell) -> Option<f64> {
    let Cell::Number { number, .. } = cell else { return None };
    let printed: f64 = number.printed.parse().unwrap();
    Some(if number.format.percent { printed / 100.0 } else { printed })
}

#[test]
fn every_cell_holds_what_is_printed() {
    for document in RELEASES.iter() {
        let mut book = open(document);
        let names = book.sheet_names();
        assert_eq!(names.len(), document.tables().len() + 1);
        for ((_, table), name) in document.tables().iter().zip(&names[1..]) {
            let range = book.worksheet_range(name).unwrap();
            let first = first_row(document, table);
            for (row, place) in table.rows.iter().zip(first..) {
                let label = text(&range, place, 0);
                assert!(label.starts_with(&plain(&row.label)), "{name}: {label}");
                for (cell, column) in row.cells.iter().zip(1..) {
                    match held(cell) {
                        Some(held) => {
                            let found = range.get_value((place, column)).and_then(|data| match data {
                                Data::Float(number) => Some(*number),
                                _ => None,
                            });
                            let found = found.unwrap_or_else(|| panic!("{name}/{}/{column} is no number", row.id));
                            assert!((found - held).abs() < 1e-9, "{name}/{}/{column}: {found}, not {held}", row.id);
                        }
                        None => assert_eq!(text(&range, place, column), cell.text()),
                    }
                }
            }
        }
    }
}

#[test]
fn totals_are_sums_that_give_what_is_printed_and_nothing_else_is_a_formula() {
    let mut counts = Vec::new();
    for document in RELEASES.iter() {
        let mut book = open(document);
        let (mut totals, mut formulas) = (0, 0);
        for ((_, table), name) in document.tables().iter().zip(&book.sheet_names()[1..]) {
            let (range, written) = (book.worksheet_range(name).unwrap(), book.worksheet_formula(name).unwrap());
            let first = first_row(document, table);
            let value = |row: u32, column: u32| match range.get_value((row, column)) {
                Some(Data::Float(number)) => *number,
                _ => 0.0,
            };
            for (row, column, formula) in written.used_cells().map(|(row, column, formula)| {
                let (top, left) = written.start().unwrap();
                (row as u32 + top, column as u32 + left, formula)
            }) {
                let cell = &table.rows[(row - first) as usize].cells[column as usize - 1];
                let given = evaluate(formula, &value);
                assert!(
                    (given - held(cell).unwrap()).abs() < 1e-9,
                    "{name}: {formula} gives {given}, not {}",
                    cell.text()
                );
                formulas += 1;
            }
            let holding =
                table.rows.iter().flat_map(|row| &row.cells).filter(
                    |cell| matches!(cell, Cell::Number { number, .. } if number.sums.iter().any(|sum| sum.holds)),
                );
            totals += holding.count();
        }
        assert!(book.worksheet_formula(&book.sheet_names()[0].clone()).unwrap().is_empty());
        counts.push((totals, formulas));
    }
    assert_eq!(counts, [(249, 249), (54, 54)]);
}

#[test]
fn hostile_texts_are_texts() {
    let document = hostile();
    let mut book = open(&document);
    for name in book.sheet_names() {
        assert!(book.worksheet_formula(&name).unwrap().used_cells().next().is_none(), "{name}");
    }
    let name = book.sheet_names()[1].clone();
    let range = book.worksheet_range(&name).unwrap();
    let first = first_row(&document, document.tables()[0].1);
    for (formula, row) in FORMULAS.iter().zip(first..) {
        assert_eq!([text(&range, row, 0), text(&range, row, 1)], [*formula, *formula]);
    }
}

#[test]
fn a_text_longer_than_a_cell_is_cut_and_a_sheet_has_room_for_any_name() {
    let mut document = hostile();
    let kessan::present::document::Block::Table(table) = &mut document.pages[0].blocks[0] else { panic!() };
    table.id = "a".repeat(200);
    table.caption = vec![Inline::Text { text: "長い ".repeat(20_000) }];
    table.rows[0].label = table.caption.clone();
    let mut book = open(&document);
    assert_eq!(book.sheet_names()[1].len(), 31);
    let name = book.sheet_names()[1].clone();
    assert!(text(&book.worksheet_range(&name).unwrap(), 1, 0).chars().count() <= 32_767);
}

/// Rows of more than 409 points, names and texts that XML cannot hold: other programs refuse to open such a workbook.
#[test]
fn what_no_workbook_can_hold_is_not_in_it() {
    let mut document = hostile();
    let kessan::present::document::Block::Table(table) = &mut document.pages[0].blocks[0] else { panic!() };
    let text = format!("{} \u{0}\u{b}\u{fffe}\u{ffff} _x0041_", "W".repeat(10_000));
    table.rows[0].label = vec![Inline::Text { text: text.clone() }];
    table.head[0][1].text = table.rows[0].label.clone();
    document.words.insert("contents".to_owned(), text);
    let bytes = workbook(&(&document).into()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    for index in 0..archive.len() {
        let text = std::io::read_to_string(archive.by_index(index).unwrap()).unwrap();
        let xml = roxmltree::Document::parse(&text).unwrap();
        let heights = xml.descendants().filter_map(|node| node.attribute("ht")?.parse::<f64>().ok());
        assert!(heights.fold(0.0, f64::max) <= 409.0);
    }
}

#[test]
fn the_same_release_gives_the_same_bytes() {
    for document in RELEASES.iter() {
        assert!(workbook(&document.into()).unwrap() == workbook(&document.into()).unwrap());
    }
}
