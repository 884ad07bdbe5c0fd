//! The files that a folder actually contains, and their hashes.

use std::{collections::BTreeMap, io};

use sha2::{Digest, Sha256};

use super::folder::{EntryKind, Folder, join};

/// The value for an entry that is no regular file. It is not read, because reading a pipe would block.
const NOT_A_FILE: &str = "no file";
/// Files that file managers create.
const SYSTEM_FILES: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// The hashes of all files and empty folders below a path, at any depth, except the entries there for which `is_skipped` is true.
pub(super) fn hashes(folder: &Folder, path: &str, is_skipped: impl Fn(&str) -> bool) -> io::Result<Hashes> {
    let mut found = Hashes::new();
    walk(folder, path, is_skipped, &mut |folder, name, path, kind| {
        let is_file = kind == EntryKind::File;
        let hash = if is_file { sha256(&folder.read(name)?) } else { NOT_A_FILE.to_owned() };
        found.insert(path, hash);
        Ok(())
    })?;
    Ok(found)
}

/// The paths of all files below a path, except system files.
pub(super) fn paths(folder: &Folder, path: &str) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    walk(folder, path, |_| false, &mut |_, name, path, kind| {
        if kind != EntryKind::Folder && !is_system_file(name) {
            found.push(path);
        }
        Ok(())
    })?;
    Ok(found)
}

/// Whether a file was created by a file manager; such a file is removed with its folder.
pub(super) fn is_system_file(path: &str) -> bool {
    SYSTEM_FILES.iter().any(|name| path.rsplit('/').next() == Some(name))
}

/// What is done with an entry: it is given the opened folder that has it, its name there, its path below the first folder and its
/// kind.
type Visit<'v> = &'v mut dyn FnMut(&Folder, &str, String, EntryKind) -> io::Result<()>;

/// Visits all entries below a path, except those there for which `is_skipped` is true. A folder is visited only if it is empty;
/// its path ends with a `/`.
fn walk(folder: &Folder, path: &str, is_skipped: impl Fn(&str) -> bool, visit: Visit) -> io::Result<()> {
    let opened = folder.subfolder(path)?;
    let entries = opened.entries()?.into_iter().filter(|(name, _)| !is_skipped(name));
    walk_entries(&opened, entries, "", visit)
}

fn walk_entries(
    folder: &Folder,
    entries: impl Iterator<Item = (String, EntryKind)>,
    below: &str,
    visit: Visit,
) -> io::Result<()> {
    for (name, kind) in entries {
        let path = join(below, &name);
        if kind != EntryKind::Folder {
            visit(folder, &name, path, kind)?;
            continue;
        }
        let inner = folder.subfolder(&name)?;
        let entries = inner.entries()?;
        if entries.is_empty() {
            visit(folder, &name, format!("{path}/"), kind)?;
        }
        walk_entries(&inner, entries.into_iter(), &path, visit)?;
    }
    Ok(())
}

/// SHA-256 in hexadecimal, by path.
pub type Hashes = BTreeMap<String, String>;

/// The SHA-256 of bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    let mut digits = String::with_capacity(2 * hash.len());
    for half in hash.into_iter().flat_map(|byte| [byte >> 4, byte & 0xF]) {
        digits.extend(char::from_digit(u32::from(half), 16));
    }
    digits
}
