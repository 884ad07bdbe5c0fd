//! Balances within statements over periods, such as cash at the end of the period.

use std::collections::BTreeSet;

use super::{Expr, Function, Node, PeriodSpan, Release, Statement};

/// The lines of statements over periods that are balances all the same, such as cash at the end of the period: those tied to
/// an opening balance, or to a line whose statement has only instants.
pub fn tied_balances(release: &Release) -> BTreeSet<String> {
    let mut balances = BTreeSet::new();
    for tie in &release.ties {
        let others = |figure: &Expr| tie.same.iter().any(|other| other != figure && is_balance(release, other));
        for figure in tie.same.iter().filter(|figure| others(figure)) {
            balances.extend(
                line_name(figure)
                    .and_then(|name| release.target(name))
                    .map(|(statement, line)| statement.full_name(&line.id.value)),
            );
        }
    }
    balances
}

/// The line that a figure is, whatever its sign and period.
fn line_name(figure: &Expr) -> Option<&str> {
    match &figure.node {
        Node::Line { name, .. } => Some(name),
        Node::Negative(inner) | Node::In(inner, _) => line_name(inner),
        _ => None,
    }
}

fn is_balance(release: &Release, figure: &Expr) -> bool {
    let mut found = false;
    figure.walk(&mut |part| {
        found |= match &part.node {
            Node::Call(Function::Opening, _) => true,
            Node::Line { name, .. } => {
                release.target(name).is_some_and(|(statement, _)| has_only_instants(release, statement))
            }
            _ => false,
        };
    });
    found
}

fn has_only_instants(release: &Release, statement: &Statement) -> bool {
    let is_instant =
        |id: &str| release.period(id).is_some_and(|period| matches!(period.span, PeriodSpan::Instant { .. }));
    !statement.periods.is_empty() && statement.periods.iter().all(|period| is_instant(&period.value))
}
