//! Reconciliation tables: tables that lead from one figure to another by rows that add up.
//!
//! [`ReconciliationSearch::new`] looks at every cell once. [`ReconciliationSearch::between`] gives, for a figure and a base (such as an
//! adjusted profit and the profit of the statement), each table and period in which both are printed and the printed sums lead
//! from one to the other, with the cells between them: `figure = ±base ± items`. The sums are those that tables know: the `sum` of
//! a row or line, or the formula of a measure. That they add up as printed is checked by the rule `displayed`.
//!
//! [`Reconciliation::begins_with_figure`] says in which order a table has the two; [`ReconciliationSearch::closest`] finds the table to
//! name where none reconciles, with the parts of the figure that it lacks.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::FigureNames;
use crate::{
    model::{Node, Release},
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
}

/// A table with the figures that its cells show.
struct TableCells<'a> {
    table: &'a Table,
    /// In the order of rows.
    cells: BTreeMap<Position, (&'a FigureUse, &'a CellUse)>,
    /// The sums of the table, by the cells that take part.
    sums: Vec<Vec<Term>>,
}

/// A cell in a sum that is brought to one side: the terms add up to nothing.
#[derive(Clone, Copy)]
struct Term {
    position: Position,
    deducted: bool,
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
    /// What is between, in the order of the table.
    #[expect(dead_code, reason = "for rules about each item of a reconciliation")]
    pub items: Vec<ReconcilingItem<'a>>,
}

