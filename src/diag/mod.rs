//! What is wrong, and where: the only failure type of the library.

mod clean;
mod excerpt;
mod finding;
mod human;
pub mod json;
mod nearest;
mod read;
mod short;
mod source;

#[cfg(test)]
mod human_tests;

pub use finding::{Amounts, Diagnostic, Findings, Level, Suspect, count};
pub use human::human;
pub use json::{json, json_of};
pub use nearest::nearest;
pub use read::{inside, read_bytes, read_text};
pub use short::short;
pub use source::{Place, Source, Span};
