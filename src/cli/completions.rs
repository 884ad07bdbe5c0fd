//! `kessan completions`.

use std::io;

use clap_complete::Shell;

use super::{arguments, exit::exit_code, print};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell to write the script for
    shell: Shell,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let (mut command, mut script) = (arguments(), Vec::new());
        let name = command.get_name().to_owned();
        clap_complete::generate(self.shell, &mut command, name, &mut script);
        print::bytes(&script)?;
        Ok(exit_code(&[]))
    }
}
