//! `kessan adjust`.

use std::io;

use super::{
    args::{MessageFormat, ProjectArgs, ReleaseArgs},
    exit::exit_code,
    print,
};
use crate::commands;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    releases: ReleaseArgs,
    /// Ignore the release's own adjustments and propose all of them again
    #[arg(long)]
    afresh: bool,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let ReleaseArgs { slugs, project: ProjectArgs { root, message_format } } = &self.releases;
        let (proposals, report) = commands::adjust(&commands::Adjust { root, slugs, afresh: self.afresh });
        if !report.findings.is_empty() {
            print::findings(&report.findings, *message_format)?;
        }
        match message_format {
            MessageFormat::Json if report.findings.is_empty() => print::json(&proposals)?,
            MessageFormat::Json => {}
            _ => print::results(&proposals.iter().map(ToString::to_string).collect::<String>())?,
        }
        Ok(exit_code(&report.findings))
    }
}
