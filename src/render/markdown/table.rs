//! A table as a pipe table: the caption in bold before it, the heads over each column joined into one, cells as displayed.

use super::{
    escape,
    inline::{Context, inlines},
};
use crate::{
    present::document::{Cell, Inline, Row, Table},
    render::head_grid::{Grid, GridCell},
};

/// Caption, unit line and table, separated by blank lines.
pub(super) fn table(table: &Table) -> String {
    let caption = inlines(&[Inline::Strong { text: table.caption.clone() }], Context::Paragraph);
    let unit = inlines(&table.unit_line, Context::Paragraph);
    let mut parts = vec![caption, unit, grid(table)];
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn grid(table: &Table) -> String {
    let mut lines = vec![table_line(column_heads(table)), table_line(alignment_row(table))];
    lines.extend(table.rows.iter().map(|row| table_line(row_cells(row))));
    lines.join("\n")
}

fn table_line(cells: Vec<String>) -> String {
    format!("| {} |", cells.join(" | "))
}

/// The delimiter row: labels and columns of words align left, numbers right.
fn alignment_row(table: &Table) -> Vec<String> {
    let align = |column| if table.is_text_column(column) { ":---" } else { "---:" };
    std::iter::once(":---").chain((0..table.columns.len()).map(align)).map(str::to_owned).collect()
}

fn row_cells(row: &Row) -> Vec<String> {
    let cell = |cell: &Cell| match cell {
        Cell::Text { inlines, .. } => cell_text(inlines),
        Cell::Blank | Cell::Number { .. } | Cell::Mark { .. } => escape::text(cell.text()) + &cell_text(cell.inlines()),
    };
    std::iter::once(cell_text(&row.label)).chain(row.cells.iter().map(cell)).collect()
}

/// The head of the label column, then the heads of each column from the outermost down. The note marks of a head are with the
/// first of its columns.
fn column_heads(table: &Table) -> Vec<String> {
    let label = table.head.first().and_then(|row| row.first()).map_or_else(String::new, |cell| cell_text(&cell.text));
    let grid = Grid::new(table);
    let columns = (1..grid.columns).map(|column| {
        let covers = |cell: &&GridCell| (cell.column..cell.column + cell.columns).contains(&column);
        let text =
            |cell: &GridCell| if cell.column == column { cell_text(&cell.text) } else { without_marks(&cell.text) };
        let texts: Vec<_> = grid.cells.iter().filter(covers).map(text).filter(|text| !text.is_empty()).collect();
        texts.join(" / ")
    });
    std::iter::once(label).chain(columns).collect()
}

fn without_marks(text: &[Inline]) -> String {
    let text: Vec<_> = text.iter().filter(|inline| !matches!(inline, Inline::NoteMark { .. })).cloned().collect();
    cell_text(&text)
}

fn cell_text(text: &[Inline]) -> String {
    inlines(text, Context::Cell)
}
