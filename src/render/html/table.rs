//! The view of a table that the templates receive: head cells with their scopes, rows and cells with their kinds.

use serde::Serialize;

use super::{
    anchors::Anchors,
    inline::{inlines, inlines_with_anchor_link},
    link::LinkView,
};
use crate::{
    present::document::{Cell, Column, HeadCell, Inline, Row, RowKind, Table, plain},
    render::head_grid::{Grid, GridCell},
};

/// A table. `groups` are the widths of its column groups in columns, the label column first; `columns` counts the columns
/// after it. `fit` is the class of the smallest screens with room for it: `fits-small`, `fits-medium` or nothing.
#[derive(Debug, Serialize)]
pub(super) struct TableView {
    id: String,
    caption: String,
    unit: String,
    /// The id of the element that names it: its caption, or the heading above it. May be empty.
    named_by: String,
    boxed: bool,
    groups: Vec<usize>,
    columns: usize,
    fit: &'static str,
    head: Vec<Vec<HeadView>>,
    rows: Vec<RowView>,
    /// The table's files.
    downloads: Vec<LinkView>,
}

/// A head cell; `scope` is the value of HTML's `scope` attribute.
#[derive(Debug, Serialize)]
struct HeadView {
    html: String,
    colspan: usize,
    rowspan: usize,
    scope: &'static str,
    label: bool,
    /// Whether it is above a column of text.
    text: bool,
    /// Whether a rule of a boxed table divides it from the cell before it.
    edge: bool,
}

/// A row; its CSS classes come from `kind`, `sum` and `indent`.
#[derive(Debug, Serialize)]
struct RowView {
    anchor: String,
    kind: RowKind,
    /// Whether it is the sum of rows above it.
    sum: bool,
    indent: u8,
    html: String,
    cells: Vec<CellView>,
}

/// A cell. `hang` is the closing parenthesis after `text`, which hangs in the margin so that digits align.
#[derive(Debug, Serialize)]
struct CellView {
    kind: &'static str,
    value: String,
    text: String,
    hang: String,
    negative: bool,
    /// Whether a rule of a boxed table divides it from the cell before it.
    edge: bool,
    /// The words, HTML, or the marks of the notes behind a number.
    html: String,
    /// In a redline, of a changed cell: what it showed before, if that was anything.
    changed: bool,
    was: String,
    /// Of words: the class of those that may be broken, and of those that begin at the left as in a column of text.
    class: &'static str,
}

impl TableView {
    /// The view of `table`; `heading` is the anchor of the heading above it.
    pub(super) fn new(table: &Table, heading: &str, anchors: &Anchors) -> Self {
        let has_caption = !table.caption.is_empty();
        let grid = Grid::new(table);
        let is_text = |cell: &GridCell| {
            cell.columns == 1 && cell.column.checked_sub(1).is_some_and(|column| table.is_text_column(column))
        };
        let texts = |row| grid.cells.iter().filter(move |cell| cell.row == row).map(is_text).collect::<Vec<_>>();
        let divides =
            |column: usize, row: usize| table.boxed && grid.first_divided_row(column).is_some_and(|first| first <= row);
        let edges = |row| {
            let cells = grid.cells.iter().filter(move |cell| cell.row == row);
            cells.map(|cell| cell.column > 0 && divides(cell.column, row)).collect::<Vec<_>>()
        };
        let divided: Vec<bool> = (1..grid.columns).map(|column| divides(column, grid.rows)).collect();
        let heads = table.head.iter().enumerate();
        Self {
            id: table.id.clone(),
            caption: broken_lines(&table.caption, anchors),
            unit: inlines(&table.unit_line, anchors),
            named_by: if has_caption { format!("_caption.{}", table.id) } else { heading.to_owned() },
            boxed: table.boxed,
            groups: table.head.first().into_iter().flatten().map(|cell| cell.colspan).collect(),
            columns: table.columns.len(),
            fit: fit_class(table),
            head: heads
                .map(|(number, cells)| head_row(number, cells, &texts(number), &edges(number), anchors))
                .collect(),
            rows: table.rows.iter().enumerate().map(|(at, row)| row_view(table, at, row, &divided, anchors)).collect(),
            downloads: anchors.table_files(&table.id),
        }
    }
}

/// A break between lines. Programs that read a table skip it; the space keeps the lines apart for them.
const BREAK: &str = "<br>";
const SPACED_BREAK: &str = "<br> ";

/// A text that may have several lines.
pub(super) fn broken_lines(text: &[Inline], anchors: &Anchors) -> String {
    inlines(text, anchors).replace(BREAK, SPACED_BREAK)
}

fn head_row(number: usize, cells: &[HeadCell], texts: &[bool], edges: &[bool], anchors: &Anchors) -> Vec<HeadView> {
    let view = |(position, cell): (usize, &HeadCell)| HeadView {
        html: broken_lines(&cell.text, anchors),
        colspan: cell.colspan,
        rowspan: cell.rowspan,
        // In HTML, `colgroup` is valid only for a cell at the first column of a group, and groups cannot be nested:
        // the cells of the first row form the groups, and a group within a group has the scope `col`.
        scope: if cell.group && number == 0 { "colgroup" } else { "col" },
        label: number == 0 && position == 0,
        text: texts.get(position).copied().unwrap_or(false),
        edge: edges.get(position).copied().unwrap_or(false),
    };
    cells.iter().enumerate().map(view).collect()
}

