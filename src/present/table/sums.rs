//! What adds up in print: for each cell, the cells beside it that are printed as its parts, as a reader with a
//! calculator finds them.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::RowPlan;
use crate::{
    diag::Place,
    figures::{Absent, Book, DisplayedFigure, Formula, SharedFormula},
    model::{Decimal, Entry, Expr, Node, Operator, Part, Period, period_parts},
    present::{
        document::{Addend, Cell, Row, Sum, SumBy},
        usage::CellUse,
    },
};

/// How far down a part that is not printed is looked for among its own parts.
const DEPTH: usize = 4;

/// A printed number that others may add up to, or that may be a part of others.
pub(super) struct Printed {
    /// Its row and column.
    at: [usize; 2],
    row: String,
    /// The line as the table names it.
    line: String,
    key: Key,
    /// The parts that its row names.
    named: Vec<Part>,
    number: Decimal,
    formula: SharedFormula,
    place: Place,
}

/// Cells of one table that may add up share everything but the line: period, member, unit and function.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    line: String,
    period: String,
    member: Option<String>,
    unit: String,
    show: String,
}

impl Printed {
    /// What a cell prints.
    pub(super) fn new(book: &Book, plan: &RowPlan, at: [usize; 2], cell: &CellUse, figure: &DisplayedFigure) -> Self {
        let key = Key {
            line: canonical(book, &cell.line),
            period: cell.period.clone(),
            member: cell.member.clone(),
            unit: cell.unit.to_string(),
            show: cell.show.clone(),
        };
        let (row, line) = (plan.id.clone(), cell.line.clone());
        let formula = SharedFormula::clone(&figure.derivation.rounded.formula);
        Self {
            at,
            row,
            line,
            key,
            named: plan.sum.clone(),
            number: figure.displayed,
            formula,
            place: plan.place.clone(),
        }
    }
}

/// Says of every cell of `rows` which printed cells are its parts.
pub(super) fn sum_up(book: &Book, averages: &[String], printed: &[Printed], rows: &mut [Row]) {
    let table = Table::new(book, averages, printed);
    for total in printed {
        let [row, column] = total.at;
        let cell = rows.get_mut(row).and_then(|row| row.cells.get_mut(column));
        if let Some(Cell::Number { number, .. }) = cell {
            let ways = [(SumBy::Row, table.by_row(total)), (SumBy::Line, table.by_line(total))];
            let ways = ways.into_iter().chain([(SumBy::Member, table.by_member(total))]);
            let ways = ways.chain([(SumBy::Difference, table.by_difference(total))]);
            let ways = ways.chain(table.by_period(total).into_iter().map(|parts| (SumBy::Period, Some(parts))));
            number.sums = ways.filter_map(|(by, parts)| sum(by, total, &parts?)).collect();
        }
    }
}

/// A table's cells, found by what they show.
struct Table<'a, 'r> {
    book: &'a Book<'r>,
    averages: &'a [String],
    /// The periods shown, in the order of the release.
    periods: Vec<&'r Period>,
    by_line: BTreeMap<&'a Key, &'a Printed>,
    by_row: BTreeMap<(&'a str, usize), &'a Printed>,
    in_row: BTreeMap<usize, Vec<&'a Printed>>,
}

/// Parts, and whether they are deducted.
type Found<'a> = Vec<(&'a Printed, bool)>;

impl<'a, 'r> Table<'a, 'r> {
    fn new(book: &'a Book<'r>, averages: &'a [String], printed: &'a [Printed]) -> Self {
        let shown: BTreeSet<&str> = printed.iter().map(|cell| cell.key.period.as_str()).collect();
        let periods = book.release.periods.iter().filter(|period| shown.contains(period.id.value.as_str())).collect();
        let (by_line, by_row, in_row) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        let mut table = Self { book, averages, periods, by_line, by_row, in_row };
        for cell in printed {
            table.in_row.entry(cell.at[0]).or_default().push(cell);
            table.by_line.entry(&cell.key).or_insert(cell);
            table.by_row.insert((&cell.row, cell.at[1]), cell);
        }
        table
    }

