//! The files of a release as they were in a revision, in a folder of their own that is removed afterwards.

use std::{
    fs, io,
    path::{Component, Path, PathBuf},
    process,
};

use super::git::{Git, TreeFile};
use crate::{
    diag::Diagnostic,
    project::{SOURCE_FOLDERS, release_folder},
    site::WriteGuard,
};

/// How many names are tried for the folder.
const MAX_TRIES: usize = 100;

/// A folder with the files; dropping it removes it, also when the program is interrupted.
#[derive(Debug)]
pub struct Checkout {
    pub root: PathBuf,
    _guard: WriteGuard,
}

impl Checkout {
    /// Writes the release `slug` of a commit, with the project's templates and settings. `name` is how the user named the revision.
    /// Errors: the release was not there, or the files cannot be read or written.
    pub fn new(git: &Git, commit: &str, slug: &str, name: &str) -> Result<Self, Diagnostic> {
        let release = release_folder(slug);
        let [content, ..] = SOURCE_FOLDERS;
        let mut paths: Vec<String> = SOURCE_FOLDERS.iter().skip(1).map(|folder| (*folder).to_owned()).collect();
        paths.extend([release.clone(), format!("{content}/site.toml")]);
        let files = git.files(commit, &paths)?;
        if !files.iter().any(|file| file.path.starts_with(&format!("{release}/"))) {
            return Err(Diagnostic::io("diff", format!("`{name}` has no release `{release}`")));
        }
        let cannot = |error: io::Error| Diagnostic::cannot_write("a temporary folder", &error);
        let guard = WriteGuard::begin();
        let checkout = Self { root: private_folder().map_err(cannot)?, _guard: guard };
        git.read(&files, |file, bytes| checkout.write(file, bytes).map_err(cannot))?;
        Ok(checkout)
    }

    fn write(&self, file: &TreeFile, bytes: &[u8]) -> io::Result<()> {
        let path = Path::new(&file.path);
        // A repository may have been made by somebody else's program.
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return Ok(());
        }
        let place = self.root.join(path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(place, bytes)
    }
}

impl Drop for Checkout {
    fn drop(&mut self) {
        // What cannot be removed is left to the system, which empties its folder for temporary files.
        drop(fs::remove_dir_all(&self.root));
    }
}

/// A new folder that nobody else can read or prepare.
fn private_folder() -> io::Result<PathBuf> {
    let base = std::env::temp_dir();
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    for number in 0..MAX_TRIES {
        let folder = base.join(format!("kessan-diff-{}-{number}", process::id()));
        match builder.create(&folder) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            made => return made.map(|()| folder),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
