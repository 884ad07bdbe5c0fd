//! An open folder whose operations never follow symbolic links.
//!
//! Each component of a path is opened relative to its parent without following links, so that links created at any depth and at
//! any time have no effect.

use std::{
    io::{self, ErrorKind, Read, Write},
    ops::Deref,
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt};
use cap_std::{
    ambient_authority,
    fs::{Dir, Metadata, OpenOptions},
};

use super::disk::{FileSystem, sync_dir};

/// How many files are synchronized in parallel, which lets the file system combine commits.
const SYNC_THREADS: usize = 8;

/// An open folder. Paths are relative to it, with `/` between components; an empty path is the folder itself.
#[derive(Debug)]
pub(super) struct Folder(Dir);

/// The folder itself, or one below it.
enum Opened<'f> {
    Own(&'f Dir),
    Below(Dir),
}

impl Deref for Opened<'_> {
    type Target = Dir;

    fn deref(&self) -> &Dir {
        match self {
            Self::Own(dir) => dir,
            Self::Below(dir) => dir,
        }
    }
}

/// What an entry of a folder is; a link is not followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryKind {
    Folder,
    File,
    Other,
}

impl Folder {
    /// Opens the folder at `path`. Links in this path are followed.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        Dir::open_ambient_dir(path, ambient_authority()).map(Self)
    }

    /// Whether an entry has this path, dangling links included.
    pub(super) fn contains(&self, path: &str) -> bool {
        self.metadata(path).is_ok()
    }

    /// Whether this path is a folder.
    pub(super) fn is_dir(&self, path: &str) -> bool {
        self.metadata(path).is_ok_and(|found| found.is_dir())
    }

    /// The names in a folder that are valid Unicode, in byte order.
    pub(super) fn names(&self, path: &str) -> io::Result<Vec<String>> {
        let entries = self.open_dir_at(path)?.entries()?.collect::<io::Result<Vec<_>>>()?;
        let mut names: Vec<String> =
            entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        Ok(names)
    }

    /// Its entries whose names are valid Unicode, in byte order of the names, each with its kind.
    pub(super) fn entries(&self) -> io::Result<Vec<(String, EntryKind)>> {
        let mut found = Vec::new();
        for entry in self.0.entries()? {
            let entry = entry?;
            let kind = match entry.file_type()? {
                kind if kind.is_dir() => EntryKind::Folder,
                kind if kind.is_file() => EntryKind::File,
                _ => EntryKind::Other,
            };
            found.extend(entry.file_name().into_string().ok().map(|name| (name, kind)));
        }
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        Ok(found)
    }

    /// The folder at this path, opened.
    pub(super) fn subfolder(&self, path: &str) -> io::Result<Self> {
        match self.open_dir_at(path)? {
            Opened::Own(dir) => dir.try_clone().map(Self),
            Opened::Below(dir) => Ok(Self(dir)),
        }
    }

    /// The bytes of a file. Errors: it cannot be read, or is no regular file (reading a pipe would block).
    pub(super) fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let (parent, name) = self.open_parent(path)?;
        if !parent.symlink_metadata(name)?.is_file() {
            return Err(ErrorKind::InvalidInput.into());
        }
        let mut file = parent.open_with(name, OpenOptions::new().read(true).follow(FollowSymlinks::No))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Creates a folder. Errors: an entry has its name.
    pub(super) fn create_folder(&self, name: &str) -> io::Result<Self> {
        self.0.create_dir(name)?;
        open_nofollow(&self.0, name).map(Self)
    }

    /// Writes a new file. Errors: the path exists, or contains a link.
    pub(super) fn create(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let (parent, name) = self.open_parent(path)?;
        parent.open_with(name, OpenOptions::new().write(true).create_new(true))?.write_all(bytes)
    }

    /// Creates the parent folders of a path. Errors: one of them is a link or a file.
    pub(super) fn create_parent(&self, path: &str) -> io::Result<()> {
        let (above, _) = path.rsplit_once('/').unwrap_or_default();
        let mut dir = self.0.try_clone()?;
        for part in above.split('/').filter(|part| !part.is_empty()) {
            match dir.create_dir(part) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                _ => dir = open_nofollow(&dir, part)?,
            }
        }
        Ok(())
    }

    /// Links a file into another folder too, if it has these bytes; whether it has done so. A link, or a file that may not be written
    /// to, is none.
    pub(super) fn link_if_same(&self, name: &str, bytes: &[u8], to: &Self) -> bool {
        let may_be_same = self
            .0
            .symlink_metadata(name)
            .is_ok_and(|found| found.is_file() && found.len() == bytes.len() as u64 && !found.permissions().readonly());
        if !may_be_same || self.0.hard_link(name, &to.0, name).is_err() {
            return false;
        }
        // Read where nobody else changes names.
        let is_same = to.read(name).is_ok_and(|linked| linked == bytes);
        if !is_same {
            // If this fails, the file cannot be written either, which is reported.
            drop(to.remove(name));
        }
        is_same
    }

    /// The file system that the folder is on, opened.
    pub(super) fn file_system(&self) -> io::Result<FileSystem> {
        FileSystem::of(&self.0)
    }

    /// Synchronizes a file, or a folder with its content, to disk.
    pub(super) fn sync(&self, path: &str) -> io::Result<()> {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        self.collect_paths(path, &mut files, &mut folders)?;
        let next = AtomicUsize::new(0);
        let sync_some = || {
            while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                self.sync_file(path)?;
            }
            Ok(())
        };
        thread::scope(|scope| {
            let threads: Vec<_> = (1..files.len().min(SYNC_THREADS)).map(|_| scope.spawn(sync_some)).collect();
            let others = threads.into_iter().map(|thread| thread.join().unwrap_or(Err(ErrorKind::Other.into())));
            others.fold(sync_some(), io::Result::and)
        })?;
        folders.iter().try_for_each(|path| self.sync_dir(path))
    }

    /// Collects the files and folders below a path; a folder comes after its subfolders.
    fn collect_paths(&self, path: &str, files: &mut Vec<String>, folders: &mut Vec<String>) -> io::Result<()> {
        if !self.is_dir(path) {
            files.push(path.to_owned());
            return Ok(());
        }
        for name in self.names(path)? {
            self.collect_paths(&join(path, &name), files, folders)?;
        }
        folders.push(path.to_owned());
        Ok(())
    }

    fn sync_file(&self, path: &str) -> io::Result<()> {
        let (parent, name) = self.open_parent(path)?;
        parent.open_with(name, OpenOptions::new().write(true).follow(FollowSymlinks::No))?.sync_all()
    }

    /// Synchronizes the entries of a folder, but not their content, to disk.
    pub(super) fn sync_dir(&self, path: &str) -> io::Result<()> {
        let dir = self.open_dir_at(path)?;
        sync_dir(&dir)
    }

    /// Renames an entry. A link itself is renamed, not its target.
    pub(super) fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let ((from, old), (to, new)) = (self.open_parent(from)?, self.open_parent(to)?);
        from.rename(old, &to, new)
    }

    /// Exchanges two entries atomically. Errors: the system or the file system does not support it.
    pub(super) fn exchange(&self, first: &str, second: &str) -> io::Result<()> {
        let ((first, old), (second, new)) = (self.open_parent(first)?, self.open_parent(second)?);
        exchange(&first, old, &second, new)
    }

    /// Removes a file, a link, or a folder with its content, even if it is write-protected.
    pub(super) fn remove(&self, path: &str) -> io::Result<()> {
        let (parent, name) = self.open_parent(path)?;
        if !parent.symlink_metadata(name)?.is_dir() {
            return parent.remove_file(name);
        }
        parent.remove_dir_all(name).or_else(|_| {
            make_writable(&parent, name);
            parent.remove_dir_all(name)
        })
    }

    /// Removes an empty folder.
    pub(super) fn remove_empty(&self, path: &str) -> io::Result<()> {
        let (parent, name) = self.open_parent(path)?;
        parent.remove_dir(name)
    }

    /// The metadata of an entry; of a link itself, not of its target.
    fn metadata(&self, path: &str) -> io::Result<Metadata> {
        let (parent, name) = self.open_parent(path)?;
        if name.is_empty() { parent.dir_metadata() } else { parent.symlink_metadata(name) }
    }

    /// Opens the folder at this path.
    fn open_dir_at(&self, path: &str) -> io::Result<Opened<'_>> {
        let (parent, name) = self.open_parent(path)?;
        if name.is_empty() { Ok(parent) } else { open_nofollow(&parent, name).map(Opened::Below) }
    }

    /// Opens the parent folder of a path; also returns the last component.
    fn open_parent<'a>(&self, path: &'a str) -> io::Result<(Opened<'_>, &'a str)> {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut parts = above.split('/').filter(|part| !part.is_empty());
        let parent = parts.try_fold(Opened::Own(&self.0), |dir, part| open_nofollow(&dir, part).map(Opened::Below))?;
        Ok((parent, name))
    }
}

