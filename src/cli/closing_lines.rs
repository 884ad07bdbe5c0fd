//! Formats the closing lines: the outcome for each release, with counts.

use crate::{
    commands::{Outcome, Report},
    diag::{Level, count},
};

/// A line for each release, `kessan: <slug>: <text>`; without releases, one line that counts the findings.
pub(super) fn outcome_lines(report: &Report, ending: &str, text: impl Fn(&Outcome) -> String) -> String {
    if report.outcomes.is_empty() {
        let found = finding_counts(count(&report.findings, Level::Error), count(&report.findings, Level::Warning));
        return format!("kessan: {found}{ending}\n");
    }
    report.outcomes.iter().map(|outcome| format!("kessan: {}: {}\n", outcome.slug, text(outcome))).collect()
}

pub(super) fn file_count(number: usize) -> String {
    plural(number, "file")
}

pub(super) fn finding_counts(errors: usize, warnings: usize) -> String {
    match (errors, warnings) {
        (0, 0) => "no findings".to_owned(),
        (0, _) => plural(warnings, "warning"),
        (_, 0) => plural(errors, "error"),
        _ => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

pub(super) fn plural(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// A percentage, `98.5%`; a dash if the whole is zero.
pub(super) fn percentage(part: usize, whole: usize) -> String {
    if whole == 0 {
        return String::from("-");
    }
    let tenths = part * 1000 / whole;
    format!("{}.{}%", tenths / 10, tenths % 10)
}
