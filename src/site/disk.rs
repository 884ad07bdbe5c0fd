//! Brings what was written to the disk, so that it outlives a loss of power.

use std::io;

use cap_std::fs::Dir;

/// A file system, opened before it is written to: the system tells errors of writing only to those who had opened it.
#[cfg(any(target_os = "linux", target_os = "android"))]
#[derive(Debug)]
pub(super) struct FileSystem(std::os::fd::OwnedFd);

#[cfg(any(target_os = "linux", target_os = "android"))]
impl FileSystem {
    /// The one that a folder is on.
    pub(super) fn of(folder: &Dir) -> io::Result<Self> {
        Ok(Self(open_to_sync(folder)?))
    }

    /// Synchronizes all that was written to it, whichever program wrote it; for many files, this takes a sixth of the time that
    /// one after the other takes. Returns whether the system can.
    pub(super) fn sync(&self) -> io::Result<bool> {
        use rustix::io::Errno;
        match rustix::fs::syncfs(&self.0) {
            // Sandboxes may not know it, or not allow it.
            Err(Errno::NOSYS | Errno::PERM) => Ok(false),
            done => Ok(done.map(|()| true)?),
        }
    }
}

/// Other systems cannot synchronize a file system.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
#[derive(Debug)]
pub(super) struct FileSystem;

#[cfg(not(any(target_os = "linux", target_os = "android")))]
impl FileSystem {
    pub(super) fn of(_: &Dir) -> io::Result<Self> {
        Ok(Self)
    }

    pub(super) fn sync(&self) -> io::Result<bool> {
        Ok(false)
    }
}

/// Synchronizes the entries of a folder, but not their content.
#[cfg(unix)]
pub(super) fn sync_dir(dir: &Dir) -> io::Result<()> {
    match rustix::fs::fsync(open_to_sync(dir)?) {
        // Some file systems do not support synchronizing folders.
        Err(rustix::io::Errno::INVAL) | Ok(()) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(unix))]
pub(super) fn sync_dir(_: &Dir) -> io::Result<()> {
    Ok(())
}

/// Opens a folder once more, because it may be an `O_PATH` descriptor, which cannot be synchronized.
#[cfg(unix)]
fn open_to_sync(dir: &Dir) -> io::Result<std::os::fd::OwnedFd> {
    use rustix::fs::{Mode, OFlags, openat};
    Ok(openat(dir, ".", OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?)
}
