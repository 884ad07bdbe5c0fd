//! One line of what is signed: what it says, under a name.

use sha2::{Digest, Sha256};

use crate::diag::Place;

/// A line of what is signed.
#[derive(Debug, Clone, PartialEq)]
pub struct SignedLine {
    /// What it is about, `is.revenue@fy2009`.
    pub key: String,
    /// As entered or printed.
    pub value: String,
    /// Where that is written.
    pub place: Option<Place>,
}

impl SignedLine {
    /// A line, its white space made even.
    pub fn new(key: impl Into<String>, value: impl AsRef<str>, place: Option<&Place>) -> Self {
        let even = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { key: even(&key.into()), value: even(value.as_ref()), place: place.cloned() }
    }

    /// As it is recorded: `is.revenue@fy2009: 68006380`.
    pub fn written(&self) -> String {
        format!("{}: {}", self.key, self.value)
    }
}

/// Name and value of a recorded line.
pub fn parts(written: &str) -> (&str, &str) {
    written.split_once(": ").unwrap_or((written, ""))
}

/// The SHA-256 of recorded lines, each with a newline, in hexadecimal.
pub fn content_hash(lines: &[String]) -> String {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The SHA-256 of a file, in hexadecimal.
pub fn file_hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
