//! Totals as sums of the cells that are printed as their parts.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::utility::row_col_to_cell;

use super::number::value;
use crate::present::document::{Addend, Cell, Number, Sum, Table};

/// A cell of a table by its row and column.
type Place = (usize, usize);

/// The longest formula that a cell takes is 8192 characters.
const MAX_FORMULA: usize = 8000;

/// The formulas of a table whose first cell is at `first` of its sheet, by cell. A cell has one where its parts add
/// up to it as printed, and where it is not a part of its parts.
pub(super) fn formulas(table: &Table, first: (u32, u16)) -> BTreeMap<Place, String> {
    let mut chosen: BTreeMap<Place, &Sum> = BTreeMap::new();
    for (row, cells) in table.rows.iter().enumerate() {
        for (column, cell) in cells.cells.iter().enumerate() {
            let Cell::Number { number, unit, .. } = cell else { continue };
            let fits =
                |sum: &&Sum| sum.holds && is_alike(table, sum, number, unit) && !leads_to(&chosen, sum, (row, column));
            if let Some(sum) = number.sums.iter().find(fits) {
                chosen.insert((row, column), sum);
            }
        }
    }
    let written = chosen.into_iter().map(|(place, sum)| (place, written(table, sum, first)));
    written.filter(|(_, formula)| formula.len() <= MAX_FORMULA).collect()
}

/// Whether every part is another number in the same unit, and all are held in cells, in the same way.
fn is_alike(table: &Table, sum: &Sum, total: &Number, unit: &str) -> bool {
    let mut seen = BTreeSet::new();
    let is_held = |number: &Number| value(number).is_some() && number.format.percent == total.format.percent;
    let is_part = |part: &Addend| match cell(table, (part.row, part.column)) {
        Some(Cell::Number { number, unit: other, .. }) => {
            seen.insert((part.row, part.column)) && other == unit && is_held(number)
        }
        _ => false,
    };
    is_held(total) && sum.parts.iter().all(is_part)
}

/// Whether one of the sum's parts is itself made of the cell at `place`.
fn leads_to(chosen: &BTreeMap<Place, &Sum>, sum: &Sum, place: Place) -> bool {
    let mut open: Vec<&Sum> = vec![sum];
    let mut seen = BTreeSet::new();
    while let Some(sum) = open.pop() {
        for part in &sum.parts {
            let part = (part.row, part.column);
            if part == place {
                return true;
            }
            if seen.insert(part) {
                open.extend(chosen.get(&part));
            }
        }
    }
    false
}

fn cell(table: &Table, (row, column): Place) -> Option<&Cell> {
    table.rows.get(row)?.cells.get(column)
}

/// `=SUM(B3:B7)-B9`: what is added, then what is deducted; neighbours as ranges.
fn written(table: &Table, sum: &Sum, first: (u32, u16)) -> String {
    let mut formula = String::from("=");
    for deducted in [false, true] {
        let parts = sum.parts.iter().filter(|part| part.deducted == deducted).map(|part| (part.row, part.column));
        for run in runs(table, parts.collect()) {
            if deducted || formula.len() > 1 {
                formula.push(if deducted { '-' } else { '+' });
            }
            formula.push_str(&reference(&run, first));
        }
    }
    formula
}

/// `B3`, or `SUM(B3:B7)`.
fn reference((begin, end): &(Place, Place), first: (u32, u16)) -> String {
    let name = |(row, column): &Place| {
        let at = |number: &usize| u32::try_from(*number).unwrap_or(u32::MAX);
        let column = u16::try_from(*column).unwrap_or(u16::MAX);
        row_col_to_cell(first.0.saturating_add(at(row)), first.1.saturating_add(column))
    };
    if begin == end { name(begin) } else { format!("SUM({}:{})", name(begin), name(end)) }
}

