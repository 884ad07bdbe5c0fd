//! Revised forecasts: results that differ much from the forecast published before are the subject of a notice.
//!
//! **What it checks.** `[[forecast]]` names a figure that is forecast, the line that the days bring in the end (`actual`), and from
//! how many per cent on a difference needs a notice of its own (`margin`). The forecast of a fiscal year, and the result of the
//! release's own, are compared with the latest forecast of the same days that a `prior` release has, or with `previous`, where the
//! release says itself what it was. If no prior release has one, the result is compared with that of the year before. A difference by
//! the margin or more, from zero at all, or in sign needs a `[[notice]]` that names the figure, with a day that is neither later than
//! the release nor earlier than the forecast that it revises. Exact amounts are compared, not printed ones. A first forecast is
//! disclosed by the release that has it. The ends of ranges are compared one by one; a single figure with the nearer end of a range, and
//! within a range it does not differ. A forecast that is given up (it is undecided, empty or `"n/a"`, or of a year that the release is
//! without) needs a notice as well. What a prior release forecast, and no `[[forecast]]` of this one is of, is a finding; where only
//! its name is another, `was` is the name before. A change of a forecast without `margin` that no notice names is a warning.
//!
//! **Why.** A notice is due at once, when the difference is known, and not with the results (listing rule 405 of the Tokyo Stock
//! Exchange: sales by 10%, profits by 30%; FAQ 6851 of JPX). What is due elsewhere is a matter of the margins that are declared.
//!
//! **Example.** `forecasts/revision`, reported as `forecast-revision`
//!
//! **How to fix it.** Publish the notice, and declare it: `[[notice]]` with `of` and `date`. If there is none, `reason` says why.

use super::super::{
    CheckInput, CheckResults,
    forecasts::{self, ForecastChange, PublishedBy, names},
    notices::{check_notices, report_gone},
};
use crate::{
    diag::Diagnostic,
    model::{ForecastKind, Margin, Release},
};

/// The name of its findings.
const RULE: &str = "forecast-revision";

/// Compares the forecast and the result of each fiscal year.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    report_notices_of_nothing(input, results);
    report_names_of_nothing(input, results);
    report_gone(RULE, input, ForecastKind::Results, results);
    let changes = forecasts::changes(input, ForecastKind::Results);
    let margin = |change: &ForecastChange| change.forecast.margin.per_cent().filter(|_| change.is_of_year());
    let is_due =
        |change: &ForecastChange| margin(change).is_some_and(|margin| change.now.is_material(change.before, margin));
    check_notices(RULE, input, &changes, is_due, results);
    report_without_margin(input, &changes, results);
    changes.iter().filter(|change| margin(change).is_some()).count()
}

/// Earlier names of forecasts that no prior release has.
fn report_names_of_nothing(input: &CheckInput, results: &mut CheckResults) {
    let release = input.book.release;
    // One that could not be read may be the one that has it.
    if input.earlier.len() < release.prior.len() {
        return;
    }
    for was in release.forecasts.iter().filter_map(|forecast| forecast.was.as_ref()) {
        let has = |name: &str| {
            let is_there = |prior: &Release| {
                prior.line(name).is_some() || prior.measure(name).is_some() || prior.range(name).is_some()
            };
            input.earlier.iter().any(is_there)
        };
        if !was.names().into_iter().all(has) {
            let message = format!("no `prior` release has `{was}`");
            results
                .push(Diagnostic::error("unused", message).at(&was.place, "expected the name of the forecast there"));
        }
    }
}

/// Changes of which nothing says whether a notice is due.
fn report_without_margin(input: &CheckInput, changes: &[ForecastChange], results: &mut CheckResults) {
    let is_compared = |change: &&ForecastChange| change.is_of_year() && change.by_kind != PublishedBy::YearBefore;
    let is_unsaid = |change: &&ForecastChange| change.forecast.margin == Margin::Unsaid && change.has_changed();
    let is_noticed = |change: &&ForecastChange| input.book.release.notices.iter().any(|notice| change.is_of(notice));
    for change in changes.iter().filter(is_compared).filter(is_unsaid).filter(|change| !is_noticed(change)) {
        let verb = if change.takes_back() { "takes back" } else { "differs from" };
        let message = format!(
            "`{}` {verb} what `{}` had, and nothing says from which difference on a notice is due",
            change.name(),
            change.by
        );
        let finding = Diagnostic::warning(RULE, message).at(&change.place(input.book), change.was_and_is(input.book));
        let help =
            "give its `[[forecast]]` a `margin` in per cent, or `margin = \"none\"` if no difference needs a notice";
        results.push(finding.with(&change.forecast.figure.place, "no `margin`").help(help));
    }
}

/// Notices of figures that are no forecasts.
fn report_notices_of_nothing(input: &CheckInput, results: &mut CheckResults) {
    let release = input.book.release;
    for of in release.notices.iter().flat_map(|notice| &notice.of) {
        if !release.forecasts.iter().any(|forecast| names(of, forecast, None)) {
            let message = format!("`{of}` is the figure of no `[[forecast]]`");
            results.push(Diagnostic::error("unused", message).at(&of.place, "expected what a forecast is of"));
        }
    }
}
