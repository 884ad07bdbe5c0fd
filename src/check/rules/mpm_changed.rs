//! Changed management-defined performance measures: a measure is calculated as in the last release, or a note says why not.
//!
//! **What it checks.** For each `[[mpm]]`: it is made of the same lines as in the last release that `[release] prior` names and that has
//! it, each as often, apart from those that are zero up to the last day that the earlier release reports on. Sums
//! within it are taken apart, but not its subtotal `from`; a line that only one of both releases divides into parts is no change.
//! Where such a release has `[profit_or_loss]`, the measure is declared there too. Otherwise the `[[mpm]]` names in `changed` the
//! note that explains it, and its table also shows the period before that of the release, restated. A formula for a single period
//! (`formula_in`) is an error: comparatives are calculated in the same way. `changed` without a change is an error too. A measure that
//! the last of these releases with `[profit_or_loss]` declares, and this one does not, has an `[[mpm]]` with `dropped`, the note that
//! explains it.
//!
//! **Why.** Whoever changes, adds or drops such a measure explains the change and its reasons, and restates the comparatives
//! (IFRS 18.124). A measure that takes out one more cost than last year grows by itself.
//!
//! **Example.** `ifrs18/changed`, reported as `mpm-changed`
//!
//! **How to fix it.** Calculate it as before; or write a note that says what was changed and why, name it in `changed`, and restate the
//! comparatives.

mod dropped;

use std::collections::BTreeSet;

use super::{
    super::{
        CheckInput, CheckResults,
        composition::{Composition, FigureKey, Leaves},
    },
    mpm_declared::shown_figures,
};
use crate::{
    diag::{Diagnostic, Place},
    model::{At, Date, Entry, Measure, Mpm, MpmDisclosure, MpmKind, Release},
    present::CellUse,
};

/// Compares every measure with the same one of earlier releases; returns how many measures there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let release = input.book.release;
    let Some(profit_or_loss) = &release.profit_or_loss else { return 0 };
    dropped::check(input, profit_or_loss, results);
    let mut looked_at = 0;
    for mpm in &release.mpms {
        let MpmKind::Measure(disclosure) = &mpm.is else { continue };
        let (Some(figure), Some(from)) = (FigureKey::of(&mpm.figure), FigureKey::of(&disclosure.from)) else {
            continue;
        };
        looked_at += 1;
        check_single_periods(input, release.measure(&figure.name), results);
        let change = last_with(input, &figure).and_then(|earlier| change_since(release, earlier, &figure, &from));
        match (&disclosure.changed, change) {
            (None, Some(change)) => results.push(unexplained(mpm, &change)),
            (Some(note), None) if is_comparable(input) => {
                let message = format!("`{}` is declared changed, but no earlier release has it otherwise", mpm.figure);
                results.push(Diagnostic::error("mpm-changed", message).at(&note.place, ""));
            }
            _ => {}
        }
        if let Some(note) = &disclosure.changed {
            check_note(release, note, results);
            check_restated(input, mpm, (disclosure, &figure), results);
        }
    }
    looked_at
}

/// The last of the earlier releases that has the measure, or could have declared it.
fn last_with<'a>(input: &'a CheckInput, figure: &FigureKey) -> Option<&'a Release> {
    let comparable = input.earlier.iter().filter(|earlier| earlier.profit_or_loss.is_some() || has(earlier, figure));
    comparable.max_by_key(|earlier| earlier.date)
}

fn has(release: &Release, figure: &FigureKey) -> bool {
    release.line(&figure.name).is_some() || release.measure(&figure.name).is_some()
}

/// Whether all earlier releases could be read.
fn is_comparable(input: &CheckInput) -> bool {
    input.earlier.len() == input.book.release.prior.len()
}

/// Formulas of single periods, if the measure is shown in one of them.
fn check_single_periods(input: &CheckInput, measure: Option<&Measure>, results: &mut CheckResults) {
    let Some((measure, formula)) = measure.and_then(|measure| Some((measure, measure.formula_in.values().next()?)))
    else {
        return;
    };
    if shown_figures(input).contains_key(&FigureKey::named(&measure.id.value)) {
        let message = format!("`{}` is calculated otherwise in one period", measure.id.value);
        let finding =
            Diagnostic::error("mpm-changed", message).at(&formula.place, "expected the formula of all periods");
        results.push(finding.with(&measure.formula.place, "in all others"));
    }
}

/// What an earlier release has otherwise, and which one.
struct Change<'r> {
    what: String,
    since: &'r str,
}

