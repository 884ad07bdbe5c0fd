//! One at a time: a folder is locked while it is written or read.
//!
//! The lock is on the folder itself, so that no file stays behind, and it ends with the process however that ends. Where a
//! system or a network drive has no such lock, work goes on without it.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub(super) struct Lock(#[expect(dead_code, reason = "the open file is the lock")] Option<File>);

/// Another process holds a lock that rules this one out.
#[derive(Debug)]
pub(super) struct Busy;

/// Locks the folder for one writer.
pub(super) fn to_write(folder: &Path) -> Result<Lock, Busy> {
    lock(folder, File::try_lock)
}

/// Locks the folder for readers: there may be several, and no writer among them.
pub(super) fn to_read(folder: &Path) -> Result<Lock, Busy> {
    lock(folder, File::try_lock_shared)
}

fn lock(folder: &Path, take: impl FnOnce(&File) -> Result<(), TryLockError>) -> Result<Lock, Busy> {
    // A pipe would be waited for without end.
    let folder = Some(folder).filter(|folder| folder.is_dir()).and_then(|folder| File::open(folder).ok());
    let Some(file) = folder else { return Ok(Lock(None)) };
    match take(&file) {
        Err(TryLockError::WouldBlock) => Err(Busy),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Lock(Some(file))),
    }
}
