//! Counts the months between two amounts of growth a year, and the days of a period.

use std::{collections::BTreeSet, sync::Arc};

use super::{Absent, Book, BoundFormula, Formula};
use crate::{
    diag::{Diagnostic, Place},
    model::{Decimal, Expr, Function, Node, Period},
};

/// How many days periods of one length may differ by: a week in a leap year.
const SAME_LENGTH: i64 = 8;
/// The fewest months that growth a year is calculated over.
const A_YEAR: u32 = 12;

impl<'r> Book<'r> {
    /// The number of days of a period, both ends included.
    pub(super) fn days(&self, period: &str, place: &Place) -> Result<BoundFormula<'r>, Diagnostic> {
        if period.is_empty() {
            let finding = Diagnostic::error("missing-value", "`days` is used without a period").at(place, "");
            return Err(finding.help("write `days(…)`, or give the release a `period`"));
        }
        let Some(known) = self.release.period(period) else { return Ok(Err(Absent::Reported)) };
        let days = known.span.days().ok_or_else(|| {
            let message = format!("`{period}` is a day, expected a period with `from` and `to`");
            Diagnostic::error("formula", message).at(place, "")
        })?;
        Ok(Ok((Arc::new(Formula::Constant(Decimal::from(days))), None)))
    }

    /// The months from the older to the newer amount of growth a year, at least twelve. It is an error if an amount is not
    /// of one period, or if the periods are not of one length or not whole months apart.
    pub(super) fn months_of_growth(
        &self,
        arguments: &[Expr],
        period: &str,
        place: &Place,
    ) -> Result<Result<u32, Absent>, Diagnostic> {
        let [newer, older] = match arguments {
            [newer, older] => [newer.clone(), older.clone()],
            [newer] => [newer.clone(), newer.prior()],
            _ => return Ok(Err(Absent::Reported)),
        };
        let (newer, older) = (self.only_period(&newer, period, place)?, self.only_period(&older, period, place)?);
        let (Some(newer), Some(older)) = (newer, older) else { return Ok(Err(Absent::Reported)) };
        months_between(older, newer).map(Ok).map_err(|message| Diagnostic::error("formula", message).at(place, ""))
    }

    /// The period of all amounts of a formula; `None` if it is unknown, which is reported elsewhere.
    fn only_period(&self, expr: &Expr, period: &str, place: &Place) -> Result<Option<&'r Period>, Diagnostic> {
        let mut found = BTreeSet::new();
        self.collect_periods(expr, period, &mut found)?;
        let mut found = found.into_iter();
        let wrong = |is: &str| {
            let message = format!("growth a year needs two amounts of one period each, `{expr}` is of {is}");
            Err(Diagnostic::error("formula", message).at(place, ""))
        };
        match (found.next(), found.next()) {
            (Some(only), None) => Ok(self.release.period(&only)),
            (Some(_), Some(_)) => wrong("several"),
            (None, _) => wrong("none"),
        }
    }

    fn collect_periods(&self, expr: &Expr, period: &str, found: &mut BTreeSet<String>) -> Result<(), Diagnostic> {
        match &expr.node {
            Node::Number(_) => Ok(()),
            Node::Line { .. } => {
                found.insert(period.to_owned());
                Ok(())
            }
            Node::Negative(inner) => self.collect_periods(inner, period, found),
            Node::In(inner, period) => self.collect_periods(inner, period, found),
            Node::Binary(_, left, right) => {
                self.collect_periods(left, period, found)?;
                self.collect_periods(right, period, found)
            }
            Node::Call(Function::Prior, arguments) => {
                let prior = self.prior_period(period, &expr.place)?;
                arguments.iter().try_for_each(|argument| self.collect_periods(argument, prior, found))
            }
            Node::Call(Function::Opening, arguments) => {
                let opening = self.opening_period(period, &expr.place)?;
                arguments.iter().try_for_each(|argument| self.collect_periods(argument, opening, found))
            }
            Node::Call(_, arguments) => {
                arguments.iter().try_for_each(|argument| self.collect_periods(argument, period, found))
            }
        }
    }
}

/// The months from one period to another; a message if growth a year cannot be told from them.
fn months_between(older: &Period, newer: &Period) -> Result<u32, String> {
    let (old, new) = (&older.id.value, &newer.id.value);
    if newer.span.end() <= older.span.end() {
        return Err(format!("growth a year needs a newer and an older period, `{new}` does not end after `{old}`"));
    }
    if let (Some(own), Some(other)) = (newer.span.days(), older.span.days())
        && (own - other).abs() > SAME_LENGTH
    {
        return Err(format!("growth a year needs periods of one length, `{new}` has {own} days and `{old}` {other}"));
    }
    match older.span.end().whole_months_until(newer.span.end()) {
        Some(months) if months >= A_YEAR => Ok(months),
        Some(_) => Err(format!("`{new}` ends less than a year after `{old}`, which is too short for growth a year")),
        None => Err(format!("`{new}` does not end whole months after `{old}`, as growth a year needs")),
    }
}
