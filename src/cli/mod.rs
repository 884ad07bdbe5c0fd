//! The command line: parses arguments, prints the results, and returns an exit code. No other layer prints.

mod adjust;
mod args;
mod build;
mod check;
mod closing_lines;
mod completions;
mod diff;
mod diff_lines;
mod exit;
mod explain;
mod forms;
mod import;
mod man;
mod mutate;
mod new;
mod print;
mod rebuild;
mod roll;
mod schema;
mod serve;
mod sign;
mod translated;
mod verify;
mod words;

use std::{ffi::OsString, io, process::ExitCode};

use clap::{CommandFactory, Parser, Subcommand};

use crate::commands;

/// Turns a TOML dataset into an earnings release (site, Markdown, PDF, workbook, data, an exchange's filing) and refuses to publish numbers that do not hold
/// together.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 clean, 1 findings at error level, 2 input unreadable or output not writable."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The commands, one row each: the line that `--help` shows, the name, and the file with its arguments and its run.
macro_rules! define_commands {
    ($($(#[$help:meta])* $name:ident($file:ident),)*) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($(#[$help])* $name($file::Args),)*
        }

        /// The names of the commands.
        const COMMANDS: &[&str] = &[$(stringify!($file)),*];

        impl Command {
            fn run(&self) -> io::Result<u8> {
                match self {
                    $(Self::$name(args) => args.run(),)*
                }
            }
        }
    };
}

define_commands! {
    /// Check releases and write them to the output folder
    Build(build),
    /// Check releases without writing anything
    Check(check),
    /// Preview releases in a browser, rebuilt after every change, with findings in place
    Serve(serve),
    /// Check that an output folder is exactly what a build would write now
    Verify(verify),
    /// Show where a figure comes from, what guards it, and every place that shows it
    Explain(explain),
    /// Show what changed between two versions of a release, causes first
    Diff(diff),
    /// Propose the fewest adjustments that make printed columns add up, as TOML
    Adjust(adjust),
    /// Plant errors one at a time and report what the checks would catch
    Mutate(mutate),
    /// Record that translated pages are up to date; an original edited later is reported
    Translated(translated),
    /// Write the texts of a release as CSV for translators, or read their translations
    Words(words),
    /// Sign statements, tables or pages of a release as they are; a later change is reported
    Sign(sign),
    /// Compare amounts with the workbooks that they come from, or take over what changed
    Import(import),
    /// Lay out the next release from an old one: periods moved, amounts pending
    Roll(roll),
    /// Create a starter release, or copy the built-in templates into the project
    New(new),
    /// List the forms that can be filed with an exchange, or the concepts of one
    Forms(forms),
    /// Write schemas of the TOML files, by which editors complete and explain keys
    Schema(schema),
    /// Write the script by which a shell completes commands and options
    Completions(completions),
    /// Write the manual page of the program or of a command
    Man(man),
}

/// The description of the whole command line.
fn arguments() -> clap::Command {
    Cli::command()
}

/// Runs the program on its arguments, its name first. Returns the exit code: 0 clean, 1 findings at error level, 2 the
/// input could not be read or the output not written.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let code = match Cli::try_parse_from(args) {
        Ok(cli) => {
            commands::clean_up_when_interrupted();
            cli.command.run()
        }
        Err(usage) => Ok(print::usage(&usage)),
    };
    ExitCode::from(code.unwrap_or(exit::UNREADABLE))
}
