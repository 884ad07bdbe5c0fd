//! A folder held open, so that nothing in it is read, written, renamed or removed through a symbolic link.
//!
//! Every part of a path is opened from the part above it without following links: a link that somebody puts into the
//! folder, at any depth and at any moment, leads nowhere.

use std::{
    io::{self, ErrorKind, Read, Write},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt};
use cap_std::{
    ambient_authority,
    fs::{Dir, Metadata, OpenOptions},
};

/// How many files are brought to the disk at a time: a file system commits together what is asked for together.
const AT_ONCE: usize = 8;

/// An open folder. Paths are relative to it, with `/` between their parts; an empty path is the folder itself.
#[derive(Debug)]
pub(super) struct Folder(Dir);

impl Folder {
    /// Opens the folder at `path`. The links of this path itself are followed.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Dir::open_ambient_dir(path, ambient_authority()).map(Self)
    }

    /// Whether anything has this path, a dangling link included.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.metadata(path).is_ok()
    }

    /// Whether a folder has this path.
    pub(super) fn is_dir(&self, path: &str) -> bool {
        self.metadata(path).is_ok_and(|found| found.is_dir())
    }

    /// Whether a regular file has this path.
    pub(super) fn is_file(&self, path: &str) -> bool {
        self.metadata(path).is_ok_and(|found| found.is_file())
    }

    /// The names in a folder that are text, in byte order.
    pub(super) fn names(&self, path: &str) -> io::Result<Vec<String>> {
        let entries = self.dir(path)?.entries()?.collect::<io::Result<Vec<_>>>()?;
        let mut names: Vec<String> =
            entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        Ok(names)
    }

    /// The bytes of a file. Errors: it cannot be read, or is no regular file: reading a pipe would never end.
    pub(super) fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let (parent, name) = self.parent(path)?;
        if !parent.symlink_metadata(name)?.is_file() {
            return Err(ErrorKind::InvalidInput.into());
        }
        let mut file = parent.open_with(name, OpenOptions::new().read(true).follow(FollowSymlinks::No))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Writes a new file, and creates the folders above it. Errors: the path is taken, or leads through a link.
    pub(super) fn create(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.create_parent(path)?;
        let (parent, name) = self.parent(path)?;
        parent.open_with(name, OpenOptions::new().write(true).create_new(true))?.write_all(bytes)
    }

    /// Creates the folders above a path. Errors: one of them is a link or a file.
    pub(super) fn create_parent(&self, path: &str) -> io::Result<()> {
        let (above, _) = path.rsplit_once('/').unwrap_or_default();
        let mut dir = self.0.try_clone()?;
        for part in above.split('/').filter(|part| !part.is_empty()) {
            match dir.create_dir(part) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                _ => dir = open(&dir, part)?,
            }
        }
        Ok(())
    }

    /// Makes sure that a file, or a folder with all that it contains, is on the disk.
    pub(super) fn sync(&self, path: &str) -> io::Result<()> {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        self.collect(path, &mut files, &mut folders)?;
        let next = AtomicUsize::new(0);
        let sync_some = || {
            while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.sync_file(path)?;
            }
            Ok(())
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (1..files.len().min(AT_ONCE)).map(|_| scope.spawn(sync_some)).collect();
            let others = threads.into_iter().map(|thread| thread.join().unwrap_or(Err(ErrorKind::Other.into())));
            others.fold(sync_some(), io::Result::and)
        })?;
        folders.iter().try_for_each(|path| self.sync_names(path))
    }

    /// Collects the files below a path, and the folders, each after those below it.
    fn collect(&self, path: &str, files: &mut Vec<String>, folders: &mut Vec<String>) -> io::Result<()> {
        if !self.is_dir(path) {
            files.push(path.to_owned());
            return Ok(());
        }
        for name in self.names(path)? {
            self.collect(&join(path, &name), files, folders)?;
        }
        folders.push(path.to_owned());
        Ok(())
    }

    fn sync_file(&self, path: &str) -> io::Result<()> {
        let (parent, name) = self.parent(path)?;
        parent.open_with(name, OpenOptions::new().write(true).follow(FollowSymlinks::No))?.sync_all()
    }

    /// Makes sure that the names in a folder are on the disk.
    pub(super) fn sync_names(&self, path: &str) -> io::Result<()> {
        sync_names(&self.dir(path)?)
    }

    /// Moves what has one path to another. A link is moved itself.
    pub(super) fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let ((from, old), (to, new)) = (self.parent(from)?, self.parent(to)?);
        from.rename(old, &to, new)
    }

    /// Lets two entries change places in one step. Errors: the system, or this file system, cannot.
    pub(super) fn exchange(&self, one: &str, other: &str) -> io::Result<()> {
        let ((one, old), (other, new)) = (self.parent(one)?, self.parent(other)?);
        exchange(&one, old, &other, new)
    }

    /// Removes a file, a link, or a folder with all that it contains, even where it is write-protected.
    pub(super) fn remove(&self, path: &str) -> io::Result<()> {
        let (parent, name) = self.parent(path)?;
        if !parent.symlink_metadata(name)?.is_dir() {
            return parent.remove_file(name);
        }
        parent.remove_dir_all(name).or_else(|_| {
            make_writable(&parent, name);
            parent.remove_dir_all(name)
        })
    }

    /// Removes a folder that is empty.
    pub(super) fn remove_empty(&self, path: &str) -> io::Result<()> {
        let (parent, name) = self.parent(path)?;
        parent.remove_dir(name)
    }

    /// What has this path; of a link, the link itself.
    fn metadata(&self, path: &str) -> io::Result<Metadata> {
        let (parent, name) = self.parent(path)?;
        if name.is_empty() { parent.dir_metadata() } else { parent.symlink_metadata(name) }
    }

    /// The open folder of this path.
    fn dir(&self, path: &str) -> io::Result<Dir> {
        let (parent, name) = self.parent(path)?;
        if name.is_empty() { Ok(parent) } else { open(&parent, name) }
    }

    /// The open folder above a path, and the last part of the path.
    fn parent<'a>(&self, path: &'a str) -> io::Result<(Dir, &'a str)> {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut parts = above.split('/').filter(|part| !part.is_empty());
        let dir = parts.try_fold(self.0.try_clone()?, |dir, part| open(&dir, part))?;
        Ok((dir, name))
    }
}

