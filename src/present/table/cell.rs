//! Builds a cell of a table from its keys.

use super::{builder::TableBuilder, plan::RowPlan, sums::PrintedCell};
use crate::{
    diag::Diagnostic,
    figures::{Absent, Book, DisplayedFigure, FigureRequest},
    model::{
        At, CellKeys, CellWords, ColumnSpec, Expr, Function, LineKind, Node, PeriodSpan, Range, Unit, UnitKind,
        UnitRule,
    },
    present::{
        document::{Cell, Inline},
        number::{exact_number, figure_with_text, format_in_table, is_negative},
        phrases::compared_with,
        range::range_in_table,
        usage::CellUse,
    },
};

/// The longest text of a cell, in characters as printed.
const MAX_TEXT: usize = 80;

impl TableBuilder<'_, '_, '_> {
    /// The cell at a position (row, column). An error says why its figure cannot be shown.
    pub(super) fn build_cell(
        &self,
        row: &RowPlan,
        position: [usize; 2],
        column: &ColumnSpec,
    ) -> Result<Cell, Diagnostic> {
        let levels = self.levels(row, column);
        if let Some(words) = words_of(&levels) {
            return Ok(self.build_words(words, &levels));
        }
        let Some(keys) = CellSpec::of(&levels) else { return Ok(Cell::Blank) };
        if let Some(range) = self.context.book.release.range(&keys.line.value) {
            return self.build_range(range, row, position, &keys, &levels);
        }
        let expr = self.cell_expr(&keys);
        let Some(period) = keys.period else {
            let message = format!("a cell of `{}` has no period", self.spec.id.value);
            return Err(Diagnostic::error("missing-key", message).at(&row.place, "no `period` in row, column or table"));
        };
        self.check_units(&levels)?;
        let Some(unit) = self.cell_unit(&expr, self.wanted_unit(&keys, &levels)) else {
            return Ok(Cell::Blank);
        };
        let request = FigureRequest {
            expr: &expr,
            period: &period.value,
            member: keys.member.map(|member| member.value.as_str()),
            unit: unit.as_ref(),
            decimals: keys.decimals,
            place: &self.spec.id.value,
        };
        Ok(match self.context.book.display(request)? {
            Ok(figure) => {
                let is_growth = matches!(&expr.node, Node::Call(Function::Change, _));
                self.record_figure(row, position, &keys, &figure, !is_growth);
                self.number_cell(&figure, self.number_pattern(row, position[0], &keys, &figure.derivation.rule)?)
            }
            Err(Absent::Blank | Absent::Reported) => Cell::Blank,
            Err(absent) => Cell::Mark { text: self.context.absent_mark(absent).to_owned(), marks: Vec::new() },
        })
    }

    /// Records what a cell shows; with `may_be_summed`, also as a total or part of the table's sums.
    fn record_figure(
        &self,
        row: &RowPlan,
        position: [usize; 2],
        keys: &CellSpec,
        figure: &DisplayedFigure,
        may_be_summed: bool,
    ) {
        let book = self.context.book;
        let cell = cell_use(row, position[1], keys, figure);
        if may_be_summed {
            self.printed_cells.borrow_mut().push(PrintedCell::new(book, row, position, &cell, figure));
        }
        self.context.record_cell(figure.derivation.clone(), &self.spec.id.value, &row.place, cell);
    }

    fn number_cell(&self, figure: &DisplayedFigure, pattern: &str) -> Cell {
        let words = self.context.words;
        let number = Box::new(exact_number(figure, pattern, words));
        Cell::Number {
            figure: figure_with_text(figure, format_in_table(figure, &number, words)),
            unit: figure.derivation.unit.to_string(),
            negative: is_negative(figure),
            number,
            marks: Vec::new(),
        }
    }

    /// The pattern of a cell's number, with the unit or sign that it prints.
    fn number_pattern<'u>(
        &'u self,
        row: &RowPlan,
        row_number: usize,
        keys: &CellSpec,
        rule: &'u UnitRule,
    ) -> Result<&'u str, Diagnostic> {
        Ok(match (keys.bare, keys.is_in_points(self.context.book)) {
            (true, _) => "{}",
            (false, true) => &self.context.words.points_in_tables,
            (false, false) => self.sign_pattern(row, row_number, keys, rule)?.unwrap_or(&rule.in_tables),
        })
    }

    /// The pattern with the currency sign, if the cell has it. It is an error if its unit has none.
    fn sign_pattern<'u>(
        &self,
        row: &RowPlan,
        row_number: usize,
        keys: &CellSpec,
        rule: &'u UnitRule,
    ) -> Result<Option<&'u str>, Diagnostic> {
        let is_money = rule.kind == UnitKind::Money;
        let is_first = is_money && *self.first_money_row.get_or_init(|| row_number) == row_number;
        let by_table = self.spec.sign_on_first_and_totals && is_money && (is_first || row.kind == LineKind::Total);
        if !keys.currency_sign.unwrap_or(by_table) || (rule.currency_sign.is_none() && !is_money) {
            return Ok(None);
        }
        let missing = || {
            let message = format!("the unit of `{}` has no `currency_sign`", keys.line.value);
            let finding = Diagnostic::error("missing-key", message).at(&row.place, "its amounts bear the sign");
            finding.help("add `currency_sign` to the unit in `release.toml`, with `{}` for the number")
        };
        rule.currency_sign.as_deref().map(Some).ok_or_else(missing)
    }

    /// The cell of a range: its two figures as a text. Blank in a column that shows something else of its lines.
    fn build_range(
        &self,
        range: &Range,
        row: &RowPlan,
        position: [usize; 2],
        keys: &CellSpec,
        levels: &Levels,
    ) -> Result<Cell, Diagnostic> {
        let Some(period) = keys.period.filter(|_| keys.show.is_none()) else { return Ok(Cell::Blank) };
        let mut ends = Vec::new();
        for end in [&range.low, &range.high] {
            let Some(unit) = self.cell_unit(end, self.wanted_unit(keys, levels)) else { return Ok(Cell::Blank) };
            let (member, place) = (keys.member.map(|member| member.value.as_str()), self.spec.id.value.as_str());
            let (unit, decimals) = (unit.as_ref(), keys.decimals);
            let request = FigureRequest { expr: end, period: &period.value, member, unit, decimals, place };
            match self.context.book.display(request)? {
                Ok(figure) => ends.push(figure),
                Err(Absent::Blank | Absent::Reported) => return Ok(Cell::Blank),
                Err(absent) => {
                    let text = self.context.absent_mark(absent).to_owned();
                    return Ok(Cell::of_words(vec![Inline::Text { text }]));
                }
            }
        }
        for figure in &ends {
            self.record_figure(row, position, keys, figure, false);
        }
        let words = self.context.words;
        range_in_table(&ends[0], &ends[1], keys.bare, words, &row.place).map(Cell::of_words)
    }

    /// The keys of a cell, from its own to those of its table.
    pub(super) fn levels<'k>(&'k self, row: &'k RowPlan, column: &'k ColumnSpec) -> Levels<'k> {
        let own = row.cell(column).map(|cell| &cell.keys);
        [own.unwrap_or(&row.keys), &row.keys, &column.keys, &self.spec.keys]
    }

    /// The cell of a text or a date; blank if the name of the date is unknown, which is reported elsewhere.
    fn build_words(&self, words: &CellWords, levels: &Levels) -> Cell {
        let period = first(levels, |keys| keys.period.as_ref()).map(|period| period.value.as_str());
        match words {
            CellWords::Text(text) => {
                let cell = Cell::of_words(self.context.cell_text(text, &self.spec.id.value, period));
                self.check_length(cell.text(), text);
                cell
            }
            CellWords::Date(name) => self.context.book.release.date_of(&name.value).map_or(Cell::Blank, |date| {
                Cell::of_words(vec![Inline::Text { text: self.context.words.format_date(date) }])
            }),
        }
    }

    /// Reports words that are too many for a cell.
    fn check_length(&self, words: &str, text: &At<String>) {
        let length = words.chars().count();
        if length > MAX_TEXT {
            let message = format!("the text of a cell has {length} characters, at most {MAX_TEXT} are allowed");
            let finding = Diagnostic::error("table", message).at(&text.place, "");
            self.context.report(finding.help("shorten it, and write the rest in a note or in the narrative"));
        }
    }

    /// The formula of a cell: its line, or a function of it.
    fn cell_expr(&self, keys: &CellSpec) -> Expr {
        let place = &keys.line.place;
        let line = Expr { node: Node::Line { name: keys.line.value.clone(), member: None }, place: place.clone() };
        let line = match keys.negated {
            true => Expr { node: Node::Negative(Box::new(line)), place: place.clone() },
            false => line,
        };
        let Some(show) = keys.show else { return line };
        let expr = match &show.node {
            // The growth of a percentage would be read as its difference.
            Node::Call(Function::Change, arguments) if keys.is_in_points(self.context.book) => {
                let node = Node::Call(Function::Difference, arguments.clone());
                apply_to_line(&Expr { node, place: show.place.clone() }, &line)
            }
            _ => apply_to_line(show, &line),
        };
        keys.compare_with.map_or(expr.clone(), |period| compared_with(expr, &period.value, &period.place))
    }

    /// The unit that the cell, its row or its column asks for: that of balances where the line is one.
    fn wanted_unit<'k>(&self, keys: &CellSpec, levels: &Levels<'k>) -> Option<&'k At<Unit>> {
        let levels = &levels[..3];
        let of_row = first(&levels[..2], |keys| keys.unit.as_ref());
        let of_balances = first(levels, |keys| keys.balance_unit.as_ref());
        let of_balances = of_balances.filter(|_| of_row.is_none() && self.is_balance(keys));
        of_balances.or_else(|| first(levels, |keys| keys.unit.as_ref()))
    }

    /// Reports a row in one currency under a column in another: one of them would not hold.
    fn check_units(&self, levels: &Levels) -> Result<(), Diagnostic> {
        let [_, row, column, _] = levels;
        let (Some(own), Some(head)) = (&row.unit, &column.unit) else { return Ok(()) };
        let is_money = |unit: &Unit| {
            let rule = self.context.book.release.units.rule(&unit.base);
            !unit.base.contains(" per ") && rule.is_some_and(|rule| rule.kind == UnitKind::Money)
        };
        if own.value.base == head.value.base || !is_money(&own.value) || !is_money(&head.value) {
            return Ok(());
        }
        let message = format!("the row is in `{}`, the column in `{}`", own.value, head.value);
        let finding = Diagnostic::error("unit-mismatch", message).at(&own.place, "").with(&head.place, "");
        Err(finding.help("if the column has another rate for balances, give it a `balance_unit`"))
    }

    fn is_balance(&self, keys: &CellSpec) -> bool {
        let book = self.context.book;
        let period = keys.period.map_or("", |period| period.value.as_str());
        let found = book.line(&keys.line.value).and_then(|(statement, _)| book.period_in(statement, period));
        let span = found.and_then(|period| book.release.period(period)).map(|period| period.span);
        matches!(span, Some(PeriodSpan::Instant { .. }))
    }

    /// The unit of a cell; `Some(None)` is the figure's own. `None` is a cell that is blank because its row or column asks
    /// for a unit that the line does not have.
    fn cell_unit(&self, expr: &Expr, wanted: Option<&At<Unit>>) -> Option<Option<Unit>> {
        let units = &self.context.book.release.units;
        let own = self.context.book.unit_of(expr);
        match (own, wanted) {
            (Some(own), Some(wanted)) if own.base == Unit::PERCENT && wanted.value.base != Unit::PERCENT => {
                // A ratio or growth under a column of money.
                if matches!(expr.node, Node::Call(Function::Change | Function::Percent, _)) { Some(None) } else { None }
            }
            (Some(own), Some(wanted)) => units.display_unit(&own, &wanted.value).map(Some),
            (Some(own), None) => {
                let table = self.spec.keys.unit.as_ref();
                Some(table.and_then(|table| units.display_unit(&own, &table.value)))
            }
            (None, _) => Some(None),
        }
    }
}

