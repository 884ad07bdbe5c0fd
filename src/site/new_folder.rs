//! A new folder with many files: the folders in it stay open while it is written, and all of it is brought to the disk at once.

use std::{
    collections::BTreeMap,
    io::{self, ErrorKind},
};

use super::{disk::FileSystem, folder::Folder};

/// A folder that is being written; nothing else writes to it.
#[derive(Debug)]
pub(super) struct NewFolder {
    /// The folders in it, by path; its own path is empty.
    folders: BTreeMap<String, Folder>,
    file_system: FileSystem,
}

impl NewFolder {
    /// Creates a folder. Errors: an entry has its name.
    pub(super) fn create(parent: &Folder, name: &str) -> io::Result<Self> {
        let folder = parent.create_folder(name)?;
        let file_system = folder.file_system()?;
        Ok(Self { folders: BTreeMap::from([(String::new(), folder)]), file_system })
    }

    /// Writes a new file, and creates the folders above it. Errors: the path exists, or one of the folders is a file.
    pub(super) fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.folder(above)?.create(name, bytes)
    }

    /// Synchronizes all of it to disk: together where the system can, otherwise file by file.
    pub(super) fn sync(&self) -> io::Result<()> {
        if self.file_system.sync()? {
            return Ok(());
        }
        self.folders.get("").map_or(Ok(()), |folder| folder.sync(""))
    }

    /// A folder in it, which is created with those above it if it is new.
    fn folder(&mut self, path: &str) -> io::Result<&Folder> {
        if !self.folders.contains_key(path) {
            let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
            let created = self.folder(above)?.create_folder(name)?;
            self.folders.insert(path.to_owned(), created);
        }
        self.folders.get(path).ok_or_else(|| ErrorKind::NotFound.into())
    }
}
