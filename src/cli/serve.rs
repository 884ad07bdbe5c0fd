//! `kessan serve`.

use std::io;

use super::{
    args::{MessageFormat, ProjectArgs, ReleaseArgs},
    exit::exit_code,
    print,
    rebuild::print_built,
};
use crate::preview::{self, ServeEvent};

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
        let ReleaseArgs { slugs, project: ProjectArgs { root, message_format } } = &self.releases;
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
        ServeEvent::Built(built) => print_built(built, format),
        ServeEvent::Listening { address } => {
            print::to_stderr(&format!("kessan: serving {address} to this machine; Ctrl-C stops\n"))
        }
        ServeEvent::Failed(finding) => print::findings(std::slice::from_ref(finding), format),
    }
}
