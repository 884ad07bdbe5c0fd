//! What really stands in a folder, whatever a manifest says of it.

use std::{fs, io, path::Path};

use super::{
    manifest::{Hashes, sha256},
    swap,
};

/// Stands for the hash of what is no file of its own.
const LINK: &str = "a link";

/// Every file at any depth below a folder, but not what `skips` passes over in the folder itself.
pub(super) fn hashes(folder: &Path, skips: impl Fn(&str) -> bool) -> io::Result<Hashes> {
    let mut hashes = Hashes::new();
    for name in swap::names(folder)?.iter().filter(|name| !skips(name)) {
        add(&folder.join(name), name, &mut hashes)?;
    }
    Ok(hashes)
}

fn add(place: &Path, path: &str, hashes: &mut Hashes) -> io::Result<()> {
    if place.is_symlink() {
        hashes.insert(path.to_owned(), LINK.to_owned());
    } else if place.is_dir() {
        for name in swap::names(place)? {
            add(&place.join(&name), &format!("{path}/{name}"), hashes)?;
        }
    } else {
        hashes.insert(path.to_owned(), sha256(&fs::read(place)?));
    }
    Ok(())
}
