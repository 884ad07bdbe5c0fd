//! `kessan diff`.

use std::io;

use super::{
    args::{MessageFormat, ProjectArgs},
    diff_lines::change_lines,
    exit, print,
};
use crate::commands::{self, DiffReport};

/// The exit code if something entered changed.
const CHANGED: u8 = 1;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 nothing that is entered changed, 1 something did, 2 the versions cannot be compared."
)]
pub(super) struct Args {
    /// The old version: a release (its folder), a built `<release>.json`, or a git revision (`HEAD~1`, `v1:acme-1q2026`)
    old: String,
    /// The new version, named likewise [default: the release in the project's folder]
    new: Option<String>,
    /// Write the pages of the new version with what changed marked to this new file, relative to the project's folder
    #[arg(long, value_name = "FILE")]
    html: Option<String>,
    /// The same as a PDF file
    #[arg(long, value_name = "FILE")]
    pdf: Option<String>,
    #[command(flatten)]
    project: ProjectArgs,
}

impl Args {
    pub(super) fn run(&self) -> io::Result<u8> {
        let Self { old, new, html, pdf, project: ProjectArgs { root, message_format } } = self;
        let request = commands::Diff { root, old, new: new.as_deref(), html: html.as_deref(), pdf: pdf.as_deref() };
        match commands::diff(&request) {
            Ok(report) => {
                self.print(&report)?;
                Ok(if report.changes.entered.is_empty() { exit::CLEAN } else { CHANGED })
            }
            Err(findings) => {
                print::findings(&findings, *message_format)?;
                Ok(exit::UNREADABLE)
            }
        }
    }

    fn print(&self, report: &DiffReport) -> io::Result<()> {
        if self.project.message_format == MessageFormat::Json {
            return print::json(report);
        }
        print::results(&change_lines(&report.changes))?;
        let DiffReport { old, new, changes, written } = report;
        let end = match changes.entered.len() {
            _ if changes.is_empty() => String::from("nothing changed"),
            1 => String::from("1 entry changed"),
            count => format!("{count} entries changed"),
        };
        print::to_stderr(&format!("kessan: {old} → {new}: {end}\n"))?;
        written.iter().try_for_each(|file| print::to_stderr(&format!("kessan: wrote {file}\n")))
    }
}
