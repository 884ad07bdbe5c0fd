//! Comparatives: amounts that an earlier release published are the same in this release.
//!
//! **What it checks.** `[release] prior` names earlier releases in `content/`. If such a release has the same statement,
//! line and member for the same days, both amounts must be equal at the coarser precision of the two; share counts and
//! amounts per share after a `[[split]]` between the two releases, on the new basis. A `[[stated]]`
//! figure must equal what the earlier release shows for the same days. No column of a statement may repeat all amounts
//! that an earlier release had for other days. What a `[[forecast]]` names for days to come is compared by the rules about forecasts
//! where they say what a difference needs. Lines with `reclassified` and a reason are exempt; if such a line has not
//! changed, that is an error.
//!
//! **Why.** Comparative amounts are those of the prior period unless they are restated, and a restatement is disclosed
//! (IAS 1.38, IAS 8.42, ISA 710). Few people read last year's column again, and no total detects a figure that was copied
//! from the wrong release.
//!
//! **Example.** `earlier/comparatives`
//!
//! **How to fix it.** Compare both releases with the ledger. If the earlier release is right, correct the amount here. If
//! the amount was restated, or the line now means something else, give the line `reclassified = "…"` with the reason and
//! explain it in a note.

use std::collections::BTreeMap;

use super::super::{
    CheckInput, CheckResults,
    forecasts::may_be_revised,
    prior_release::published_term,
    relation::{Facts, Relation, format_number},
    sum::{Term, balance, place_of, term},
};
use crate::{
    diag::Diagnostic,
    figures::{Book, FigureRequest, Formula, SharedFormula},
    model::{Decimal, Entry, Expr, Line, Node, Operator, Period, Release, Scale, Split, Statement, Unit},
};

/// Every amount that an earlier release has for the same days.
pub fn relations(input: &CheckInput, results: &mut CheckResults) {
    let earlier: Vec<_> = input.earlier.iter().map(Book::new).collect();
    check_stated_figures(input, &earlier, results);
    check_copied_columns(input.book.release, &earlier, results);
    for statement in &input.book.release.statements {
        for line in statement.lines.iter().filter(|line| !line.id.value.is_empty()) {
            let relations = earlier.iter().flat_map(|earlier| line_relations(input, earlier, statement, line));
            if line.reclassified.is_none() {
                results.relations.extend(relations);
            } else {
                let relations: Vec<_> = relations.collect();
                check_reclassified(input, line, &relations, results);
            }
        }
    }
}

/// Every stated figure that an earlier release shows for the same days.
fn check_stated_figures(input: &CheckInput, earlier: &[Book], results: &mut CheckResults) {
    let release = input.book.release;
    for stated in &release.stated {
        let Node::In(expr, period) = &stated.figure.node else { continue };
        let Some(span) = release.period(period).map(|period| period.span) else { continue };
        for earlier in earlier.iter().filter(|_| !is_reclassified(release, expr)) {
            let mut same = earlier.release.periods.iter().filter(|period| period.span == span);
            let Some(period) = same.next().map(|period| period.id.value.as_str()) else { continue };
            let unit = stated.unit.as_ref().map(|unit| &unit.value);
            let ask = FigureRequest { expr, period, member: None, unit, decimals: None, place: "" };
            if let Ok(Ok(before)) = earlier.display(ask)
                && before.displayed != stated.shows.value
            {
                let message = format!("`{}` differs from what `{}` published", stated.figure, earlier.release.slug);
                let label = format!("there it is {}", format_number(before.displayed));
                results.push(Diagnostic::error("comparatives", message).at(&stated.shows.place, label));
            }
        }
    }
}

/// Columns of statements that were copied and not entered anew: all amounts are those of an earlier release for other days.
fn check_copied_columns(release: &Release, earlier: &[Book], results: &mut CheckResults) {
    for statement in &release.statements {
        for (period, amounts) in columns(release, statement).filter(|(_, amounts)| amounts.len() >= MIN_AMOUNTS) {
            for earlier in earlier.iter().map(|earlier| earlier.release) {
                let Some(same) = earlier.statement(&statement.id.value) else { continue };
                let mut copied = columns(earlier, same).filter(|(_, there)| *there == amounts);
                let before = copied.find(|(before, _)| before.span != period.span);
                let place = statement.periods.iter().find(|known| known.value == period.id.value);
                if let (Some((before, _)), Some(place)) = (before, place) {
                    let (id, period, before) = (&statement.id.value, &period.id.value, &before.id.value);
                    let message = format!(
                        "every amount of `{id}` in `{period}` is the same as in `{before}` of `{}`: was it copied?",
                        earlier.slug
                    );
                    let finding = Diagnostic::error("comparatives", message).at(&place.place, "");
                    results.push(finding.help("enter the amounts of this period"));
                }
            }
        }
    }
}

