//! The subject of a figure in text: its formula and its period.

use std::sync::Arc;

use super::{CheckInput, showing::page_period};
use crate::{
    model::{Decimal, Expr, Node, Period},
    present::FigureUse,
};

/// What a call in text names, with the period of its page.
pub struct Subject<'a> {
    pub expr: Arc<Expr>,
    /// The id of the period in which `expr` is read; empty if there is none.
    pub period: &'a str,
}

impl<'a> Subject<'a> {
    /// The subject of a figure in text; none for one in a table.
    pub fn of(input: &CheckInput<'a, '_>, used: &FigureUse) -> Option<Self> {
        let expr = Arc::clone(used.subject.as_ref()?);
        Some(Self { expr, period: page_period(input.book.release, used) })
    }

    /// Its value; none if it has none or cannot be calculated.
    pub fn value(&self, input: &CheckInput) -> Option<Decimal> {
        input.book.value(&self.expr, self.period, None).ok()?.ok()
    }

    /// Its value in the prior period.
    pub fn prior_value(&self, input: &CheckInput) -> Option<Decimal> {
        let (expr, period) = match &self.expr.node {
            Node::In(inner, period) => (&**inner, period.as_str()),
            _ => (&*self.expr, self.period),
        };
        input.book.value(&expr.prior(), period, None).ok()?.ok()
    }

    /// The period that the figure is of.
    pub fn own_period<'c>(&self, input: &CheckInput<'c, '_>) -> Option<&'c Period> {
        let id = match &self.expr.node {
            Node::In(_, id) => id,
            _ => self.period,
        };
        let period = input.book.release.period(id)?;
        // A balance is of the day on which the period ends.
        let line = self.line().and_then(|name| input.book.line(name));
        let known = line.and_then(|(statement, _)| input.book.period_in(statement, id));
        known.and_then(|id| input.book.release.period(id)).or(Some(period))
    }

    /// The period that a change compares with: that of `compare_with`, or the prior one.
    pub fn base_period<'c>(&self, input: &CheckInput<'c, '_>, used: &FigureUse) -> Option<&'c Period> {
        let chosen = used.call.as_ref().and_then(|call| call.options.get("compare_with"));
        let own = self.own_period(input)?;
        let id = chosen.map(String::as_str).or(own.prior.as_ref().map(|prior| prior.value.as_str()))?;
        input.book.release.period(id)
    }

    /// The label of the only line or measure in the formula.
    pub fn label<'c>(&self, input: &CheckInput<'c, '_>) -> Option<&'c str> {
        let id = self.line()?;
        if let Some((_, line)) = input.book.line(id) {
            return Some(&line.label.value);
        }
        let measure = input.book.release.measure(id)?;
        Some(measure.label.as_ref().map_or(&measure.id.value, |label| &label.value))
    }

    /// The only line or measure in the formula.
    pub fn line(&self) -> Option<&str> {
        let mut names = Vec::new();
        self.expr.walk(&mut |part| {
            if let Node::Line { name, .. } = &part.node {
                names.push(name.as_str());
            }
        });
        names.dedup();
        match names.as_slice() {
            [name] => Some(name),
            _ => None,
        }
    }
}
