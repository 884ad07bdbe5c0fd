//! Non-GAAP reconciliation: wherever a measure that the accounting standard does not define is shown, a table leads to it from the
//! amount that the standard defines.
//!
//! **What it checks.** A line or measure with `non_gaap = "is.net_income"` is held to this in every period in which a table, a
//! sentence or a headline shows it: one table shows it, the line that `non_gaap` names, and everything between, so that sums of
//! the table lead from one to the other. These are the sums that the program knows: the `sum` of a line or of a row of the table, or the
//! formula of a measure; [`displayed`](#displayed) holds them as printed, in as many steps as the table takes. A ratio, such as an adjusted
//! margin, needs no table of its own where the amounts in it that are not of the standard are reconciled. A measure whose formula
//! names such an amount, but not the one that this is compared with, needs `non_gaap` itself. A ratio of amounts of the standard
//! must not have it. Without `non_gaap` in the dataset, nothing is checked.
//!
//! **Why.** Regulation G, rule 100(a), and Item 10(e)(1)(i)(B) of Regulation S-K ask for a quantitative reconciliation with the most
//! directly comparable measure, for each measure and period presented; Item 10(e)(4) exempts ratios of measures of the standard.
//!
//! **Example.** `non_gaap/term_left_out`
//!
//! **How to fix it.** Add the rows that the note names, or the period as a column. Where the sums of a table are not those of a formula, a
//! row says its parts: `sum = ["net_income", "tax"]`. A forecast whose reconciliation cannot be made without unreasonable efforts is
//! excused with that reason: `[[waive]]` with `rule = "non-gaap-reconciled"` and `of = "outlook.adjusted_ebitda"`.

use std::collections::BTreeSet;

use super::super::{
    Breach, CheckInput, CheckResults, FigureLinks, NonGaapMeasure, ReconciliationSearch, Showing, is_ratio, showings,
};
use crate::{
    diag::{Diagnostic, quoted_list},
    model::{Expr, Function, Measure, NameMap, NameSet, Node},
};

const RULE: &str = "non-gaap-reconciled";

/// Looks at every measure with `non_gaap`, and at those made of it; returns how many there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let measures = &input.non_gaap;
    for measure in measures {
        if let Some(message) = wrong_declaration(input, measure) {
            let finding = Diagnostic::error(RULE, message).at(&measure.base.place, "");
            results.push_unless_waived(input, breach(measure, None), finding);
            continue;
        }
        let parts = measure.parts_of_ratio(input.book.release, &input.non_gaap);
        let is_open = |showing: &Showing| !is_reconciled(input, measure, &parts, showing.period);
        let mut open: Vec<_> = measure.first_shown().into_iter().filter(is_open).collect();
        open.retain(|showing| !results.is_waived(input, breach(measure, Some(*showing))));
        if !open.is_empty() {
            results.push(unreconciled(input, measure, &open));
        }
    }
    check_undeclared(input, results);
    input.non_gaap.len()
}

fn breach<'a>(measure: &'a NonGaapMeasure<'a>, showing: Option<Showing<'a>>) -> Breach<'a> {
    let place = showing.map(|showing| &*showing.used.place);
    Breach { rule: RULE, names: &measure.names, period: showing.map(|showing| showing.period), place }
}

/// Whether a measure is reconciled in a period, or what a ratio is made of: `parts`, each of which is, or is found not to be by itself.
fn is_reconciled(input: &CheckInput, measure: &NonGaapMeasure, parts: &[&NonGaapMeasure], period: &str) -> bool {
    let is_settled = |part: &&NonGaapMeasure| {
        part.is_reconciled(input.book, period) || part.shown.iter().any(|showing| showing.period == period)
    };
    measure.is_reconciled(input.book, period) || !parts.is_empty() && parts.iter().all(is_settled)
}

/// The finding that nothing leads to a measure in some periods, at the first place that shows it.
fn unreconciled(input: &CheckInput, measure: &NonGaapMeasure, open: &[Showing]) -> Diagnostic {
    let (name, base) = (&measure.name, &measure.base.value);
    let periods = quoted_list(open.iter().map(|showing| showing.period));
    let finding = Diagnostic::error(RULE, format!("no table reconciles `{name}` with `{base}` in {periods}"));
    let finding = open.iter().take(1).fold(finding, |finding, first| finding.at(&first.used.at, "shown here"));
    let finding = finding.with(&measure.base.place, "");
    let search = ReconciliationSearch::new(input.book.release, input.presented, &input.by_place);
    let closest =
        |showing: &Showing| search.closest(input.book.release, &measure.names, &measure.base_names, showing.period);
    match open.first().and_then(closest) {
        Some(found) if found.missing.is_empty() => {
            finding.note(format!("`{}` shows both, but no sums of it lead from one to the other", found.table.id))
        }
        Some(found) => {
            finding.note(format!("`{}` shows both, but lacks {}", found.table.id, quoted_list(&found.missing)))
        }
        None if measure.is_ratio() => finding.note("nor does one reconcile the amounts that it is a ratio of"),
        None => finding.note("no table shows both and what is between"),
    }
}

