//! Example documents for the tests of writers, and a reader of Markdown.

pub mod build;
pub mod reread;
pub mod sample;
