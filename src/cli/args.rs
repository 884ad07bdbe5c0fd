//! The arguments that several commands have in common.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// The releases of a project, and the format of findings.
#[derive(Debug, Args)]
pub(super) struct ReleaseArgs {
    /// The releases, by their folders under content/ [default: all]
    #[arg(value_name = "SLUG")]
    pub slugs: Vec<String>,
    #[command(flatten)]
    pub project: ProjectArgs,
}

/// The folder of a project, and the format of findings.
#[derive(Debug, Args)]
pub(super) struct ProjectArgs {
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
