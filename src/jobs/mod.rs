//! What the program can be asked to do: the only place that knows the order of the phases.

mod build;
mod check;
mod checks;
mod explain;
mod forms;
mod new;
mod project;
mod proof;
mod proposal;
mod release;
mod select;
mod slug;
mod starter;

pub use build::{Build, build};
pub use check::{Check, check};
pub use explain::{Explain, explain};
pub use forms::Formats;
pub use new::{Laid, new, templates};
pub use project::Project;
pub use proof::{Coverage, Mutate, Proof, Tally, Uncovered, coverage, mutate};
pub use proposal::{Adjust, adjust};

use crate::diag::Diagnostic;

/// What a job has to say.
#[derive(Debug, Default)]
pub struct Report {
    /// Everything found, sorted, each once.
    pub findings: Vec<Diagnostic>,
    /// One per release that was looked at, by slug.
    pub outcomes: Vec<Outcome>,
}

/// What became of a release.
#[derive(Debug)]
pub struct Outcome {
    pub slug: String,
    pub errors: usize,
    pub warnings: usize,
    /// Where it was written, and how many files.
    pub written: Option<Written>,
}

/// A folder that was written.
#[derive(Debug)]
pub struct Written {
    /// As shown to the user.
    pub folder: String,
    pub files: usize,
}
