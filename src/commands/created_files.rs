//! What a command that lays out files has written.

/// The files that were written, and those that existed and were kept, by their paths from the root.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CreatedFiles {
    pub written: Vec<String>,
    pub kept: Vec<String>,
}
