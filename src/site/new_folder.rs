//! A new folder that is to replace another: what is the same in both is not written again, and all of it is brought to the disk
//! at once.

use std::{
    collections::BTreeMap,
    io::{self, ErrorKind},
};

use super::{disk::FileSystem, folder::Folder};

/// A folder that is being written; nothing else writes to it.
#[derive(Debug)]
pub(super) struct NewFolder {
    /// The folders in it, by path; its own path is empty.
    folders: BTreeMap<String, Opened>,
    file_system: FileSystem,
}

/// A folder in the new one, open as long as that is written.
#[derive(Debug)]
struct Opened {
    folder: Folder,
    /// The folder with its path in the one that is to be replaced.
    former: Option<Folder>,
}

impl NewFolder {
    /// Creates a folder that is to replace another. Errors: an entry has its name.
    pub(super) fn create(parent: &Folder, name: &str, replaced: &str) -> io::Result<Self> {
        let folder = parent.create_folder(name)?;
        let file_system = folder.file_system()?;
        let opened = Opened { folder, former: parent.subfolder(replaced).ok() };
        Ok(Self { folders: BTreeMap::from([(String::new(), opened)]), file_system })
    }

    /// Writes a new file, and creates the folders above it. A file of the replaced folder that has its path and bytes is taken over as it
    /// is, so that its time says when it last changed. Errors: the path exists, or one of the folders is a file.
    pub(super) fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let Opened { folder, former } = self.opened(above)?;
        if former.as_ref().is_some_and(|former| former.link_if_same(name, bytes, folder)) {
            return Ok(());
        }
        folder.create(name, bytes)
    }

    /// Synchronizes all of it to disk: together where the system can, otherwise file by file.
    pub(super) fn sync(&self) -> io::Result<()> {
        if self.file_system.sync()? {
            return Ok(());
        }
        self.folders.get("").map_or(Ok(()), |own| own.folder.sync(""))
    }

    /// A folder in it, which is created with those above it if it is new.
    fn opened(&mut self, path: &str) -> io::Result<&Opened> {
        if !self.folders.contains_key(path) {
            let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
            let parent = self.opened(above)?;
            let former = parent.former.as_ref().and_then(|former| former.subfolder(name).ok());
            let opened = Opened { folder: parent.folder.create_folder(name)?, former };
            self.folders.insert(path.to_owned(), opened);
        }
        self.folders.get(path).ok_or_else(|| ErrorKind::NotFound.into())
    }
}