fn row_view(table: &Table, at: usize, row: &Row, divided: &[bool], anchors: &Anchors) -> RowView {
    let anchor = format!("{}.{}", table.id, row.id);
    RowView {
        kind: row.kind,
        sum: table.adds_rows_above(at),
        indent: row.indent,
        html: inlines_with_anchor_link(&row.label, &anchor, anchors).replace(BREAK, SPACED_BREAK),
        anchor,
        cells: row
            .cells
            .iter()
            .zip(divided.iter().chain(std::iter::repeat(&false)))
            .enumerate()
            .map(|(column, (cell, edge))| CellView {
                edge: *edge,
                changed: row.was.contains_key(&column),
                was: row.was.get(&column).cloned().unwrap_or_default(),
                ..cell_view(table, column, cell, anchors)
            })
            .collect(),
    }
}

fn cell_view(table: &Table, column: usize, cell: &Cell, anchors: &Anchors) -> CellView {
    let (kind, value, negative) = match cell {
        Cell::Blank => ("blank", "", false),
        Cell::Number { figure, negative, .. } => ("number", figure.value.as_str(), *negative),
        Cell::Mark { .. } => ("mark", "", false),
        Cell::Text { .. } => ("text", "", false),
    };
    let (text, hang) = if kind == "text" { (cell.text(), "") } else { split_hanging(cell.text()) };
    let class = match (table.is_text_column(column), width(cell.text()) > MAX_UNBROKEN_TEXT) {
        (false, false) => "text",
        (false, true) => "text long",
        (true, false) => "text start",
        (true, true) => "text long start",
    };
    let html = inlines(cell.inlines(), anchors);
    CellView {
        kind,
        value: value.to_owned(),
        text: text.to_owned(),
        hang: hang.to_owned(),
        negative,
        edge: false,
        html,
        changed: false,
        was: String::new(),
        class,
    }
}

/// Words of a cell up to this width are not broken, in characters.
const MAX_UNBROKEN_TEXT: f32 = 20.0;

/// The widths of text columns, in rem, with the class of tables that fit into them in any font.
const FIT_WIDTHS: [(f32, &str); 2] = [(36.0, "fits-small"), (55.0, "fits-medium")];
/// In rem: the least width of labels, the widths of a character in cells and in words, and the space between columns.
/// Labels wrap where room is short, but their words are not broken.
const LABEL_WIDTH: f32 = 12.0;
const CELL_LETTER_WIDTH: f32 = 0.63;
const WORD_LETTER_WIDTH: f32 = 0.55;
const CELL_GAP: f32 = 1.6;

fn fit_class(table: &Table) -> &'static str {
    let cells = |column| table.rows.iter().filter_map(move |row| row.cells.get(column)).map(cell_width);
    let column = |(number, column): (usize, &Column)| {
        let head = column.path.last().map_or(0.0, |head| longest_word(head) * WORD_LETTER_WIDTH);
        cells(number).map(|width| width * CELL_LETTER_WIDTH).fold(head, f32::max) + CELL_GAP
    };
    let labels = table
        .rows
        .iter()
        .map(|row| longest_word(&plain(&row.label)) * WORD_LETTER_WIDTH + CELL_GAP)
        .fold(LABEL_WIDTH, f32::max);
    let needs: f32 = labels + table.columns.iter().enumerate().map(column).sum::<f32>();
    FIT_WIDTHS.iter().find(|(room, _)| needs <= *room).map_or("", |(_, name)| name)
}

/// The width that a cell needs, in characters.
fn cell_width(cell: &Cell) -> f32 {
    match cell {
        Cell::Text { plain, .. } => width(plain).min(MAX_UNBROKEN_TEXT.max(longest_word(plain))),
        Cell::Blank | Cell::Number { .. } | Cell::Mark { .. } => width(cell.text()),
    }
}

fn longest_word(text: &str) -> f32 {
    text.split_whitespace().map(width).fold(0.0, f32::max)
}

/// The number of characters; those of wide scripts count twice.
fn width(text: &str) -> f32 {
    text.chars().map(|letter| if letter < '\u{1100}' { 1.0 } else { 2.0 }).sum()
}

/// Splits off a closing parenthesis at the end.
fn split_hanging(text: &str) -> (&str, &str) {
    text.split_at(text.trim_end_matches([')', '）']).len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::document::Inline;

    /// A table of two rows, the second with this label.
    fn table_with_label(label: &str) -> Table {
        let row = |label: &str| Row {
            id: label.to_owned(),
            kind: RowKind::Item,
            indent: 0,
            label: vec![Inline::Text { text: label.to_owned() }],
            cells: vec![Cell::of_mark("1,234,567")],
            was: Default::default(),
        };
        Table {
            id: "income".into(),
            caption: Vec::new(),
            unit_line: Vec::new(),
            head: Vec::new(),
            columns: vec![Column { path: vec!["2026".into()] }],
            rows: vec![row("Revenues"), row(label)],
            landscape: false,
            boxed: false,
        }
    }

    #[test]
    fn long_labels_are_broken_between_words_only() {
        assert_eq!(fit_class(&table_with_label(&"cost of sales and ".repeat(20))), "fits-small");
        assert_eq!(fit_class(&table_with_label(&"W".repeat(60))), "fits-medium");
        assert_eq!(fit_class(&table_with_label(&"W".repeat(10_000))), "");
    }
}
