//! Finds the printed sums of a table: for each cell, the cells that are printed as its parts, and whether they add up.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc};

use super::plan::RowPlan;
use crate::{
    figures::{Absent, Book, Formula, SharedFormula},
    model::{Decimal, Entry, Expr, NameMap, Node, Operator, Part, Period, Scale, period_parts},
    present::{
        document::{Addend, Cell, Row, Sum, SumBy},
        usage::{CellUse, FigureUse},
    },
};

/// How many levels of parts are searched when a part is not printed itself.
const MAX_DEPTH: usize = 4;

/// A printed number that may be a sum or a part of one.
pub(super) struct PrintedCell<'a> {
    /// Its row and column in the table.
    position: [usize; 2],
    row: &'a RowPlan,
    used: &'a FigureUse,
    cell: &'a CellUse,
    key: CellKey<'a>,
}

/// What a cell shows. The cells of a sum differ in the line, the member or the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct CellKey<'k> {
    /// The full name of its line.
    line: &'k str,
    period: &'k str,
    member: Option<&'k str>,
    /// The base of its unit: `USD` of `USD thousand`.
    base: &'k str,
    /// None for any.
    scale: Option<Scale>,
    show: &'k str,
}

impl CellKey<'_> {
    /// The key of the same with the opposite sign; none of a function of the line.
    fn negated(self) -> Option<Self> {
        let show = match self.show {
            "" => CellUse::NEGATED,
            CellUse::NEGATED => "",
            _ => return None,
        };
        Some(Self { show, ..self })
    }

    /// The key of what is shown, in whichever unit of its base.
    fn in_any_unit(self) -> Self {
        Self { scale: None, ..self }
    }
}

impl<'a> PrintedCell<'a> {
    /// The number that the cell at a position prints; none of what is no cell of a table.
    fn new(book: &'a Book, row: &'a RowPlan, position: [usize; 2], used: &'a FigureUse) -> Option<Self> {
        let cell = used.cell.as_ref()?;
        let (CellUse { period, member, show, .. }, unit) = (cell, &used.derivation.unit);
        let (base, scale) = (unit.base.as_str(), Some(unit.scale));
        let line = full_line_name(book, &cell.line);
        let key = CellKey { line, period, member: member.as_deref(), base, scale, show };
        Some(Self { position, row, used, cell, key })
    }

    fn number(&self) -> Decimal {
        self.used.displayed
    }

    fn formula(&self) -> &'a Formula {
        &self.used.derivation.rounded.formula
    }

    /// The number of base units in one unit of the number.
    fn divisor(&self) -> Decimal {
        self.used.derivation.rounded.divisor
    }

    fn has_unit_of(&self, other: &Self) -> bool {
        (self.key.scale, self.key.base) == (other.key.scale, other.key.base)
    }
}

