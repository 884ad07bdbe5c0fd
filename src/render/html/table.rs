//! The view of a table that the templates receive: which cells head what, and what each row and cell is.

use serde::Serialize;

use super::{anchors::Anchors, inline::inlines, page::LinkView};
use crate::present::document::{Cell, HeadCell, Row, RowKind, Table};

/// A table. `groups` are the widths of its column groups, the label column's first; `columns` counts those after it.
#[derive(Debug, Serialize)]
pub(super) struct TableView {
    id: String,
    caption: String,
    unit: String,
    groups: Vec<usize>,
    columns: usize,
    head: Vec<Vec<HeadView>>,
    rows: Vec<RowView>,
    /// The table's files.
    downloads: Vec<LinkView>,
}

/// A head cell; `scope` is HTML's word for what it heads.
#[derive(Debug, Serialize)]
struct HeadView {
    html: String,
    colspan: usize,
    rowspan: usize,
    scope: &'static str,
    label: bool,
}

/// A row; `kind` and `indent` make its classes.
#[derive(Debug, Serialize)]
struct RowView {
    anchor: String,
    kind: RowKind,
    indent: u8,
    html: String,
    cells: Vec<CellView>,
}

/// A cell. `hang` is the closing parenthesis of `text`, which hangs in the margin so that digits stand under digits.
#[derive(Debug, Serialize)]
struct CellView {
    kind: &'static str,
    value: String,
    text: String,
    hang: String,
    negative: bool,
}

impl TableView {
    /// The view of `table`.
    pub(super) fn new(table: &Table, anchors: &Anchors) -> Self {
        let heads = table.head.iter().enumerate();
        Self {
            id: table.id.clone(),
            caption: inlines(&table.caption, anchors),
            unit: inlines(&table.unit_line, anchors),
            groups: table.head.first().into_iter().flatten().map(|cell| cell.colspan).collect(),
            columns: table.columns.len(),
            head: heads.map(|(number, cells)| head_row(number, cells, anchors)).collect(),
            rows: table.rows.iter().map(|row| row_view(&table.id, row, anchors)).collect(),
            downloads: anchors.files_of(&table.id),
        }
    }
}

fn head_row(number: usize, cells: &[HeadCell], anchors: &Anchors) -> Vec<HeadView> {
    let view = |(position, cell): (usize, &HeadCell)| HeadView {
        html: inlines(&cell.text, anchors),
        colspan: cell.colspan,
        rowspan: cell.rowspan,
        // HTML lets a cell head a column group only from that group's first column, and groups do not nest:
        // the first row's cells make the groups, a group within a group heads its columns one by one.
        scope: if cell.group && number == 0 { "colgroup" } else { "col" },
        label: number == 0 && position == 0,
    };
    cells.iter().enumerate().map(view).collect()
}

fn row_view(table: &str, row: &Row, anchors: &Anchors) -> RowView {
    RowView {
        anchor: format!("{table}.{}", row.id),
        kind: row.kind,
        indent: row.indent,
        html: inlines(&row.label, anchors),
        cells: row.cells.iter().map(cell_view).collect(),
    }
}

fn cell_view(cell: &Cell) -> CellView {
    let (kind, value, negative) = match cell {
        Cell::Blank => ("blank", "", false),
        Cell::Number { figure, negative, .. } => ("number", figure.value.as_str(), *negative),
        Cell::Mark { .. } => ("mark", "", false),
    };
    let (text, hang) = split_hanging(cell.text());
    CellView { kind, value: value.to_owned(), text: text.to_owned(), hang: hang.to_owned(), negative }
}

/// The text up to a closing parenthesis at its end, and that parenthesis.
fn split_hanging(text: &str) -> (&str, &str) {
    text.split_at(text.trim_end_matches([')', '）']).len())
}
