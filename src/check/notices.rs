//! Notices of revisions: which forecast needs one, and whether those that are declared can be the ones.

use super::{
    CheckInput, CheckResults,
    forecasts::{self, ForecastChange, PublishedBy},
    relation::format_number,
};
use crate::{
    diag::Diagnostic,
    figures::Book,
    model::{ForecastKind, Notice},
};

/// Reports every change that needs a notice and has none, and notices that cannot be the ones.
pub fn check_notices(
    rule: &'static str,
    input: &CheckInput,
    changes: &[ForecastChange],
    is_due: impl Fn(&ForecastChange) -> bool,
    results: &mut CheckResults,
) {
    let release = input.book.release;
    for change in changes.iter().filter(|change| is_due(change)) {
        let notices: Vec<&Notice> = release.notices.iter().filter(|notice| change.is_of(notice)).collect();
        let wrong = || notices.iter().find_map(|notice| wrong_date(rule, input, change, notice));
        if notices.is_empty() {
            results.push(missing_notice(rule, input.book, change));
        } else if let Some(finding) =
            wrong().filter(|_| !notices.iter().any(|notice| is_of_time(input, change, notice)))
        {
            results.push(finding);
        }
    }
    report_unneeded(input, changes, results);
}

/// Reports the forecasts of prior releases that none of this release is of.
pub fn report_gone(rule: &'static str, input: &CheckInput, kind: ForecastKind, results: &mut CheckResults) {
    let Some(first) = input.book.release.forecasts.iter().find(|forecast| forecast.kind == kind) else { return };
    for gone in forecasts::gone(input, kind) {
        let (figure, slug) = (&gone.forecast.figure, &gone.by.slug);
        let message = format!(
            "`{slug}` forecast `{figure}` of {}, and no `[[forecast]]` of this release is of it",
            gone.period.label.value
        );
        let finding = Diagnostic::error(rule, message).at(&first.figure.place, "the forecasts of this release");
        let finding = finding.with(&figure.place, "the forecast of the prior release");
        results.push(finding.help(format!(
            "if it has another name now, say so where it is declared: `was = \"{figure}\"`; if it is given up, declare it \
             with `\"\"` for its amount"
        )));
    }
}

fn missing_notice(rule: &'static str, book: &Book, change: &ForecastChange) -> Diagnostic {
    let name = change.name();
    let by = match change.by_kind {
        PublishedBy::Release => format!("the forecast that `{}` published", change.by),
        PublishedBy::Figure => format!("the forecast published before, `{}`", change.by),
        PublishedBy::YearBefore => format!("`{}`, as there was no forecast", change.by),
    };
    let differs = match change.forecast.margin.per_cent() {
        _ if change.takes_back() => format!("takes back {by}"),
        Some(margin) if change.forecast.kind == ForecastKind::Results => {
            format!("differs by {}% or more from {by}", format_number(margin))
        }
        _ => format!("differs from {by}"),
    };
    let finding = Diagnostic::error(rule, format!("`{name}` {differs}, and no `[[notice]]` names it"));
    let finding = finding.at(&change.place(book), change.was_and_is(book));
    finding.help(format!("declare the notice that was published: `[[notice]]` with `of = [\"{name}\"]` and its `date`"))
}

/// Whether a notice may be that of the change: not after the release, and not before what it revises. One without a day has a
/// reason.
fn is_of_time(input: &CheckInput, change: &ForecastChange, notice: &Notice) -> bool {
    let Some(date) = &notice.date else { return true };
    let is_late = input.book.release.date.is_some_and(|today| date.value > today);
    let is_early = change.published.is_some_and(|published| date.value < published);
    !is_late && !is_early
}

fn wrong_date(rule: &'static str, input: &CheckInput, change: &ForecastChange, notice: &Notice) -> Option<Diagnostic> {
    let date = notice.date.as_ref().filter(|_| !is_of_time(input, change, notice))?;
    let name = change.name();
    let is_early = change.published.is_some_and(|published| date.value < published);
    let (message, label) = match is_early {
        true => (
            format!("the notice of `{name}` is older than the forecast that it revises"),
            format!("`{}` published that on {}", change.by, change.published?),
        ),
        false => (
            format!("the notice of `{name}` is later than the release"),
            format!("it is due at once, and the release is of {}", input.book.release.date?),
        ),
    };
    Some(Diagnostic::error(rule, message).at(&date.place, label))
}

/// Notices of what has not changed.
fn report_unneeded(input: &CheckInput, changes: &[ForecastChange], results: &mut CheckResults) {
    for of in input.book.release.notices.iter().flat_map(|notice| &notice.of) {
        let named: Vec<_> = changes.iter().filter(|change| change.is_named_by(of)).collect();
        if !named.is_empty() && !named.iter().any(|change| change.has_changed()) {
            let message = format!("there is a notice of `{of}`, which has not changed");
            results.push(Diagnostic::error("unused", message).at(&of.place, ""));
        }
    }
}
