//! What the program can be asked to do: the only place that knows the order of the phases.

mod adjustments;
mod appearance;
mod build;
mod check;
mod check_report;
mod explain;
mod fingerprint;
mod formats;
mod new;
mod orphaned;
mod output_diff;
mod parallel;
mod preview;
mod project;
mod proof;
mod release;
mod select;
mod serve;
mod slug;
mod starter;
mod verify;

pub use adjustments::{Adjust, adjust};
pub use build::{Build, build};
pub use check::{Check, check};
pub use check_report::RelationFamily;
pub use explain::{Explain, explain};
pub use formats::Format;
pub use new::{CreatedFiles, new, templates};
pub use parallel::Progress;
pub use project::Project;
pub use proof::{Coverage, Mutate, MutationReport, Tally, Uncovered, coverage, mutate};
pub use serve::{Serve, ServeEvent, serve};
pub use verify::{Verify, verify};

use serde::{Deserialize, Serialize};

use crate::diag::{Diagnostic, Suspect};

/// What a job has to say.
#[derive(Debug, Default)]
pub struct Report {
    /// Everything found, sorted, each once.
    pub findings: Vec<Diagnostic>,
    /// One per release that was looked at, by slug.
    pub outcomes: Vec<Outcome>,
}

/// What is said of a release beside its findings.
#[derive(Debug, Default, Serialize)]
pub struct ReleaseSummary {
    pub slug: String,
    pub relations: Vec<RelationFamily>,
    pub coverage: CoverageCounts,
}

/// How many of the entered amounts could not be wrong by one unit without a relation breaking.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct CoverageCounts {
    pub entered: usize,
    pub covered: usize,
}

/// What became of a release.
#[derive(Debug, Default)]
pub struct Outcome {
    pub slug: String,
    pub errors: usize,
    pub warnings: usize,
    /// Values that may be the wrong ones, best first.
    pub suspects: Vec<Suspect>,
    /// None when it could not be loaded.
    pub studied: Option<ReleaseSummary>,
    /// Where it stands in the output, and how many files.
    pub written: Option<Written>,
}

/// A folder of the output.
#[derive(Debug)]
pub struct Written {
    /// As shown to the user.
    pub folder: String,
    pub files: usize,
    pub became: Disposition,
}

/// What became of a folder of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// It was written.
    Written,
    /// It stays as it is: nothing in it would change.
    Unchanged,
    /// It was taken out.
    Removed,
}
