//! Order: figures that cannot exceed one another do not.
//!
//! **What it checks.** The figures of an `[[order]]` must ascend, in every period in which they are known: each is at least
//! as large as the one before it. The high end of a `[[range]]` must not be below its low end. Figures may be formulas. Equal
//! figures are in order.
//!
//! **Why.** Some mistakes break no sum: a low end of a forecast above its high end, a part ("of which") above its total,
//! diluted earnings per share above basic earnings per share (IAS 33.41: what increases earnings per share is not dilutive).
//!
//! **Example.** `relations/order`
//!
//! **How to fix it.** One of the two amounts is wrong, or they are in each other's place.

use std::{borrow::Cow, collections::BTreeSet};

use super::super::{
    CheckInput, CheckResults,
    relation::{Constraint, Relation},
    sum::amount_place,
};
use crate::{
    diag::{Diagnostic, Place},
    figures::SharedFormula,
    model::{Decimal, Expr, Unit},
};

/// Every pair of neighbours of every order, in every period in which both are known.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    for order in &input.book.release.orders {
        for pair in order.ascending.windows(2) {
            let mut seen = BTreeSet::new();
            for period in &input.book.release.periods {
                pair_relation(input, pair, &order.place, &period.id.value, &mut seen, results);
            }
        }
    }
    for range in &input.book.release.ranges {
        let pair = [range.low.clone(), range.high.clone()];
        let mut seen = BTreeSet::new();
        for period in &input.book.release.periods {
            pair_relation(input, &pair, &range.id.place, &period.id.value, &mut seen, results);
        }
    }
}

fn pair_relation(
    input: &CheckInput,
    pair: &[Expr],
    order: &Place,
    period: &str,
    seen: &mut BTreeSet<Vec<String>>,
    results: &mut CheckResults,
) {
    let book = input.book;
    let mut formulas: Vec<(&Expr, SharedFormula, Option<&str>)> = Vec::new();
    for figure in pair {
        if book.lacks_line(figure, period) {
            return;
        }
        match book.bind_formula(figure, period, None) {
            Ok(Ok((formula, base))) => formulas.push((figure, formula, base)),
            Ok(Err(_)) => return,
            Err(finding) if finding.rule == "missing-value" => return,
            Err(finding) => return results.push(finding),
        }
    }
    let names: Vec<_> = pair.iter().map(|figure| book.name(figure, period, None)).collect();
    let [(_, low, low_base), (figure, high, high_base)] = formulas.as_slice() else { return };
    if !seen.insert(names.clone()) {
        return;
    }
    if low_base.is_some() && high_base.is_some() && low_base != high_base {
        let message = format!("`{}` and `{}` are in different units", pair[0], pair[1]);
        return results.push(Diagnostic::error("unit-mismatch", message).at(order, "an order compares one unit"));
    }
    let unit = book.unit_of(figure).map_or_else(|| Unit::base(""), Cow::into_owned);
    results.relations.push(Relation {
        name: format!("order:{} <= {}", names[0], names[1]),
        family: "order",
        message: format!("`{}` exceeds `{}`", names[0], names[1]),
        place: amount_place(input, figure, high),
        scope: period.to_owned(),
        terms: names,
        constraint: Constraint::Order { low: SharedFormula::clone(low), high: SharedFormula::clone(high) },
        report_scale: Decimal::ONE.checked_div(unit.scale.factor()).unwrap_or(Decimal::ONE),
        pin: None,
    });
}
