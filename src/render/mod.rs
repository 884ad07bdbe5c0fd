//! The Document becomes files: each writer arranges what the Document already says.

pub mod pdf;
