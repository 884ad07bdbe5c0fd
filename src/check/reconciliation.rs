//! Reconciliation tables: tables that lead from one figure to another by rows that add up.
//!
//! [`ReconciliationSearch::new`] looks at every cell once. [`ReconciliationSearch::between`] gives, for a figure and a base (such as an
//! adjusted profit and the profit of the statement), each table and period in which both are printed and the printed sums lead
//! from one to the other. The sums are those that tables know: the `sum` of a row or line, or the formula of a measure. That they
//! add up as printed is checked by the rule `displayed`.
//!
//! [`Reconciliation::begins_with_figure`] says in which order a table has the two; [`ReconciliationSearch::closest`] finds the table to
//! name where none reconciles, with the parts of the figure that it lacks.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet, VecDeque},
};

use super::{FigureLinks, FigureNames};
use crate::{
    model::{NameMap, Release},
    present::{
        CellUse, FigureUse, Presentation,
        document::{Cell, SumBy, Table},
    },
};

/// A cell by its row and column in its table.
pub type Position = [usize; 2];

/// The tables of a release, without its charts, and what their cells show.
pub struct ReconciliationSearch<'a> {
    tables: Vec<TableCells<'a>>,
    /// The tables that have a cell of a line or measure, in their order.
    by_line: NameMap<&'a str, Vec<usize>>,
}

/// A table with the figures that its cells show.
struct TableCells<'a> {
    table: &'a Table,
    /// In the order of rows.
    cells: Vec<(Position, &'a FigureUse, &'a CellUse)>,
    /// The sums of the table, by the cells that take part; few tables are asked for them.
    sums: OnceCell<Vec<Vec<Position>>>,
}

/// A table that leads from a base to a figure in one period.
pub struct Reconciliation<'a> {
    pub table: &'a Table,
    /// The id of the period, as the table gives it.
    pub period: &'a str,
    /// The cell of the figure.
    pub figure: &'a FigureUse,
    pub figure_at: Position,
    /// The cell of the base.
    pub base: &'a FigureUse,
    pub base_at: Position,
}

impl Reconciliation<'_> {
    /// Whether the table has the figure before the base.
    pub fn begins_with_figure(&self) -> bool {
        self.figure_at < self.base_at
    }
}

/// A table that has a figure and its base, but does not lead from one to the other.
pub struct Unreconciled<'a> {
    pub table: &'a Table,
    /// The parts of the figure, by its sum or formula, that the table does not show in the period.
    pub missing: Vec<String>,
}

impl<'a> ReconciliationSearch<'a> {
    /// Looks at the cells of all tables.
    pub fn new(release: &Release, presented: &'a Presentation, by_place: &NameMap<&str, Vec<&'a FigureUse>>) -> Self {
        let specs = &release.tables;
        let charts: BTreeSet<&str> =
            specs.iter().filter(|spec| spec.chart.is_some()).map(|spec| spec.id.value.as_str()).collect();
        let tables = presented.document.tables().into_iter();
        let tables = tables.filter(|(_, table)| !charts.contains(table.id.as_str()));
        let tables = tables.filter_map(|(_, table)| Some(TableCells::new(table, by_place.get(table.id.as_str())?)));
        let tables: Vec<TableCells> = tables.collect();
        let mut by_line: NameMap<&str, Vec<usize>> = NameMap::default();
        for (index, table) in tables.iter().enumerate() {
            for (.., cell) in &table.cells {
                let known = by_line.entry(&cell.line).or_default();
                if known.last() != Some(&index) {
                    known.push(index);
                }
            }
        }
        Self { tables, by_line }
    }

    /// Every reconciliation of a figure with its base: a table and a period of it, in the order of the document.
    pub fn between(&self, figure: &FigureNames, base: &FigureNames) -> Vec<Reconciliation<'a>> {
        let tables_of = |name| self.by_line.get(name).into_iter().flatten().copied();
        let own: BTreeSet<usize> = figure.iter().flat_map(tables_of).collect();
        own.into_iter().flat_map(|index| self.tables[index].between(figure, base)).collect()
    }

    /// The table that shows a figure, its base and at least half of the figure's parts in a period, of several the one that lacks fewest;
    /// for where none reconciles them.
    pub fn closest(
        &self,
        release: &Release,
        figure: &FigureNames,
        base: &FigureNames,
        period: &str,
    ) -> Option<Unreconciled<'a>> {
        let both = self.tables.iter().filter(|table| table.shows(figure, period) && table.shows(base, period));
        let unreconciled = both.filter_map(|table| {
            let missing = table.missing_parts(release, figure, period)?;
            Some(Unreconciled { table: table.table, missing })
        });
        unreconciled.min_by_key(|found| found.missing.len())
    }
}

