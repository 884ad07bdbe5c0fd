//! `kessan man`.

use std::io;

use clap::builder::PossibleValuesParser;
use clap_mangen::Man;

use super::{COMMANDS, arguments, exit::exit_code, print};

/// What the foot of a page names as the program.
const SOURCE: &str = concat!("kessan ", env!("CARGO_PKG_VERSION"));

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The command whose page to write [default: the page of the program]
    #[arg(value_name = "COMMAND", value_parser = PossibleValuesParser::new(COMMANDS))]
    command: Option<String>,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let (mut program, mut page) = (arguments(), Vec::new());
        // Gives every command the name that its page bears: `kessan-build`.
        program.build();
        let described = self.command.as_ref().and_then(|name| program.find_subcommand(name)).unwrap_or(&program);
        Man::new(described.clone()).source(SOURCE).manual("kessan").render(&mut page)?;
        print::bytes(&page)?;
        Ok(exit_code(&[]))
    }
}
