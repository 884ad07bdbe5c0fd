//! Copies a folder with all that is in it.

use std::{fs, path::Path};

/// Copies `from` to `to`, which is created where it is missing.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { _ = fs::copy(entry.path(), &to).unwrap() }
    }
}
