//! Builds a cell of a table from its keys.

use super::{builder::TableBuilder, plan::RowPlan, sums::PrintedCell};
use crate::{
    diag::Diagnostic,
    figures::{Absent, DisplayedFigure, FigureRequest},
    model::{At, CellKeys, ColumnSpec, Expr, Function, Node, Unit},
    present::{
        document::Cell,
        number::{exact_number, format_in_table, is_negative},
        phrases::figure_with_text,
        usage::CellUse,
    },
};

impl TableBuilder<'_, '_, '_> {
    /// The cell at a position (row, column). An error says why its figure cannot be shown.
    pub(super) fn build_cell(
        &self,
        row: &RowPlan,
        position: [usize; 2],
        column: &ColumnSpec,
    ) -> Result<Cell, Diagnostic> {
        let Some(keys) = CellSpec::of(&row.keys, &column.keys, &self.spec.keys) else { return Ok(Cell::Blank) };
        let line =
            Expr { node: Node::Line { name: keys.line.value.clone(), member: None }, place: keys.line.place.clone() };
        let expr = keys.show.map_or(line.clone(), |show| apply_to_line(show, &line));
        let Some(period) = keys.period else {
            let message = format!("a cell of `{}` has no period", self.spec.id.value);
            return Err(Diagnostic::error("missing-key", message).at(&row.place, "no `period` in row, column or table"));
        };
        let Some(unit) = self.cell_unit(&expr, row.keys.unit.as_ref().or(column.keys.unit.as_ref())) else {
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
                let cell = cell_use(row, position[1], &keys, &figure);
                if !matches!(&expr.node, Node::Call(Function::Change, _)) {
                    self.printed_cells.borrow_mut().push(PrintedCell::new(
                        self.context.book,
                        row,
                        position,
                        &cell,
                        &figure,
                    ));
                }
                self.context.record_cell(figure.derivation.clone(), &self.spec.id.value, &row.place, cell);
                let words = self.context.words;
                let number = Box::new(exact_number(&figure, keys.bare, words));
                let (unit, negative) = (figure.derivation.unit.to_string(), is_negative(&figure));
                Cell::Number {
                    figure: figure_with_text(&figure, format_in_table(&figure, keys.bare, words)),
                    unit,
                    negative,
                    number,
                }
            }
            Err(Absent::Blank | Absent::Reported) => Cell::Blank,
            Err(absent) => Cell::Mark { text: self.context.absent_mark(absent).to_owned() },
        })
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
        show: keys.show.map(ToString::to_string).unwrap_or_default(),
    }
}

/// The keys of one cell.
pub(super) struct CellSpec<'a> {
    pub line: &'a At<String>,
    pub period: Option<&'a At<String>>,
    member: Option<&'a At<String>>,
    show: Option<&'a Expr>,
    decimals: Option<u32>,
    bare: bool,
}

impl<'a> CellSpec<'a> {
    /// The keys of the row, else of the column, else of the table. None without a line, as in a heading.
    pub fn of(row: &'a CellKeys, column: &'a CellKeys, table: &'a CellKeys) -> Option<Self> {
        Some(Self {
            line: row.line.as_ref().or(column.line.as_ref()).or(table.line.as_ref())?,
            period: row.period.as_ref().or(column.period.as_ref()).or(table.period.as_ref()),
            member: row.member.as_ref().or(column.member.as_ref()).or(table.member.as_ref()),
            show: row.show.as_ref().or(column.show.as_ref()).or(table.show.as_ref()),
            decimals: row.decimals.or(column.decimals).or(table.decimals),
            bare: row.bare.or(column.bare).or(table.bare).unwrap_or(false),
        })
    }
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
