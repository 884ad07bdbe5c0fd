//! Signatures of parts of a release, and what was signed.

use super::{At, Date};

/// A signature of a statement, measure, table or page.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// What is signed: `statement:is`.
    pub of: At<String>,
    /// Who signed.
    pub by: String,
    /// The day of it, as far as the signer gave one.
    pub date: Option<Date>,
    /// The SHA-256 of what was signed, in hexadecimal.
    pub sha256: String,
}

/// What was signed, line by line.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedContent {
    pub sha256: At<String>,
    pub lines: Vec<String>,
}
