//! The files that a folder actually contains, and their hashes.

use std::{collections::BTreeMap, io};

use sha2::{Digest, Sha256};

use super::folder::{Folder, join};

/// The value for an entry that is no regular file. It is not read, because reading a pipe would block.
const NOT_A_FILE: &str = "no file";
/// Files that file managers create.
const SYSTEM_FILES: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The hashes of all files and empty folders below a path, at any depth, except the entries there for which `is_skipped` is true.
pub(super) fn hashes(folder: &Folder, path: &str, is_skipped: impl Fn(&str) -> bool) -> io::Result<Hashes> {
    let mut found = Vec::new();
    for name in folder.names(path)?.into_iter().filter(|name| !is_skipped(name)) {
        walk(folder, path, name, &mut found)?;
    }
    let hash = |found: String| {
        let full_path = join(path, &found);
        let hash = if folder.is_file(&full_path) { sha256(&folder.read(&full_path)?) } else { NOT_A_FILE.to_owned() };
        Ok((found, hash))
    };
    found.into_iter().map(hash).collect()
}

/// The paths of all files below a path, except system files.
pub(super) fn paths(folder: &Folder, path: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for name in folder.names(path)? {
        walk(folder, path, name, &mut found)?;
    }
    Ok(found.into_iter().filter(|path| !path.ends_with('/') && !is_system_file(path)).collect())
}

/// Whether a file was created by a file manager; such a file is removed with its folder.
pub(super) fn is_system_file(path: &str) -> bool {
    SYSTEM_FILES.iter().any(|name| path.rsplit('/').next() == Some(name))
}

/// Adds the paths below `top` of the entry `below` and of everything in it. A folder is added only if it is empty, with a `/`.
fn walk(folder: &Folder, root: &str, below: String, found: &mut Vec<String>) -> io::Result<()> {
    let path = join(root, &below);
    if !folder.is_dir(&path) {
        found.push(below);
        return Ok(());
    }
    let names = folder.names(&path)?;
    if names.is_empty() {
        found.push(format!("{below}/"));
    }
    for name in names {
        walk(folder, root, format!("{below}/{name}"), found)?;
    }
    Ok(())
}

/// SHA-256 in hexadecimal, by path.
pub type Hashes = BTreeMap<String, String>;

/// The SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
