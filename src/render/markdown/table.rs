//! A table as a pipe table: the caption in bold before it, the heads over each column joined into one, cells as displayed.

use super::{
    escape,
    inline::{Context, inlines},
};
use crate::{
    present::document::{Inline, Row, Table},
    render::head_grid::Grid,
};

/// Caption, unit line and table, separated by blank lines.
pub(super) fn table(table: &Table) -> String {
    let caption = inlines(&[Inline::Strong { text: table.caption.clone() }], Context::Line);
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

/// The delimiter row: labels align left, numbers right.
fn alignment_row(table: &Table) -> Vec<String> {
    let numbers = table.columns.iter().map(|_| "---:".to_owned());
    std::iter::once(":---".to_owned()).chain(numbers).collect()
}

fn row_cells(row: &Row) -> Vec<String> {
    let numbers = row.cells.iter().map(|cell| escape::text(cell.text()));
    std::iter::once(cell_text(&row.label)).chain(numbers).collect()
}

/// The head of the label column, then the heads of each column from the outermost down, with the note marks of the head cells
/// that begin there.
fn column_heads(table: &Table) -> Vec<String> {
    let label = table.head.first().and_then(|row| row.first()).map_or_else(String::new, |cell| cell_text(&cell.text));
    let columns = table.columns.iter().zip(head_marks(table)).map(|(column, marks)| {
        let texts: Vec<_> = column.path.iter().filter(|text| !text.is_empty()).map(|text| escape::text(text)).collect();
        texts.join(" / ") + &cell_text(&marks)
    });
    std::iter::once(label).chain(columns).collect()
}

/// For each column: the note marks in the head cells that begin above it.
fn head_marks(table: &Table) -> Vec<Vec<Inline>> {
    let mut marks = vec![Vec::new(); table.columns.len() + 1];
    for cell in Grid::new(table).cells {
        if let Some(marks) = marks.get_mut(cell.column) {
            collect_marks(&cell.text, marks);
        }
    }
    marks.split_off(1)
}

fn collect_marks(text: &[Inline], found: &mut Vec<Inline>) {
    for inline in text {
        match inline {
            Inline::NoteMark { .. } => found.push(inline.clone()),
            Inline::Strong { text } | Inline::Emphasis { text } | Inline::Link { text, .. } => {
                collect_marks(text, found)
            }
            Inline::Text { .. } | Inline::Figure(_) | Inline::Code { .. } | Inline::LineBreak => {}
        }
    }
}

fn cell_text(text: &[Inline]) -> String {
    inlines(text, Context::Cell)
}
