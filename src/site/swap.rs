//! Replaces a folder by a staged one, and recovers from an interrupted replacement.
//!
//! `.<name>.staging-kessan` is being written. `.<name>.old-kessan` was replaced; if it cannot be removed, the next one is
//! `.<name>.old-kessan.1`. `.<name>.gone-kessan` is being removed. At any time either the old or the new folder is complete: at
//! its path, or where `recover` finds it. Where the system can exchange folders atomically, one of them is always at its path.

use std::io;

use super::folder::Folder;

const STAGING: &str = ".staging-kessan";
const OLD: &str = ".old-kessan";
const REMOVED: &str = ".gone-kessan";
/// The most old folders with one name.
const MAX_OLD: usize = 100;

/// The name of a replaced folder that could not be removed, and the error.
pub(super) type Leftover = (String, io::Error);

/// The name under which `name` is staged.
pub(super) fn staging_name(name: &str) -> String {
    format!(".{name}{STAGING}")
}

/// Replaces the folder `name` by its staged folder, which is on the disk, and removes the old one. Returns the old folder if it could not be removed.
pub(super) fn swap_in(folder: &Folder, name: &str) -> io::Result<Option<Leftover>> {
    let staging = staging_name(name);
    let old = if folder.contains(name) { Some(free_name(folder, name)?) } else { None };
    let old = match old {
        None => {
            folder.rename(&staging, name)?;
            None
        }
        Some(old) => {
            if folder.exchange(&staging, name).is_ok() {
                // After an interruption here, `recover` removes the old folder as a staged one.
                folder.rename(&staging, &old)?;
            } else {
                replace_in_two_steps(folder, name, &old)?;
            }
            Some(old)
        }
    };
    // If this fails, the old folder may be at its path again after a power failure.
    drop(folder.sync_dir(""));
    Ok(old.and_then(|old| folder.remove(&old).err().map(|error| (old, error))))
}

/// For systems without an atomic exchange: for a moment there is no folder at the path.
fn replace_in_two_steps(folder: &Folder, name: &str, old: &str) -> io::Result<()> {
    folder.rename(name, old)?;
    if let Err(error) = folder.rename(&staging_name(name), name) {
        folder.rename(old, name)?;
        return Err(error);
    }
    Ok(())
}

/// Removes the folder `name` atomically. Returns its temporary name if it could not be removed.
pub(super) fn remove(folder: &Folder, name: &str) -> io::Result<Option<Leftover>> {
    let gone = format!(".{name}{REMOVED}");
    folder.rename(name, &gone)?;
    Ok(folder.remove(&gone).err().map(|error| (gone, error)))
}

/// A free name for the folder that is replaced.
fn free_name(folder: &Folder, name: &str) -> io::Result<String> {
    let names =
        (0..MAX_OLD).map(|number| if number == 0 { format!(".{name}{OLD}") } else { format!(".{name}{OLD}.{number}") });
    let free = names.into_iter().find(|old| !folder.contains(old));
    free.ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))
}

/// Restores folders that an interrupted replacement moved away, and removes staged folders of an interrupted build. Errors: the
/// name and the error of the first failure. Old folders that cannot be removed are ignored.
pub(super) fn recover(folder: &Folder) -> Result<(), (String, io::Error)> {
    let names = folder.names("").map_err(|error| (String::new(), error))?;
    // In reverse order, because the latest of several old folders with one name comes last.
    for name in names.into_iter().rev() {
        recover_entry(folder, &name).map_err(|error| (name, error))?;
    }
    Ok(())
}

fn recover_entry(folder: &Folder, name: &str) -> io::Result<()> {
    let ends = |end: &str| name.starts_with('.') && name.ends_with(end);
    match original_name(name) {
        Some(successor) if !folder.contains(successor) => return folder.rename(name, successor),
        None if ends(STAGING) => return folder.remove(name),
        None if !ends(REMOVED) => {}
        _ => drop(folder.remove(name)),
    }
    Ok(())
}

/// The original name of an old folder; `None` for other names.
fn original_name(name: &str) -> Option<&str> {
    let (before, number) = name.strip_prefix('.')?.split_once(OLD)?;
    let is_number = number.strip_prefix('.').is_some_and(|number| number.parse::<usize>().is_ok());
    (number.is_empty() || is_number).then_some(before)
}
