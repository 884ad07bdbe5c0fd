//! Stated figures: a derived figure that was entered must be one that its inputs can give, and only where they do not
//! settle it.

use super::{Checked, Ledger, relation::plain};
use crate::{
    diag::Diagnostic,
    figures::Value,
    model::{Decimal, Expr, Kind, Node, Scale, Stated, Unit},
};

/// Looks at every stated figure.
pub fn check(checked: &Checked, ledger: &mut Ledger) {
    for stated in &checked.book.release.stated {
        if let Some(finding) = verdict(checked, stated) {
            ledger.push(finding);
        }
    }
}

fn verdict(checked: &Checked, stated: &Stated) -> Option<Diagnostic> {
    let book = checked.book;
    let (expr, period) = unwrapped(&stated.figure)?;
    // A stated measure is judged by its formula: by its name it would only meet itself.
    let measure = match &expr.node {
        Node::Line { name, .. } => book.release.measure(name),
        _ => None,
    };
    let formula = measure.map_or(expr, |measure| measure.formula_in.get(period).unwrap_or(&measure.formula));
    let reach = book.reach(formula, period, None);
    let computed = book.value(formula, period, None);
    if let Some(unknown) = &stated.unknown {
        let known = matches!(computed, Ok(Value::Amount(_)));
        return known.then(|| {
            let finding = Diagnostic::error("stated", format!("`{}` can be derived", stated.figure));
            finding.at(&unknown.place, "the release has what is said to be unknown").help("leave the stated figure out")
        });
    }
    let Some(reach) = reach else {
        return computed.err().map(|finding| {
            finding
                .with(&stated.shows.place, "stated here")
                .help("if an input is not in the release, name it: `unknown = \"…\"`")
        });
    };
    let unit = stated.unit.as_ref().map(|unit| unit.value.clone()).or_else(|| book.unit_of(expr))?;
    let (low, high) = (shown(checked, &unit, reach.low.at)?, shown(checked, &unit, reach.high.at)?);
    let shows = stated.shows.value;
    if shows < low || shows > high {
        let (low, high) = (plain(low), plain(high));
        let label =
            if low == high { format!("its inputs give {low}") } else { format!("its inputs give {low} to {high}") };
        return Some(
            Diagnostic::error("stated", format!("`{}` cannot be {}", stated.figure, plain(shows)))
                .at(&stated.shows.place, label),
        );
    }
    (low == high).then(|| {
        let finding = Diagnostic::error("stated", format!("`{}` is stated, but its inputs settle it", stated.figure));
        finding.at(&stated.shows.place, format!("they give {}", plain(low))).help("leave the stated figure out")
    })
}

fn unwrapped(figure: &Expr) -> Option<(&Expr, &str)> {
    match &figure.node {
        Node::In(inner, period) => Some((inner, period)),
        _ => None,
    }
}

/// A value in base units as it would be shown.
fn shown(checked: &Checked, unit: &Unit, exact: Decimal) -> Option<Decimal> {
    let units = &checked.book.release.units;
    let rule = units.rule(&unit.base);
    let decimals = if unit.scale == Scale::One { rule.map_or(0, |rule| rule.decimals) } else { 0 };
    let mode = units.mode(rule.map_or(Kind::Number, |rule| rule.kind));
    Some(mode.round(exact.checked_div(unit.scale.factor())?, decimals))
}
