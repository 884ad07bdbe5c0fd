//! The canonical names of figures.

use super::{Book, book::KnownLine};
use crate::model::{Expr, Node, write_line};

impl<'r> Book<'r> {
    /// The canonical name of a figure: with `ref`s resolved, and with its period. A line that is known at instants is
    /// named at its instant.
    pub fn name(&self, expr: &Expr, period: &str, member: Option<&str>) -> String {
        if let Node::In(inner, period) = &expr.node {
            return self.name(inner, period, member);
        }
        // Most figures are lines as they are.
        if let Node::Line { name, member: None } = &expr.node
            && let Some(known) = self.known_line(name)
        {
            return self.name_of_line(known, period, member);
        }
        let at = self.instant_of(expr, period).unwrap_or(period);
        let mut name = self.canonical_text(expr, member);
        if !at.is_empty() && !is_dated(expr) {
            name.extend(["@", at]);
        }
        name
    }

    fn name_of_line(&self, known: &KnownLine<'r>, period: &str, member: Option<&str>) -> String {
        let at = self.period_in(known.statement, period).unwrap_or(period);
        let mut name = String::with_capacity(known.name.len() + at.len() + 1);
        name.push_str(&known.name);
        if let Some(member) = member.filter(|_| !known.statement.members.is_empty()) {
            name.extend(["[", member, "]"]);
        }
        if !at.is_empty() {
            name.extend(["@", at]);
        }
        name
    }

    fn instant_of(&self, expr: &Expr, period: &str) -> Option<&'r str> {
        let mut at = None;
        let mut other = false;
        expr.walk(&mut |part| {
            if let Node::Line { name, .. } = &part.node {
                match self.line(name).and_then(|(statement, _)| self.period_in(statement, period)) {
                    Some(found) if found != period && at.is_none_or(|at| at == found) => at = Some(found),
                    _ => other = true,
                }
            }
        });
        at.filter(|_| !other)
    }

    /// The canonical text of a formula, in which each line has the name of its own statement.
    fn canonical_text(&self, expr: &Expr, asked: Option<&str>) -> String {
        expr.text_with(&|text, name, member| match self.known_line(name) {
            Some(known) => {
                let asked = asked.filter(|_| !known.statement.members.is_empty());
                write_line(text, &known.name, member.or(asked));
            }
            None => write_line(text, name, member),
        })
    }
}

/// Whether every line in a formula has its own period.
fn is_dated(expr: &Expr) -> bool {
    match &expr.node {
        Node::Number(_) | Node::In(..) => true,
        Node::Line { .. } => false,
        Node::Negative(inner) => is_dated(inner),
        Node::Binary(_, left, right) => is_dated(left) && is_dated(right),
        // Growth and opening balances depend on the period even if their lines name one.
        Node::Call(..) => false,
    }
}
