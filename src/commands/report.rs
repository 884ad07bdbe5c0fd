//! The report of a command: its findings, and the outcome for each release.

use crate::{
    closing::{Coverage, Phase, ReleaseSummary, RuleCount},
    diag::{Diagnostic, Suspect},
};

/// The report of a command.
#[derive(Debug, Default)]
pub struct Report {
    /// Every finding, sorted, each once.
    pub findings: Vec<Diagnostic>,
    /// One for each selected release, sorted by slug.
    pub outcomes: Vec<Outcome>,
}

/// The outcome for one release.
#[derive(Debug, Default)]
pub struct Outcome {
    pub slug: String,
    pub errors: usize,
    pub warnings: usize,
    /// Entered amounts that may be wrong, the most likely first.
    pub suspects: Vec<Suspect>,
    /// What each rule looked at; empty unless the release was checked and could be read completely.
    pub looked_at: Vec<RuleCount>,
    /// None when the release could not be loaded, or nobody asked for it.
    pub summary: Option<ReleaseSummary>,
    /// None when the release could not be loaded, was not closed because it is unchanged, or nobody asked for it.
    pub coverage: Option<Coverage>,
    /// Its folder in the output, if it has one.
    pub written: Option<OutputFolder>,
    /// What building it took, if that was measured.
    pub phases: Vec<Phase>,
}

/// A folder of the output.
#[derive(Debug)]
pub struct OutputFolder {
    /// Its path as shown to the user.
    pub folder: String,
    /// How many files are in it.
    pub files: usize,
    pub disposition: Disposition,
}

/// What a command did with a folder of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// It was written.
    Written,
    /// It was not written, because nothing in it would change.
    Unchanged,
    /// It was removed.
    Removed,
}
