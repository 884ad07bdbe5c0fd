//! The release and each of its tables as values that serialize to JSON; `docs/release.schema.json` describes every key.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    editions::{self, Editions, TableEdition},
    head_grid::Grid,
};
use crate::present::document::{self, Cell, Data, Document, Inline, Page, Row, RowKind, Table, note_marks, plain};

/// The JSON schema, which is written beside the release.
pub const SCHEMA: &str = include_str!("../../docs/release.schema.json");
/// The file name of the schema.
pub const SCHEMA_FILE: &str = "release.schema.json";

/// The format and its version, which increases when a key changes its meaning or is removed.
pub const FORMAT: &str = "kessan-release-1";

/// What stands beside a text of the original: the same in the further languages of the release, by language. A text that is not
/// translated is left out.
type Translations<'a, T = String> = BTreeMap<&'a str, T>;

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
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    titles: Translations<'a>,
    issuer: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    issuers: Translations<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    lei: &'a str,
    /// The days it reports on.
    #[serde(skip_serializing_if = "str::is_empty")]
    covers: &'a str,
    language: &'a str,
    /// All its languages, if there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    languages: Vec<&'a str>,
    date: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    descriptions: Translations<'a>,
    /// The draft label.
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Note<'a> {
    id: &'a str,
    number: usize,
    text: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    texts: Translations<'a>,
}

#[derive(Debug, Serialize)]
struct TableView<'a> {
    id: &'a str,
    /// The id of the page that contains it.
    page: &'a str,
    caption: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    captions: Translations<'a>,
    unit_line: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    unit_lines: Translations<'a>,
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
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    heads: Translations<'a, &'a [String]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct RowView<'a> {
    id: &'a str,
    kind: RowKind,
    indent: u8,
    label: String,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    labels: Translations<'a>,
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
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        texts: Translations<'a, &'a str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        notes: Vec<&'a str>,
    },
    Text {
        kind: &'static str,
        text: &'a str,
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        texts: Translations<'a, &'a str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        notes: Vec<&'a str>,
    },
}

/// Builds the value for the whole release.
pub fn release<'a>(editions: &Editions<'a>) -> Release<'a> {
    let document = editions.original;
    Release {
        schema: SCHEMA_FILE,
        format: FORMAT,
        release: release_info(editions),
        data: &document.data,
        notes: document.notes.iter().map(|note| note_view(editions, note)).collect(),
        tables: document.tables().into_iter().map(|(page, table)| table_view(editions, page, table)).collect(),
    }
}

/// Builds the value for one table on a page of the release.
pub fn table<'a>(editions: &Editions<'a>, page: &'a Page, table: &'a Table) -> TableFile<'a> {
    TableFile {
        schema: "../release.schema.json#/$defs/table_file",
        release: &editions.original.slug,
        table: table_view(editions, page, table),
    }
}

fn release_info<'a>(editions: &Editions<'a>) -> ReleaseInfo<'a> {
    let document = editions.original;
    let further = editions.translations().iter().map(|edition| edition.language());
    let languages = std::iter::once(document.language.as_str()).chain(further).collect();
    ReleaseInfo {
        slug: &document.slug,
        title: plain(&document.title),
        titles: editions.by_language(|other| editions::translated(other, &other.title)),
        issuer: &document.issuer,
        issuers: editions.by_language(|other| own_text(other, &other.issuer)),
        lei: &document.lei,
        covers: &document.covers,
        language: &document.language,
        languages: if editions.translations().is_empty() { Vec::new() } else { languages },
        date: &document.date.iso,
        description: &document.description,
        descriptions: editions.by_language(|other| own_text(other, &other.description)),
        draft: document.draft.as_ref().map(|draft| draft.mark.as_str()),
    }
}

/// A text of a translation that is there, and in its language.
fn own_text(document: &Document, text: &str) -> Option<String> {
    (!text.is_empty() && !document.untranslated.contains(text)).then(|| text.to_owned())
}

fn note_view<'a>(editions: &Editions<'a>, note: &'a document::Note) -> Note<'a> {
    let texts = editions.by_language(|other| Some(plain(&editions::note(other, &note.id)?.text)));
    Note { id: &note.id, number: note.number, text: plain(&note.text), texts }
}

fn table_view<'a>(editions: &Editions<'a>, page: &'a Page, table: &'a Table) -> TableView<'a> {
    let others = editions.of_table(table);
    TableView {
        id: &table.id,
        page: &page.id,
        caption: plain(&table.caption),
        captions: by_language(&others, |other| other.caption().filter(|text| !text.is_empty())),
        unit_line: plain(&table.unit_line),
        unit_lines: by_language(&others, |other| other.unit_line().filter(|text| !text.is_empty())),
        notes: table.notes().into_values().collect(),
        columns: columns(table, &others),
        rows: table.rows.iter().enumerate().map(|(number, row)| row_view(number, row, &others)).collect(),
    }
}

/// A text of a table in each language that has it.
fn by_language<'a, T>(
    others: &[TableEdition<'a>],
    text: impl Fn(&TableEdition<'a>) -> Option<T>,
) -> Translations<'a, T> {
    others.iter().filter_map(|other| Some((other.language(), text(other)?))).collect()
}

fn columns<'a>(table: &'a Table, others: &[TableEdition<'a>]) -> Vec<ColumnView<'a>> {
    let grid = Grid::new(table);
    let notes = |column: usize| {
        let above = grid.cells.iter().filter(move |cell| (cell.column..cell.column + cell.columns).contains(&column));
        above.flat_map(|cell| note_ids(&cell.text)).map(str::to_owned).collect()
    };
    let column = |(number, column): (usize, &'a document::Column)| ColumnView {
        head: &column.path,
        heads: by_language(others, |other| other.heads(number).filter(|heads| !heads.is_empty())),
        notes: notes(number + 1),
    };
    table.columns.iter().enumerate().map(column).collect()
}

/// The ids of the notes that a text refers to.
fn note_ids(text: &[Inline]) -> Vec<&str> {
    note_marks(text).into_iter().map(|(_, id)| id).collect()
}

fn row_view<'a>(number: usize, row: &'a Row, others: &[TableEdition<'a>]) -> RowView<'a> {
    let cell = |(column, cell): (usize, &'a Cell)| {
        let displayed = |other: &TableEdition<'a>| other.cell(number, column).map(Cell::text);
        cell_view(cell, || by_language(others, displayed))
    };
    RowView {
        id: &row.id,
        kind: row.kind,
        indent: row.indent,
        label: plain(&row.label),
        labels: by_language(others, |other| other.label(number).filter(|text| !text.is_empty())),
        notes: note_ids(&row.label),
        cells: row.cells.iter().enumerate().map(cell).collect(),
    }
}

/// The value of a cell; `texts` are what it prints in other languages, which is asked for words and marks only.
fn cell_view<'a>(cell: &'a Cell, texts: impl FnOnce() -> Translations<'a, &'a str>) -> Option<CellView<'a>> {
    match cell {
        Cell::Blank => None,
        Cell::Mark { text, marks, .. } => Some(CellView::Mark { text, texts: texts(), notes: note_ids(marks) }),
        Cell::Text { plain, inlines } => {
            Some(CellView::Text { kind: "text", text: plain, texts: texts(), notes: note_ids(inlines) })
        }
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