impl<'a> TableCells<'a> {
    fn new(table: &'a Table, uses: &[&'a FigureUse]) -> Self {
        let cells = uses.iter().filter_map(|used| Some((*used, used.cell.as_ref()?)));
        let cells = cells.filter(|(_, cell)| cell.is_amount());
        let mut cells: Vec<_> = cells.map(|(used, cell)| ([cell.row_number, cell.column], used, cell)).collect();
        cells.sort_by_key(|(position, ..)| *position);
        Self { table, cells, sums: OnceCell::new() }
    }

    /// The cells that show a figure as an amount.
    fn cells_of(&self, names: &FigureNames) -> impl Iterator<Item = (Position, &'a FigureUse, &'a CellUse)> {
        self.cells.iter().filter(|(.., cell)| names.contains(&cell.line)).copied()
    }

    fn shows(&self, names: &FigureNames, period: &str) -> bool {
        self.cells_of(names).any(|(_, _, cell)| cell.period == period)
    }

    fn between(&self, figure: &FigureNames, base: &FigureNames) -> Vec<Reconciliation<'a>> {
        let figures: Vec<_> = self.cells_of(figure).collect();
        if figures.is_empty() {
            return Vec::new();
        }
        let bases: BTreeMap<Position, _> = self.cells_of(base).map(|(at, used, cell)| (at, (used, cell))).collect();
        if bases.is_empty() {
            return Vec::new();
        }
        let ends = self.led_from(bases.keys().copied());
        let found = figures.into_iter().filter_map(|(figure_at, figure, cell)| {
            let base_at = *ends.get(&figure_at)?;
            let (base, base_cell) = bases.get(&base_at)?;
            let (table, period) = (self.table, cell.period.as_str());
            (base_cell.period == period).then_some(Reconciliation { table, period, figure, figure_at, base, base_at })
        });
        found.collect()
    }

    /// The cells that sums lead to from one of `ends`, each with the end from which the fewest sums lead to it. A sum leads from each of
    /// its cells to each other one: who knows all but one of them knows that one. It goes on from totals, and from what a sum begins
    /// with: another item may be part of two reconciliations that have nothing else in common.
    fn led_from(&self, ends: impl Iterator<Item = Position>) -> BTreeMap<Position, Position> {
        let mut sums_of: BTreeMap<Position, Vec<usize>> = BTreeMap::new();
        let sums = self.sums.get_or_init(|| sums(self.table));
        for (index, sum) in sums.iter().enumerate() {
            sum.iter().for_each(|position| sums_of.entry(*position).or_default().push(index));
        }
        let mut reached: BTreeMap<Position, Position> = ends.map(|end| (end, end)).collect();
        let mut waiting: VecDeque<(Position, Position)> = reached.iter().map(|(at, end)| (*at, *end)).collect();
        let goes_on: BTreeSet<&Position> = sums.iter().flat_map(|sum| sum.iter().take(2)).collect();
        let mut taken = vec![false; sums.len()];
        while let Some((position, end)) = waiting.pop_front() {
            for &index in sums_of.get(&position).into_iter().flatten() {
                if std::mem::replace(&mut taken[index], true) {
                    continue;
                }
                for next in &sums[index] {
                    if !reached.contains_key(next) {
                        reached.insert(*next, end);
                        waiting.extend(goes_on.contains(next).then_some((*next, end)));
                    }
                }
            }
        }
        reached
    }

    /// The names in the sum or formula of a figure that the table does not show in a period; none if these are most of them.
    fn missing_parts(&self, release: &Release, figure: &FigureNames, period: &str) -> Option<Vec<String>> {
        let own = self.cells_of(figure).find(|(_, _, cell)| cell.period == period);
        let mut missing = own.map(|(_, _, cell)| parts(release, &cell.line)).unwrap_or_default();
        let all = missing.len();
        let links = FigureLinks::new(release);
        missing.retain(|part| !self.shows(&links.names(part), period));
        (2 * missing.len() <= all).then_some(missing)
    }
}

/// The sums of a table between rows or columns of one period, each as its total and its parts.
fn sums(table: &Table) -> Vec<Vec<Position>> {
    let mut found = Vec::new();
    for (row, cells) in table.rows.iter().map(|row| &row.cells).enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let Cell::Number { number, .. } = cell else { continue };
            for sum in number.sums.iter().filter(|sum| matches!(sum.by, SumBy::Row | SumBy::Line)) {
                let parts = sum.parts.iter().map(|part| [part.row, part.column]);
                found.push(std::iter::once([row, column]).chain(parts).collect());
            }
        }
    }
    found
}

/// The names in the sum of a line or the formula of a measure.
fn parts(release: &Release, name: &str) -> Vec<String> {
    if let Some((statement, line)) = release.target(name) {
        return line.sum.iter().map(|part| statement.full_name(&part.name)).collect();
    }
    let names = release.measure(name).map(|measure| measure.formula.names()).unwrap_or_default();
    names.into_iter().map(str::to_owned).collect()
}
