//! The files that a folder really holds, whatever its manifest says, and their hashes.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

use super::swap;

/// The hash of an entry that is no regular file. It is not read: reading a pipe would never end.
const NO_FILE: &str = "no file";
/// Files that systems create by themselves when a folder is viewed.
const DROPPINGS: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The hashes of all files below a folder, at any depth; entries of the folder itself that `skips` names are left out.
pub(super) fn hashes(folder: &Path, skips: impl Fn(&str) -> bool) -> io::Result<Hashes> {
    let mut found = Vec::new();
    for name in swap::names(folder)?.into_iter().filter(|name| !skips(name)) {
        walk(folder.join(&name), name, &mut found)?;
    }
    let hash = |(path, place): (String, PathBuf)| {
        let is_file = place.symlink_metadata()?.is_file();
        let hash = if is_file { sha256(&fs::read(place)?) } else { NO_FILE.to_owned() };
        Ok((path, hash))
    };
    found.into_iter().map(hash).collect()
}

/// The paths of all files below a folder, system files apart.
pub(super) fn paths(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for name in swap::names(folder)? {
        walk(folder.join(&name), name, &mut found)?;
    }
    Ok(found.into_iter().map(|(path, _)| path).filter(|path| !is_system_file(path)).collect())
}

/// Whether a file was created by the system itself: it belongs to nobody and is removed with its folder.
pub(super) fn is_system_file(path: &str) -> bool {
    DROPPINGS.iter().any(|name| path.rsplit('/').next() == Some(name))
}

fn walk(place: PathBuf, path: String, found: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    if !place.symlink_metadata()?.is_dir() {
        found.push((path, place));
        return Ok(());
    }
    for name in swap::names(&place)? {
        walk(place.join(&name), format!("{path}/{name}"), found)?;
    }
    Ok(())
}

/// The bytes of a file. Errors: it cannot be read, or is no regular file.
pub(super) fn read(file: &Path) -> io::Result<Vec<u8>> {
    if file.metadata()?.is_file() { fs::read(file) } else { Err(ErrorKind::InvalidInput.into()) }
}

/// SHA-256 in hexadecimal, by path.
pub type Hashes = BTreeMap<String, String>;

/// The SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
