//! The output folder: releases swapped in one by one, and the list of them written last.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Hashes, Manifest, ReleaseCard, Site, is_path,
    lock::{self, Busy, Lock},
    manifest, standing, swap,
};
use crate::diag::Diagnostic;

/// The folder that holds one folder per release, and the list of releases. It is locked as long as this value lives.
#[derive(Debug)]
pub struct Output {
    folder: PathBuf,
    /// The folder's name in messages.
    shown: String,
    /// Whether the folder was not there before.
    is_new: bool,
    #[expect(dead_code, reason = "held until the output is dropped")]
    lock: Lock,
}

impl Output {
    /// The output at `folder`, called `shown` in messages, to be written to. What an interrupted build left there is
    /// cleared up. Errors: that cannot be done, somebody else is at it, or the folder's `index.html` is not one that kessan
    /// wrote.
    pub fn open(folder: &Path, shown: &str) -> Result<Self, Diagnostic> {
        let (folder, shown) = (folder.to_owned(), shown.trim_end_matches('/').to_owned());
        let is_new = !folder.exists();
        if is_new {
            fs::create_dir_all(&folder).map_err(|error| Diagnostic::cannot_write(&shown, &error))?;
        }
        let lock = lock::to_write(&folder).map_err(|Busy| busy(&shown))?;
        let output = Self { folder, shown, is_new, lock };
        swap::recover(&output.folder).map_err(|(name, error)| output.cannot_write(&name, &error))?;
        output.refuse_foreign_list()?;
        Ok(output)
    }

    /// The output at `folder`, to be looked at. Errors: it cannot be read, a build is at it, or it is not kessan's.
    pub fn look(folder: &Path, shown: &str) -> Result<Self, Diagnostic> {
        let (folder, shown) = (folder.to_owned(), shown.trim_end_matches('/').to_owned());
        fs::read_dir(&folder).map_err(|error| Diagnostic::cannot_read(&shown, &error))?;
        let lock = lock::to_read(&folder).map_err(|Busy| busy(&shown))?;
        let output = Self { folder, shown, is_new: false, lock };
        if output.list().is_none() && output.releases()?.is_empty() {
            let message = format!("`{}` is not kessan's: nothing in it has a manifest of its", output.shown);
            return Err(Diagnostic::io("output", message).help("`kessan build` writes it"));
        }
        Ok(output)
    }

    /// The output around a release's folder, to be looked at, and the release's slug; none where the folder is no release's.
    pub fn look_around(folder: &Path, shown: &str) -> Option<Result<(Self, String), Diagnostic>> {
        let slug = Manifest::read(folder)?.release?.slug;
        let folder = folder.canonicalize().ok()?;
        let above = Path::new(shown).parent().map(Path::to_string_lossy).filter(|above| !above.is_empty());
        let output = Self::look(folder.parent()?, above.as_deref().unwrap_or("."));
        Some(output.map(|output| (output, slug)))
    }

    /// The name of a file or folder in the output, for messages.
    pub fn shown(&self, path: &str) -> String {
        format!("{}/{path}", self.shown).trim_end_matches('/').to_owned()
    }

    /// Writes a release's site beside its folder and swaps it in. Gives the number of files, the manifest included.
    /// Errors: a folder of that name that kessan did not write; whatever the system refuses.
    pub fn publish(&self, site: &Site, manifest: &Manifest, slug: &str) -> Result<usize, Diagnostic> {
        let folder = self.folder.join(slug);
        if folder.symlink_metadata().is_ok() && self.in_folder(slug).is_none() {
            return Err(self.foreign(slug));
        }
        let staging = self.folder.join(swap::staging_name(slug));
        let manifest = manifest.to_json();
        let mut files = site.iter().chain([(manifest::NAME, manifest.as_bytes())]);
        let written = files
            .try_for_each(|(path, bytes)| {
                write(&staging.join(path), bytes).map_err(|error| self.cannot_write(&format!("{slug}/{path}"), &error))
            })
            .and_then(|()| swap::swap_in(&self.folder, slug).map_err(|error| self.cannot_write(slug, &error)));
        // What cannot be removed now is removed by the next build.
        written.inspect_err(|_| drop(fs::remove_dir_all(&staging)))?;
        Ok(site.len() + 1)
    }

    /// The manifest of a release; none where kessan wrote no folder of that name for it.
    pub fn manifest(&self, slug: &str) -> Option<Manifest> {
        let manifest = self.in_folder(slug)?;
        manifest.release.as_ref().is_some_and(|card| card.slug == slug).then_some(manifest)
    }

    /// What the list says of all releases in the output, those of earlier builds included, the latest first; each with the
    /// hash of its manifest.
    pub fn releases(&self) -> Result<Vec<(ReleaseCard, String)>, Diagnostic> {
        let names = swap::names(&self.folder).map_err(|error| self.cannot_read("", &error))?;
        let known = |slug: &String| {
            let manifest = self.manifest(slug)?;
            let hash = manifest.hash();
            Some((manifest.release?, hash))
        };
        let mut releases: Vec<_> = names.iter().filter_map(known).collect();
        releases.sort_by(|(a, _), (b, _)| a.latest_first(b));
        Ok(releases)
    }

