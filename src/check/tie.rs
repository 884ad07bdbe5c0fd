//! Tie-out: an amount that stands in several statements is the same in all of them, in every period where all are known.
//!
//! Authority: amounts in the statements agree with one another and with the schedules (ISA 330.20).

use std::collections::BTreeSet;

use super::{
    Checked, Ledger,
    relation::{Relation, Term},
};
use crate::{
    diag::{Diagnostic, Place},
    figures::Value,
    model::{Expr, Node, Scale, Tie, Unit},
};

/// Looks at every tie in every period.
pub fn check(checked: &Checked, ledger: &mut Ledger) {
    for tie in &checked.book.release.ties {
        let mut seen = BTreeSet::new();
        for period in &checked.book.release.periods {
            bind(checked, tie, &period.id.value, &mut seen, ledger);
        }
        if seen.is_empty() && checked.sound {
            let message = "the figures of this tie are never known in the same period";
            ledger.push(Diagnostic::error("tie", message).at(&tie.place, ""));
        }
    }
}

fn bind(checked: &Checked, tie: &Tie, period: &str, seen: &mut BTreeSet<Vec<String>>, ledger: &mut Ledger) {
    let book = checked.book;
    let mut terms = Vec::new();
    for figure in &tie.same {
        match book.value(figure, period, None) {
            Ok(Value::Amount(amount)) => terms.push(known(checked, figure, amount.exact)),
            // Not known in this period: another may know all of them.
            Ok(Value::Nothing(_)) => return,
            Err(finding) if finding.rule == "missing-value" => return,
            Err(finding) => return ledger.push(finding),
        }
    }
    let names: Vec<_> = tie.same.iter().map(|figure| book.name(figure, period, None)).collect();
    if !seen.insert(names.clone()) {
        return;
    }
    let mut terms = terms.into_iter();
    let Some((first, unit)) = terms.next() else { return };
    for ((other, _), (name, figure)) in terms.zip(names.iter().zip(&tie.same).skip(1)) {
        let relation = Relation {
            name: format!("tie:{}", names[0]),
            rule: "tie",
            message: format!("`{}` and `{name}` are not the same", names[0]),
            period: period.to_owned(),
            total: Term { ..first },
            parts: vec![other],
            place: written(checked, figure, period).unwrap_or_else(|| figure.place.clone()),
            says: ("here it is", "the other is"),
            other: written(checked, &tie.same[0], period),
            unit: unit.clone(),
            pin: None,
        };
        ledger.judge(book, &relation);
    }
}

/// Where an entered amount is written.
fn written(checked: &Checked, figure: &Expr, period: &str) -> Option<Place> {
    match &figure.node {
        Node::Line { name, member } => {
            checked.book.fact(name, period, member.as_deref()).map(|(.., fact)| fact.place.clone())
        }
        Node::In(inner, period) => written(checked, inner, period),
        _ => None,
    }
}

/// The figure as a term, and the unit it is told in.
fn known(checked: &Checked, figure: &Expr, exact: crate::model::Decimal) -> (Term, Unit) {
    let unit = checked.book.unit_of(figure).unwrap_or_else(|| Unit::base("").at(Scale::One));
    let factor = unit.scale.factor();
    let units = &checked.book.release.units;
    let rule = units.rule(&unit.base);
    let decimals = if unit.scaled { 0 } else { rule.map_or(0, |rule| rule.decimals) };
    let step = factor * crate::model::Decimal::new(1, decimals);
    let mode = rule.map_or_else(Default::default, |rule| units.mode(rule.kind));
    (Term { exact, step, mode, deducted: false }, unit)
}