/// The cells in stretches down a column, or across a row where all are in one.
fn runs(table: &Table, mut cells: Vec<Place>) -> Vec<(Place, Place)> {
    let across = cells.len() > 1 && cells.iter().all(|cell| cell.0 == cells[0].0);
    cells.sort_by_key(|(row, column)| if across { (*row, *column) } else { (*column, *row) });
    let mut runs: Vec<(Place, Place)> = Vec::new();
    for place in cells {
        match runs.last_mut() {
            Some((_, last)) if is_next(table, *last, place) => *last = place,
            _ => runs.push((place, place)),
        }
    }
    runs
}

/// Whether a stretch that ends at `last` may go on to `place`: nothing but cells without numbers lies between.
fn is_next(table: &Table, last: Place, place: Place) -> bool {
    let is_empty = |place: Place| !matches!(cell(table, place), Some(Cell::Number { .. }));
    if last.1 == place.1 {
        (last.0 + 1..place.0).all(|row| is_empty((row, place.1)))
    } else {
        last.0 == place.0 && (last.1 + 1..place.1).all(|column| is_empty((place.0, column)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::document::{Figure, NumberFormat, Row, RowKind, SumBy};

    /// A table of one column. Each row is a number and its parts by their rows, or nothing but a heading.
    fn table(rows: &[Option<&[(usize, bool)]>]) -> Table {
        let cell = |parts: &[(usize, bool)]| {
            let addend = |(row, deducted): &(usize, bool)| Addend { row: *row, column: 0, deducted: *deducted };
            let sum = Sum { by: SumBy::Line, parts: parts.iter().map(addend).collect(), holds: true };
            let sums = if parts.is_empty() { Vec::new() } else { vec![sum] };
            let number = Number { printed: "1".into(), exact: "1".into(), format: NumberFormat::default(), sums };
            let figure = Figure { text: "1".into(), value: "1".into(), source: String::new() };
            Cell::Number { figure, unit: String::new(), negative: false, number: Box::new(number) }
        };
        let row = |(id, parts): (usize, &Option<&[(usize, bool)]>)| Row {
            id: id.to_string(),
            kind: RowKind::Item,
            indent: 0,
            label: Vec::new(),
            cells: vec![parts.map_or(Cell::Blank, cell)],
        };
        Table {
            id: String::new(),
            caption: Vec::new(),
            unit_line: Vec::new(),
            head: Vec::new(),
            columns: Vec::new(),
            rows: rows.iter().enumerate().map(row).collect(),
            landscape: false,
        }
    }

    fn written(rows: &[Option<&[(usize, bool)]>]) -> Vec<(usize, String)> {
        formulas(&table(rows), (0, 1)).into_iter().map(|((row, _), formula)| (row, formula)).collect()
    }

    #[test]
    fn neighbours_are_a_range_and_headings_do_not_part_them() {
        let item: Option<&[_]> = Some(&[]);
        let total: &[_] = &[(0, false), (2, false), (4, true), (3, false)];
        assert_eq!(written(&[item, None, item, item, item, Some(total)]), [(5, "=SUM(B1:B4)-B5".to_owned())]);
        let apart: &[_] = &[(0, true), (2, true), (3, true)];
        assert_eq!(written(&[item, item, item, item, Some(apart)]), [(4, "=-B1-SUM(B3:B4)".to_owned())]);
    }

    #[test]
    fn of_figures_that_are_made_of_one_another_one_is_typed() {
        let (a, b): (&[_], &[_]) = (&[(1, false), (2, false)], &[(0, false), (2, true)]);
        assert_eq!(written(&[Some(a), Some(b), Some(&[])]), [(0, "=SUM(B2:B3)".to_owned())]);
    }

    #[test]
    fn what_no_cell_can_hold_is_not_summed() {
        let parts: &[_] = &[(0, false), (1, false)];
        let mut table = table(&[Some(&[]), Some(&[]), Some(parts)]);
        assert_eq!(formulas(&table, (0, 1)).len(), 1);
        let Cell::Number { number, .. } = &mut table.rows[1].cells[0] else { panic!("a number") };
        number.printed = "1234567890123456".into();
        assert!(formulas(&table, (0, 1)).is_empty());
    }
}
