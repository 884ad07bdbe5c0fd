//! The command-line arguments.

use std::path::PathBuf;

use clap::{
    Args as Arguments, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};

use crate::formats::Format;

/// Turns a TOML dataset into an earnings release (site, Markdown, PDF) and refuses to publish numbers that do not hold
/// together.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Exit codes: 0 clean, 1 findings at error level, 2 input unreadable or output not writable."
)]
pub(super) struct Args {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check releases and write them to the output folder
    Build(BuildArgs),
    /// Check releases without writing anything
    Check(CheckArgs),
    /// Preview releases in a browser, rebuilt after every change, with findings shown in place
    Serve(ServeArgs),
    /// Check that an output folder is exactly what a build would write now
    Verify(VerifyArgs),
    /// Show where a figure comes from, what guards it, and every place that shows it
    Explain(ExplainArgs),
    /// Propose the fewest adjustments that make printed columns add up, as TOML
    Adjust(AdjustArgs),
    /// Plant errors one at a time and report what the checks would catch
    Mutate(MutateArgs),
    /// Create a starter release, or copy the built-in templates into the project
    New(NewArgs),
}

#[derive(Debug, Arguments)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    pub place: Place,
    /// The output folder, relative to the root
    #[arg(long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// The output formats to write; all of them by default
    #[arg(
        long,
        value_name = "FORMAT",
        value_delimiter = ',',
        default_values = Format::ALL.map(|format| format.name),
        hide_default_value = true,
        value_parser = PossibleValuesParser::new(Format::ALL.map(|format| format.name)).try_map(|word| Format::named(&word))
    )]
    pub format: Vec<&'static Format>,
    /// Build releases with findings too, marked as drafts
    #[arg(long)]
    pub draft: bool,
    /// Rebuild releases that are unchanged
    #[arg(long)]
    pub force: bool,
    /// Remove orphaned releases from the output: those without a dataset, if nobody changed their files
    #[arg(long)]
    pub prune: bool,
}

#[derive(Debug, Arguments)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub place: Place,
    /// Also list the entered amounts that could be wrong by one unit without any relation breaking
    #[arg(long)]
    pub coverage: bool,
}

#[derive(Debug, Arguments)]
pub(super) struct VerifyArgs {
    /// The output folder, or the folder of one release in it, relative to the root
    #[arg(value_name = "OUTPUT", default_value = "output")]
    pub output: PathBuf,
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// How to print findings: `human` and `short` on standard error, `json` on standard output
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
}

#[derive(Debug, Arguments)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    pub place: Place,
    /// The port of 127.0.0.1 to listen on; 0 takes a free one
    #[arg(long, value_name = "N", default_value_t = 5377)]
    pub port: u16,
    /// Open the list of releases in a browser
    #[arg(long)]
    pub open: bool,
}

#[derive(Debug, Arguments)]
pub(super) struct ExplainArgs {
    /// A figure as formulas name it, `is.revenue@fy2025`, or a cell, `table/row/column` (a number from 1, or a period)
    pub figure: String,
    #[command(flatten)]
    pub place: Place,
}

#[derive(Debug, Arguments)]
pub(super) struct AdjustArgs {
    #[command(flatten)]
    pub place: Place,
    /// Ignore the release's own adjustments and propose all of them again
    #[arg(long)]
    pub afresh: bool,
}

#[derive(Debug, Arguments)]
pub(super) struct MutateArgs {
    #[command(flatten)]
    pub place: Place,
    /// Seed for choosing digits and neighbours
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// Plant at most this many errors, chosen by the seed [default: every kind at every amount]
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
}

#[derive(Debug, Arguments)]
pub(super) struct NewArgs {
    /// The release's name: its folder under content/
    #[arg(required_unless_present = "templates")]
    pub slug: Option<String>,
    /// Copy the built-in templates/ and static/ into the project; existing files are kept
    #[arg(long)]
    pub templates: bool,
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
}

#[derive(Debug, Arguments)]
pub(super) struct Place {
    /// The releases, by their folders under content/ [default: all]
    #[arg(value_name = "SLUG")]
    pub slugs: Vec<String>,
    /// The project's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// How to print findings: `human` and `short` on standard error, `json` on standard output
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "human")]
    pub message_format: MessageFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// The user's own line with a caret under what is wrong
    Human,
    /// One line per finding
    Short,
    /// One JSON object
    Json,
}

impl BuildArgs {
    /// The output formats asked for, in the order of [`Format::ALL`], each once.
    pub(super) fn formats(&self) -> Vec<&'static Format> {
        Format::ALL.into_iter().filter(|format| self.format.contains(format)).collect()
    }
}