/// The record of what a cell shows.
fn cell_use(row: &RowPlan, column: usize, keys: &CellSpec, figure: &DisplayedFigure) -> CellUse {
    CellUse {
        row: row.id.clone(),
        column,
        line: keys.line.value.clone(),
        period: keys.period.map(|period| period.value.clone()).unwrap_or_default(),
        member: keys.member.map(|member| member.value.clone()),
        unit: figure.derivation.unit.clone(),
        show: match (keys.show, keys.negated) {
            (Some(show), _) => show.to_string(),
            (None, true) => format!("-{}", Expr::SELF),
            (None, false) => String::new(),
        },
    }
}

/// The keys of one cell.
pub(super) struct CellSpec<'a> {
    pub line: &'a At<String>,
    pub period: Option<&'a At<String>>,
    member: Option<&'a At<String>>,
    show: Option<&'a Expr>,
    compare_with: Option<&'a At<String>>,
    /// Whether the line is shown with the opposite sign.
    negated: bool,
    decimals: Option<u32>,
    bare: bool,
    currency_sign: Option<bool>,
}

impl<'a> CellSpec<'a> {
    /// Whether it shows the growth of a percentage, which is its difference in points.
    fn is_in_points(&self, book: &Book) -> bool {
        let unit = book.release.unit_of(&self.line.value);
        let is_growth = self.show.is_some_and(|show| matches!(show.node, Node::Call(Function::Change, _)));
        is_growth && unit.is_some_and(|unit| unit.base == Unit::PERCENT)
    }

