//! The commands of the program, one file each. They run the phases and print nothing.

mod adjust;
mod build;
mod build_inputs;
mod check;
mod created_files;
mod diff;
mod explain;
mod file_splice;
mod import;
mod mutate;
mod new;
mod orphaned;
mod output_diff;
mod parallel;
mod record_file;
mod release_build;
mod report;
mod schema;
mod sign;
mod starter;
mod swap_files;
mod translated;
mod verify;
mod words;

pub use adjust::{Adjust, Proposal, adjust};
pub use build::{Build, build};
pub use check::{Check, check};
pub use created_files::CreatedFiles;
pub use diff::{Diff, DiffReport, diff};
pub use explain::{Explain, Explanation, explain, explain_figure};
pub use import::{Import, ImportPlan, Init, PlannedAmount, PlannedStatement, import, init as propose_statement};
pub use mutate::{Mutate, MutationReport, Tally, mutate};
pub use new::{copy_templates, new};
pub use parallel::Progress;
pub(crate) use parallel::map as map_parallel;
pub use report::{Disposition, Outcome, OutputFolder, Report};
pub use schema::write_schemas;
pub use sign::{Sign, SignedParts, sign, withdraw};
pub use starter::Starter;
pub use translated::{Translated, TranslationRecord, record_translations};
pub use verify::{Verify, verify};
pub use words::{PlannedFile, TextList, Words, WordsPlan, list_texts, read_translations, write_list};

pub use crate::{model::Date, site::clean_up_when_interrupted};
