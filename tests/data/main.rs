//! Compares the formats that programs and spreadsheets read with the document they are written from.

#[path = "../support/phases.rs"]
mod phases;

mod csv;
mod json;
mod languages;
mod schema;
mod sums;
mod workbook;

use std::{fs, path::Path, sync::LazyLock};

use kessan::{
    commands,
    figures::Book,
    present::{
        document::{Block, Cell, Column, Document, HeadCell, Inline, Page, Row, RowKind, Table},
        present,
    },
};

/// The release that comes with the program, and the one that `kessan new` lays out.
static RELEASES: LazyLock<[Document; 2]> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("data");
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    commands::new(&folder, "acme-1q2026", commands::Starter::QUARTER).unwrap();
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    [(home, "iij-fy2009"), (&folder, "acme-1q2026")].map(|(root, slug)| {
        let (release, words) = phases::load_release(root, slug);
        present(&Book::new(&release), &words).document
    })
});

/// A release with words in cells and notes on every part of a table.
fn noted() -> Document {
    let (release, words) = phases::load_release(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cells"), "harbour");
    present(&Book::new(&release), &words).document
}

/// A table of the releases.
fn table(id: &str) -> (&'static Document, &'static Table) {
    let mut all =
        RELEASES.iter().flat_map(|document| document.tables().into_iter().map(move |(_, table)| (document, table)));
    all.find(|(_, table)| table.id == id).unwrap()
}

/// Every cell of a document with its table and place.
fn cells(document: &Document) -> Vec<(&Table, usize, usize, &Cell)> {
    let mut all = Vec::new();
    for (_, table) in document.tables() {
        for (row, cells) in table.rows.iter().enumerate() {
            all.extend(cells.cells.iter().enumerate().map(|(column, cell)| (table, row, column, cell)));
        }
    }
    all
}

/// What a label might hold that a spreadsheet program could work out.
const FORMULAS: [&str; 8] = [
    "=1+1",
    "=HYPERLINK(\"http://a.test\",\"x\")",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
];

/// A release whose only table has such labels, marks and words.
fn hostile() -> Document {
    let text = |text: &str| vec![Inline::Text { text: text.to_owned() }];
    let head = |words: &str| HeadCell { text: text(words), colspan: 1, rowspan: 1, group: false };
    let rows = FORMULAS.iter().enumerate().map(|(number, formula)| Row {
        id: format!("r{number}"),
        kind: RowKind::Item,
        indent: 0,
        label: text(formula),
        cells: vec![match number % 2 {
            0 => Cell::of_mark(*formula),
            _ => Cell::of_words(text(formula)),
        }],
        was: Default::default(),
    });
    let table = Table {
        id: "hostile".to_owned(),
        caption: text(FORMULAS[0]),
        unit_line: text(FORMULAS[2]),
        head: vec![vec![head(FORMULAS[3]), head(FORMULAS[4])]],
        columns: vec![Column { path: vec![FORMULAS[4].to_owned()] }],
        rows: rows.collect(),
        landscape: false,
        boxed: false,
    };
    let page = Page {
        title: FORMULAS[1].to_owned(),
        blocks: vec![Block::Table(Box::new(table))],
        ..RELEASES[1].pages[0].clone()
    };
    Document { title: text(FORMULAS[0]), issuer: FORMULAS[3].to_owned(), pages: vec![page], ..RELEASES[1].clone() }
}
