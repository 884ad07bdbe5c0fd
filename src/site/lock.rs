//! Locks a folder while it is written or read, so that builds do not run into one another.
//!
//! The lock is on the folder itself: it leaves no file behind and ends with the process, however that ends. Where the system or
//! a network drive has no such lock, kessan works without it.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "the open file is the lock")] Option<File>);

/// Another process holds a conflicting lock.
#[derive(Debug)]
pub(super) struct Busy;

/// Locks the folder for one writer.
pub(super) fn to_write(folder: &Path) -> Result<Lock, Busy> {
    lock(folder, File::try_lock)
}

/// Locks the folder for readers; several may hold it at once, but no writer.
pub(super) fn to_read(folder: &Path) -> Result<Lock, Busy> {
    lock(folder, File::try_lock_shared)
}

fn lock(folder: &Path, take: impl FnOnce(&File) -> Result<(), TryLockError>) -> Result<Lock, Busy> {
    // Opening a pipe would block.
    let folder = Some(folder).filter(|folder| folder.is_dir()).and_then(|folder| File::open(folder).ok());
    let Some(file) = folder else { return Ok(Lock(None)) };
    match take(&file) {
        Err(TryLockError::WouldBlock) => Err(Busy),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock(Some(file))),
    }
}
