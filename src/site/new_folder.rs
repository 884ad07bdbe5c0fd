//! A new folder that is to replace another: what is the same in both is not written again, and all of it is brought to the disk
//! at once.

use std::{
    collections::BTreeMap,
    io::{self, ErrorKind},
};

use super::{disk::FileSystem, folder::Folder};
use crate::parallel;

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

    /// Writes new files on so many threads, and creates the folders above them; `may_go_on` is asked before each. A file of the replaced
    /// folder that has the path and the bytes of a new one is taken over as it is, so that its time says when it last changed. Errors: the
    /// path of a file that exists or cannot be written, or of which a folder is a file, and why.
    pub(super) fn write<'f>(
        &mut self,
        files: &[(&'f str, &[u8])],
        threads: usize,
        may_go_on: impl Fn() -> io::Result<()> + Sync,
    ) -> Result<(), (&'f str, io::Error)> {
        for (path, _) in files {
            self.create_folder(folder_of(path)).map_err(|error| (*path, error))?;
        }
        let written = parallel::map_on_threads(threads, files, &|_, _| (), |(path, bytes)| {
            let written = may_go_on().and_then(|()| self.write_file(path, bytes));
            written.map_err(|error| (*path, error))
        });
        written.into_iter().collect()
    }

    fn write_file(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let Opened { folder, former } = self.folders.get(folder_of(path)).ok_or(ErrorKind::NotFound)?;
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

    /// Creates a folder in it, with those above it, unless it is there.
    fn create_folder(&mut self, path: &str) -> io::Result<()> {
        if self.folders.contains_key(path) {
            return Ok(());
        }
        let (above, name) = (folder_of(path), path.rsplit('/').next().unwrap_or(path));
        self.create_folder(above)?;
        let parent = self.folders.get(above).ok_or(ErrorKind::NotFound)?;
        let former = parent.former.as_ref().and_then(|former| former.subfolder(name).ok());
        let opened = Opened { folder: parent.folder.create_folder(name)?, former };
        self.folders.insert(path.to_owned(), opened);
        Ok(())
    }
}

/// The path of the folder that has this path in it.
fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(above, _)| above)
}
