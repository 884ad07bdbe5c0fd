//! A table as a pipe table: its caption in bold before it, the heads over a column joined into one, cells exactly as printed.

use super::{
    escape,
    inline::{Place, inlines},
};
use crate::{
    present::document::{Inline, Row, Table},
    render::head_grid::Grid,
};

/// Caption, unit line and grid, with blank lines between.
pub(super) fn table(table: &Table) -> String {
    let caption = inlines(&[Inline::Strong { text: table.caption.clone() }], Place::Line);
    let unit = inlines(&table.unit_line, Place::Paragraph);
    let mut parts = vec![caption, unit, grid(table)];
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn grid(table: &Table) -> String {
    let mut lines = vec![line(heads(table)), line(alignment(table))];
    lines.extend(table.rows.iter().map(|row| line(cells(row))));
    lines.join("\n")
}

fn line(cells: Vec<String>) -> String {
    format!("| {} |", cells.join(" | "))
}

/// Labels are left, numbers right.
fn alignment(table: &Table) -> Vec<String> {
    let numbers = table.columns.iter().map(|_| "---:".to_owned());
    std::iter::once(":---".to_owned()).chain(numbers).collect()
}

fn cells(row: &Row) -> Vec<String> {
    let numbers = row.cells.iter().map(|cell| escape::inside(cell.text()));
    std::iter::once(cell_text(&row.label)).chain(numbers).collect()
}

/// The label column's head, then each column's heads from the outermost down, with the marks of those that begin there.
fn heads(table: &Table) -> Vec<String> {
    let label = table.head.first().and_then(|row| row.first()).map_or_else(String::new, |cell| cell_text(&cell.text));
    let columns = table.columns.iter().zip(marks(table)).map(|(column, marks)| {
        let texts: Vec<_> =
            column.path.iter().filter(|text| !text.is_empty()).map(|text| escape::inside(text)).collect();
        texts.join(" / ") + &cell_text(&marks)
    });
    std::iter::once(label).chain(columns).collect()
}

/// For each column, the note marks in the head cells that begin over it.
fn marks(table: &Table) -> Vec<Vec<Inline>> {
    let mut marks = vec![Vec::new(); table.columns.len() + 1];
    for cell in Grid::new(table).cells {
        if let Some(marks) = marks.get_mut(cell.column) {
            collect(&cell.text, marks);
        }
    }
    marks.split_off(1)
}

fn collect(text: &[Inline], found: &mut Vec<Inline>) {
    for inline in text {
        match inline {
            Inline::NoteMark { .. } => found.push(inline.clone()),
            Inline::Strong { text } | Inline::Emphasis { text } | Inline::Link { text, .. } => collect(text, found),
            Inline::Text { .. } | Inline::Figure(_) | Inline::Code { .. } | Inline::LineBreak => {}
        }
    }
}

fn cell_text(text: &[Inline]) -> String {
    inlines(text, Place::Cell)
}
