//! `kessan explain`.

use std::io;

use super::{
    args::{MessageFormat, ProjectArgs, ReleaseArgs},
    exit::exit_code,
    print,
};
use crate::commands;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A figure as formulas name it, `is.revenue@fy2025`, or a cell, `table/row/column` (a number from 1, or a period)
    figure: String,
    #[command(flatten)]
    releases: ReleaseArgs,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let ReleaseArgs { slugs, project: ProjectArgs { root, message_format } } = &self.releases;
        let (explanation, findings) = commands::explain(&commands::Explain { root, slugs, figure: &self.figure });
        if !findings.is_empty() {
            print::findings(&findings, *message_format)?;
        }
        if let Some(explanation) = explanation {
            match message_format {
                MessageFormat::Json => print::json(&explanation)?,
                _ => print::results(&explanation.to_string())?,
            }
        }
        Ok(exit_code(&findings))
    }
}