/// Records in every cell of `rows` the sums that it is the total of.
///
/// `cells` are the positions of the cells that may take part, each with the number of its figure among `uses`.
pub(super) fn record_sums(
    book: &Book,
    averages: &[String],
    plans: &[RowPlan],
    cells: &[([usize; 2], usize)],
    uses: &[FigureUse],
    rows: &mut [Row],
) {
    let printed = |(position, used): &([usize; 2], usize)| {
        PrintedCell::new(book, plans.get(position[0])?, *position, uses.get(*used)?)
    };
    let printed: Vec<_> = cells.iter().filter_map(printed).collect();
    let table = PrintedTable::new(book, averages, &printed);
    for total in &printed {
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
    /// In the order of rows.
    printed: &'a [PrintedCell<'a>],
    by_line: NameMap<CellKey<'a>, &'a PrintedCell<'a>>,
    /// Empty unless a row declares parts.
    by_row: NameMap<(&'a str, usize), &'a PrintedCell<'a>>,
    /// The first cell of what a column shows, in whichever unit; empty unless there are several.
    in_column: NameMap<(usize, CellKey<'a>), &'a PrintedCell<'a>>,
    /// The parts that lines are declared to have, of those asked for: all cells of a row ask for the same.
    parts: RefCell<NameMap<String, Rc<[DeclaredPart]>>>,
}

/// A line or measure that another one is declared to have for a part, and whether it is deducted.
type DeclaredPart = (String, bool);

/// The parts of a sum, and whether each is deducted.
type Parts<'a> = Vec<(&'a PrintedCell<'a>, bool)>;

impl<'a, 'r> PrintedTable<'a, 'r> {
    fn new(book: &'a Book<'r>, averages: &'a [String], printed: &'a [PrintedCell<'a>]) -> Self {
        let shown: BTreeSet<&str> = printed.iter().map(|cell| cell.cell.period.as_str()).collect();
        let periods = book.release.periods.iter().filter(|period| shown.contains(period.id.value.as_str())).collect();
        let (by_row, in_column, parts) = Default::default();
        let by_line = NameMap::with_capacity_and_hasher(printed.len(), Default::default());
        let mut table = Self { book, averages, periods, printed, by_line, by_row, in_column, parts };
        let has_several_units = printed.iter().any(|cell| !cell.has_unit_of(&printed[0]));
        let declares_parts = printed.iter().any(|cell| !cell.row.sum.is_empty());
        for cell in printed {
            table.by_line.entry(cell.key).or_insert(cell);
            if declares_parts {
                table.by_row.insert((&cell.row.id, cell.position[1]), cell);
            }
            if has_several_units {
                table.in_column.entry((cell.position[1], cell.key.in_any_unit())).or_insert(cell);
            }
        }
        table
    }

    /// The parts that the total's row declares.
    fn parts_by_row(&self, total: &PrintedCell) -> Option<Parts<'a>> {
        let part = |part: &Part| Some((*self.by_row.get(&(part.name.as_str(), total.position[1]))?, part.deducted));
        let declared = Some(&total.row.sum).filter(|sum| !sum.is_empty())?;
        declared.iter().map(part).collect()
    }

    /// The parts of the total's line, by its statement or its formula.
    fn parts_by_line(&self, total: &PrintedCell) -> Option<Parts<'a>> {
        let mut parts_found = Parts::new();
        self.find_parts(&total.cell.line, total, false, 0, &mut parts_found)?;
        Some(parts_found)
    }

    /// The members that add up to the total's member.
    fn parts_by_member(&self, total: &PrintedCell) -> Option<Parts<'a>> {
        let member = total.cell.member.as_ref()?;
        let (statement, line) = self.book.line(&total.cell.line)?;
        if statement.member_sum_except.iter().any(|except| except.value == line.id.value) {
            return None;
        }
        let member_sum = statement.member_sums.iter().find(|member_sum| member_sum.total.value == *member)?;
        let mut parts_found = Parts::new();
        for part in &member_sum.parts {
            let key = CellKey { member: Some(&part.name), ..total.key };
            match self.printed(key, total) {
                Some(other) => parts_found.push((other, part.deducted)),
                None => self.adds_nothing(&total.cell.line, total, Some(&part.name)).then_some(())?,
            }
        }
        Some(parts_found)
    }

    /// The periods that add up to the total's period, in every way there is. Empty unless the line is a flow.
    fn parts_by_period(&self, total: &PrintedCell) -> Vec<Parts<'a>> {
        let whole = self.book.release.period(&total.cell.period);
        let Some(whole) = whole.filter(|_| total.cell.show.is_empty()) else { return Vec::new() };
        let sums = period_parts(whole, &self.periods);
        if sums.is_empty() || !self.book.adds_over_time(total.key.line, self.averages) {
            return Vec::new();
        }
        let cell = |part: &Period| {
            let key = CellKey { period: &part.id.value, ..total.key };
            Some((*self.by_line.get(&key)?, false))
        };
        sums.into_iter().filter_map(|parts| parts.into_iter().map(cell).collect()).collect()
    }

    /// The two figures in the same row that the total is the difference of.
    fn parts_by_difference(&self, total: &PrintedCell) -> Option<Parts<'a>> {
        let Formula::Binary(Operator::Subtract, new, old, _) = total.formula() else { return None };
        let rows = [total.position[0], total.position[0] + 1];
        let [start, end] = rows.map(|row| self.printed.partition_point(|cell| cell.position[0] < row));
        let row = self.printed.get(start..end)?;
        let cell = |formula: &SharedFormula| {
            let same = |cell: &&PrintedCell| cell.formula() == &**formula && cell.has_unit_of(total);
            row.iter().find(same).filter(|cell| cell.number().scale() == total.number().scale())
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
        for (name, negative) in &*parts {
            let deducted = deducted != *negative;
            let key = CellKey { line: full_line_name(self.book, name), ..total.key };
            // A row may show a part with the opposite sign, as it is added.
            let negated = || self.printed(key.negated()?, total).map(|part| (part, !deducted));
            match self.printed(key, total).map(|part| (part, deducted)).or_else(negated) {
                Some(part) => parts_found.push(part),
                None if self.adds_nothing(name, total, total.cell.member.as_deref()) => {}
                None => self.find_parts(name, total, deducted, depth + 1, parts_found)?,
            }
        }
        Some(())
    }

    /// The cell that shows this, or the one of the total's column that shows the same in another unit of the same base.
    fn printed(&self, key: CellKey, total: &PrintedCell) -> Option<&'a PrintedCell<'a>> {
        let in_another_unit = || self.in_column.get(&(total.position[1], key.in_any_unit()));
        self.by_line.get(&key).or_else(in_another_unit).copied()
    }

    fn declared_parts(&self, name: &str) -> Rc<[DeclaredPart]> {
        if let Some(known) = self.parts.borrow().get(name) {
            return Rc::clone(known);
        }
        let parts: Rc<[_]> = self.collect_parts(name).into();
        self.parts.borrow_mut().insert(name.to_owned(), Rc::clone(&parts));
        parts
    }

    fn collect_parts(&self, name: &str) -> Vec<DeclaredPart> {
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
        if let Some((_, entry)) = self.book.entry(line, &total.cell.period, member) {
            return matches!(entry, Entry::Blank | Entry::NotApplicable | Entry::Unread);
        }
        let expr = Expr { node: Node::Line { name: line.to_owned(), member: None }, place: total.row.place.clone() };
        let bound = self.book.bind_formula(&expr, &total.cell.period, member);
        matches!(bound, Ok(Err(Absent::Blank | Absent::NotApplicable | Absent::Reported)))
    }
}

/// The sum of the parts. None without parts, or when the total is among its own parts.
fn sum(by: SumBy, total: &PrintedCell, parts: &[(&PrintedCell, bool)]) -> Option<Sum> {
    if parts.is_empty() || parts.iter().any(|(part, _)| part.position == total.position) {
        return None;
    }
    let signed = |(part, deducted): &(&PrintedCell, bool)| if *deducted { -part.number() } else { part.number() };
    // Of figures in several units, the workbook has no formula; `check` holds them.
    let has_one_unit = parts.iter().all(|(part, _)| part.divisor() == total.divisor());
    let total_of_parts = parts.iter().map(signed).try_fold(Decimal::ZERO, |sum, number| sum.checked_add(number));
    let addend = |(part, deducted): &(&PrintedCell, bool)| {
        let [row, column] = part.position;
        Addend { row, column, deducted: *deducted }
    };
    Some(Sum {
        by,
        parts: parts.iter().map(addend).collect(),
        holds: has_one_unit && total_of_parts == Some(total.number()),
    })
}

/// The full name of the line that `name` refers to, `is.total_revenues`.
fn full_line_name<'n>(book: &'n Book, name: &'n str) -> &'n str {
    book.line_name(name).unwrap_or(name)
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
