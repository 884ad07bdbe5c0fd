//! Displayed footing: the figures of every printed table add up as printed, so that a reader with a calculator gets the
//! printed totals.
//!
//! **What it checks.** If a table prints a total and all of its parts in the same column, the printed figures must add
//! up, in the unit and scale of the table and for percentages too. The parts come from the `sum` of the line, the formula
//! of a measure, the members, or the `sum` of the row. Truncated columns are exempt: truncated amounts often do not add
//! up, and a release that declares truncation says so. Their underlying amounts are still checked by `footing`.
//!
//! **Why.** Each figure is rounded separately, so a printed column can miss its total by a unit. Preparers adjust printed
//! columns until they foot, and readers check them; a difference needs a reason.
//!
//! **Example.** `relations/displayed`
//!
//! **How to fix it.** Fix other findings first: a wrong amount breaks the entered amounts as well as the printed ones.
//! What remains comes from rounding. Either move one figure by one unit with `[[adjust]]` (`kessan adjust` proposes the
//! fewest moves), or accept the difference: `[[acknowledge]]` the relation with the residual from the note.

use std::collections::BTreeMap;

use super::super::{
    CheckInput, CheckResults,
    relation::{Constraint, Relation},
};
use crate::{
    model::{Decimal, RoundingMode, Unit},
    present::{
        CellUse, FigureUse,
        document::{Cell, Row, Sum, SumBy, Table},
    },
};

/// Every printed total whose parts are printed beside it: what the document says adds up.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    let mut tables: Vec<&Table> = input.presented.document.tables().into_iter().map(|(_, table)| table).collect();
    tables.sort_by(|a, b| a.id.cmp(&b.id));
    let cells = cells(input);
    for table in tables {
        let printed = Printed { input, cells: &cells, table };
        for row in &table.rows {
            results.relations.extend(printed.sums(row));
        }
    }
}

/// A cell by its table, row and column.
type Cells<'a> = BTreeMap<(&'a str, &'a str, usize), (&'a FigureUse, &'a CellUse)>;

fn cells<'a>(input: &'a CheckInput) -> Cells<'a> {
    let uses = input.presented.uses.iter();
    let cells = uses.filter_map(|used| used.cell.as_ref().map(|cell| (used, cell)));
    cells.map(|(used, cell)| ((used.place.as_str(), cell.row.as_str(), cell.column), (used, cell))).collect()
}

/// A printed table, and how its figures are made.
struct Printed<'a, 'c, 'r> {
    input: &'a CheckInput<'c, 'r>,
    cells: &'a Cells<'a>,
    table: &'a Table,
}

impl Printed<'_, '_, '_> {
    /// The relations of a row's cells.
    fn sums(&self, row: &Row) -> Vec<Relation> {
        let mut relations = Vec::new();
        for (column, cell) in row.cells.iter().enumerate() {
            if let Cell::Number { number, .. } = cell {
                relations.extend(number.sums.iter().filter_map(|sum| self.relation(row, column, sum)));
            }
        }
        relations
    }

    fn figure_use(&self, row: &str, column: usize) -> Option<(&FigureUse, &CellUse)> {
        let found = self.cells.get(&(self.table.id.as_str(), row, column)).copied();
        found.filter(|(used, _)| used.derivation.rounded.mode != RoundingMode::Truncate)
    }

    fn relation(&self, row: &Row, column: usize, sum: &Sum) -> Option<Relation> {
        let (used, cell) = self.figure_use(&row.id, column)?;
        let part = |part: &crate::present::document::Addend| {
            let row = self.table.rows.get(part.row)?;
            Some((self.figure_use(&row.id, part.column)?.0, part.deducted))
        };
        let parts: Vec<(&FigureUse, bool)> = sum.parts.iter().map(part).collect::<Option<_>>()?;
        // Printed as entered, the column is the footing itself.
        let as_entered = |used: &FigureUse| {
            used.derivation.is_fact && used.derivation.rounded.declared_change.is_none() && self.is_own_unit(used)
        };
        let all = || std::iter::once(used).chain(parts.iter().map(|(part, _)| *part));
        if sum.by != SumBy::Row && all().all(as_entered) {
            return None;
        }
        let unit = if cell.unit.base == Unit::PERCENT { String::from("%") } else { cell.unit.to_string() };
        let how = if sum.by == SumBy::Member { " across" } else { "" };
        Some(Relation {
            name: format!("displayed:{}/{}/{unit}{how}", self.table.id, used.name()),
            family: "displayed",
            message: format!("in the table `{}`, the printed parts of `{}` do not add up to it", self.table.id, row.id),
            place: used.at.clone(),
            scope: format!("{}, {unit}", cell.period),
            terms: all().map(|term| term.name().to_owned()).collect(),
            constraint: Constraint::Balance {
                total: used.derivation.rounded.clone(),
                parts: parts.iter().map(|(part, deducted)| (part.derivation.rounded.clone(), *deducted)).collect(),
            },
            report_scale: Decimal::ONE,
            pin: None,
        })
    }

    fn is_own_unit(&self, used: &FigureUse) -> bool {
        let line = used.cell.as_ref().and_then(|cell| self.input.book.line(&cell.line));
        line.is_some_and(|(statement, line)| {
            let unit = statement.unit_of(line);
            unit.base == used.derivation.unit.base && unit.scale == used.derivation.unit.scale
        })
    }
}
