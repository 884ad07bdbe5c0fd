//! `kessan verify`.

use std::{io, path::PathBuf};

use super::{
    args::ProjectArgs,
    closing_lines::{file_count, outcome_lines, plural},
    exit::exit_code,
    print,
};
use crate::commands::{self, Report};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The output folder, or the folder of one release in it, relative to the root
    #[arg(value_name = "OUTPUT", default_value = "output")]
    output: PathBuf,
    #[command(flatten)]
    project: ProjectArgs,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let Self { output, project: ProjectArgs { root, message_format } } = self;
        let shown = output.to_string_lossy();
        let request = commands::Verify { root, output: &root.join(output), output_shown: &shown };
        let report = commands::verify(&request, &print::progress);
        print::report(&report, *message_format)?;
        print::closing_lines(&verify_lines(&report), *message_format)?;
        Ok(exit_code(&report.findings))
    }
}

/// The closing lines of a verification: `kessan: acme: verified, 24 files`.
fn verify_lines(report: &Report) -> String {
    outcome_lines(report, ", nothing verified", |outcome| match &outcome.written {
        Some(written) if outcome.errors == 0 => format!("verified, {}", file_count(written.files)),
        _ => plural(outcome.errors, "difference"),
    })
}