    /// Each key from the first level that has it; none without a line, as in a heading.
    pub fn of(levels: &Levels<'a>) -> Option<Self> {
        Some(Self {
            line: first(levels, |keys| keys.line.as_ref())?,
            period: first(levels, |keys| keys.period.as_ref()),
            member: first(levels, |keys| keys.member.as_ref()),
            show: first(levels, |keys| keys.show.as_ref()),
            compare_with: first(levels, |keys| keys.compare_with.as_ref()),
            negated: first(levels, |keys| keys.line.as_ref().map(|_| keys.negated)).unwrap_or(false),
            decimals: decimals(levels),
            bare: first(levels, |keys| keys.bare).unwrap_or(false),
            currency_sign: first(levels, |keys| keys.currency_sign),
        })
    }
}

/// The keys of a cell, those that count more first: its own, its row's, its column's and its table's.
pub(super) type Levels<'a> = [&'a CellKeys; 4];

/// A key of the first level that has it.
fn first<'a, T>(levels: &[&'a CellKeys], key: impl Fn(&'a CellKeys) -> Option<T>) -> Option<T> {
    levels.iter().find_map(|keys| key(keys))
}

/// The words of a cell, unless a level before them names a line.
fn words_of<'a>(levels: &Levels<'a>) -> Option<&'a CellWords> {
    let says = levels.iter().find(|keys| keys.line.is_some() || keys.words.is_some())?;
    says.words.as_ref()
}

/// The formula of `show` with `_` replaced by the row's line.
fn apply_to_line(show: &Expr, line: &Expr) -> Expr {
    let place = line.place.clone();
    match &show.node {
        Node::Call(function, arguments) => {
            let with_line = |argument: &Expr| match &argument.node {
                Node::Line { name, .. } if name == Expr::SELF => line.clone(),
                _ => argument.clone(),
            };
            Expr { node: Node::Call(*function, arguments.iter().map(with_line).collect()), place }
        }
        _ => show.clone(),
    }
}

/// The decimals of a cell. Those of a row are those of its amounts: a column that shows percentages of them keeps its own.
fn decimals(levels: &Levels) -> Option<u32> {
    let [own, row, column, table] = levels;
    let is_percentage = |show: &Expr| matches!(show.node, Node::Call(Function::Change | Function::Percent, _));
    let is_other = row.show.is_none() && column.show.as_ref().is_some_and(is_percentage);
    let of_own = own.decimals.filter(|_| !std::ptr::eq(*own, *row));
    of_own.or(row.decimals.filter(|_| !is_other)).or(column.decimals).or(table.decimals)
}
