//! Finds the printed sums of a table: for each cell, the cells that are printed as its parts, and whether they add up.

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

/// How many levels of parts are searched when a part is not printed itself.
const MAX_DEPTH: usize = 4;

/// A printed number that may be a sum or a part of one.
pub(super) struct PrintedCell {
    /// Its row and column in the table.
    position: [usize; 2],
    row: String,
    /// The line's name as the table gives it.
    line: String,
    /// What it shows, as in its key.
    full_line: String,
    period: String,
    member: Option<String>,
    unit: String,
    show: String,
    /// The parts that its row declares.
    row_parts: Vec<Part>,
    number: Decimal,
    /// The number of base units in one unit of the number.
    divisor: Decimal,
    /// The base of its unit: `USD` of `USD thousand`.
    base: String,
    formula: SharedFormula,
    place: Place,
}

/// What a cell shows. The cells of a sum differ in the line, the member or the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct CellKey<'k> {
    line: &'k str,
    period: &'k str,
    member: Option<&'k str>,
    unit: &'k str,
    show: &'k str,
}

impl<'k> CellKey<'k> {
    /// The key of the same with the opposite sign; none of a function of the line.
    fn negated(self) -> Option<Self> {
        let show = match self.show {
            "" => CellUse::NEGATED,
            CellUse::NEGATED => "",
            _ => return None,
        };
        Some(Self { show, ..self })
    }

    /// The key of what is shown, in whichever unit of a base.
    fn in_any_unit(self, base: &'k str) -> Self {
        Self { unit: base, ..self }
    }
}

impl PrintedCell {
    /// The number that a cell prints.
    pub(super) fn new(
        book: &Book,
        plan: &RowPlan,
        position: [usize; 2],
        cell: &CellUse,
        figure: &DisplayedFigure,
    ) -> Self {
        let (row, line) = (plan.id.clone(), cell.line.clone());
        let formula = SharedFormula::clone(&figure.derivation.rounded.formula);
        Self {
            position,
            row,
            full_line: full_line_name(book, &line),
            line,
            period: cell.period.clone(),
            member: cell.member.clone(),
            unit: cell.unit.to_string(),
            show: cell.show.clone(),
            row_parts: plan.sum.clone(),
            number: figure.displayed,
            divisor: figure.derivation.rounded.divisor,
            base: cell.unit.base.clone(),
            formula,
            place: plan.place.clone(),
        }
    }

    fn key(&self) -> CellKey<'_> {
        let Self { full_line: line, period, member, unit, show, .. } = self;
        CellKey { line, period, member: member.as_deref(), unit, show }
    }
}

/// Records in every cell of `rows` the sums that it is the total of.
pub(super) fn record_sums(book: &Book, averages: &[String], printed: &[PrintedCell], rows: &mut [Row]) {
    let table = PrintedTable::new(book, averages, printed);
    for total in printed {
        let [row, column] = total.position;
        let cell = rows.get_mut(row).and_then(|row| row.cells.get_mut(column));
        if let Some(Cell::Number { number, .. }) = cell {
            let sums = [(SumBy::Row, table.parts_by_row(total)), (SumBy::Line, table.parts_by_line(total))];
            let sums = sums.into_iter().chain([(SumBy::Member, table.parts_by_member(total))]);
            let sums = sums.chain([(SumBy::Difference, table.parts_by_difference(total))]);
            let sums = sums.chain(table.parts_by_period(total).into_iter().map(|parts| (SumBy::Period, Some(parts))));
            number.sums = sums.filter_map(|(by, parts)| sum(by, total, &parts?)).collect();
        }
    }
}

