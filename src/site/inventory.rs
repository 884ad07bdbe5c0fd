//! The files that a folder really holds, whatever its manifest says, and their hashes.

use std::{collections::BTreeMap, io};

use sha2::{Digest, Sha256};

use super::folder::{Folder, join};

/// The hash of an entry that is no regular file. It is not read: reading a pipe would never end.
const NO_FILE: &str = "no file";
/// Files that systems create by themselves when a folder is viewed.
const DROPPINGS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The hashes of all files and empty folders below a path, at any depth; entries there that `skips` names are left out.
pub(super) fn hashes(folder: &Folder, path: &str, skips: impl Fn(&str) -> bool) -> io::Result<Hashes> {
    let mut found = Vec::new();
    for name in folder.names(path)?.into_iter().filter(|name| !skips(name)) {
        walk(folder, path, name, &mut found)?;
    }
    let hash = |found: String| {
        let place = join(path, &found);
        let hash = if folder.is_file(&place) { sha256(&folder.read(&place)?) } else { NO_FILE.to_owned() };
        Ok((found, hash))
    };
    found.into_iter().map(hash).collect()
}

/// The paths of all files below a path, system files apart.
pub(super) fn paths(folder: &Folder, path: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for name in folder.names(path)? {
        walk(folder, path, name, &mut found)?;
    }
    Ok(found.into_iter().filter(|path| !path.ends_with('/') && !is_system_file(path)).collect())
}

/// Whether a file was created by the system itself: it belongs to nobody and is removed with its folder.
pub(super) fn is_system_file(path: &str) -> bool {
    DROPPINGS.iter().any(|name| path.rsplit('/').next() == Some(name))
}

/// Adds the paths below `top` of the entry `below` and of everything in it. A folder is added only if it is empty, with a `/`.
fn walk(folder: &Folder, top: &str, below: String, found: &mut Vec<String>) -> io::Result<()> {
    let path = join(top, &below);
    if !folder.is_dir(&path) {
        found.push(below);
        return Ok(());
    }
    let names = folder.names(&path)?;
    if names.is_empty() {
        found.push(format!("{below}/"));
    }
    for name in names {
        walk(folder, top, format!("{below}/{name}"), found)?;
    }
    Ok(())
}

/// SHA-256 in hexadecimal, by path.
pub type Hashes = BTreeMap<String, String>;

/// The SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
