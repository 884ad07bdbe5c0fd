//! Figures that add up over time: the amounts of the quarters make that of the year.

use super::Book;
use crate::model::{Expr, Line, LineKind, Node, Operator, Statement, UnitKind, has_word_of_its_own};

impl Book<'_> {
    /// Whether a line or measure adds up over time. Money does, unless it is an amount per something, an average (the
    /// label has one of the words `averages`), or a balance (it is tied to a balance). A line may declare it by `flow`.
    pub fn adds_over_time(&self, name: &str, averages: &[String]) -> bool {
        match self.line(name) {
            Some((statement, line)) => self.line_adds_over_time(statement, line, averages),
            None => self.release.measure(name).is_some_and(|measure| {
                let label = measure.label.as_ref().map_or(&measure.id.value, |label| &label.value);
                !contains_word(label, averages) && self.is_sum_of_flows(&measure.formula, averages)
            }),
        }
    }

    fn line_adds_over_time(&self, statement: &Statement, line: &Line, averages: &[String]) -> bool {
        if line.kind == LineKind::Heading {
            return false;
        }
        if let Some(flow) = &line.flow {
            return flow.value;
        }
        let unit = statement.unit_of(line);
        let is_money = self.release.units.rule(&unit.base).is_some_and(|rule| rule.kind == UnitKind::Money);
        is_money
            && !unit.base.contains(" per ")
            && !contains_word(&line.label.value, averages)
            && !self.balances.contains(&statement.full_name(&line.id.value))
    }

    /// Whether a formula only adds and deducts lines that add up over time, each in the period of the formula.
    fn is_sum_of_flows(&self, expr: &Expr, averages: &[String]) -> bool {
        match &expr.node {
            // Measures of measures are not followed: a cycle among them is reported elsewhere.
            Node::Line { name, .. } => self.line(name).is_some() && self.adds_over_time(name, averages),
            Node::Negative(inner) => self.is_sum_of_flows(inner, averages),
            Node::Binary(Operator::Add | Operator::Subtract, left, right) => {
                self.is_sum_of_flows(left, averages) && self.is_sum_of_flows(right, averages)
            }
            _ => false,
        }
    }
}

/// Whether a label contains one of some words.
fn contains_word(label: &str, words: &[String]) -> bool {
    has_word_of_its_own(&label.to_lowercase(), words)
}
