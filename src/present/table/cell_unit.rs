//! Chooses the unit of a cell.

use super::{
    builder::TableBuilder,
    cell_keys::{CellSpec, Levels, first},
};
use crate::{
    diag::Diagnostic,
    model::{At, Expr, Node, PeriodSpan, Unit, UnitKind},
};

impl TableBuilder<'_, '_, '_> {
    /// The unit that the cell, its row or its column asks for: that of balances where the line is one.
    pub(super) fn wanted_unit<'k>(&self, keys: &CellSpec, levels: &Levels<'k>) -> Option<&'k At<Unit>> {
        let levels = &levels[..3];
        let of_row = first(&levels[..2], |keys| keys.unit.as_ref());
        let of_balances = first(levels, |keys| keys.balance_unit.as_ref());
        let of_balances = of_balances.filter(|_| of_row.is_none() && self.is_balance(keys));
        of_balances.or_else(|| first(levels, |keys| keys.unit.as_ref()))
    }

    /// Reports a row in one currency under a column in another: one of them would not hold.
    pub(super) fn check_units(&self, levels: &Levels) -> Result<(), Diagnostic> {
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
    pub(super) fn cell_unit(&self, expr: &Expr, wanted: Option<&At<Unit>>) -> Option<Option<Unit>> {
        let units = &self.context.book.release.units;
        let own = self.context.book.unit_of(expr);
        match (own, wanted) {
            (Some(own), Some(wanted)) if own.base == Unit::PERCENT && wanted.value.base != Unit::PERCENT => {
                // A ratio or growth under a column of money.
                if matches!(expr.node, Node::Call(function, _) if function.gives_percent()) { Some(None) } else { None }
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