/// How many amounts are not the same by chance.
const MIN_AMOUNTS: usize = 5;

/// The periods of a statement, each with its amounts but zero by line and member.
fn columns<'r>(release: &'r Release, statement: &'r Statement) -> impl Iterator<Item = (&'r Period, Amounts<'r>)> {
    let mut columns: BTreeMap<&str, Amounts> = BTreeMap::new();
    for line in &statement.lines {
        for ((period, member), fact) in &line.facts {
            if let Entry::Amount(amount) = fact.entry
                && !amount.is_zero()
            {
                let column = columns.entry(period.as_str()).or_default();
                let cell = (line.id.value.as_str(), member.as_str());
                column.insert(cell, (amount, &statement.unit_of(line).base));
            }
        }
    }
    columns.into_iter().filter_map(|(period, amounts)| Some((release.period(period)?, amounts)))
}

/// The amounts of a column by line and member, each with its base unit.
type Amounts<'r> = BTreeMap<(&'r str, &'r str), (Decimal, &'r String)>;

/// Whether a figure is made of a line that was reclassified.
fn is_reclassified(release: &Release, expr: &Expr) -> bool {
    let mut found = false;
    expr.walk(&mut |part| {
        if let Node::Line { name, .. } = &part.node {
            found |= release.line(name).is_some_and(|(_, line)| line.reclassified.is_some());
        }
    });
    found
}

fn line_relations(input: &CheckInput, earlier: &Book, statement: &Statement, line: &Line) -> Vec<Relation> {
    let of = |(period, member): &(String, String)| cell_relation(input, earlier, (statement, line), period, member);
    line.facts.keys().filter_map(of).collect()
}

fn cell_relation(
    input: &CheckInput,
    earlier: &Book,
    (statement, line): (&Statement, &Line),
    period: &str,
    member: &str,
) -> Option<Relation> {
    let named = (!member.is_empty()).then_some(member);
    let name = statement.full_name(&line.id.value);
    let unit = statement.unit_of(line);
    let span = input.book.release.period(period).filter(|_| !may_be_revised(input.book.release, &name, period))?.span;
    let published = published_term(earlier, &name, span, named, &unit.base)?;
    let part = on_new_basis(input.book.release, earlier.release, &name, unit, published)?;
    let place = place_of(line, period, member);
    let (constraint, report_scale) = balance(term(input, &name, period, named, false)?, vec![part], unit, &place)?;
    let figure = format!("{name}{}@{period}", named.map_or(String::new(), |member| format!("[{member}]")));
    Some(Relation {
        name: format!("comparatives:{figure} = {}", earlier.release.slug),
        family: "comparatives",
        message: format!("`{figure}` differs from the amount that `{}` published", earlier.release.slug),
        place,
        scope: period.to_owned(),
        terms: vec![figure],
        constraint,
        report_scale,
        pin: None,
    })
}

/// An amount of an earlier release on the basis of this one: multiplied for every split of shares between the two.
fn on_new_basis(release: &Release, earlier: &Release, name: &str, unit: &Unit, mut published: Term) -> Option<Term> {
    // A date that is pending is later than those that are known.
    let is_published = |date| release.date.is_none_or(|published| date <= published);
    let since = |split: &&Split| earlier.date.is_some_and(|earlier| earlier < split.date) && is_published(split.date);
    for split in release.splits.iter().filter(since) {
        let factor = split.factor(&unit.base).filter(|_| split.except.iter().all(|except| except.value != name));
        if let Some(factor) = factor {
            let constant = SharedFormula::new(Formula::Constant(factor));
            let place = split.ratio.place.clone();
            published.formula =
                SharedFormula::new(Formula::Binary(Operator::Multiply, published.formula, constant, place));
            // A count of single shares is exact.
            if unit.base != split.unit.value.base || unit.scale != Scale::One {
                published.step = published.step.checked_mul(factor)?;
            }
        }
    }
    Some(published)
}

/// That a line which says that it was reclassified has not changed.
fn check_reclassified(input: &CheckInput, line: &Line, relations: &[Relation], results: &mut CheckResults) {
    let facts = Facts::of(input.book);
    let changed = relations.iter().any(|relation| relation.residual(&facts).is_ok_and(|left| !left.is_zero()));
    // A release that could not be read may be the one.
    let is_known = input.earlier.len() == input.book.release.prior.len();
    if let Some(reason) = line.reclassified.as_ref().filter(|_| !changed && is_known) {
        let finding = Diagnostic::error(
            "unused",
            format!("`{}` is declared reclassified, but its comparatives have not changed", line.id.value),
        );
        let label = "no release named by `prior` has different amounts";
        results.push(finding.at(&reason.place, label).help("leave `reclassified` out"));
    }
}
