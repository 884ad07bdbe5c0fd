//! What a command reports: its findings, and the outcome for each release.

use crate::{
    closing::{Coverage, ReleaseSummary},
    diag::{Diagnostic, Suspect},
};

/// What a command reports.
#[derive(Debug, Default)]
pub struct Report {
    /// Every finding, sorted, each once.
    pub findings: Vec<Diagnostic>,
    /// One for each release that was looked at, by slug.
    pub outcomes: Vec<Outcome>,
}

/// The outcome for one release.
#[derive(Debug, Default)]
pub struct Outcome {
    pub slug: String,
    pub errors: usize,
    pub warnings: usize,
    /// Entered amounts that may be the wrong ones, best first.
    pub suspects: Vec<Suspect>,
    /// None when the release could not be loaded.
    pub summary: Option<ReleaseSummary>,
    /// None when the release could not be loaded, or was not closed because nothing had changed.
    pub coverage: Option<Coverage>,
    /// Its folder in the output, where it has one.
    pub written: Option<Written>,
}

/// A folder of the output.
#[derive(Debug)]
pub struct Written {
    /// As shown to the user.
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
    /// Nothing in it would change, so it was not written again.
    Unchanged,
    /// It was removed.
    Removed,
}
