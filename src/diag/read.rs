//! Reading the user's files: within the project's folder only, and every failure a finding.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Diagnostic, Source};

/// The text of `root`/`path` (`/` between folders), kept under `path`. Errors: it cannot be read, it is not UTF-8, or
/// a link leads out of `root`.
pub fn read_text(root: &Path, path: &str) -> Result<Arc<Source>, Diagnostic> {
    match String::from_utf8(read_bytes(root, path)?) {
        Ok(text) => Ok(Source::new(path, text)),
        Err(error) => Err(not_utf8(path, error.as_bytes(), error.utf8_error().valid_up_to())),
    }
}

/// The bytes of `root`/`path` (`/` between folders). Errors: it cannot be read, or a link leads out of `root`.
pub fn read_bytes(root: &Path, path: &str) -> Result<Vec<u8>, Diagnostic> {
    let file = inside(root, path)?;
    fs::read(file).map_err(|error| Diagnostic::cannot_read(path, &error))
}

/// Where `root`/`path` really is, links followed. Errors: it does not exist, or it is outside `root`.
pub fn inside(root: &Path, path: &str) -> Result<PathBuf, Diagnostic> {
    let cannot = |error: io::Error| Diagnostic::cannot_read(path, &error);
    let home = root.canonicalize().map_err(cannot)?;
    let place = home.join(path).canonicalize().map_err(cannot)?;
    if place.starts_with(&home) {
        Ok(place)
    } else {
        Err(Diagnostic::io("input", format!("cannot read `{path}`: it leads out of the project's folder")))
    }
}

impl Diagnostic {
    /// The finding that `path` cannot be read.
    pub fn cannot_read(path: &str, error: &io::Error) -> Self {
        Self::io("input", format!("cannot read `{path}`: {}", reason(error)))
    }

    /// The finding that `path` cannot be written.
    pub fn cannot_write(path: &str, error: &io::Error) -> Self {
        Self::io("output", format!("cannot write `{path}`: {}", reason(error)))
    }
}

/// The system's reason as a phrase: lower case, without its number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn not_utf8(path: &str, bytes: &[u8], valid: usize) -> Diagnostic {
    let line = bytes[..valid].iter().filter(|byte| **byte == b'\n').count() + 1;
    Diagnostic::io("input", format!("cannot read `{path}`: line {line} is not UTF-8 text"))
        .help("save the file with the encoding UTF-8")
}
