//! Reads a built `<release>.json` as a document: its data, tables and notes, without the texts of its pages.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{
    diag::Diagnostic,
    present::document::{
        Block, Cell, Column, Data, Document, Fact, Figure, FormattedDate, HeadCell, Inline, Measure, Note, Number,
        Origin, Page, Period, Row, RowKind, StatedFigure, Table, Typesetting,
    },
    render::json::FORMAT,
    site::from_json,
};

/// What tells which program and version wrote a file.
#[derive(Deserialize)]
struct Head {
    format: String,
}

#[derive(Deserialize)]
struct Built {
    release: Info,
    period: Option<String>,
    periods: Vec<Period>,
    facts: Vec<Fact>,
    measures: Vec<Measure>,
    stated: Vec<StatedFigure>,
    figures: Vec<Origin>,
    notes: Vec<BuiltNote>,
    tables: Vec<BuiltTable>,
}

#[derive(Deserialize)]
struct Info {
    slug: String,
    title: String,
    issuer: String,
    #[serde(default)]
    lei: String,
    #[serde(default)]
    covers: String,
    language: String,
    date: String,
    #[serde(default)]
    description: String,
}

#[derive(Deserialize)]
struct BuiltNote {
    id: String,
    number: usize,
    text: String,
}

#[derive(Deserialize)]
struct BuiltTable {
    id: String,
    page: String,
    caption: String,
    unit_line: String,
    columns: Vec<BuiltColumn>,
    rows: Vec<BuiltRow>,
}

#[derive(Deserialize)]
struct BuiltColumn {
    head: Vec<String>,
}

#[derive(Deserialize)]
struct BuiltRow {
    id: String,
    kind: RowKind,
    indent: u8,
    label: String,
    cells: Vec<Option<BuiltCell>>,
}

/// A cell: a figure has all keys, words have a kind.
#[derive(Deserialize)]
struct BuiltCell {
    text: String,
    kind: Option<String>,
    figure: Option<String>,
    exact: Option<String>,
    unit: Option<String>,
}

/// The document in a file. Errors: it is no built release, or one of another version.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    let Some(Head { format }) = from_json(bytes) else {
        let message = format!("`{name}` is no built release: expected a file that `kessan build --format json` wrote");
        return Err(Diagnostic::io("read", message));
    };
    if format != FORMAT {
        return Err(Diagnostic::io("read", format!("`{name}` has the format `{format}`, expected `{FORMAT}`")));
    }
    let built: Built = from_json(bytes).ok_or_else(|| {
        Diagnostic::io("read", format!("`{name}` has the format `{FORMAT}`, but not its keys")).note("it was changed")
    })?;
    Ok(document(built))
}

fn document(built: Built) -> Document {
    let Built { release, period, periods, facts, measures, stated, figures, notes, tables } = built;
    let mut pages: Vec<Page> = Vec::new();
    for built in tables {
        let at = pages.iter().position(|page| page.id == built.page).unwrap_or_else(|| {
            pages.push(Page {
                id: built.page.clone(),
                title: String::new(),
                new_sheet: false,
                sheets: None,
                form: false,
                blocks: Vec::new(),
            });
            pages.len() - 1
        });
        pages[at].blocks.push(Block::Table(Box::new(table(built))));
    }
    let note = |BuiltNote { id, number, text }| Note { id, number, mark: None, text: inlines(&text), references: 0 };
    Document {
        slug: release.slug,
        language: release.language,
        title: inlines(&release.title),
        issuer: release.issuer,
        lei: release.lei,
        covers: release.covers,
        masthead: Vec::new(),
        date: FormattedDate { text: release.date.clone(), iso: release.date },
        description: release.description,
        headlines: Vec::new(),
        pages,
        notes: notes.into_iter().map(note).collect(),
        draft: None,
        words: BTreeMap::new(),
        typesetting: Typesetting::default(),
        data: Data { period, periods, facts, measures, stated, figures, ..Data::default() },
        untranslated: Default::default(),
    }
}

fn inlines(text: &str) -> Vec<Inline> {
    if text.is_empty() { Vec::new() } else { vec![Inline::Text { text: text.to_owned() }] }
}

fn table(built: BuiltTable) -> Table {
    let columns: Vec<Column> = built.columns.into_iter().map(|column| Column { path: column.head }).collect();
    let row = |row: BuiltRow| Row {
        id: row.id,
        kind: row.kind,
        indent: row.indent,
        label: inlines(&row.label),
        cells: row.cells.into_iter().map(|cell| cell.map_or(Cell::Blank, self::cell)).collect(),
        was: BTreeMap::new(),
    };
    Table {
        id: built.id,
        caption: inlines(&built.caption),
        unit_line: inlines(&built.unit_line),
        head: Vec::<Vec<HeadCell>>::new(),
        columns,
        rows: built.rows.into_iter().map(row).collect(),
        landscape: false,
        boxed: false,
    }
}

fn cell(BuiltCell { text, kind, figure, exact, unit }: BuiltCell) -> Cell {
    match (figure, kind) {
        (Some(source), _) => Cell::Number {
            negative: exact.as_ref().is_some_and(|exact| exact.starts_with('-')),
            figure: Figure { text, value: exact.unwrap_or_default(), source },
            unit: unit.unwrap_or_default(),
            number: Box::new(Number::default()),
            marks: Vec::new(),
        },
        (None, Some(_)) => Cell::of_words(inlines(&text)),
        (None, None) => Cell::of_mark(text),
    }
}
