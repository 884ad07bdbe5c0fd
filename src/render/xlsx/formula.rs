//! Formulas for totals: sums of the cells that are displayed as their parts.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter::utility::row_col_to_cell;

use super::number::value;
use crate::present::document::{Addend, Cell, Number, Sum, Table};

/// Row and column of a cell of a table, from 0.
type CellIndex = (usize, usize);

/// The longest formula to write; a cell takes at most 8192 characters.
const MAX_FORMULA: usize = 8000;

/// The formulas of a table by cell; `first` is the place of its first cell in the sheet. A cell gets a formula if its parts add
/// up to it as printed, and if no part depends on the cell itself.
pub(super) fn formulas(table: &Table, first: (u32, u16)) -> BTreeMap<CellIndex, String> {
    let mut chosen: BTreeMap<CellIndex, &Sum> = BTreeMap::new();
    for (row, cells) in table.rows.iter().enumerate() {
        for (column, cell) in cells.cells.iter().enumerate() {
            let Cell::Number { number, unit, .. } = cell else { continue };
            let fits =
                |sum: &&Sum| sum.holds && can_sum(table, sum, number, unit) && !depends_on(&chosen, sum, (row, column));
            if let Some(sum) = number.sums.iter().find(fits) {
                chosen.insert((row, column), sum);
            }
        }
    }
    let written = chosen.into_iter().map(|(place, sum)| (place, sum_formula(table, sum, first)));
    written.filter(|(_, formula)| formula.len() <= MAX_FORMULA).collect()
}

/// Whether all parts are distinct numbers in the same unit, and total and parts are stored in the same way.
fn can_sum(table: &Table, sum: &Sum, total: &Number, unit: &str) -> bool {
    let mut visited = BTreeSet::new();
    let fits_cell = |number: &Number| value(number).is_some() && number.format.percent == total.format.percent;
    let is_part = |part: &Addend| match cell(table, (part.row, part.column)) {
        Some(Cell::Number { number, unit: other, .. }) => {
            visited.insert((part.row, part.column)) && other == unit && fits_cell(number)
        }
        _ => false,
    };
    fits_cell(total) && sum.parts.iter().all(is_part)
}

/// Whether a part of the sum depends on the cell at `place`, directly or through other formulas.
fn depends_on(chosen: &BTreeMap<CellIndex, &Sum>, sum: &Sum, place: CellIndex) -> bool {
    let mut pending: Vec<&Sum> = vec![sum];
    let mut visited = BTreeSet::new();
    while let Some(sum) = pending.pop() {
        for part in &sum.parts {
            let part = (part.row, part.column);
            if part == place {
                return true;
            }
            if visited.insert(part) {
                pending.extend(chosen.get(&part));
            }
        }
    }
    false
}

fn cell(table: &Table, (row, column): CellIndex) -> Option<&Cell> {
    table.rows.get(row)?.cells.get(column)
}

/// `=SUM(B3:B7)-B9`: the added cells, then the deducted ones; adjacent cells as ranges.
fn sum_formula(table: &Table, sum: &Sum, first: (u32, u16)) -> String {
    let mut formula = String::from("=");
    for deducted in [false, true] {
        let parts = sum.parts.iter().filter(|part| part.deducted == deducted).map(|part| (part.row, part.column));
        for run in ranges(table, parts.collect()) {
            if deducted || formula.len() > 1 {
                formula.push(if deducted { '-' } else { '+' });
            }
            formula.push_str(&reference(&run, first));
        }
    }
    formula
}

/// A range as `B3`, or as `SUM(B3:B7)`.
fn reference((begin, end): &(CellIndex, CellIndex), first: (u32, u16)) -> String {
    let name = |(row, column): &CellIndex| {
        let at = |number: &usize| u32::try_from(*number).unwrap_or(u32::MAX);
        let column = u16::try_from(*column).unwrap_or(u16::MAX);
        row_col_to_cell(first.0.saturating_add(at(row)), first.1.saturating_add(column))
    };
    if begin == end { name(begin) } else { format!("SUM({}:{})", name(begin), name(end)) }
}

