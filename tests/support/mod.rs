//! Example documents for the writers' tests, and what Markdown says when it is read again.

pub mod build;
pub mod reread;
pub mod sample;
