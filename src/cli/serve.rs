//! `kessan serve`.

use std::{io, time::Duration};

use super::{
    args::{MessageFormat, ReleaseArgs},
    closing_lines::{finding_counts, outcome_lines},
    exit::exit_code,
    print,
};
use crate::{
    commands::Report,
    diag::{Level, count},
    preview::{self, ServeEvent},
};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    releases: ReleaseArgs,
    /// The port of 127.0.0.1 to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 5377)]
    port: u16,
    /// Open the list of releases in a browser
    #[arg(long)]
    open: bool,
}

impl Args {
    /// Returns only when the port is not available; otherwise it runs until the program is stopped.
    pub(super) fn run(&self) -> io::Result<u8> {
        let ReleaseArgs { root, slugs, message_format } = &self.releases;
        let request = preview::Serve { root, slugs, port: self.port, open: self.open };
        // A finding that cannot be printed is still on the page.
        let result = preview::serve(&request, &|event| drop(print_event(&event, *message_format)));
        let findings = result.err().map(|finding| vec![finding]).unwrap_or_default();
        print::findings(&findings, *message_format)?;
        Ok(exit_code(&findings))
    }
}

fn print_event(event: &ServeEvent<'_>, format: MessageFormat) -> io::Result<()> {
    match event {
        ServeEvent::Built { changed, report, duration } => {
            print::report(report, format)?;
            print::closing_lines(&rebuild_lines(changed, report, *duration), format)
        }
        ServeEvent::Listening { address } => {
            print::to_stderr(&format!("kessan: serving {address} to this machine; Ctrl-C stops\n"))
        }
        ServeEvent::Failed(finding) => print::findings(std::slice::from_ref(finding), format),
    }
}

/// The closing lines of a rebuild while serving: `kessan: acme: content/acme/measures.toml changed, built in 31 ms: 1 error`.
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
