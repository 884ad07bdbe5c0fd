//! Dividend forecasts: a dividend that is not what was forecast for its record date is the subject of a notice.
//!
//! **What it checks.** A `[[forecast]]` with `kind = "dividend"` names the line of a record date. Its amount of the release's own
//! period and of later ones must be what the latest `prior` release has for the same days, on the basis after a `[[split]]`, or what
//! `previous` says that it was. Any difference, however small, a forecast that was or becomes undecided, and one that is there no more, needs a
//! `[[notice]]` that names the figure, with its day. What a prior release forecast, and no `[[forecast]]` of this one is of, is a
//! finding; where only its name is another, `was` is the name before.
//!
//! **Why.** Dividend forecasts have no threshold: any change is disclosed at once (FAQ 6852 of JPX on the listing rules of the Tokyo
//! Stock Exchange).
//!
//! **Example.** `forecasts/dividend`, reported as `dividend-forecast`
//!
//! **How to fix it.** Publish the notice, and declare it: `[[notice]]` with `of` and `date`. If there is none, `reason` says why.

use super::super::{
    CheckInput, CheckResults, forecasts,
    notices::{check_notices, report_gone},
};
use crate::model::ForecastKind;

/// The name of its findings.
const RULE: &str = "dividend-forecast";

/// Compares the dividend of each record date.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    report_gone(RULE, input, ForecastKind::Dividend, results);
    let changes = forecasts::changes(input, ForecastKind::Dividend);
    check_notices(RULE, input, &changes, |change| change.has_changed(), results);
    changes.len()
}
