//! Printing: findings and closing lines to standard error, results to standard output.

use std::io::{self, IsTerminal, Write};

use super::{args::MessageFormat, say};
use serde::Serialize;

use crate::{
    commands::Report,
    diag::{self, Diagnostic},
    preview::ServeEvent,
};

/// Prints a report's findings in the form asked for. JSON goes to standard output, whatever was found.
pub(super) fn report(report: &Report, format: MessageFormat) -> io::Result<()> {
    if format != MessageFormat::Json {
        return findings(&report.findings, format);
    }
    let suspects: Vec<_> = report.outcomes.iter().flat_map(|outcome| outcome.suspects.clone()).collect();
    let releases: Vec<_> = report.outcomes.iter().filter_map(|outcome| outcome.summary.as_ref()).collect();
    results(&diag::json(&report.findings, &suspects, &releases))
}

/// Prints what happens while serving.
pub(super) fn served(served: &ServeEvent<'_>, format: MessageFormat) -> io::Result<()> {
    match served {
        ServeEvent::Built { changed, report: made, took } => {
            report(made, format)?;
            closing(&say::made(changed, made, *took), format)
        }
        ServeEvent::Listening { address } => to_stderr(&say::listening(address)),
        ServeEvent::Failed(finding) => findings(std::slice::from_ref(finding), format),
    }
}

/// Prints findings that nothing else is said of.
pub(super) fn findings(findings: &[Diagnostic], format: MessageFormat) -> io::Result<()> {
    match format {
        MessageFormat::Human => to_stderr(&diag::human(findings, wants_colour())),
        MessageFormat::Short => to_stderr(&diag::short(findings)),
        MessageFormat::Json => results(&diag::json(findings, &[], &[""; 0])),
    }
}

/// Prints the closing lines, unless a program is reading.
pub(super) fn closing(lines: &str, format: MessageFormat) -> io::Result<()> {
    if format == MessageFormat::Json { Ok(()) } else { to_stderr(lines) }
}

/// Prints what was asked for.
pub(super) fn results(text: &str) -> io::Result<()> {
    put(io::stdout().lock(), text)
}

/// Prints a value as JSON.
pub(super) fn json(value: &impl Serialize) -> io::Result<()> {
    results(&diag::json_of(value))
}

/// Draws a bar on a terminal, where there are several things to wait for; elsewhere nothing.
pub(super) fn progress(done: usize, all: usize) {
    const WIDTH: usize = 40;
    if !io::stderr().is_terminal() || all < 2 {
        return;
    }
    let filled = done * WIDTH / all;
    let end = if done == all { "\r\x1b[K" } else { "" };
    // A bar that cannot be drawn is not missed.
    drop(to_stderr(&format!("\r[{}{}] {done}/{all}{end}", "#".repeat(filled), " ".repeat(WIDTH - filled))));
}

/// Prints help, the version, or what is wrong with the arguments. Gives the exit code.
pub(super) fn usage(usage: &clap::Error) -> u8 {
    // Nobody is left to tell when this cannot be printed.
    drop(usage.print());
    u8::try_from(usage.exit_code()).unwrap_or(2)
}

fn to_stderr(text: &str) -> io::Result<()> {
    put(io::stderr().lock(), text)
}

/// Whoever closes the pipe has read enough: that is no failure.
fn put(mut out: impl Write, text: &str) -> io::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        done => done,
    }
}

/// On a terminal, unless <https://no-color.org> is asked for.
fn wants_colour() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
