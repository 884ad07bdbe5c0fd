//! Swaps a folder into place, and recovers from an interrupted swap.
//!
//! `.<name>.staging-kessan` is being written. `.<name>.old-kessan` is the folder that was replaced; where the system does not
//! let it be removed, the next one is `.<name>.old-kessan.1`. `.<name>.gone-kessan` was removed for good. At every moment either the
//! old or the new folder is complete: in place, or where `recover` finds it. Where the system lets two folders change places,
//! one of them is always in place.

use std::io;

use super::folder::Folder;

const STAGING: &str = ".staging-kessan";
const OLD: &str = ".old-kessan";
const GONE: &str = ".gone-kessan";
/// The most old folders of one name that are kept.
const MAX_OLD: usize = 100;

/// What could not be removed after it was replaced, and why.
pub(super) type Leftover = (String, io::Error);

/// The name under which `name` is written before it is moved into place.
pub(super) fn staging_name(name: &str) -> String {
    format!(".{name}{STAGING}")
}

/// Moves the staged folder of `name` into place and removes the old one. Gives what could not be removed of it.
pub(super) fn swap_in(folder: &Folder, name: &str) -> io::Result<Option<Leftover>> {
    let staging = staging_name(name);
    folder.sync(&staging)?;
    let old = if folder.contains(name) { Some(free_name(folder, name)?) } else { None };
    let old = match old {
        None => {
            folder.rename(&staging, name)?;
            None
        }
        Some(old) => {
            if folder.exchange(&staging, name).is_ok() {
                // An interruption here leaves the old folder as one that was never finished.
                folder.rename(&staging, &old)?;
            } else {
                replace_in_two_steps(folder, name, &old)?;
            }
            Some(old)
        }
    };
    // The swap is done; if it does not reach the disk, the old folder is in place after a power failure.
    drop(folder.sync_names(""));
    Ok(old.and_then(|old| folder.remove(&old).err().map(|error| (old, error))))
}

/// For systems that cannot exchange folders: for a moment none is in place.
fn replace_in_two_steps(folder: &Folder, name: &str, old: &str) -> io::Result<()> {
    folder.rename(name, old)?;
    if let Err(error) = folder.rename(&staging_name(name), name) {
        folder.rename(old, name)?;
        return Err(error);
    }
    Ok(())
}

/// Removes the folder of `name` atomically. Gives what could not be removed of it.
pub(super) fn take_out(folder: &Folder, name: &str) -> io::Result<Option<Leftover>> {
    let gone = format!(".{name}{GONE}");
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

/// Moves back what an interrupted swap had moved away, and removes what an interrupted build had begun. Errors: the name that
/// it failed at. Old folders that still cannot be removed are left where they are.
pub(super) fn recover(folder: &Folder) -> Result<(), (String, io::Error)> {
    let names = folder.names("").map_err(|error| (String::new(), error))?;
    // Of several old folders of one name the latest comes last.
    for name in names.into_iter().rev() {
        recover_one(folder, &name).map_err(|error| (name, error))?;
    }
    Ok(())
}

fn recover_one(folder: &Folder, name: &str) -> io::Result<()> {
    let ends = |end: &str| name.starts_with('.') && name.ends_with(end);
    match replaced_by(name) {
        Some(successor) if !folder.contains(successor) => return folder.rename(name, successor),
        None if ends(STAGING) => return folder.remove(name),
        None if !ends(GONE) => {}
        _ => drop(folder.remove(name)),
    }
    Ok(())
}

/// The name of a folder before it was moved away; none where it was not.
fn replaced_by(name: &str) -> Option<&str> {
    let (before, number) = name.strip_prefix('.')?.split_once(OLD)?;
    let is_number = number.strip_prefix('.').is_some_and(|number| number.parse::<usize>().is_ok());
    (number.is_empty() || is_number).then_some(before)
}