/// The printed cells of a table, indexed by what they show and by row and column.
struct PrintedTable<'a, 'r> {
    book: &'a Book<'r>,
    averages: &'a [String],
    /// The periods shown, in the order of the release.
    periods: Vec<&'r Period>,
    by_line: BTreeMap<CellKey<'a>, &'a PrintedCell>,
    by_row: BTreeMap<(&'a str, usize), &'a PrintedCell>,
    /// The first cell of what a column shows, in whichever unit.
    in_column: BTreeMap<(usize, CellKey<'a>), &'a PrintedCell>,
    /// The cells of each row.
    in_row: BTreeMap<usize, Vec<&'a PrintedCell>>,
}

/// The parts of a sum, and whether each is deducted.
type Parts<'a> = Vec<(&'a PrintedCell, bool)>;

impl<'a, 'r> PrintedTable<'a, 'r> {
    fn new(book: &'a Book<'r>, averages: &'a [String], printed: &'a [PrintedCell]) -> Self {
        let shown: BTreeSet<&str> = printed.iter().map(|cell| cell.period.as_str()).collect();
        let periods = book.release.periods.iter().filter(|period| shown.contains(period.id.value.as_str())).collect();
        let (by_line, by_row, in_row, in_column) = Default::default();
        let mut table = Self { book, averages, periods, by_line, by_row, in_row, in_column };
        let has_several_units = printed.iter().any(|cell| cell.unit != printed[0].unit);
        for cell in printed {
            table.in_row.entry(cell.position[0]).or_default().push(cell);
            table.by_line.entry(cell.key()).or_insert(cell);
            table.by_row.insert((&cell.row, cell.position[1]), cell);
            if has_several_units {
                table.in_column.entry((cell.position[1], cell.key().in_any_unit(&cell.base))).or_insert(cell);
            }
        }
        table
    }

    /// The parts that the total's row declares.
    fn parts_by_row(&self, total: &PrintedCell) -> Option<Parts<'a>> {
        let part = |part: &Part| Some((*self.by_row.get(&(part.name.as_str(), total.position[1]))?, part.deducted));
        total.row_parts.iter().map(part).collect()
    }

    /// The parts of the total's line, by its statement or its formula.
    fn parts_by_line(&self, total: &PrintedCell) -> Option<Parts<'a>> {
        let mut parts_found = Parts::new();
        self.find_parts(&total.line, total, false, 0, &mut parts_found)?;
        Some(parts_found)
    }

    /// The members that add up to the total's member.
    fn parts_by_member(&self, total: &PrintedCell) -> Option<Parts<'a>> {
        let (statement, line) = self.book.line(&total.line)?;
        if statement.member_sum_except.iter().any(|except| except.value == line.id.value) {
            return None;
        }
        let member_sum =
            statement.member_sums.iter().find(|member_sum| Some(&member_sum.total.value) == total.member.as_ref())?;
        let mut parts_found = Parts::new();
        for part in &member_sum.parts {
            let key = CellKey { member: Some(&part.name), ..total.key() };
            match self.printed(key, total) {
                Some(other) => parts_found.push((other, part.deducted)),
                None => self.adds_nothing(&total.line, total, Some(&part.name)).then_some(())?,
            }
        }
        Some(parts_found)
    }

    /// The periods that add up to the total's period, in every way there is. Empty unless the line is a flow.
    fn parts_by_period(&self, total: &PrintedCell) -> Vec<Parts<'a>> {
        let whole = self.book.release.period(&total.period);
        let Some(whole) = whole.filter(|_| total.show.is_empty()) else { return Vec::new() };
        let sums = period_parts(whole, &self.periods);
        if sums.is_empty() || !self.book.adds_over_time(&total.full_line, self.averages) {
            return Vec::new();
        }
        let cell = |part: &Period| {
            let key = CellKey { period: &part.id.value, ..total.key() };
            Some((*self.by_line.get(&key)?, false))
        };
        sums.into_iter().filter_map(|parts| parts.into_iter().map(cell).collect()).collect()
    }

    /// The two figures in the same row that the total is the difference of.
    fn parts_by_difference(&self, total: &PrintedCell) -> Option<Parts<'a>> {
        let Formula::Binary(Operator::Subtract, new, old, _) = &*total.formula else { return None };
        let row = self.in_row.get(&total.position[0])?;
        let cell = |formula: &SharedFormula| {
            let same = |cell: &&&PrintedCell| cell.formula == *formula && cell.unit == total.unit;
            row.iter().find(same).filter(|cell| cell.number.scale() == total.number.scale()).copied()
        };
        Some(vec![(cell(new)?, false), (cell(old)?, true)])
    }

    /// Adds the printed cells of a line's parts to `parts_found`. None when one of them is neither printed nor without an amount.
    fn find_parts(
        &self,
        line: &str,
        total: &PrintedCell,
        deducted: bool,
        depth: usize,
        parts_found: &mut Parts<'a>,
    ) -> Option<()> {
        let parts = self.declared_parts(line);
        if parts.is_empty() || depth > MAX_DEPTH {
            return None;
        }
        for (name, negative) in parts {
            let deducted = deducted != negative;
            let full_line = full_line_name(self.book, &name);
            let key = CellKey { line: &full_line, ..total.key() };
            // A row may show a part with the opposite sign, as it is added.
            let negated = || self.printed(key.negated()?, total).map(|part| (part, !deducted));
            match self.printed(key, total).map(|part| (part, deducted)).or_else(negated) {
                Some(part) => parts_found.push(part),
                None if self.adds_nothing(&name, total, total.member.as_deref()) => {}
                None => self.find_parts(&name, total, deducted, depth + 1, parts_found)?,
            }
        }
        Some(())
    }

    /// The cell that shows this, or the one of the total's column that shows the same in another unit of the same base.
    fn printed(&self, key: CellKey, total: &PrintedCell) -> Option<&'a PrintedCell> {
        let in_another_unit = || self.in_column.get(&(total.position[1], key.in_any_unit(&total.base)));
        self.by_line.get(&key).or_else(in_another_unit).copied()
    }

    fn declared_parts(&self, name: &str) -> Vec<(String, bool)> {
        let release = self.book.release;
        let own = release.line(name).filter(|(_, line)| !line.sum.is_empty());
        if let Some((statement, line)) = own.or_else(|| release.target(name)) {
            return line.sum.iter().map(|part| (statement.full_name(&part.name), part.deducted)).collect();
        }
        let mut parts = Vec::new();
        match release.measure(name) {
            Some(measure) if collect_terms(&measure.formula, false, &mut parts) && parts.len() > 1 => parts,
            _ => Vec::new(),
        }
    }

    /// Whether a part has no amount by declaration: it is blank or not applicable.
    fn adds_nothing(&self, line: &str, total: &PrintedCell, member: Option<&str>) -> bool {
        let entry = self.book.entry(line, &total.period, member).map(|(_, entry)| entry);
        let expr = || Expr { node: Node::Line { name: line.to_owned(), member: None }, place: total.place.clone() };
        matches!(entry, Some(Entry::Blank | Entry::NotApplicable))
            || matches!(
                self.book.bind_formula(&expr(), &total.period, member),
                Ok(Err(Absent::Blank | Absent::NotApplicable | Absent::Reported))
            )
    }
}

