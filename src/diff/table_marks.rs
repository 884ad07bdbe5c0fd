//! Compares two tables of the same id and marks in the new one what changed.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    changes::Moved,
    marker::Marker,
    texts::{self, revised},
};
use crate::present::document::{Addend, Cell, Inline, Revision, Row, Table, plain};

/// Compares a table with the one before it, and marks it.
pub fn mark(marker: &mut Marker, old: &Table, new: &mut Table) {
    let id = new.id.clone();
    let label = |marker: &mut Marker, before: &[Inline], now: &mut Vec<Inline>, what: &str| {
        *now = marker.mark_label(before, std::mem::take(now), &format!("table `{id}` {what}"));
    };
    label(marker, &old.caption, &mut new.caption, "caption");
    label(marker, &old.unit_line, &mut new.unit_line, "unit line");
    let columns = column_partners(marker, old, new);
    mark_heads(marker, old, new);
    let before: BTreeMap<&str, &Row> = old.rows.iter().map(|row| (row.id.as_str(), row)).collect();
    tell_order(marker, old, new);
    for row in &mut new.rows {
        match before.get(row.id.as_str()) {
            Some(old) => mark_row(marker, &id, old, row, &columns),
            None => {
                marker.found.layout.push(format!("table `{id}`: row `{}` added", row.id));
                mark_added_row(row);
            }
        }
    }
    insert_removed_rows(marker, old, new, &columns);
}

/// The old column of each new one: the one with the same heads, or, if there are as many, the one at the same place.
fn column_partners(marker: &mut Marker, old: &Table, new: &Table) -> Vec<Option<usize>> {
    let mut free: BTreeSet<usize> = (0..old.columns.len()).collect();
    let mut take = |found: Option<usize>| found.filter(|found| free.remove(found));
    let same = |column: usize| {
        let path = &new.columns[column].path;
        // Heads may repeat: the n-th of them is that of the old table.
        let nth = new.columns[..column].iter().filter(|other| other.path == *path).count();
        (0..old.columns.len()).filter(|at| old.columns[*at].path == *path).nth(nth)
    };
    let mut partners: Vec<Option<usize>> = (0..new.columns.len()).map(|column| take(same(column))).collect();
    if old.columns.len() == new.columns.len() {
        let unknown = partners.iter_mut().enumerate().filter(|(_, partner)| partner.is_none());
        unknown.for_each(|(column, partner)| *partner = take(Some(column)));
    }
    for column in (0..partners.len()).filter(|column| partners[*column].is_none()) {
        let head = new.columns[column].path.join(" / ");
        marker.found.layout.push(format!("table `{}`: column {} `{head}` added", new.id, column + 1));
    }
    for column in free {
        let head = old.columns[column].path.join(" / ");
        marker.found.layout.push(format!("table `{}`: column {} `{head}` removed", new.id, column + 1));
    }
    partners
}

/// Marks the heads, if the tables have as many.
fn mark_heads(marker: &mut Marker, old: &Table, new: &mut Table) {
    let shape = |table: &Table| table.head.iter().map(Vec::len).collect::<Vec<_>>();
    if shape(old) != shape(new) {
        return;
    }
    let id = new.id.clone();
    for (old, new) in old.head.iter().flatten().zip(new.head.iter_mut().flatten()) {
        new.text = marker.mark_label(&old.text, std::mem::take(&mut new.text), &format!("table `{id}` head"));
    }
}

/// Tells that the rows which both tables have are in another order.
fn tell_order(marker: &mut Marker, old: &Table, new: &Table) {
    let ids = |table: &Table| table.rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>();
    let (old, rows) = (ids(old), ids(new));
    let known: BTreeSet<&String> = rows.iter().collect();
    let before: BTreeSet<&String> = old.iter().collect();
    if !old.iter().filter(|id| known.contains(id)).eq(rows.iter().filter(|id| before.contains(id))) {
        marker.found.layout.push(format!("table `{}`: rows in another order", new.id));
    }
}

