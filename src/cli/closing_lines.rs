//! The closing lines: the outcome for each release.

use std::{fmt::Write, time::Duration};

use crate::{
    commands::{CreatedFiles, Disposition, Outcome, Report},
    diag::{Level, count},
};

/// What was built: `kessan: acme: built 24 files in output/acme`.
pub(super) fn build_lines(report: &Report) -> String {
    lines(report, ", nothing written", |outcome| match &outcome.written {
        Some(written) if written.disposition == Disposition::Unchanged => String::from("unchanged"),
        Some(written) if written.disposition == Disposition::Removed => format!("removed {}", written.folder),
        Some(written) if outcome.errors > 0 => {
            let found = finding_counts(outcome.errors, outcome.warnings);
            format!("built {} in {}, a draft with {found}", files(written.files), written.folder)
        }
        Some(written) if outcome.warnings > 0 => {
            format!("built {} in {}, {}", files(written.files), written.folder, finding_counts(0, outcome.warnings))
        }
        Some(written) => format!("built {} in {}", files(written.files), written.folder),
        None if outcome.errors == 0 => "nothing written".to_owned(),
        None => format!("{}, nothing written", finding_counts(outcome.errors, outcome.warnings)),
    })
}

/// Which page to open first.
pub(super) fn open_line(output: &str, page: &str) -> String {
    format!("kessan: open {output}/{page} in a browser\n")
}

/// What was checked: `kessan: acme: 2 errors, 1 warning`.
pub(super) fn check_lines(report: &Report) -> String {
    lines(report, "", |outcome| finding_counts(outcome.errors, outcome.warnings))
}

/// What was verified: `kessan: acme: verified, 24 files`.
pub(super) fn verify_lines(report: &Report) -> String {
    lines(report, ", nothing verified", |outcome| match &outcome.written {
        Some(written) if outcome.errors == 0 => format!("verified, {}", files(written.files)),
        _ => plural(outcome.errors, "difference"),
    })
}

/// What was rebuilt while serving: `kessan: acme: content/acme/measures.toml changed, built in 31 ms: 1 error`.
pub(super) fn rebuild_lines(changed: &[String], report: &Report, took: Duration) -> String {
    let why = match changed {
        [] => String::new(),
        [path] => format!("{path} changed, "),
        [path, rest @ ..] => format!("{path} and {} more changed, ", rest.len()),
    };
    let took = took.as_millis();
    if report.outcomes.is_empty() {
        let found = finding_counts(count(&report.findings, Level::Error), count(&report.findings, Level::Warning));
        return format!("kessan: {why}nothing built: {found}\n");
    }
    lines(report, "", |outcome| {
        format!("{why}built in {took} ms: {}", finding_counts(outcome.errors, outcome.warnings))
    })
}

/// The address of the pages.
pub(super) fn serving_line(address: &str) -> String {
    format!("kessan: serving {address} to this machine; Ctrl-C stops\n")
}

/// The files that were created, one a line.
pub(super) fn created_lines(laid: &[CreatedFiles]) -> String {
    let mut out = String::new();
    for laid in laid {
        laid.written.iter().for_each(|path| _ = writeln!(out, "wrote {path}"));
        laid.kept.iter().for_each(|path| _ = writeln!(out, "kept {path}"));
    }
    out
}

/// A line for each release; where there is none, one for the run.
fn lines(report: &Report, end: &str, say: impl Fn(&Outcome) -> String) -> String {
    if report.outcomes.is_empty() {
        let found = finding_counts(count(&report.findings, Level::Error), count(&report.findings, Level::Warning));
        return format!("kessan: {found}{end}\n");
    }
    report.outcomes.iter().map(|outcome| format!("kessan: {}: {}\n", outcome.slug, say(outcome))).collect()
}

fn files(number: usize) -> String {
    plural(number, "file")
}

fn finding_counts(errors: usize, warnings: usize) -> String {
    match (errors, warnings) {
        (0, 0) => "no findings".to_owned(),
        (0, _) => plural(warnings, "warning"),
        (_, 0) => plural(errors, "error"),
        _ => format!("{}, {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

fn plural(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}