/// The path of a name in a folder.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn open(dir: &Dir, part: &str) -> io::Result<Dir> {
    dir.open_dir_nofollow(part).map_err(|error| {
        let is_link = dir.symlink_metadata(part).is_ok_and(|found| found.is_symlink());
        if is_link { io::Error::other(format!("`{part}` is a symbolic link")) } else { error }
    })
}

#[cfg(unix)]
fn sync_names(dir: &Dir) -> io::Result<()> {
    use rustix::fs::{Mode, OFlags, fsync, openat};
    // An open folder may be no more than a name, which cannot be written to the disk.
    let names = openat(dir, ".", OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?;
    match fsync(names) {
        // Some file systems keep no names to be written.
        Err(rustix::io::Errno::INVAL) | Ok(()) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(unix))]
fn sync_names(_: &Dir) -> io::Result<()> {
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Dir, old: &str, other: &Dir, new: &str) -> io::Result<()> {
    Ok(rustix::fs::renameat_with(one, old, other, new, rustix::fs::RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Dir, _: &str, _: &Dir, _: &str) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Lets the owner write to a folder and to those below it: nothing can be removed from one that is write-protected.
fn make_writable(parent: &Dir, name: &str) {
    // A failure here is reported by the removal that follows.
    drop(allow(parent, name));
    let Ok(dir) = parent.open_dir_nofollow(name) else { return };
    let entries = dir.entries().into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let names: Vec<_> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.iter().for_each(|name| make_writable(&dir, name));
}

#[cfg(unix)]
fn allow(parent: &Dir, name: &str) -> io::Result<()> {
    use cap_std::fs::PermissionsExt;
    parent.set_permissions(name, cap_std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn allow(parent: &Dir, name: &str) -> io::Result<()> {
    let mut permissions = parent.symlink_metadata(name)?.permissions();
    permissions.set_readonly(false);
    parent.set_permissions(name, permissions)
}