fn mark_row(marker: &mut Marker, table: &str, old: &Row, new: &mut Row, columns: &[Option<usize>]) {
    let place = format!("{table}/{}", new.id);
    new.label = marker.mark_label(&old.label, std::mem::take(&mut new.label), &place);
    for (column, partner) in columns.iter().enumerate() {
        let before = partner.and_then(|partner| old.cells.get(partner)).unwrap_or(&Cell::Blank);
        let Some(cell) = new.cells.get_mut(column) else { continue };
        let place = format!("{place}/{}", column + 1);
        if let (Cell::Text { inlines: before, .. }, Cell::Text { inlines, .. }) = (before, &mut *cell) {
            *inlines = marker.mark_text(before, std::mem::take(inlines), &place);
        } else if before.text() != cell.text() {
            marker.found.moved.extend(partner.and_then(|_| moved(before, cell, place)));
            new.was.insert(column, before.text().to_owned());
        }
    }
}

/// The figure of a cell that is printed otherwise now, or is no number any more.
fn moved(old: &Cell, new: &Cell, place: String) -> Option<Moved> {
    let source = |cell: &Cell| match cell {
        Cell::Number { figure, .. } => Some(figure.source.clone()),
        Cell::Mark { figure, .. } if !figure.is_empty() => Some(figure.clone()),
        _ => None,
    };
    let (before, now) = (source(old), source(new));
    Some(Moved {
        figure: now.clone().or_else(|| before.clone()).unwrap_or_else(|| place.clone()),
        instead_of: before.filter(|before| now.as_ref().is_some_and(|now| now != before)),
        old: old.text().to_owned(),
        new: new.text().to_owned(),
        place,
    })
}

/// Marks everything in a table as added.
pub fn mark_added(table: &mut Table) {
    table.caption = texts::revised(&table.caption, Revision::Inserted);
    table.rows.iter_mut().for_each(mark_added_row);
}

fn mark_added_row(row: &mut Row) {
    row.label = revised(&row.label, Revision::Inserted);
    let filled = row.cells.iter().enumerate().filter(|(_, cell)| !cell.text().is_empty());
    row.was = filled.map(|(column, _)| (column, String::new())).collect();
}

/// A table of which everything was deleted.
pub fn removed(table: &Table) -> Table {
    let columns: Vec<_> = (0..table.columns.len()).map(Some).collect();
    Table {
        caption: revised(&table.caption, Revision::Deleted),
        rows: table.rows.iter().map(|row| removed_row(row, &columns)).collect(),
        ..table.clone()
    }
}

/// A deleted row in a table whose columns are those of its own.
fn removed_row(row: &Row, columns: &[Option<usize>]) -> Row {
    let text = |partner: &Option<usize>| partner.and_then(|partner| row.cells.get(partner)).map_or("", Cell::text);
    let was = columns.iter().map(text).map(str::to_owned).enumerate().filter(|(_, text)| !text.is_empty());
    Row {
        label: revised(&row.label, Revision::Deleted),
        cells: vec![Cell::Blank; columns.len()],
        was: was.collect(),
        ..row.clone()
    }
}

/// Inserts the rows that the new table has not, each behind the one that it followed.
fn insert_removed_rows(marker: &mut Marker, old: &Table, new: &mut Table, columns: &[Option<usize>]) {
    let known: BTreeSet<String> = new.rows.iter().map(|row| row.id.clone()).collect();
    let mut above: Option<&str> = None;
    for row in &old.rows {
        if !known.contains(&row.id) {
            marker.found.layout.push(format!("table `{}`: row `{}` removed", new.id, plain_id(row)));
            let at = above.and_then(|above| new.rows.iter().position(|row| row.id == above)).map_or(0, |at| at + 1);
            new.rows.insert(at, removed_row(row, columns));
            new.rows.iter_mut().for_each(|row| shift_sums(row, at));
        }
        above = Some(&row.id);
    }
}

fn plain_id(row: &Row) -> String {
    if row.id.is_empty() { plain(&row.label) } else { row.id.clone() }
}

/// The sums of a row's numbers name rows by position, those from `at` on are one further down.
fn shift_sums(row: &mut Row, at: usize) {
    let numbers = row.cells.iter_mut().filter_map(|cell| match cell {
        Cell::Number { number, .. } => Some(number),
        _ => None,
    });
    let parts = numbers.flat_map(|number| &mut number.sums).flat_map(|sum| &mut sum.parts);
    parts.filter(|part| part.row >= at).for_each(|Addend { row, .. }| *row += 1);
}
