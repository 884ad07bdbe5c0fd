//! Ties: an amount that is in several statements is the same in all of them, in every period in which all are known.
//!
//! **What it checks.** The figures of a `[[tie]]` must be equal, at the coarsest precision among them. Each figure may be
//! a formula, such as `opening(bs.cash)` or `-eq.net_income[nci]`. A ratio, such as `is.profit / shares.average`, is as
//! precise as its inputs allow.
//!
//! **Why.** Amounts in the statements agree with one another and with the schedules (ISA 330.20). A tie detects a
//! correction that was made in one statement and not in another.
//!
//! **Example.** `relations/tie`
//!
//! **How to fix it.** Find out which of the two amounts is right, and correct the other. If a figure is known in only one
//! of the periods, name the period: `"cf.dividends@fy2009"`. If two statements differ on purpose, remove the tie instead
//! of waiving it.

use std::{borrow::Cow, collections::BTreeSet};

use super::super::{
    CheckInput, CheckResults,
    relation::Relation,
    sum::{Term, amount_place, balance, step_of},
};
use crate::{
    diag::Diagnostic,
    figures::{Formula, Interval, SharedFormula},
    model::{Decimal, Expr, Tie, Unit},
};

/// The decimals at which a ratio of exact amounts is compared.
const MAX_DECIMALS: u32 = 10;

/// Every tie in every period.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    let intervals = input.book.intervals();
    for tie in &input.book.release.ties {
        let mut seen = BTreeSet::new();
        for period in &input.book.release.periods {
            tie_in_period(input, &intervals, tie, &period.id.value, &mut seen, results);
        }
        // One that leads nowhere has been reported.
        let leads = |figure: &Expr| input.book.release.unknown_names(figure).is_empty();
        // What could not be read may be what they have in common.
        let release = input.book.release;
        let mut periods = release.statements.iter().flat_map(|statement| &statement.periods);
        let whole = release.unread.is_empty() && periods.all(|period| release.period(&period.value).is_some());
        if seen.is_empty() && whole && !input.book.has_pending && tie.same.iter().all(leads) {
            let message = "the figures of this tie are never known in the same period";
            results.push(Diagnostic::error("tie", message).at(&tie.place, ""));
        }
    }
}

fn tie_in_period(
    input: &CheckInput,
    intervals: &[Interval],
    tie: &Tie,
    period: &str,
    seen: &mut BTreeSet<Vec<String>>,
    results: &mut CheckResults,
) {
    let book = input.book;
    let mut formulas = Vec::new();
    let mut bases = BTreeSet::new();
    for figure in &tie.same {
        // Not known in this period: another may know all of them.
        if book.lacks_line(figure, period) {
            return;
        }
        match book.bind_formula(figure, period, None) {
            Ok(Ok((formula, base))) => {
                formulas.push((figure, formula));
                bases.extend(base);
            }
            Ok(Err(_)) => return,
            Err(finding) if finding.rule == "missing-value" => return,
            Err(finding) => return results.push(finding),
        }
    }
    let names: Vec<_> = tie.same.iter().map(|figure| book.name(figure, period, None)).collect();
    if !seen.insert(names.clone()) {
        return;
    }
    if bases.len() > 1 {
        let bases: Vec<_> = bases.iter().map(|base| format!("`{base}`")).collect();
        let message = format!("figures in {} are tied", bases.join(" and "));
        return results.push(Diagnostic::error("unit-mismatch", message).at(&tie.place, "not the same unit"));
    }
    let Some((first, others)) = formulas.split_first() else { return };
    for (other, name) in others.iter().zip(&names[1..]) {
        results.relations.extend(pair_relation(input, intervals, first, other, &names[0], name, period));
    }
}

fn pair_relation(
    input: &CheckInput,
    intervals: &[Interval],
    first: &(&Expr, SharedFormula),
    other: &(&Expr, SharedFormula),
    name: &str,
    other_name: &str,
    period: &str,
) -> Option<Relation> {
    let place = amount_place(input, other.0, &other.1);
    let unit = input.book.unit_of(first.0).map_or_else(|| Unit::base(""), Cow::into_owned);
    let (total, part) = (term(input, intervals, first)?, term(input, intervals, other)?);
    let (constraint, report_scale) = balance(total, vec![part], &unit, &place)?;
    Some(Relation {
        name: format!("tie:{name} = {other_name}"),
        family: "tie",
        message: format!("`{name}` and `{other_name}` are tied, but differ"),
        place,
        scope: named_period(input, [name, other_name]).unwrap_or(period).to_owned(),
        terms: vec![name.to_owned(), other_name.to_owned()],
        constraint,
        report_scale,
        pin: None,
    })
}

/// The period of the first of these figures that is a single one and names its period.
fn named_period<'n>(input: &CheckInput, names: [&'n str; 2]) -> Option<&'n str> {
    let single = names.into_iter().filter(|name| !name.contains(' '));
    let mut periods = single.filter_map(|name| name.rsplit_once('@')).map(|(_, period)| period);
    periods.find(|period| input.book.release.period(period).is_some())
}

fn term(input: &CheckInput, intervals: &[Interval], (figure, formula): &(&Expr, SharedFormula)) -> Option<Term> {
    let unit = input.book.unit_of(figure).map_or_else(|| Unit::base(""), Cow::into_owned);
    let (step, mode) = match &**formula {
        Formula::Fact(id) => input.book.entered.get(*id).map(|fact| (fact.step, fact.mode))?,
        // A ratio is not known in units of its numerator, but as closely as its inputs let it be.
        formula if formula.is_ratio() => (place_value(formula.interval(intervals)?), step_of(input, &unit)?.1),
        _ => step_of(input, &unit)?,
    };
    Some(Term { formula: SharedFormula::clone(formula), step, mode, deducted: false })
}

/// One unit of the first decimal place that an interval does not settle.
fn place_value(interval: Interval) -> Decimal {
    let width = interval.high.at.checked_sub(interval.low.at).unwrap_or(Decimal::ONE);
    (0..=MAX_DECIMALS).rev().map(|decimals| Decimal::new(1, decimals)).find(|step| *step >= width).unwrap_or(width)
}
