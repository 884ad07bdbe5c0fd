//! Tells figures of a period from figures of a day, as far as that is certain.

use super::{Builder, RULE, concept::TaggedConcept, fact::ContextPeriod};
use crate::{
    diag::Diagnostic,
    model::{Concept, ConceptKind, Expr, Function, Line, Node, Period, PeriodSpan, Statement, parse_formula},
};

/// How many measures are followed below one another.
const MAX_MEASURES: usize = 8;

/// What a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Timing {
    /// Of a period: it adds up over time, or is a ratio of figures that do.
    Flow,
    /// Of a day.
    Balance,
}

impl Builder<'_, '_> {
    /// The days of a figure's context. Errors: its concept is of a day and the figure of a period, or the other way round.
    pub(super) fn days_of(
        &self,
        concept: &TaggedConcept,
        known: Concept,
        name: &str,
        period: &Period,
    ) -> Result<ContextPeriod, Diagnostic> {
        let figure = self.without_period(name);
        let of_period = || format!("`{}` is of a period, and `{figure}` of a day", concept.name);
        let finding = |message: String| Diagnostic::error(RULE, message).at(concept.place, "");
        // A dividend per share may be entered on its record date.
        // Where not everything could be read, a tie that makes a line a balance may be missing.
        let is_timed = known.kind != ConceptKind::PerShare && self.is_sound;
        let timing = self.timing_of(name, &period.id.value, concept).filter(|_| is_timed);
        match (period.span, known.is_instant) {
            (span, true) if timing == Some(Timing::Flow) && matches!(span, PeriodSpan::Duration { .. }) => {
                let finding = finding(format!("`{}` is of a day, and `{figure}` of a period", concept.name));
                Err(finding.help("if the figure is a balance, say so on its line: `flow = false`"))
            }
            (span, true) => Ok(ContextPeriod::Instant(span.end())),
            (PeriodSpan::Duration { .. }, false) if timing == Some(Timing::Balance) => Err(finding(of_period())),
            (PeriodSpan::Duration { from, to }, false) => Ok(ContextPeriod::Duration { from, to }),
            (PeriodSpan::Instant { .. }, false) => Err(finding(of_period())),
        }
    }

    fn timing_of(&self, name: &str, period: &str, concept: &TaggedConcept) -> Option<Timing> {
        self.timing(&parse_formula(name, concept.place).ok()?, period, MAX_MEASURES)
    }

    /// None where a formula has both kinds, or lines that may be either.
    fn timing(&self, expr: &Expr, period: &str, depth: usize) -> Option<Timing> {
        match &expr.node {
            Node::Number(_) => None,
            Node::Negative(inner) => self.timing(inner, period, depth),
            Node::In(inner, period) => self.timing(inner, period, depth),
            Node::Line { name, .. } => match (self.book.line(name), self.book.release.measure(name)) {
                (Some((statement, line)), _) => self.line_timing(statement, line, period),
                (None, Some(measure)) if depth > 0 => self.timing(&measure.formula, period, depth - 1),
                _ => None,
            },
            Node::Binary(_, left, right) => self.joint_timing([&**left, &**right], period, depth),
            Node::Call(Function::Percent, arguments) => self.joint_timing(arguments, period, depth),
            Node::Call(..) => None,
        }
    }

    /// What all of some formulas are of; numbers have no say.
    fn joint_timing<'e>(
        &self,
        parts: impl IntoIterator<Item = &'e Expr>,
        period: &str,
        depth: usize,
    ) -> Option<Timing> {
        let parts = parts.into_iter().filter(|part| !matches!(part.node, Node::Number(_)));
        let mut timings = parts.map(|part| self.timing(part, period, depth));
        let first = timings.next()??;
        timings.all(|timing| timing == Some(first)).then_some(first)
    }

    fn line_timing(&self, statement: &Statement, line: &Line, period: &str) -> Option<Timing> {
        let entered = self.book.period_in(statement, period).and_then(|id| self.book.release.period(id))?;
        if matches!(entered.span, PeriodSpan::Instant { .. }) {
            return Some(Timing::Balance);
        }
        let name = statement.full_name(&line.id.value);
        self.book.adds_over_time(&name, &self.words.prose.average).then_some(Timing::Flow)
    }
}
