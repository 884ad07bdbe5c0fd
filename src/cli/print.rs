//! Prints findings and closing lines to standard error, and results to standard output.

use std::io::{self, IsTerminal, Write};

use serde::Serialize;

use super::args::MessageFormat;
use crate::{
    commands::{Report, Timings},
    diag::{self, Diagnostic},
};

/// Prints a report's findings. JSON goes to standard output, even without findings.
pub(super) fn report(report: &Report, format: MessageFormat) -> io::Result<()> {
    report_with_timings(report, format, None)
}

/// The same; JSON has the times of the command too, if these were measured.
pub(super) fn report_with_timings(report: &Report, format: MessageFormat, timings: Option<&Timings>) -> io::Result<()> {
    if format != MessageFormat::Json {
        return findings(&report.findings, format);
    }
    let suspects: Vec<_> = report.outcomes.iter().flat_map(|outcome| outcome.suspects.clone()).collect();
    let releases: Vec<_> = report.outcomes.iter().filter_map(|outcome| outcome.summary.as_ref()).collect();
    results(&diag::json_with_timings(&report.findings, &suspects, &releases, timings))
}

/// Prints findings alone.
pub(super) fn findings(findings: &[Diagnostic], format: MessageFormat) -> io::Result<()> {
    match format {
        MessageFormat::Human => to_stderr(&diag::human(findings, use_colour())),
        MessageFormat::Short => to_stderr(&diag::short(findings)),
        MessageFormat::Json => results(&diag::json(findings, &[], &[""; 0])),
    }
}

/// Prints the closing lines, except with JSON.
pub(super) fn closing_lines(lines: &str, format: MessageFormat) -> io::Result<()> {
    if format == MessageFormat::Json { Ok(()) } else { to_stderr(lines) }
}

/// Prints results to standard output.
pub(super) fn results(text: &str) -> io::Result<()> {
    write(io::stdout().lock(), text.as_bytes())
}

/// Prints the bytes of a file to standard output.
pub(super) fn bytes(bytes: &[u8]) -> io::Result<()> {
    write(io::stdout().lock(), bytes)
}

/// Prints a value as JSON.
pub(super) fn json(value: &impl Serialize) -> io::Result<()> {
    results(&diag::to_json(value))
}

/// Draws a progress bar on a terminal if there are several items.
pub(super) fn progress(done: usize, all: usize) {
    const WIDTH: usize = 40;
    if !io::stderr().is_terminal() || all < 2 {
        return;
    }
    let filled = done * WIDTH / all;
    let end = if done == all { "\r\x1b[K" } else { "" };
    // A failure to draw the bar is no error.
    drop(to_stderr(&format!("\r[{}{}] {done}/{all}{end}", "#".repeat(filled), " ".repeat(WIDTH - filled))));
}

/// Prints help, the version, or what is wrong with the arguments. Returns the exit code.
pub(super) fn usage(usage: &clap::Error) -> u8 {
    // If this cannot be printed, no message can.
    drop(usage.print());
    u8::try_from(usage.exit_code()).unwrap_or(2)
}

/// Prints to standard error.
pub(super) fn to_stderr(text: &str) -> io::Result<()> {
    write(io::stderr().lock(), text.as_bytes())
}

/// Writes to a stream. A closed pipe is no error, because its reader has read enough.
fn write(mut out: impl Write, bytes: &[u8]) -> io::Result<()> {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// Whether to use colours: on a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
fn use_colour() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
