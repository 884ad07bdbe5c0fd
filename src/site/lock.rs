//! Locks a folder while it is written or read, so that concurrent builds do not interfere.
//!
//! The lock is on the folder itself: it needs no lock file and ends with the process. Where the system or a network drive does
//! not support such locks, kessan works without.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

/// A lock, which is released when it is dropped.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "the open file is the lock")] Option<File>);

/// Another process holds a conflicting lock.
#[derive(Debug)]
pub(super) struct Busy;

/// Locks the folder for one writer.
pub(super) fn lock_exclusive(folder: &Path) -> Result<Lock, Busy> {
    lock(folder, File::try_lock)
}

/// Locks the folder for a reader; excludes writers, but not other readers.
pub(super) fn lock_shared(folder: &Path) -> Result<Lock, Busy> {
    lock(folder, File::try_lock_shared)
}

fn lock(folder: &Path, try_lock: impl FnOnce(&File) -> Result<(), TryLockError>) -> Result<Lock, Busy> {
    // Opening a pipe would block.
    let folder = Some(folder).filter(|folder| folder.is_dir()).and_then(|folder| File::open(folder).ok());
    let Some(file) = folder else { return Ok(Lock(None)) };
    match try_lock(&file) {
        Err(TryLockError::WouldBlock) => Err(Busy),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock(Some(file))),
    }
}
