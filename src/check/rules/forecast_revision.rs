//! Revised forecasts: results that differ much from the forecast published before are the subject of a notice.
//!
//! **What it checks.** `[[forecast]]` names a figure that is forecast, the line that the days bring in the end (`actual`), and from
//! how many per cent on a difference needs a notice of its own (`margin`). The forecast of a fiscal year, and the result of the
//! release's own, are compared with the latest forecast of the same days that a `prior` release has, or with `previous`, where the
//! release says itself what it was. If no prior release has one, the result is compared with that of the year before. A difference by
//! the margin or more, from zero at all, or in sign needs a `[[notice]]` that names the figure, with a day that is neither later than
//! the release nor earlier than the forecast that it revises. Exact amounts are compared, not printed ones. A first forecast is
//! disclosed by the release that has it. Without `margin`, no notice is ever asked for. The ends of ranges are compared one by one; a single figure with the nearer end of a range, and
//! within a range it does not differ.
//!
//! **Why.** A notice is due at once, when the difference is known, and not with the results (listing rule 405 of the Tokyo Stock
//! Exchange: sales by 10%, profits by 30%; FAQ 6851 of JPX). What is due elsewhere is a matter of the margins that are declared.
//!
//! **Example.** `forecasts/revision`, reported as `forecast-revision`
//!
//! **How to fix it.** Publish the notice, and declare it: `[[notice]]` with `of` and `date`. If there is none, `reason` says why.

use super::super::{
    CheckInput, CheckResults,
    forecasts::{self, ForecastChange, names},
    notices::check_notices,
};
use crate::{diag::Diagnostic, model::ForecastKind};

/// The name of its findings.
const RULE: &str = "forecast-revision";

/// Compares the forecast and the result of each fiscal year.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    report_notices_of_nothing(input, results);
    let changes = forecasts::changes(input, ForecastKind::Results);
    let margin = |change: &ForecastChange| {
        let margin = change.forecast.margin.as_ref().filter(|_| change.is_of_year());
        margin.map(|margin| margin.value)
    };
    let is_due =
        |change: &ForecastChange| margin(change).is_some_and(|margin| change.now.is_material(change.before, margin));
    check_notices(RULE, input, &changes, is_due, results);
    changes.iter().filter(|change| margin(change).is_some()).count()
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
