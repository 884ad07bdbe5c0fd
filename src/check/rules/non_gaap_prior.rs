//! Comparatives of a non-GAAP measure: a measure that the accounting standard does not define is shown for the prior period too, and
//! calculated there in the same way.
//!
//! **What it checks.** A measure with `non_gaap` that is shown for a period which ends with the release's own is also shown for the
//! `prior` of that period, if the line that it is compared with is shown for it. Two periods that are both shown and over have one
//! formula: no `formula_in` for one of them, nor for a measure that it is calculated from. And where a release of `prior` has the
//! measure with another formula, also of a measure in it, the comparatives shown now are what that formula gave for the same days.
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

/// How many decimals of an amount are told.
const SHOWN_DECIMALS: u32 = 6;

/// How deep that goes.
const MAX_DEPTH: usize = 64;

/// Looks at every measure with `non_gaap`; returns how many there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    for measure in &input.non_gaap {
        let shown = measure.first_shown();
        check_comparatives(input, measure, &shown, results);
        if let Some(formula) = measure.measure {
            let is_own = |part: &&Measure| {
                let mut others = input.non_gaap.iter().filter_map(|other| other.measure);
                std::ptr::eq(*part, formula) || !others.any(|other| std::ptr::eq(*part, other))
            };
            for part in measures_in(input.book.release, formula).into_iter().filter(is_own) {
                check_formulas(input, measure, part, &shown, results);
            }
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

/// A measure and all that it is calculated from, itself first.
fn measures_in<'r>(release: &'r Release, measure: &'r Measure) -> Vec<&'r Measure> {
    let (mut found, mut next) = (vec![measure], 0);
    while let Some(measure) = found.get(next).filter(|_| next < MAX_PARTS) {
        let formulas = std::iter::once(&measure.formula).chain(measure.formula_in.values());
        let names: Vec<&str> = formulas.flat_map(Expr::names).collect();
        for part in names.into_iter().filter_map(|name| release.measure(name)) {
            if !found.iter().any(|known| std::ptr::eq(*known, part)) {
                found.push(part);
            }
        }
        next += 1;
    }
    found
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
            let own = &formula.id.value;
            let through = if *own == measure.name { String::new() } else { format!(", as `{own}` in it is") };
            let name = &measure.name;
            let message =
                format!("`{name}` is calculated in one way in `{period}`, in another in `{against}`{through}");
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
    let book = Book::new(earlier);
    for showing in measure.first_shown() {
        let same = release
            .period(showing.period)
            .and_then(|period| earlier.periods.iter().find(|other| other.span == period.span));
        let Some(same) = same.map(|period| period.id.value.as_str()) else { continue };
        if Terms::of(release, formula, showing.period) == Terms::of(earlier, before, same) {
            continue;
        }
        let now = value(input.book, formula_of(formula, showing.period), showing.period);
        let then = value(&book, formula_of(before, same), same);
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

/// An amount in the unit of a measure, as it is told.
fn in_unit(amount: Decimal, measure: &Measure) -> Decimal {
    amount.checked_div(measure.unit.value.scale.factor()).unwrap_or(amount).round_dp(SHOWN_DECIMALS)
}

/// A formula in a period as what it is made of, measures replaced by their formulas: lines with how often each is added, and
/// anything that is no sum as a text of what it is made of.
struct Terms<'r> {
    release: &'r Release,
    period: &'r str,
    counts: BTreeMap<String, i64>,
    parts: usize,
}

impl<'r> Terms<'r> {
    fn of(release: &'r Release, measure: &Measure, period: &'r str) -> BTreeMap<String, i64> {
        let mut terms = Self { release, period, counts: BTreeMap::new(), parts: 0 };
        terms.add(formula_of(measure, period), 1, 0);
        terms.counts.retain(|_, count| *count != 0);
        terms.counts
    }

    fn add(&mut self, formula: &Expr, sign: i64, depth: usize) {
        self.parts += 1;
        match &formula.node {
            Node::Negative(inner) => self.add(inner, -sign, depth),
            Node::Binary(Operator::Add, left, right) => {
                self.add(left, sign, depth);
                self.add(right, sign, depth);
            }
            Node::Binary(Operator::Subtract, left, right) => {
                self.add(left, sign, depth);
                self.add(right, -sign, depth);
            }
            Node::Line { name, member: None } => match self.measure(name, depth) {
                Some(measure) => self.add(formula_of(measure, self.period), sign, depth + 1),
                None => self.count(line_name(self.release, name), sign),
            },
            _ => {
                let text = self.text(formula, depth);
                self.count(text, sign);
            }
        }
    }

    fn count(&mut self, part: String, sign: i64) {
        *self.counts.entry(part).or_default() += sign;
    }

    fn measure(&self, name: &str, depth: usize) -> Option<&'r Measure> {
        self.release.measure(name).filter(|_| self.parts < MAX_PARTS && depth < MAX_DEPTH)
    }

    /// A part that is no sum, with the terms of what it is a ratio or a function of.
    fn text(&mut self, formula: &Expr, depth: usize) -> String {
        let sides: Vec<&Expr> = match &formula.node {
            Node::Binary(_, left, right) => vec![left, right],
            Node::Call(_, arguments) => arguments.iter().collect(),
            _ => return formula.to_string(),
        };
        let sides: Vec<String> = sides.into_iter().map(|side| self.side(side, depth + 1)).collect();
        let joint = match &formula.node {
            Node::Binary(operator, ..) => format!("{operator:?}"),
            Node::Call(function, _) => function.name().to_owned(),
            _ => String::new(),
        };
        format!("{joint}({})", sides.join(", "))
    }

    fn side(&mut self, side: &Expr, depth: usize) -> String {
        if self.parts >= MAX_PARTS || depth >= MAX_DEPTH {
            return side.to_string();
        }
        let mut terms =
            Terms { release: self.release, period: self.period, counts: BTreeMap::new(), parts: self.parts };
        terms.add(side, 1, depth);
        self.parts = terms.parts;
        let terms = terms.counts.iter().filter(|(_, count)| **count != 0);
        terms.map(|(part, count)| format!("{count} {part}")).collect::<Vec<_>>().join(" + ")
    }
}

/// The name of the line that a name leads to, through any `ref`.
fn line_name(release: &Release, name: &str) -> String {
    let target = release.target(name);
    target.map_or_else(|| name.to_owned(), |(statement, line)| statement.full_name(&line.id.value))
}
