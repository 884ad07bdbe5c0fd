//! Swapping a folder into place, and finishing what an interrupted swap left behind.
//!
//! `.<name>.staging-kessan` is being written; `.<name>.old-kessan` was in place until a moment ago. At every moment
//! either the old or the new folder is whole: in place, or where `recover` finds it.

use std::{fs, io, path::Path};

const STAGING: &str = ".staging-kessan";
const OLD: &str = ".old-kessan";

/// The name under which `name` is written before it is moved into place.
pub(super) fn staging_name(name: &str) -> String {
    format!(".{name}{STAGING}")
}

fn old_name(name: &str) -> String {
    format!(".{name}{OLD}")
}

/// Puts the staged folder of `name` into place and removes the one that was there.
pub(super) fn swap_in(folder: &Path, name: &str) -> io::Result<()> {
    let (place, old) = (folder.join(name), folder.join(old_name(name)));
    let replaces = place.exists();
    if replaces {
        fs::rename(&place, &old)?;
    }
    if let Err(error) = fs::rename(folder.join(staging_name(name)), &place) {
        if replaces {
            fs::rename(&old, &place)?;
        }
        return Err(error);
    }
    if replaces { fs::remove_dir_all(&old) } else { Ok(()) }
}

/// Moves back what an interrupted swap had moved away, and removes what an interrupted build had begun. Gives the name
/// it failed at.
pub(super) fn recover(folder: &Path) -> Result<(), (String, io::Error)> {
    for name in names(folder).map_err(|error| (String::new(), error))? {
        recover_one(folder, &name).map_err(|error| (name, error))?;
    }
    Ok(())
}

fn recover_one(folder: &Path, name: &str) -> io::Result<()> {
    let between = |end: &str| name.strip_prefix('.').and_then(|rest| rest.strip_suffix(end));
    let place = between(OLD).map(|release| folder.join(release));
    match place {
        Some(place) if !place.exists() => fs::rename(folder.join(name), place),
        Some(_) => remove(&folder.join(name)),
        None if between(STAGING).is_some() => remove(&folder.join(name)),
        None => Ok(()),
    }
}

/// The names in a folder that are text, in byte order.
pub(super) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut names: Vec<String> = entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

fn remove(path: &Path) -> io::Result<()> {
    if path.is_dir() && !path.is_symlink() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}
