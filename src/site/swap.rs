//! Swaps a folder into place, and recovers from an interrupted swap.
//!
//! `.<name>.staging-kessan` is being written. `.<name>.old-kessan` is the folder that was replaced; where the system does not let
//! it be removed, the next one is `.<name>.old-kessan.1`. `.<name>.gone-kessan` was removed for good. At every moment either the
//! old or the new folder is complete: in place, or where `recover` finds it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

const STAGING: &str = ".staging-kessan";
const OLD: &str = ".old-kessan";
const GONE: &str = ".gone-kessan";
/// The most old folders of one name that are kept.
const MOST: usize = 100;

/// What could not be removed after it was replaced, and why.
pub(super) type Leftover = (String, io::Error);

/// The name under which `name` is written before it is moved into place.
pub(super) fn staging_name(name: &str) -> String {
    format!(".{name}{STAGING}")
}

/// Moves the staged folder of `name` into place and removes the old one. Gives what could not be removed of it.
pub(super) fn swap_in(folder: &Path, name: &str) -> io::Result<Option<Leftover>> {
    let place = folder.join(name);
    let old = if place.exists() { Some(move_away(folder, name)?) } else { None };
    if let Err(error) = fs::rename(folder.join(staging_name(name)), &place) {
        old.map_or(Ok(()), |old| fs::rename(folder.join(old), &place))?;
        return Err(error);
    }
    Ok(old.and_then(|old| Some((old.clone(), remove(&folder.join(old)).err()?))))
}

/// Removes the folder of `name` atomically. Gives what could not be removed of it.
pub(super) fn take_out(folder: &Path, name: &str) -> io::Result<Option<Leftover>> {
    let gone = format!(".{name}{GONE}");
    fs::rename(folder.join(name), folder.join(&gone))?;
    Ok(remove(&folder.join(&gone)).err().map(|error| (gone, error)))
}

/// Moves the folder of `name` to a place that is free, and gives its name.
fn move_away(folder: &Path, name: &str) -> io::Result<String> {
    let names =
        (0..MOST).map(|number| if number == 0 { format!(".{name}{OLD}") } else { format!(".{name}{OLD}.{number}") });
    let free = names.into_iter().find(|old| folder.join(old).symlink_metadata().is_err());
    let old = free.ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
    fs::rename(folder.join(name), folder.join(&old))?;
    Ok(old)
}

/// Moves back what an interrupted swap had moved away, and removes what an interrupted build had begun. Errors: the name that
/// it failed at. Old folders that still cannot be removed are left where they are.
pub(super) fn recover(folder: &Path) -> Result<(), (String, io::Error)> {
    let names = names(folder).map_err(|error| (String::new(), error))?;
    // Of several old folders of one name the latest comes last.
    for name in names.into_iter().rev() {
        recover_one(folder, &name).map_err(|error| (name, error))?;
    }
    Ok(())
}

fn recover_one(folder: &Path, name: &str) -> io::Result<()> {
    let place = folder.join(name);
    let ends = |end: &str| name.starts_with('.') && name.ends_with(end);
    match replaced_by(folder, name) {
        Some(successor) if !successor.exists() => return fs::rename(place, successor),
        None if ends(STAGING) => return remove(&place),
        None if !ends(GONE) => {}
        _ => drop(remove(&place)),
    }
    Ok(())
}

/// Where a folder was before it was moved away; none where it was not.
fn replaced_by(folder: &Path, name: &str) -> Option<PathBuf> {
    let (before, number) = name.strip_prefix('.')?.split_once(OLD)?;
    let is_number = number.strip_prefix('.').is_some_and(|number| number.parse::<usize>().is_ok());
    (number.is_empty() || is_number).then(|| folder.join(before))
}

/// The names in a folder that are text, in byte order.
pub(super) fn names(folder: &Path) -> io::Result<Vec<String>> {
    let entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    let mut names: Vec<String> = entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

/// Removes a file or a folder, a write-protected one as well.
fn remove(path: &Path) -> io::Result<()> {
    if !path.is_dir() || path.is_symlink() {
        return fs::remove_file(path);
    }
    fs::remove_dir_all(path).or_else(|_| {
        make_writable(path);
        fs::remove_dir_all(path)
    })
}

/// Lets the owner write to a folder and to those below it: nothing can be removed from one that is write-protected.
fn make_writable(folder: &Path) {
    // A failure here is reported by the removal that follows.
    drop(allow(folder));
    for name in names(folder).unwrap_or_default() {
        let place = folder.join(name);
        if place.is_dir() && !place.is_symlink() {
            make_writable(&place);
        }
    }
}

#[cfg(unix)]
fn allow(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn allow(folder: &Path) -> io::Result<()> {
    let mut permissions = folder.metadata()?.permissions();
    permissions.set_readonly(false);
    fs::set_permissions(folder, permissions)
}
