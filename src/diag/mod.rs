//! Diagnostics: findings with their places, the only error type of the library.

mod excerpt;
mod finding;
mod human;
pub mod json;
mod pasted_characters;
mod quoted;
mod read;
mod sanitize;
mod short;
mod source;
mod suggestion;

#[cfg(test)]
mod human_tests;

pub use finding::{Amounts, Diagnostic, Findings, Level, Suspect, count};
pub use human::human;
pub use json::{json, json_with_timings, to_json};
pub use pasted_characters::PastedCharacter;
pub use quoted::quoted_list;
pub use read::{read_bytes, read_text, resolve_inside};
pub use sanitize::visible;
pub use short::short;
pub use source::{Place, Source, Span};
pub use suggestion::nearest;