/// How a measure differs from that of an earlier release, if it does.
fn change_since<'e>(
    release: &Release,
    earlier: &'e Release,
    figure: &FigureKey,
    from: &FigureKey,
) -> Option<Change<'e>> {
    let change = |what: String| Some(Change { what, since: &earlier.slug });
    let is_declared =
        |mpm: &Mpm| matches!(mpm.is, MpmKind::Measure(_)) && FigureKey::of(&mpm.figure).as_ref() == Some(figure);
    if earlier.profit_or_loss.is_some() && !earlier.mpms.iter().any(is_declared) {
        return change("there it is no such measure".to_owned());
    }
    if !has(earlier, figure) {
        return None;
    }
    let is_sum = |release| !Composition::new(release).addends(figure).is_empty();
    if !is_sum(release) || !is_sum(earlier) {
        return other_formula(release, earlier, figure).and_then(|before| change(format!("there it is `{before}`")));
    }
    let [now, before] = terms([release, earlier], figure, from);
    // Terms that neither release needs for the days that both may have are no change.
    let published = last_day(earlier);
    let matters = |figure: &FigureKey| [release, earlier].iter().any(|release| has_amount(release, figure, published));
    let all: BTreeSet<_> = now.keys().chain(before.keys()).collect();
    let difference = all.into_iter().find_map(|term| {
        let [now, before] = [&now, &before].map(|terms| terms.get(term).copied().unwrap_or(0));
        let name = term.text();
        match now != before {
            false => other_formula(release, earlier, term).map(|before| format!("there `{name}` is `{before}`")),
            true if term != from && !matters(term) => None,
            true if before == 0 => Some(format!("there `{name}` is no part of it")),
            true if now == 0 => Some(format!("there `{name}` is a part of it")),
            true if now.checked_neg() == Some(before) => Some(format!("there `{name}` has the other sign")),
            true => Some(format!("there the factor of `{name}` is {before}, not {now}")),
        }
    });
    difference.and_then(change)
}

/// The formula that a measure had in an earlier release, if it is another one.
fn other_formula(release: &Release, earlier: &Release, figure: &FigureKey) -> Option<String> {
    let formula = |release: &Release| release.measure(&figure.name).map(|measure| measure.formula.to_string());
    let (now, before) = (formula(release)?, formula(earlier)?);
    (now != before).then_some(before)
}

/// How often each line is in a figure in either release. The subtotal that it begins with is left whole, and so is a measure that is no
/// sum. A line that one release divides into parts is divided in both.
fn terms(releases: [&Release; 2], figure: &FigureKey, from: &FigureKey) -> [Leaves; 2] {
    let start: BTreeSet<FigureKey> =
        releases.iter().flat_map(|release| Composition::new(release).same_as(from)).collect();
    let [now, before] = releases.map(|release| Composition::leaving_whole(release, start.clone()));
    let terms = |own: &Composition, other: &Composition, release: &Release| {
        let mut terms = Leaves::new();
        let mut add = |name: &FigureKey, count: i64| {
            let sum = terms.entry(if start.contains(name) { from } else { name }.clone()).or_default();
            *sum = count.saturating_add(*sum);
        };
        for (leaf, count) in own.leaves(figure).iter() {
            match release.measure(&leaf.name) {
                Some(_) => add(leaf, *count),
                None => other.leaves(leaf).iter().for_each(|(part, times)| add(part, count.saturating_mul(*times))),
            }
        }
        terms.retain(|_, count| *count != 0);
        terms
    };
    [terms(&now, &before, releases[0]), terms(&before, &now, releases[1])]
}

/// The last day that a release reports on.
fn last_day(release: &Release) -> Option<Date> {
    let own = release.own_period().map(|period| period.span.end());
    own.or(release.date)
}

/// Whether a line is not zero in a period that ends by a day; a measure counts as not zero.
fn has_amount(release: &Release, figure: &FigureKey, by: Option<Date>) -> bool {
    let Some((_, line)) = release.target(&figure.name) else { return release.measure(&figure.name).is_some() };
    let is_due =
        |period: &str| release.period(period).is_some_and(|period| by.is_none_or(|by| period.span.end() <= by));
    let member = figure.member.as_deref().unwrap_or_default();
    line.facts.iter().any(|((period, of), fact)| {
        of == member && is_due(period) && matches!(fact.entry, Entry::Amount(amount) if !amount.is_zero())
    })
}

fn unexplained(mpm: &Mpm, change: &Change) -> Diagnostic {
    let message = format!("`{}` is calculated otherwise than in `{}`, and no note says why", mpm.figure, change.since);
    let finding = Diagnostic::error("mpm-changed", message).at(&mpm.figure.place, change.what.clone());
    finding.help("name the note that explains it: `changed = \"…\"`")
}

fn check_note(release: &Release, note: &At<String>, results: &mut CheckResults) {
    let known: Vec<(&str, Place)> = release.narrative.iter().flat_map(|page| page.notes()).collect();
    if !known.iter().any(|(id, _)| *id == note.value) {
        let message = format!("there is no note `{}` that explains the change", note.value);
        results.push(Diagnostic::error("mpm-changed", message).at(&note.place, ""));
    }
}

/// That the period before that of the release is in the table, by the new calculation.
fn check_restated(
    input: &CheckInput,
    mpm: &Mpm,
    (disclosure, figure): (&MpmDisclosure, &FigureKey),
    results: &mut CheckResults,
) {
    let release = input.book.release;
    let own = release.own_period();
    let Some(prior) = own.and_then(|period| period.prior.as_ref()) else { return };
    let composition = Composition::new(release);
    let own = composition.canonical(figure);
    let is_own = |cell: &CellUse| {
        let shown = FigureKey { name: cell.line.clone(), member: cell.member.clone() };
        cell.period == prior.value && cell.is_amount() && composition.canonical(&shown) == own
    };
    let is_shown = input
        .presented
        .uses
        .iter()
        .any(|used| *used.place == *disclosure.table.value && used.cell.as_ref().is_some_and(is_own));
    if input.shown && !is_shown {
        let message = format!(
            "`{}` was changed, but `{}` does not show it in `{}`",
            mpm.figure, disclosure.table.value, prior.value
        );
        results.push(
            Diagnostic::error("mpm-changed", message).at(&disclosure.table.place, "expected the comparative, restated"),
        );
    }
}