    /// The manifest of the list of releases; none where there is no list of kessan's.
    pub fn list(&self) -> Option<Manifest> {
        Manifest::read(&self.folder).filter(|manifest| manifest.release.is_none())
    }

    /// A file of a release; none where it cannot be read.
    pub fn read(&self, slug: &str, path: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.join(slug).join(path)).ok()
    }

    /// Every file that stands in a release's folder.
    pub fn standing(&self, slug: &str) -> Result<Hashes, Diagnostic> {
        standing::hashes(&self.folder.join(slug), |_| false).map_err(|error| self.cannot_read(slug, &error))
    }

    /// Every file that stands in the output beside the folders of releases. Hidden ones are passed over: they are the
    /// server's, or those of a system for versions.
    pub fn standing_beside(&self) -> Result<Hashes, Diagnostic> {
        let skips = |name: &str| name.starts_with('.') || self.manifest(name).is_some();
        standing::hashes(&self.folder, skips).map_err(|error| self.cannot_read("", &error))
    }

    /// Writes the list of releases: the manifest first, so that nothing is ever taken for somebody else's, `index.html` last;
    /// each file replaced at once, and only where it differs. What an earlier list had and this one has not is removed.
    /// Errors: a file that kessan did not write, or that would stand in a release's folder; whatever the system refuses.
    pub fn write_list(&self, site: &Site, manifest: &Manifest) -> Result<(), Diagnostic> {
        let ours = self.list().map(|manifest| manifest.files).unwrap_or_default();
        for (path, _) in site.iter() {
            let exists = self.folder.join(path).symlink_metadata().is_ok();
            if self.is_in_release(path) || (exists && !ours.contains_key(path)) {
                return Err(self.foreign(path));
            }
        }
        let gone = ours.keys().filter(|path| site.get(path).is_none() && is_path(path) && !self.is_in_release(path));
        gone.for_each(|path| drop(fs::remove_file(self.folder.join(path))));
        let manifest = manifest.to_json();
        let assets = site.iter().filter(|(path, _)| *path != LIST);
        let list = site.iter().filter(|(path, _)| *path == LIST);
        let mut files = [(manifest::NAME, manifest.as_bytes())].into_iter().chain(assets).chain(list);
        files.try_for_each(|(path, bytes)| {
            replace(&self.folder.join(path), bytes).map_err(|error| self.cannot_write(path, &error))
        })
    }

    /// The manifest in a folder of that name, whatever it is of; a link to a folder is somebody else's.
    fn in_folder(&self, name: &str) -> Option<Manifest> {
        let folder = self.folder.join(name);
        if folder.is_symlink() { None } else { Manifest::read(&folder) }
    }

    fn is_in_release(&self, path: &str) -> bool {
        let manifest = path.split_once('/').and_then(|(first, _)| self.in_folder(first));
        manifest.is_some_and(|manifest| manifest.release.is_some())
    }

    /// A page of somebody else's at the place of the list is as little ours to replace as a folder is.
    fn refuse_foreign_list(&self) -> Result<(), Diagnostic> {
        if self.list().is_some() {
            return Ok(());
        }
        let taken = [LIST, manifest::NAME].into_iter().find(|name| self.folder.join(name).symlink_metadata().is_ok());
        taken.map_or(Ok(()), |name| Err(self.foreign(name)))
    }

    fn foreign(&self, path: &str) -> Diagnostic {
        Diagnostic::io("output", format!("`{}` is not kessan's, so it is not replaced", self.shown(path)))
            .note("what kessan wrote stands beside its `manifest.json`")
            .help("move it away, or choose another folder with `--output`")
    }

    fn cannot_write(&self, path: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::cannot_write(&self.shown(path), error)
    }

    fn cannot_read(&self, path: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::cannot_read(&self.shown(path), error)
    }
}

impl Drop for Output {
    /// A folder in which nothing was written is taken away again.
    fn drop(&mut self) {
        if self.is_new {
            drop(fs::remove_dir(&self.folder));
        }
    }
}

/// The list of releases.
const LIST: &str = "index.html";

fn busy(shown: &str) -> Diagnostic {
    Diagnostic::io("output", format!("`{shown}` is in use: another kessan writes to it or verifies it"))
        .help("let it finish first")
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, bytes)
}

/// Writes a file beside its place and moves it there: whoever reads sees the old one or the new one. One that is the same
/// already stays.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if !path.is_symlink() && fs::read(path).is_ok_and(|standing| standing == bytes) {
        return Ok(());
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let staging = path.with_file_name(swap::staging_name(&name));
    write(&staging, bytes).and_then(|()| fs::rename(&staging, path)).inspect_err(|_| drop(fs::remove_file(&staging)))
}
