//! Prints what a build after a change of files found, for the commands that watch them.

use std::{io, time::Duration};

use super::{
    args::MessageFormat,
    closing_lines::{finding_counts, outcome_lines},
    print,
};
use crate::{
    commands::Report,
    diag::{Level, count},
    preview::Built,
};

/// Prints the findings and the closing lines of a build.
pub(super) fn print_built(built: &Built<'_>, format: MessageFormat) -> io::Result<()> {
    print::report(&built.report, format)?;
    print::closing_lines(&rebuild_lines(built.changed, &built.report, built.duration), format)
}

/// The closing lines of a build: `kessan: acme: content/acme/measures.toml changed, built in 31 ms: 1 error`.
fn rebuild_lines(changed: &[String], report: &Report, duration: Duration) -> String {
    let why = match changed {
        [] => String::new(),
        [path] => format!("{path} changed, "),
        [path, rest @ ..] => format!("{path} and {} more changed, ", rest.len()),
    };
    let duration = duration.as_millis();
    if report.outcomes.is_empty() {
        let found = finding_counts(count(&report.findings, Level::Error), count(&report.findings, Level::Warning));
        return format!("kessan: {why}nothing built: {found}\n");
    }
    outcome_lines(report, "", |outcome| {
        format!("{why}built in {duration} ms: {}", finding_counts(outcome.errors, outcome.warnings))
    })
}