/// A cell between a base and a figure: what makes one of the other.
#[expect(dead_code, reason = "for rules about each item of a reconciliation")]
pub struct ReconcilingItem<'a> {
    pub position: Position,
    pub cell: &'a FigureUse,
    /// Whether it is deducted on the way from the base to the figure.
    pub deducted: bool,
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
    pub fn new(release: &Release, presented: &'a Presentation) -> Self {
        let specs = &release.tables;
        let charts: BTreeSet<&str> =
            specs.iter().filter(|spec| spec.chart.is_some()).map(|spec| spec.id.value.as_str()).collect();
        let mut by_table: BTreeMap<&str, Vec<(&FigureUse, &CellUse)>> = BTreeMap::new();
        for used in &presented.uses {
            if let Some(cell) = &used.cell {
                by_table.entry(&used.place).or_default().push((used, cell));
            }
        }
        let tables = presented.document.tables().into_iter();
        let tables = tables.filter(|(_, table)| !charts.contains(table.id.as_str()));
        let tables = tables.filter_map(|(_, table)| Some(TableCells::new(table, by_table.get(table.id.as_str())?)));
        Self { tables: tables.collect() }
    }

    /// Every reconciliation of a figure with its base: a table and a period of it, in the order of the document.
    pub fn between(&self, figure: &FigureNames, base: &FigureNames) -> Vec<Reconciliation<'a>> {
        self.tables.iter().flat_map(|table| table.between(figure, base)).collect()
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
    fn new(table: &'a Table, uses: &[(&'a FigureUse, &'a CellUse)]) -> Self {
        let rows: BTreeMap<&str, usize> =
            table.rows.iter().enumerate().map(|(index, row)| (row.id.as_str(), index)).collect();
        let position = |cell: &CellUse| Some([*rows.get(cell.row.as_str())?, cell.column]);
        let cells = uses.iter().filter(|(_, cell)| cell.is_amount());
        let cells = cells.filter_map(|(used, cell)| Some((position(cell)?, (*used, *cell)))).collect();
        Self { table, cells, sums: sums(table) }
    }

    /// The cells that show a figure as an amount.
    fn cells_of(&self, names: &FigureNames) -> impl Iterator<Item = (Position, &'a FigureUse, &'a CellUse)> {
        let own = self.cells.iter().filter(|(_, (_, cell))| names.contains(&cell.line));
        own.map(|(position, (used, cell))| (*position, *used, *cell))
    }

    fn shows(&self, names: &FigureNames, period: &str) -> bool {
        self.cells_of(names).any(|(_, _, cell)| cell.period == period)
    }

    fn between(&self, figure: &FigureNames, base: &FigureNames) -> Vec<Reconciliation<'a>> {
        let figures: Vec<_> = self.cells_of(figure).collect();
        let bases: BTreeMap<Position, _> = self.cells_of(base).map(|(at, used, cell)| (at, (used, cell))).collect();
        if figures.is_empty() || bases.is_empty() {
            return Vec::new();
        }
        let way = self.ways_to(bases.keys().copied());
        let found = figures.into_iter().filter_map(|(figure_at, figure, cell)| {
            let (base_at, items) = self.follow(&way, figure_at)?;
            let (base, base_cell) = bases.get(&base_at)?;
            let table = self.table;
            (base_cell.period == cell.period).then(|| Reconciliation {
                table,
                period: &cell.period,
                figure,
                figure_at,
                base,
                base_at,
                items,
            })
        });
        found.collect()
    }

    /// For every cell that sums lead from to one of `ends`: the sum to take, and the cell that it leads to. Each cell is reached once,
    /// by the fewest sums.
    fn ways_to(&self, ends: impl Iterator<Item = Position>) -> BTreeMap<Position, (usize, Position)> {
        let mut sums_of: BTreeMap<Position, Vec<usize>> = BTreeMap::new();
        for (index, sum) in self.sums.iter().enumerate() {
            sum.iter().for_each(|term| sums_of.entry(term.position).or_default().push(index));
        }
        let mut reached: BTreeSet<Position> = BTreeSet::new();
        let mut waiting: VecDeque<Position> = ends.filter(|end| reached.insert(*end)).collect();
        let mut taken = vec![false; self.sums.len()];
        let mut way = BTreeMap::new();
        while let Some(position) = waiting.pop_front() {
            for &index in sums_of.get(&position).into_iter().flatten() {
                if std::mem::replace(&mut taken[index], true) {
                    continue;
                }
                for term in self.sums[index].iter().filter(|term| reached.insert(term.position)) {
                    way.insert(term.position, (index, position));
                    waiting.push_back(term.position);
                }
            }
        }
        way
    }

    /// The end that the sums lead to from a cell, and the cells between; none where there is no way.
    fn follow(
        &self,
        way: &BTreeMap<Position, (usize, Position)>,
        from: Position,
    ) -> Option<(Position, Vec<ReconcilingItem<'a>>)> {
        let mut items: BTreeMap<Position, i32> = BTreeMap::new();
        // Of which sign the cell has to be taken that has been reached.
        let (mut at, mut sign) = (from, 1);
        way.get(&at)?;
        while let Some((sum, next)) = way.get(&at) {
            let terms = &self.sums[*sum];
            let own = terms.iter().find(|term| term.position == at)?;
            let sign_of = |term: &Term| if term.deducted == own.deducted { -sign } else { sign };
            for term in terms.iter().filter(|term| term.position != at && term.position != *next) {
                *items.entry(term.position).or_default() += sign_of(term);
            }
            sign = sign_of(terms.iter().find(|term| term.position == *next)?);
            at = *next;
        }
        let item = |(position, sign): (Position, i32)| {
            let cell = self.cells.get(&position)?.0;
            Some(ReconcilingItem { position, cell, deducted: sign < 0 })
        };
        Some((at, items.into_iter().filter(|(_, sign)| *sign != 0).filter_map(item).collect()))
    }

    /// The names in the sum or formula of a figure that the table does not show in a period; none if these are most of them.
    fn missing_parts(&self, release: &Release, figure: &FigureNames, period: &str) -> Option<Vec<String>> {
        let own = self.cells_of(figure).find(|(_, _, cell)| cell.period == period);
        let mut missing = own.map(|(_, _, cell)| parts(release, &cell.line)).unwrap_or_default();
        let all = missing.len();
        missing.retain(|part| !self.shows(&FigureNames::of(release, part), period));
        (2 * missing.len() <= all).then_some(missing)
    }
}

/// The sums of a table between rows or columns of one period.
fn sums(table: &Table) -> Vec<Vec<Term>> {
    let mut found = Vec::new();
    for (row, column, cell) in table
        .rows
        .iter()
        .enumerate()
        .flat_map(|(index, row)| row.cells.iter().enumerate().map(move |(column, cell)| (index, column, cell)))
    {
        let Cell::Number { number, .. } = cell else { continue };
        for sum in number.sums.iter().filter(|sum| matches!(sum.by, SumBy::Row | SumBy::Line)) {
            let total = Term { position: [row, column], deducted: true };
            let parts =
                sum.parts.iter().map(|part| Term { position: [part.row, part.column], deducted: part.deducted });
            found.push(std::iter::once(total).chain(parts).collect());
        }
    }
    found
}

/// The names in the sum of a line or the formula of a measure.
fn parts(release: &Release, name: &str) -> Vec<String> {
    if let Some((statement, line)) = release.target(name) {
        return line.sum.iter().map(|part| statement.full_name(&part.name)).collect();
    }
    let mut names = Vec::new();
    if let Some(measure) = release.measure(name) {
        measure.formula.walk(&mut |part| match &part.node {
            Node::Line { name, .. } if !names.contains(name) => names.push(name.clone()),
            _ => {}
        });
    }
    names
}