/// Groups cells into ranges down a column, or across a row if all are in one.
fn ranges(table: &Table, mut cells: Vec<CellIndex>) -> Vec<(CellIndex, CellIndex)> {
    let across = cells.len() > 1 && cells.iter().all(|cell| cell.0 == cells[0].0);
    cells.sort_by_key(|(row, column)| if across { (*row, *column) } else { (*column, *row) });
    let mut runs: Vec<(CellIndex, CellIndex)> = Vec::new();
    for place in cells {
        match runs.last_mut() {
            Some((_, last)) if extends_range(table, *last, place) => *last = place,
            _ => runs.push((place, place)),
        }
    }
    runs
}

/// Whether a range that ends at `last` can extend to `place`: only cells without numbers are in between.
fn extends_range(table: &Table, last: CellIndex, place: CellIndex) -> bool {
    let is_empty = |place: CellIndex| !matches!(cell(table, place), Some(Cell::Number { .. }));
    if last.1 == place.1 {
        (last.0 + 1..place.0).all(|row| is_empty((row, place.1)))
    } else {
        last.0 == place.0 && (last.1 + 1..place.1).all(|column| is_empty((place.0, column)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::document::{Figure, Row, RowKind, SumBy};

    /// A table of one column. A row is a number with its parts (row, deducted), or `None` for a heading.
    fn table(rows: &[Option<&[(usize, bool)]>]) -> Table {
        let cell = |parts: &[(usize, bool)]| {
            let addend = |(row, deducted): &(usize, bool)| Addend { row: *row, column: 0, deducted: *deducted };
            let sum = Sum { by: SumBy::Line, parts: parts.iter().map(addend).collect(), holds: true };
            let sums = if parts.is_empty() { Vec::new() } else { vec![sum] };
            let number = Number { printed: "1".into(), exact: "1".into(), sums, ..Number::default() };
            let figure = Figure { text: "1".into(), value: "1".into(), source: String::new() };
            Cell::Number { figure, unit: String::new(), negative: false, number: Box::new(number), marks: Vec::new() }
        };
        let row = |(id, parts): (usize, &Option<&[(usize, bool)]>)| Row {
            id: id.to_string(),
            kind: RowKind::Item,
            indent: 0,
            label: Vec::new(),
            cells: vec![parts.map_or(Cell::Blank, cell)],
            was: Default::default(),
        };
        Table {
            id: String::new(),
            caption: Vec::new(),
            unit_line: Vec::new(),
            head: Vec::new(),
            columns: Vec::new(),
            rows: rows.iter().enumerate().map(row).collect(),
            landscape: false,
            boxed: false,
        }
    }

    fn sum_formula(rows: &[Option<&[(usize, bool)]>]) -> Vec<(usize, String)> {
        formulas(&table(rows), (0, 1)).into_iter().map(|((row, _), formula)| (row, formula)).collect()
    }

    #[test]
    fn adjacent_cells_are_a_range_across_headings() {
        let item: Option<&[_]> = Some(&[]);
        let total: &[_] = &[(0, false), (2, false), (4, true), (3, false)];
        assert_eq!(sum_formula(&[item, None, item, item, item, Some(total)]), [(5, "=SUM(B1:B4)-B5".to_owned())]);
        let apart: &[_] = &[(0, true), (2, true), (3, true)];
        assert_eq!(sum_formula(&[item, item, item, item, Some(apart)]), [(4, "=-B1-SUM(B3:B4)".to_owned())]);
    }

    #[test]
    fn of_mutually_dependent_totals_one_is_a_formula() {
        let (a, b): (&[_], &[_]) = (&[(1, false), (2, false)], &[(0, false), (2, true)]);
        assert_eq!(sum_formula(&[Some(a), Some(b), Some(&[])]), [(0, "=SUM(B2:B3)".to_owned())]);
    }

    #[test]
    fn numbers_too_long_for_a_cell_have_no_formula() {
        let parts: &[_] = &[(0, false), (1, false)];
        let mut table = table(&[Some(&[]), Some(&[]), Some(parts)]);
        assert_eq!(formulas(&table, (0, 1)).len(), 1);
        let Cell::Number { number, .. } = &mut table.rows[1].cells[0] else { panic!("a number") };
        number.printed = "1234567890123456".into();
        assert!(formulas(&table, (0, 1)).is_empty());
    }
}
