//! The view of a table that the templates receive: which cells head what, and what each row and cell is.

use serde::Serialize;

use super::{
    anchors::Anchors,
    inline::{inlines, inlines_with_anchor_link},
    link::LinkView,
};
use crate::present::document::{Cell, Column, HeadCell, Row, RowKind, Table, plain};

/// A table. `groups` are the widths of its column groups, the label column's first; `columns` counts those after it.
/// `fit` says on which screens it has room: `fits-small`, `fits-medium`, or nothing where it may need more.
#[derive(Debug, Serialize)]
pub(super) struct TableView {
    id: String,
    caption: String,
    unit: String,
    groups: Vec<usize>,
    columns: usize,
    fit: &'static str,
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

/// A row; `kind`, `sum` and `indent` make its classes.
#[derive(Debug, Serialize)]
struct RowView {
    anchor: String,
    kind: RowKind,
    /// Whether it adds up rows above it.
    sum: bool,
    indent: u8,
    html: String,
    cells: Vec<CellView>,
}

/// A cell. `hang` is the closing parenthesis of `text`, which hangs in the margin so that digits are under digits.
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
            fit: fit(table),
            head: heads.map(|(number, cells)| head_row(number, cells, anchors)).collect(),
            rows: table.rows.iter().enumerate().map(|(at, row)| row_view(table, at, row, anchors)).collect(),
            downloads: anchors.table_files(&table.id),
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

fn row_view(table: &Table, at: usize, row: &Row, anchors: &Anchors) -> RowView {
    let anchor = format!("{}.{}", table.id, row.id);
    RowView {
        kind: row.kind,
        sum: table.adds_up(at),
        indent: row.indent,
        html: inlines_with_anchor_link(&row.label, &anchor, anchors),
        anchor,
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

/// Whether a table has room in a column of text so wide, in rem, whatever the reader's faces are.
const FITS: [(f32, &str); 2] = [(36.0, "fits-small"), (55.0, "fits-medium")];
/// How wide, in rem, labels want to be, a letter of a cell and of words may be, and the space beside a cell is.
/// Labels are set in more lines where room is short, but their words are not broken.
const LABEL: f32 = 12.0;
const LETTER: f32 = 0.63;
const WORD_LETTER: f32 = 0.55;
const GAP: f32 = 1.6;

fn fit(table: &Table) -> &'static str {
    let cells = |column| table.rows.iter().filter_map(move |row| row.cells.get(column)).map(Cell::text);
    let column = |(number, column): (usize, &Column)| {
        let head = column.path.last().map_or(0.0, |head| longest_word(head) * WORD_LETTER);
        cells(number).map(|text| width(text) * LETTER).fold(head, f32::max) + GAP
    };
    let labels =
        table.rows.iter().map(|row| longest_word(&plain(&row.label)) * WORD_LETTER + GAP).fold(LABEL, f32::max);
    let needs: f32 = labels + table.columns.iter().enumerate().map(column).sum::<f32>();
    FITS.iter().find(|(room, _)| needs <= *room).map_or("", |(_, name)| name)
}

fn longest_word(text: &str) -> f32 {
    text.split_whitespace().map(width).fold(0.0, f32::max)
}

/// Letters; those of wide scripts count twice.
fn width(text: &str) -> f32 {
    text.chars().map(|letter| if letter < '\u{1100}' { 1.0 } else { 2.0 }).sum()
}

/// The text up to a closing parenthesis at its end, and that parenthesis.
fn split_hanging(text: &str) -> (&str, &str) {
    text.split_at(text.trim_end_matches([')', '）']).len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::document::Inline;

    /// A table of two rows of numbers, one of them with this label.
    fn labelled(label: &str) -> Table {
        let row = |label: &str| Row {
            id: label.to_owned(),
            kind: RowKind::Item,
            indent: 0,
            label: vec![Inline::Text { text: label.to_owned() }],
            cells: vec![Cell::Mark { text: "1,234,567".into() }],
        };
        Table {
            id: "income".into(),
            caption: Vec::new(),
            unit_line: Vec::new(),
            head: Vec::new(),
            columns: vec![Column { path: vec!["2026".into()] }],
            rows: vec![row("Revenues"), row(label)],
            landscape: false,
        }
    }

    #[test]
    fn long_labels_are_broken_between_words_only() {
        assert_eq!(fit(&labelled(&"cost of sales and ".repeat(20))), "fits-small");
        assert_eq!(fit(&labelled(&"W".repeat(60))), "fits-medium");
        assert_eq!(fit(&labelled(&"W".repeat(10_000))), "");
    }
}