/// The path of a name in a folder.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

fn open_nofollow(dir: &Dir, part: &str) -> io::Result<Dir> {
    dir.open_dir_nofollow(part).map_err(|error| {
        let is_link = dir.symlink_metadata(part).is_ok_and(|found| found.is_symlink());
        if is_link { io::Error::other(format!("`{part}` is a symbolic link")) } else { error }
    })
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(first: &Dir, old: &str, second: &Dir, new: &str) -> io::Result<()> {
    Ok(rustix::fs::renameat_with(first, old, second, new, rustix::fs::RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Dir, _: &str, _: &Dir, _: &str) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Makes a folder and its subfolders writable, so that their entries can be removed.
fn make_writable(parent: &Dir, name: &str) {
    // A failure here is reported by the removal that follows.
    drop(allow_writing(parent, name));
    let Ok(dir) = parent.open_dir_nofollow(name) else { return };
    let entries = dir.entries().into_iter().flatten().flatten();
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let names: Vec<_> = folders.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.iter().for_each(|name| make_writable(&dir, name));
}

#[cfg(unix)]
fn allow_writing(parent: &Dir, name: &str) -> io::Result<()> {
    use cap_std::fs::PermissionsExt;
    parent.set_permissions(name, cap_std::fs::Permissions::from_mode(0o700))
}

#[cfg(not(unix))]
fn allow_writing(parent: &Dir, name: &str) -> io::Result<()> {
    let mut permissions = parent.symlink_metadata(name)?.permissions();
    permissions.set_readonly(false);
    parent.set_permissions(name, permissions)
}
