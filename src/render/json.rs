//! The release and each of its tables as values that serialize to JSON; `docs/release.schema.json` describes every key.

use serde::Serialize;

use crate::{
    present::document::{self, Cell, Data, Document, Inline, Page, Row, RowKind, Table, note_marks, plain},
    render::head_grid::Grid,
};

/// The JSON schema, which is written beside the release.
pub const SCHEMA: &str = include_str!("../../docs/release.schema.json");
/// The file name of the schema.
pub const SCHEMA_FILE: &str = "release.schema.json";

/// The format and its version, which increases when a key changes its meaning or is removed.
const FORMAT: &str = "kessan-release-1";

/// The content of `<slug>.json`.
#[derive(Debug, Serialize)]
pub struct Release<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    format: &'static str,
    release: ReleaseInfo<'a>,
    #[serde(flatten)]
    data: &'a Data,
    notes: Vec<Note<'a>>,
    tables: Vec<TableView<'a>>,
}

/// The content of the file of a single table.
#[derive(Debug, Serialize)]
pub struct TableFile<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    release: &'a str,
    #[serde(flatten)]
    table: TableView<'a>,
}

#[derive(Debug, Serialize)]
struct ReleaseInfo<'a> {
    slug: &'a str,
    title: String,
    issuer: &'a str,
    language: &'a str,
    date: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    /// The draft label.
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Note<'a> {
    id: &'a str,
    number: usize,
    text: String,
}

#[derive(Debug, Serialize)]
struct TableView<'a> {
    id: &'a str,
    /// The id of the page that contains it.
    page: &'a str,
    caption: String,
    unit_line: String,
    /// Ids of the notes it refers to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'a str>,
    columns: Vec<ColumnView<'a>>,
    rows: Vec<RowView<'a>>,
}

/// The texts of the heads above a column, from the outermost down, and the ids of the notes that they refer to.
#[derive(Debug, Serialize)]
struct ColumnView<'a> {
    head: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RowView<'a> {
    id: &'a str,
    kind: RowKind,
    indent: u8,
    label: String,
    /// Ids of the notes that the label refers to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<&'a str>,
    cells: Vec<Option<CellView<'a>>>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum CellView<'a> {
    Number {
        text: &'a str,
        printed: &'a str,
        exact: &'a str,
        unit: &'a str,
        figure: &'a str,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        notes: Vec<&'a str>,
    },
    Mark {
        text: &'a str,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        notes: Vec<&'a str>,
    },
    Text {
        kind: &'static str,
        text: &'a str,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        notes: Vec<&'a str>,
    },
}

/// Builds the value for the whole release.
pub fn release<'a>(document: &'a Document) -> Release<'a> {
    let note = |note: &'a document::Note| Note { id: &note.id, number: note.number, text: plain(&note.text) };
    Release {
        schema: SCHEMA_FILE,
        format: FORMAT,
        release: ReleaseInfo {
            slug: &document.slug,
            title: plain(&document.title),
            issuer: &document.issuer,
            language: &document.language,
            date: &document.date.iso,
            description: &document.description,
            draft: document.draft.as_ref().map(|draft| draft.mark.as_str()),
        },
        data: &document.data,
        notes: document.notes.iter().map(note).collect(),
        tables: document.tables().into_iter().map(|(page, table)| table_view(page, table)).collect(),
    }
}

/// Builds the value for one table on a page of the release.
pub fn table<'a>(document: &'a Document, page: &'a Page, table: &'a Table) -> TableFile<'a> {
    TableFile {
        schema: "../release.schema.json#/$defs/table_file",
        release: &document.slug,
        table: table_view(page, table),
    }
}

fn table_view<'a>(page: &'a Page, table: &'a Table) -> TableView<'a> {
    TableView {
        id: &table.id,
        page: &page.id,
        caption: plain(&table.caption),
        unit_line: plain(&table.unit_line),
        notes: table.notes().into_values().collect(),
        columns: columns(table),
        rows: table.rows.iter().map(row).collect(),
    }
}

fn columns(table: &Table) -> Vec<ColumnView<'_>> {
    let grid = Grid::new(table);
    let notes = |column: usize| {
        let above = grid.cells.iter().filter(move |cell| (cell.column..cell.column + cell.columns).contains(&column));
        above.flat_map(|cell| note_ids(&cell.text)).map(str::to_owned).collect()
    };
    let columns = table.columns.iter().zip(1..);
    columns.map(|(column, number)| ColumnView { head: &column.path, notes: notes(number) }).collect()
}

/// The ids of the notes that a text refers to.
fn note_ids(text: &[Inline]) -> Vec<&str> {
    note_marks(text).into_iter().map(|(_, id)| id).collect()
}

fn row(row: &Row) -> RowView<'_> {
    RowView {
        id: &row.id,
        kind: row.kind,
        indent: row.indent,
        label: plain(&row.label),
        notes: note_ids(&row.label),
        cells: row.cells.iter().map(cell).collect(),
    }
}

fn cell(cell: &Cell) -> Option<CellView<'_>> {
    match cell {
        Cell::Blank => None,
        Cell::Mark { text, marks } => Some(CellView::Mark { text, notes: note_ids(marks) }),
        Cell::Text { plain, inlines } => Some(CellView::Text { kind: "text", text: plain, notes: note_ids(inlines) }),
        Cell::Number { figure, unit, number, marks, .. } => Some(CellView::Number {
            text: &figure.text,
            printed: &number.printed,
            exact: &number.exact,
            unit,
            figure: &figure.source,
            notes: note_ids(marks),
        }),
    }
}
