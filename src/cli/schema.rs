//! `kessan schema`.

use std::{io, path::PathBuf};

use super::{args::MessageFormat, exit::exit_code, new::created_lines, print};
use crate::commands;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        match commands::write_schemas(&self.root) {
            Ok(created) => {
                print::results(&created_lines(&[created]))?;
                Ok(exit_code(&[]))
            }
            Err(finding) => {
                let findings = [finding];
                print::findings(&findings, MessageFormat::Human)?;
                Ok(exit_code(&findings))
            }
        }
    }
}
