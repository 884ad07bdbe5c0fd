//! Comparatives of a non-GAAP measure: a measure that the accounting standard does not define is shown for the prior period too, and
//! calculated there in the same way.
//!
//! **What it checks.** A measure with `non_gaap` that is shown for a period which ends with the release's own is also shown for the
//! `prior` of that period, if the line that it is compared with is shown for it. Two periods that are both shown and over have one
//! formula: no `formula_in` for one of them. And where a release of `prior` has the measure with another formula, the comparatives
//! shown now are what that formula gave for the same days.
//!
//! **Why.** A measure that is calculated in another way from one period to the next can mislead (Compliance and Disclosure
//! Interpretations on non-GAAP measures, question 100.02, on rule 100(b) of Regulation G). A measure without its comparative, beside a
//! line that has one, does not say how it moved.
//!
//! **Example.** `non_gaap/without_comparative`
//!
//! **How to fix it.** Show the prior period, with its reconciliation. Calculate both periods by one formula, and say in a note how the
//! earlier one was restated; then, or where it cannot be done, `[[waive]]` with `rule = "non-gaap-prior"` keeps the reason.

use std::collections::BTreeMap;

use super::super::{Breach, CheckInput, CheckResults, NonGaapMeasure, Showing, format_number};
use crate::{
    diag::Diagnostic,
    figures::Book,
    model::{Decimal, Expr, Measure, Node, Operator, Release},
};

const RULE: &str = "non-gaap-prior";

/// How many parts of formulas are looked at in all, when measures are replaced by theirs.
const MAX_PARTS: usize = 10_000;

/// How deep that goes.
const MAX_DEPTH: usize = 64;

/// Looks at every measure with `non_gaap`; returns how many there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    for measure in &input.non_gaap {
        let shown = measure.first_shown();
        check_comparatives(input, measure, &shown, results);
        if let Some(formula) = measure.measure {
            check_formulas(input, measure, formula, &shown, results);
            for earlier in input.earlier {
                check_earlier(input, measure, formula, earlier, results);
            }
        }
    }
    input.non_gaap.len()
}

fn breach<'a>(measure: &'a NonGaapMeasure<'a>, period: &'a str) -> Breach<'a> {
    Breach { rule: RULE, names: &measure.names, period: Some(period), place: None }
}

/// A measure that is shown for a current period, but not for the one before it, for which its line is shown.
fn check_comparatives(input: &CheckInput, measure: &NonGaapMeasure, shown: &[Showing], results: &mut CheckResults) {
    let release = input.book.release;
    let Some(own) = input.book.release.own_period() else { return };
    for showing in shown {
        let period = release.period(showing.period).filter(|period| period.span.end() == own.span.end());
        let Some(prior) = period.and_then(|period| period.prior.as_ref()).map(|prior| prior.value.as_str()) else {
            continue;
        };
        let is_shown = |showings: &[Showing]| showings.iter().any(|showing| showing.period == prior);
        let base = measure.base_shown.iter().find(|showing| showing.period == prior);
        if let Some(base) = base.filter(|_| !is_shown(shown)) {
            let (name, line, period) = (&measure.name, &measure.base.value, showing.period);
            let message = format!("`{name}` is shown for `{period}`, but not for `{prior}`, as `{line}` is");
            let finding = Diagnostic::error(RULE, message).at(&showing.used.at, "");
            let finding = finding.with(&base.used.at, format!("`{line}` in `{prior}`"));
            results.push_unless_waived(input, breach(measure, period), finding);
        }
    }
}

/// A formula of one period that is not that of another one, where both are shown and over.
fn check_formulas(
    input: &CheckInput,
    measure: &NonGaapMeasure,
    formula: &Measure,
    shown: &[Showing],
    results: &mut CheckResults,
) {
    let release = input.book.release;
    let Some(own) = input.book.release.own_period() else { return };
    let is_over =
        |showing: &&Showing| release.period(showing.period).is_some_and(|period| period.span.end() <= own.span.end());
    let over: Vec<_> = shown.iter().filter(is_over).collect();
    for (period, other) in &formula.formula_in {
        let is_shown = over.iter().any(|showing| showing.period == period);
        let compared = over.iter().find(|showing| formula_of(formula, showing.period) != other);
        if let Some(compared) = compared.filter(|_| is_shown) {
            let against = compared.period;
            let message =
                format!("`{}` is calculated in one way in `{period}`, in another in `{against}`", measure.name);
            let finding = Diagnostic::error(RULE, message).at(&other.place, "");
            let finding = finding.with(&formula_of(formula, against).place, format!("the formula in `{against}`"));
            results.push_unless_waived(input, breach(measure, period), finding);
        }
    }
}