/// The sum of the parts. None without parts, or when the total is among its own parts.
fn sum(by: SumBy, total: &PrintedCell, parts: &[(&PrintedCell, bool)]) -> Option<Sum> {
    if parts.is_empty() || parts.iter().any(|(part, _)| part.position == total.position) {
        return None;
    }
    let signed = |(part, deducted): &(&PrintedCell, bool)| if *deducted { -part.number } else { part.number };
    // Of figures in several units, the workbook has no formula; `check` holds them.
    let has_one_unit = parts.iter().all(|(part, _)| part.divisor == total.divisor);
    let total_of_parts = parts.iter().map(signed).try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number));
    let addend = |(part, deducted): &(&PrintedCell, bool)| {
        let [row, column] = part.position;
        Addend { row, column, deducted: *deducted }
    };
    Some(Sum {
        by,
        parts: parts.iter().map(addend).collect(),
        holds: has_one_unit && total_of_parts == Some(total.number),
    })
}

/// The full name of the line that `name` refers to, `is.total_revenues`.
fn full_line_name(book: &Book, name: &str) -> String {
    let line = book.line(name);
    line.map_or_else(|| name.to_owned(), |(statement, line)| statement.name_of(line))
}

/// Collects the lines of a formula, with whether each is deducted. False unless the formula only adds and deducts lines.
fn collect_terms(expr: &Expr, negative: bool, parts: &mut Vec<(String, bool)>) -> bool {
    match &expr.node {
        Node::Line { name, member: None } => {
            parts.push((name.clone(), negative));
            true
        }
        Node::Negative(inner) => collect_terms(inner, !negative, parts),
        Node::Binary(Operator::Add, left, right) => {
            collect_terms(left, negative, parts) && collect_terms(right, negative, parts)
        }
        Node::Binary(Operator::Subtract, left, right) => {
            collect_terms(left, negative, parts) && collect_terms(right, !negative, parts)
        }
        _ => false,
    }
}
