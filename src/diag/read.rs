//! Reads the user's files, only inside the project folder, and reports failures as findings.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
    string::FromUtf8Error,
    sync::Arc,
};

use super::{Diagnostic, Place, Source};

/// Reads `root`/`path` (`/` between folders) as text; `path` names it in findings. Errors: the file cannot be read, is
/// not UTF-8, or is reached by a link that leads out of `root`.
pub fn read_text(root: &Path, path: &str) -> Result<Arc<Source>, Diagnostic> {
    match String::from_utf8(read_bytes(root, path)?) {
        Ok(text) => Ok(Source::new(path, text)),
        Err(error) => Err(not_utf8(path, &error)),
    }
}

/// Reads the bytes of `root`/`path` (`/` between folders). Errors: the file cannot be read, is not a regular file
/// (reading a pipe could block forever), or is reached by a link that leads out of `root`.
pub fn read_bytes(root: &Path, path: &str) -> Result<Vec<u8>, Diagnostic> {
    let file = resolve_inside(root, path)?;
    if file.metadata().is_ok_and(|place| !place.is_file() && !place.is_dir()) {
        return Err(Diagnostic::io("read", format!("cannot read `{path}`: it is neither a file nor a folder")));
    }
    fs::read(file).map_err(|error| Diagnostic::cannot_read(path, &error))
}

/// Resolves `root`/`path` and follows links. Errors: the path does not exist, or is outside `root`.
pub fn resolve_inside(root: &Path, path: &str) -> Result<PathBuf, Diagnostic> {
    let cannot = |error: io::Error| Diagnostic::cannot_read(path, &error);
    if let Some(place) = place_without_links(root, path).map_err(cannot)? {
        return Ok(place);
    }
    let home = root.canonicalize().map_err(cannot)?;
    let place = home.join(path).canonicalize().map_err(cannot)?;
    if place.starts_with(&home) {
        Ok(place)
    } else {
        Err(Diagnostic::io("read", format!("cannot read `{path}`: it is a link that leads out of the project")))
    }
}

/// `root`/`path`, if it is certainly inside `root`: no part of `path` is a link or leads upwards. Most files are, and to resolve all
/// links of a path asks the system three times as often. Errors: the path does not exist.
fn place_without_links(root: &Path, path: &str) -> io::Result<Option<PathBuf>> {
    let mut place = root.to_owned();
    for part in Path::new(path).components() {
        let Component::Normal(name) = part else { return Ok(None) };
        place.push(name);
        if place.symlink_metadata()?.is_symlink() {
            return Ok(None);
        }
    }
    Ok(Some(place))
}

impl Diagnostic {
    /// An error that `path` cannot be read.
    pub fn cannot_read(path: &str, error: &io::Error) -> Self {
        Self::io("read", format!("cannot read `{path}`: {}", reason(error)))
    }

    /// An error that `path` cannot be written.
    pub fn cannot_write(path: &str, error: &io::Error) -> Self {
        Self::io("output", format!("cannot write `{path}`: {}", reason(error)))
    }

    /// A warning that `path` cannot be removed.
    pub fn cannot_remove(path: &str, error: &io::Error) -> Self {
        Self::warning("output", format!("cannot remove `{path}`: {}", reason(error)))
    }
}

/// The reason of the operating system in lower case, without the error number.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut letters = text.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn not_utf8(path: &str, error: &FromUtf8Error) -> Diagnostic {
    let at = error.utf8_error().valid_up_to();
    let source = Source::new(path, String::from_utf8_lossy(error.as_bytes()));
    let place = Place::new(&source, at..at + char::REPLACEMENT_CHARACTER.len_utf8());
    Diagnostic::io("read", format!("`{path}` is not UTF-8")).at(&place, "this byte does not belong to any character")
}
