//! Reports that a formula uses an amount which a statement does not have.

use super::{Absent, Book, BoundFormula, bind::BindingContext};
use crate::{
    diag::{Diagnostic, Place},
    model::{Expr, Line, LineKind, Node, Statement},
};

impl<'r> Book<'r> {
    /// Whether an expression is a line, of either sign, that has no entry in a period: it cannot be bound there, and a finding of why
    /// is not worth making for those who only ask.
    pub fn lacks_line(&self, expr: &Expr, period: &str) -> bool {
        match &expr.node {
            Node::Line { name, member } => {
                self.known_line(name).is_some_and(|known| self.entry_of(known, period, member.as_deref()).is_none())
            }
            Node::Negative(inner) => self.lacks_line(inner, period),
            Node::In(inner, period) => self.lacks_line(inner, period),
            Node::Number(_) | Node::Binary(..) | Node::Call(..) => false,
        }
    }

    /// Reports a missing fact, unless its cause was already reported.
    pub(super) fn missing_fact(
        &self,
        name: &str,
        (statement, line): (&'r Statement, &'r Line),
        context: BindingContext,
        place: &Place,
    ) -> Result<BoundFormula<'r>, Diagnostic> {
        let undeclared = |id: &str| self.release.period(id).is_none();
        if context.period.is_empty() {
            let finding = Diagnostic::error("missing-value", format!("`{name}` is used without a period"));
            return Err(finding.at(place, "").help(format!("write `{name}@…`, or give the release a `period`")));
        }
        // The line that this one refers to may have fewer periods.
        if line.reference.is_some() && self.release.target(name).is_some() {
            return Ok(Err(Absent::Blank));
        }
        let is_reported = line.reference.is_some() || line.kind == LineKind::Heading || undeclared(context.period);
        if is_reported || statement.periods.iter().any(|period| undeclared(&period.value)) {
            return Ok(Err(Absent::Reported));
        }
        Err(self.missing_fact_error(name, statement, context, place))
    }

    fn missing_fact_error(
        &self,
        name: &str,
        statement: &'r Statement,
        context: BindingContext,
        place: &Place,
    ) -> Diagnostic {
        if !statement.members.is_empty() && context.member.is_none() {
            let members: Vec<_> = statement.members.iter().map(|member| member.value.as_str()).collect();
            let message = format!("`{name}` has members, but none is named");
            let finding =
                Diagnostic::error("missing-value", message).at(place, format!("write `{name}[{}]`", members[0]));
            return finding.note(format!("the members are {}", members.join(", ")));
        }
        let knows = self.period_in(statement, context.period).is_some();
        let whose = if knows { name } else { &statement.id.value };
        let message = format!("`{whose}` has no value in `{}`", context.period);
        let periods: Vec<_> = statement.periods.iter().map(|period| period.value.as_str()).collect();
        let finding = Diagnostic::error("missing-value", message).at(place, "");
        let finding = finding.note(format!("the periods of `{}` are {}", statement.id.value, periods.join(", ")));
        match self.same_days(statement, context.period) {
            Some((same, prior)) => finding.help(format!(
                "`{same}` has the same days: show its change with `compare_with = \"{prior}\"` instead of a second period"
            )),
            None => finding,
        }
    }

    /// The period of a statement that has the same days as `period`, where that is declared for its other prior period.
    fn same_days(&self, statement: &'r Statement, period: &str) -> Option<(&'r str, &'r str)> {
        let own = self.release.period(period)?;
        let prior = own.prior.as_ref()?;
        let periods = statement.periods.iter().filter_map(|period| self.release.period(&period.value));
        let same = periods.into_iter().find(|other| other.span == own.span && other.id.value != own.id.value)?;
        Some((&same.id.value, &prior.value))
    }
}