    /// A row that names its parts itself.
    fn by_row(&self, total: &Printed) -> Option<Found<'a>> {
        let part = |part: &Part| Some((*self.by_row.get(&(part.name.as_str(), total.at[1]))?, part.deducted));
        total.named.iter().map(part).collect()
    }

    /// A line whose statement (or formula) names its parts.
    fn by_line(&self, total: &Printed) -> Option<Found<'a>> {
        let mut found = Found::new();
        self.parts_of(&total.line, total, false, 0, &mut found)?;
        Some(found)
    }

    /// The member that is the total of others.
    fn by_member(&self, total: &Printed) -> Option<Found<'a>> {
        let (statement, line) = self.book.line(&total.line)?;
        if statement.member_sum_except.iter().any(|except| except.value == line.id.value) {
            return None;
        }
        let across =
            statement.member_sums.iter().find(|across| Some(&across.total.value) == total.key.member.as_ref())?;
        let mut found = Found::new();
        for part in &across.parts {
            let key = Key { member: Some(part.name.clone()), ..total.key.clone() };
            match self.by_line.get(&key) {
                Some(other) => found.push((other, part.deducted)),
                None => self.is_blank(&total.line, total, Some(&part.name)).then_some(())?,
            }
        }
        Some(found)
    }

    /// The periods that make up the period of a flow.
    fn by_period(&self, total: &Printed) -> Vec<Found<'a>> {
        let whole = self.book.release.period(&total.key.period);
        let Some(whole) = whole.filter(|_| total.key.show.is_empty()) else { return Vec::new() };
        let ways = period_parts(whole, &self.periods);
        if ways.is_empty() || !self.book.adds_over_time(&total.key.line, self.averages) {
            return Vec::new();
        }
        let cell = |part: &Period| {
            let key = Key { period: part.id.value.clone(), ..total.key.clone() };
            Some((*self.by_line.get(&key)?, false))
        };
        ways.into_iter().filter_map(|parts| parts.into_iter().map(cell).collect()).collect()
    }

    /// A difference, beside both of its figures in the same row.
    fn by_difference(&self, total: &Printed) -> Option<Found<'a>> {
        let Formula::Binary(Operator::Subtract, new, old, _) = &*total.formula else { return None };
        let row = self.in_row.get(&total.at[0])?;
        let cell = |formula: &SharedFormula| {
            let same = |cell: &&&Printed| cell.formula == *formula && cell.key.unit == total.key.unit;
            row.iter().find(same).filter(|cell| cell.number.scale() == total.number.scale()).copied()
        };
        Some(vec![(cell(new)?, false), (cell(old)?, true)])
    }

    /// The printed cells of a line's parts; none when one of them is neither printed nor blank.
    fn parts_of(&self, line: &str, total: &Printed, deducted: bool, depth: usize, found: &mut Found<'a>) -> Option<()> {
        let parts = self.named_parts(line);
        if parts.is_empty() || depth > DEPTH {
            return None;
        }
        for (name, negative) in parts {
            let deducted = deducted != negative;
            let key = Key { line: canonical(self.book, &name), ..total.key.clone() };
            match self.by_line.get(&key) {
                Some(part) => found.push((part, deducted)),
                None if self.is_blank(&name, total, total.key.member.as_deref()) => {}
                None => self.parts_of(&name, total, deducted, depth + 1, found)?,
            }
        }
        Some(())
    }

    fn named_parts(&self, name: &str) -> Vec<(String, bool)> {
        let release = self.book.release;
        let own = release.line(name).filter(|(_, line)| !line.sum.is_empty());
        if let Some((statement, line)) = own.or_else(|| release.target(name)) {
            return line.sum.iter().map(|part| (statement.full_name(&part.name), part.deducted)).collect();
        }
        let mut parts = Vec::new();
        match release.measure(name) {
            Some(measure) if flatten(&measure.formula, false, &mut parts) && parts.len() > 1 => parts,
            _ => Vec::new(),
        }
    }

    fn is_blank(&self, line: &str, total: &Printed, member: Option<&str>) -> bool {
        let entry = self.book.entry(line, &total.key.period, member).map(|(_, entry)| entry);
        let expr = || Expr { node: Node::Line { name: line.to_owned(), member: None }, place: total.place.clone() };
        matches!(entry, Some(Entry::Blank))
            || matches!(
                self.book.bind_formula(&expr(), &total.key.period, member),
                Ok(Err(Absent::Blank | Absent::Reported))
            )
    }
}

/// The sum of the parts; none without any, and none of a cell that would be its own part.
fn sum(by: SumBy, total: &Printed, parts: &[(&Printed, bool)]) -> Option<Sum> {
    if parts.is_empty() || parts.iter().any(|(part, _)| part.at == total.at) {
        return None;
    }
    let signed = |(part, deducted): &(&Printed, bool)| if *deducted { -part.number } else { part.number };
    let added = parts.iter().map(signed).try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number));
    let addend = |(part, deducted): &(&Printed, bool)| {
        let [row, column] = part.at;
        Addend { row, column, deducted: *deducted }
    };
    Some(Sum { by, parts: parts.iter().map(addend).collect(), holds: added == Some(total.number) })
}

/// The line's own name, whatever statement refers to it.
fn canonical(book: &Book, name: &str) -> String {
    let line = book.line(name);
    line.map_or_else(|| name.to_owned(), |(statement, line)| format!("{}.{}", statement.id.value, line.id.value))
}

/// The lines of a formula that only adds and deducts them.
fn flatten(expr: &Expr, negative: bool, parts: &mut Vec<(String, bool)>) -> bool {
    match &expr.node {
        Node::Line { name, member: None } => {
            parts.push((name.clone(), negative));
            true
        }
        Node::Negative(inner) => flatten(inner, !negative, parts),
        Node::Binary(Operator::Add, left, right) => flatten(left, negative, parts) && flatten(right, negative, parts),
        Node::Binary(Operator::Subtract, left, right) => {
            flatten(left, negative, parts) && flatten(right, !negative, parts)
        }
        _ => false,
    }
}
