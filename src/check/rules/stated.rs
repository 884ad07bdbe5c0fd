//! Stated figures: a stated figure is possible given its inputs, and cannot be calculated from them.
//!
//! **What it checks.** Each input of a `[[stated]]` figure is an interval, as wide as the precision of its statement.
//! Some values in these intervals must give the stated figure, rounded as it is shown. If all values give the same
//! result, the figure must be calculated and not stated. If the entry names a `missing_input`, an input must in fact be
//! missing.
//!
//! **Why.** Some figures cannot be calculated from rounded amounts, such as growth of 120.9% from amounts in millions.
//! All other figures must be calculated. The intervals follow XBRL Calculations 1.1.
//!
//! **Example.** `declared/stated`
//!
//! **How to fix it.** Compare the stated figure with its source: the finding gives the range that the inputs allow. If
//! the inputs determine the figure, remove the entry. The figure must include its period: `change(svc.mobile)@fy2009`.

use std::borrow::Cow;

use super::super::{
    CheckInput, CheckResults,
    relation::{Constraint, Facts, Relation, format_number},
};
use crate::{
    diag::Diagnostic,
    figures::{Formula, SharedFormula},
    model::{Decimal, Expr, Node, Scale, StatedFigure, UnitKind},
};

/// Every stated figure.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    let facts = Facts::of(input.book);
    for stated in &input.book.release.stated {
        if let Some((expr, period)) = figure_and_period(&stated.figure) {
            check_figure(input, stated, expr, period, &facts, results);
        }
    }
}

fn check_figure(
    input: &CheckInput,
    stated: &StatedFigure,
    expr: &Expr,
    period: &str,
    facts: &Facts,
    results: &mut CheckResults,
) {
    let book = input.book;
    // A stated measure is judged by its formula: by its name it would only meet itself.
    let measure = match &expr.node {
        Node::Line { name, .. } => book.release.measure(name),
        _ => None,
    };
    let formula = measure.map_or(expr, |measure| measure.formula_in.get(period).unwrap_or(&measure.formula));
    let bound = match book.bind_formula(formula, period, None) {
        Ok(Ok((formula, _))) => Ok(formula),
        Ok(Err(_)) => Err(None),
        Err(finding) => Err(Some(finding)),
    };
    match (bound, &stated.unknown) {
        (Ok(_), Some(unknown)) => {
            let finding = Diagnostic::error(
                "stated",
                format!("`{}` is stated, but all its inputs are in the release", stated.figure),
            );
            let finding = finding.at(&unknown.place, "the release has the input that is said to be missing");
            results.push(finding.help("remove the stated figure"));
        }
        (Err(Some(finding)), Some(_)) if finding.rule != "missing-value" => results.push(finding),
        (Err(_), Some(_)) => {}
        (Err(None), None) => {
            let finding = Diagnostic::error("stated", format!("`{}` has a blank among its inputs", stated.figure));
            results.push(finding.at(&stated.figure.place, ""));
        }
        (Err(Some(finding)), None) => {
            let finding = finding.with(&stated.shows.place, "stated here");
            results.push(finding.help("if an input is not in the release, name it: `missing_input = \"…\"`"));
        }
        (Ok(formula), None) => {
            if let Some(relation) = range_relation(input, stated, expr, formula) {
                report_settled(&relation, stated, facts, results);
                results.relations.push(relation);
            }
        }
    }
}

/// That a figure is stated although its inputs leave no choice.
fn report_settled(relation: &Relation, stated: &StatedFigure, facts: &Facts, results: &mut CheckResults) {
    if let Some((low, high)) = relation.possible_range(facts)
        && low == high
        && low == stated.shows.value
    {
        let message = format!("`{}` can be calculated exactly, so it may not be stated", stated.figure);
        let finding = Diagnostic::error("stated", message)
            .at(&stated.shows.place, format!("its inputs give {}", format_number(low)));
        results.push(finding.help("remove the stated figure"));
    }
}

fn range_relation(input: &CheckInput, stated: &StatedFigure, expr: &Expr, formula: SharedFormula) -> Option<Relation> {
    let book = input.book;
    let unit =
        stated.unit.as_ref().map(|unit| unit.value.clone()).or_else(|| book.unit_of(expr).map(Cow::into_owned))?;
    let units = &book.release.units;
    let rule = units.rule(&unit.base);
    let decimals = if unit.scale == Scale::One { rule.map_or(0, |rule| rule.decimals) } else { 0 };
    let mode = units.rounding_mode(rule.map_or(UnitKind::Number, |rule| rule.kind));
    let formula = match &*formula {
        Formula::Stated(..) => return None,
        _ => formula,
    };
    Some(Relation {
        name: format!("stated:{}", stated.figure),
        family: "stated",
        message: format!(
            "`{}` is stated as {}, which its inputs cannot give",
            stated.figure,
            format_number(stated.shows.value)
        ),
        place: stated.shows.place.clone(),
        scope: String::new(),
        terms: vec![stated.figure.to_string()],
        constraint: Constraint::Reach {
            formula,
            divisor: unit.scale.factor(),
            decimals,
            mode,
            shows: stated.shows.value,
        },
        report_scale: Decimal::ONE,
        pin: None,
    })
}

/// The figure and the period it is stated for.
fn figure_and_period(figure: &Expr) -> Option<(&Expr, &str)> {
    match &figure.node {
        Node::In(inner, period) => Some((inner, period)),
        _ => None,
    }
}
