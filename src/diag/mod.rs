//! What is wrong, and where: the only failure type of the library.

mod finding;
mod source;

pub use finding::{Diagnostic, Findings, Level};
pub use source::{Place, Source, Span};
