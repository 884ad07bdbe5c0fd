//! Builds a cell of a table from its keys.

use std::{borrow::Cow, sync::Arc};

use super::{
    builder::TableBuilder,
    cell_keys::{CellSpec, Levels, first, words_of},
    plan::RowPlan,
};
use crate::{
    diag::Diagnostic,
    figures::{Absent, DisplayedFigure, FigureRequest},
    model::{At, CellWords, ColumnSpec, Expr, Function, LineKind, NilMark, Node, Range, Unit, UnitKind, UnitRule},
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
        if keys.is_rate_of_percentage(self.context.book) {
            return Ok(Cell::Blank);
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
                let is_growth = matches!(&expr.node, Node::Call(function, _) if function.is_growth());
                let pattern = self.number_pattern(row, position[0], &keys, &figure.derivation.rule);
                let cell = pattern.map(|pattern| self.number_cell(&figure, pattern, self.nil(&keys, &figure)));
                self.record_figure(row, position, &keys, figure, !is_growth);
                cell?
            }
            Err(Absent::Blank | Absent::Reported) => Cell::Blank,
            Err(absent) => {
                let unit = unit.clone().or_else(|| self.context.book.unit_of(&expr).map(Cow::into_owned));
                // That a figure is still to come says nothing about it.
                let named =
                    (absent != Absent::Pending).then(|| self.context.book.name(&expr, &period.value, request.member));
                Cell::Mark {
                    text: self.context.absent_mark_in_table(absent, unit.as_ref()).to_owned(),
                    figure: named.unwrap_or_default(),
                    unit: unit.map(|unit| unit.to_string()).unwrap_or_default(),
                    marks: Vec::new(),
                }
            }
        })
    }

    /// Records what a cell shows; with `may_be_summed`, also as a total or part of the table's sums.
    fn record_figure(
        &self,
        row: &RowPlan,
        position: [usize; 2],
        keys: &CellSpec,
        figure: DisplayedFigure,
        may_be_summed: bool,
    ) {
        let cell = cell_use(row, position, keys);
        let number = self.context.record_cell(figure, &self.id, &row.place, cell);
        if may_be_summed {
            self.printed_cells.borrow_mut().push((position, number));
        }
    }

    /// What a cell prints for zero: by its own keys or those of its line. The line's mark is for its amounts, not for their
    /// growth.
    fn nil<'k>(&'k self, keys: &CellSpec<'k>, figure: &DisplayedFigure) -> Option<&'k NilMark> {
        let of_line = || {
            let (statement, line) = self.context.book.line(&keys.line.value)?;
            let is_other =
                figure.derivation.unit.base == Unit::PERCENT && statement.unit_of(line).base != Unit::PERCENT;
            line.nil.as_ref().filter(|_| !is_other)
        };
        keys.nil.or_else(of_line)
    }

    fn number_cell(&self, figure: &DisplayedFigure, pattern: &str, nil: Option<&NilMark>) -> Cell {
        let words = self.context.words;
        let number = Box::new(exact_number(figure, pattern, nil, words, &self.formats));
        Cell::Number {
            figure: figure_with_text(figure, format_in_table(figure, &number, words)),
            unit: figure.derivation.unit.text(),
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
                    let unit = unit.cloned().or_else(|| self.context.book.unit_of(end).map(Cow::into_owned));
                    let text = self.context.absent_mark_in_table(absent, unit.as_ref()).to_owned();
                    return Ok(Cell::of_words(vec![Inline::Text { text }]));
                }
            }
        }
        for figure in &ends {
            self.record_figure(row, position, keys, figure.clone(), false);
        }
        let words = self.context.words;
        let nil = self.nil(keys, &ends[0]);
        let text = range_in_table([&ends[0], &ends[1]], keys.bare, nil, words, &self.formats, &row.place);
        text.map(Cell::of_words)
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
            CellWords::Date(name) => {
                let release = self.context.book.release;
                let pending = || self.context.words.number.pending_mark().to_owned();
                let text = match release.date_of(&name.value) {
                    Some(date) => self.context.words.format_date_as(self.date_pattern(levels), date),
                    None if release.has_date(&name.value) => pending(),
                    None => return Cell::Blank,
                };
                Cell::of_words(vec![Inline::Text { text }])
            }
        }
    }

    /// The pattern of a cell's date. A style that the language does not have is reported.
    fn date_pattern(&self, levels: &Levels) -> &str {
        let words = self.context.words;
        let Some(style) = first(levels, |keys| keys.date_style.as_ref()) else { return &words.date };
        words.date_pattern(&style.value).unwrap_or_else(|| {
            let message = format!("there is no style of dates `{}`", style.value);
            let finding = Diagnostic::error("unknown-key", message).at(&style.place, "");
            self.context.report(finding.note(format!("the styles are {}", words.date_style_names().join(", "))));
            &words.date
        })
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
        match keys.compare_with {
            Some(period) => compared_with(expr, &period.value, &period.place),
            None => expr,
        }
    }
}

/// The record of what a cell shows.
fn cell_use(row: &RowPlan, position: [usize; 2], keys: &CellSpec) -> CellUse {
    CellUse {
        row: Arc::clone(&row.id),
        row_number: position[0],
        column: position[1],
        line: keys.line.value.clone(),
        period: keys.period.map(|period| period.value.clone()).unwrap_or_default(),
        member: keys.member.map(|member| member.value.clone()),
        show: match (keys.show, keys.negated) {
            (Some(show), _) => show.to_string(),
            (None, true) => CellUse::NEGATED.to_owned(),
            (None, false) => String::new(),
        },
    }
}

/// The formula of `show` with `_` replaced by the row's line.
fn apply_to_line(show: &Expr, line: &Expr) -> Expr {
    let of = |inner: &Expr| apply_to_line(inner, line);
    let node = match &show.node {
        Node::Line { name, .. } if name == Expr::SELF => return line.clone(),
        Node::Number(_) | Node::Line { .. } => return show.clone(),
        Node::Call(function, arguments) => Node::Call(*function, arguments.iter().map(of).collect()),
        Node::Negative(inner) => Node::Negative(Box::new(of(inner))),
        Node::In(inner, period) => Node::In(Box::new(of(inner)), period.clone()),
        Node::Binary(operator, left, right) => Node::Binary(*operator, Box::new(of(left)), Box::new(of(right))),
    };
    Expr { node, place: line.place.clone() }
}