/// What is wrong with a declaration itself.
fn wrong_declaration(input: &CheckInput, measure: &NonGaapMeasure) -> Option<String> {
    let (name, base) = (&measure.name, &measure.base.value);
    if let Some(other) = input.non_gaap.iter().find(|other| other.names.contains(base)) {
        return Some(match std::ptr::eq(other, measure) {
            true => format!("`{name}` is compared with itself"),
            false => format!("`{name}` is compared with `{base}`, which has `non_gaap` too"),
        });
    }
    let is_plain = |side: &Expr| single_amount(side).is_some_and(|name| is_of_standard(input, name));
    let sides = ratio_sides(&measure.measure?.formula)?;
    let message = format!("`{name}` is a ratio of lines of the standard, which needs no `non_gaap`");
    sides.into_iter().all(is_plain).then_some(message)
}

/// Measures that are shown and made of one with `non_gaap`, but say nothing of it.
fn check_undeclared(input: &CheckInput, results: &mut CheckResults) {
    // Those that have a name, in their order; and whether a name is that of one, or of what one is compared with.
    let (mut having, mut known) = (NameMap::<&str, BTreeSet<usize>>::default(), NameSet::<&str>::default());
    for (number, measure) in input.non_gaap.iter().enumerate() {
        measure.names.iter().for_each(|name| _ = having.entry(name).or_default().insert(number));
        known.extend(measure.names.iter().chain(measure.base_names.iter()));
    }
    let of_one = |measure: &Measure| {
        let names = measure.formula.names();
        let having: BTreeSet<usize> = names.iter().filter_map(|name| having.get(name)).flatten().copied().collect();
        let mut made_of = having.into_iter().map(|number| &input.non_gaap[number]);
        made_of.find(|known| !names.iter().any(|name| known.base_names.contains(name)))
    };
    let is_known = |id: &str| known.contains(id);
    let (release, links) = (input.book.release, FigureLinks::new(input.book.release));
    let undeclared = release.measures.iter().filter(|measure| !is_known(&measure.id.value));
    let found: Vec<_> = undeclared.filter_map(|measure| Some((measure, of_one(measure)?))).collect();
    let names: Vec<_> = found.iter().map(|(measure, _)| links.names(&measure.id.value)).collect();
    let shown = showings(input.book, input.presented, &names.iter().collect::<Vec<_>>());
    for ((measure, of), (names, shown)) in found.into_iter().zip(names.iter().zip(shown)) {
        if let Some(first) = shown.first() {
            let message = format!("`{}` is made of `{}`, but has no `non_gaap`", measure.id.value, of.name);
            let finding = Diagnostic::error(RULE, message).at(&measure.formula.place, "");
            let finding = finding.with(&first.used.at, "shown here");
            let breach = Breach { rule: RULE, names, period: None, place: None };
            results.push_unless_waived(
                input,
                breach,
                finding.help("name the line or measure that it is compared with"),
            );
        }
    }
}

/// The two sides of a quotient or percentage.
fn ratio_sides(formula: &Expr) -> Option<[&Expr; 2]> {
    match &formula.node {
        Node::Binary(_, left, right) if is_ratio(formula) => Some([left, right]),
        Node::Call(Function::Percent, arguments) => match arguments.as_slice() {
            [left, right] => Some([left, right]),
            _ => None,
        },
        _ => None,
    }
}

/// The line or measure that a side of a ratio is: itself, its average or that of another period.
fn single_amount(side: &Expr) -> Option<&str> {
    match &side.node {
        Node::Line { name, .. } => Some(name),
        Node::Negative(inner) | Node::In(inner, _) => single_amount(inner),
        Node::Call(Function::Average | Function::Opening | Function::Prior, arguments) => {
            single_amount(arguments.first()?)
        }
        _ => None,
    }
}

/// Whether an amount is entered, and neither it nor one that it is made of has `non_gaap`.
fn is_of_standard(input: &CheckInput, name: &str) -> bool {
    input.book.line(name).is_some() && !input.non_gaap.iter().any(|known| known.names.contains(name))
}