fn formula_of<'m>(measure: &'m Measure, period: &str) -> &'m Expr {
    measure.formula_in.get(period).unwrap_or(&measure.formula)
}

/// A measure that an earlier release calculated in another way, so that it had other amounts for the same days.
fn check_earlier(
    input: &CheckInput,
    measure: &NonGaapMeasure,
    formula: &Measure,
    earlier: &Release,
    results: &mut CheckResults,
) {
    let release = input.book.release;
    let Some(before) = earlier.measure(&formula.id.value) else { return };
    if Terms::of(release, &formula.formula) == Terms::of(earlier, &before.formula) {
        return;
    }
    let book = Book::new(earlier);
    for showing in measure.first_shown() {
        let same = release
            .period(showing.period)
            .and_then(|period| earlier.periods.iter().find(|other| other.span == period.span));
        let now = value(input.book, formula_of(formula, showing.period), showing.period);
        let then = same.and_then(|period| value(&book, formula_of(before, &period.id.value), &period.id.value));
        let (Some(now), Some(then)) = (now, then) else { continue };
        if now != then {
            let (name, slug, period) = (&measure.name, &earlier.slug, showing.period);
            let message =
                format!("`{name}` has another formula than in `{slug}`, which gave another amount for `{period}`");
            let label =
                format!("{} now, {} then", format_number(in_unit(now, formula)), format_number(in_unit(then, before)));
            let finding = Diagnostic::error(RULE, message).at(&formula.formula.place, label);
            let finding = finding.with(&before.formula.place, format!("the formula in `{slug}`"));
            return results.push_unless_waived(input, breach(measure, period), finding);
        }
    }
}

/// The value of a formula in base units; none where it has none.
fn value(book: &Book, formula: &Expr, period: &str) -> Option<Decimal> {
    book.value(formula, period, None).ok()?.ok()
}

/// An amount in the unit of a measure.
fn in_unit(amount: Decimal, measure: &Measure) -> Decimal {
    amount.checked_div(measure.unit.value.scale.factor()).unwrap_or(amount)
}

/// A formula as what it is made of: lines with how often each is added, and the text of anything that is no sum.
#[derive(Default)]
struct Terms {
    counts: BTreeMap<String, i64>,
    parts: usize,
}

impl Terms {
    fn of(release: &Release, formula: &Expr) -> BTreeMap<String, i64> {
        let mut terms = Self::default();
        terms.add(release, formula, 1, 0);
        terms.counts.retain(|_, count| *count != 0);
        terms.counts
    }

    fn add(&mut self, release: &Release, formula: &Expr, sign: i64, depth: usize) {
        self.parts += 1;
        match &formula.node {
            Node::Negative(inner) => self.add(release, inner, -sign, depth),
            Node::Binary(Operator::Add, left, right) => {
                self.add(release, left, sign, depth);
                self.add(release, right, sign, depth);
            }
            Node::Binary(Operator::Subtract, left, right) => {
                self.add(release, left, sign, depth);
                self.add(release, right, -sign, depth);
            }
            Node::Line { name, member: None } => {
                match release.measure(name).filter(|_| self.parts < MAX_PARTS && depth < MAX_DEPTH) {
                    Some(measure) => self.add(release, &measure.formula, sign, depth + 1),
                    None => *self.counts.entry(line_name(release, name)).or_default() += sign,
                }
            }
            _ => *self.counts.entry(formula.to_string()).or_default() += sign,
        }
    }
}

/// The name of the line that a name leads to, through any `ref`.
fn line_name(release: &Release, name: &str) -> String {
    let target = release.target(name);
    target.map_or_else(|| name.to_owned(), |(statement, line)| statement.full_name(&line.id.value))
}
