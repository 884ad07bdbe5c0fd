//! The output folder: releases swapped in one by one, and the list of them written last.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Hashes, Manifest, ReleaseCard, Site,
    folder::Folder,
    interrupt::Writing,
    inventory, is_path,
    lock::{self, Busy, Lock},
    manifest, swap,
};
use crate::diag::Diagnostic;

/// The folder that holds one folder per release, and the list of releases. It is locked as long as this value lives.
#[derive(Debug)]
pub struct Output {
    path: PathBuf,
    pub(super) opened: Folder,
    /// The folder's name in messages.
    shown: String,
    /// Whether the folder was not there before.
    is_new: bool,
    #[expect(dead_code, reason = "held until the output is dropped")]
    lock: Lock,
}

impl Output {
    /// Opens the output at `folder`, called `shown` in messages, for writing, and cleans up after an interrupted build. Errors:
    /// that fails, or another process has the folder locked.
    pub fn open(folder: &Path, shown: &str) -> Result<Self, Diagnostic> {
        let (folder, shown) = (folder.to_owned(), shown.trim_end_matches('/').to_owned());
        let is_new = !folder.exists();
        if is_new {
            fs::create_dir_all(&folder).map_err(|error| Diagnostic::cannot_write(&shown, &error))?;
        }
        let lock = lock::to_write(&folder).map_err(|Busy| busy(&shown))?;
        let opened = Folder::open(&folder).map_err(|error| Diagnostic::cannot_write(&shown, &error))?;
        let output = Self { path: folder, opened, shown, is_new, lock };
        swap::recover(&output.opened).map_err(|(name, error)| output.cannot_write(&name, &error))?;
        Ok(output)
    }

    /// Opens the output at `folder` for reading. Errors: it cannot be read, a build has it locked, or kessan did not write it.
    pub fn open_to_read(folder: &Path, shown: &str) -> Result<Self, Diagnostic> {
        let (folder, shown) = (folder.to_owned(), shown.trim_end_matches('/').to_owned());
        let opened = Folder::open(&folder).map_err(|error| Diagnostic::cannot_read(&shown, &error))?;
        let lock = lock::to_read(&folder).map_err(|Busy| busy(&shown))?;
        let output = Self { path: folder, opened, shown, is_new: false, lock };
        if output.list().is_none() && output.releases()?.is_empty() {
            let message = format!("`{}` is not kessan's: nothing in it has a manifest of its", output.shown);
            return Err(Diagnostic::io("output", message).help("`kessan build` writes it"));
        }
        Ok(output)
    }

    /// Opens the output around a release's folder for reading; gives it with the release's slug. None where the folder is not
    /// that of a release.
    pub fn open_around_release(folder: &Path, shown: &str) -> Option<Result<(Self, String), Diagnostic>> {
        let slug = Manifest::read(&Folder::open(folder).ok()?, "")?.release?.slug;
        let folder = folder.canonicalize().ok()?;
        // A copy under another name is not that release.
        folder.file_name().filter(|name| *name == slug.as_str())?;
        let above = Path::new(shown).parent().map(Path::to_string_lossy).filter(|above| !above.is_empty());
        let output = Self::open_to_read(folder.parent()?, above.as_deref().unwrap_or("."));
        Some(output.map(|output| (output, slug)))
    }

    /// The name of a file or folder in the output, for messages.
    pub fn shown(&self, path: &str) -> String {
        format!("{}/{path}", self.shown).trim_end_matches('/').to_owned()
    }

    /// Writes a release's site beside its folder and swaps it in. Gives the number of files, the manifest included, and a
    /// warning of what could not be cleaned up. Errors: kessan did not write the folder of that name, or files were added to
    /// it; or the system refuses.
    pub fn publish(
        &self,
        site: &Site,
        manifest: &Manifest,
        slug: &str,
    ) -> Result<(usize, Option<Diagnostic>), Diagnostic> {
        site.check_names()?;
        self.claim(slug, site)?;
        let staging = swap::staging_name(slug);
        let writing = Writing::begin();
        let manifest = manifest.to_json();
        let mut files = site.iter().chain([(manifest::NAME, manifest.as_bytes())]);
        let written = files
            .try_for_each(|(path, bytes)| {
                let write = || writing.go_on().and_then(|()| self.opened.create(&format!("{staging}/{path}"), bytes));
                write().map_err(|error| self.cannot_write(&format!("{slug}/{path}"), &error))
            })
            .and_then(|()| {
                let swap = || writing.go_on().and_then(|()| swap::swap_in(&self.opened, slug));
                swap().map_err(|error| self.cannot_write(slug, &error))
            });
        // What cannot be removed now is removed by the next build.
        let left = written.inspect_err(|_| drop(self.opened.remove(&staging)))?;
        Ok((site.len() + 1, left.map(|left| self.leftover_warning(slug, &left))))
    }

    /// Removes a release from the output. Gives a warning of what could not be cleaned up. Errors: its folder is not as kessan
    /// wrote it, or the system refuses.
    pub fn remove_release(&self, slug: &str) -> Result<Option<Diagnostic>, Diagnostic> {
        let written = self.manifest(slug).map(|manifest| manifest.all_files()).unwrap_or_default();
        let standing = self.inventory_of(slug)?;
        let is_touched = |path: &str, hash: &str| written.get(path).is_none_or(|wrote| wrote != hash);
        // An empty folder, which ends in `/`, has nothing to be lost.
        let mut touched = standing.iter().filter(|(path, _)| !path.ends_with('/') && !inventory::is_system_file(path));
        let touched = touched.find(|(path, hash)| is_touched(path, hash));
        if let Some((path, _)) = touched {
            let shown = self.shown(&format!("{slug}/{path}"));
            let message = format!("`{shown}` is not as kessan wrote it, so `{}` is not removed", self.shown(slug));
            return Err(Diagnostic::io("output", message).help("remove the folder yourself"));
        }
        let left = swap::take_out(&self.opened, slug).map_err(|error| self.cannot_write(slug, &error))?;
        Ok(left.map(|left| self.leftover_warning(slug, &left)))
    }

    /// The manifest of a release; none where kessan wrote no folder of that name for it.
    pub fn manifest(&self, slug: &str) -> Option<Manifest> {
        let manifest = self.manifest_in(slug)?;
        manifest.release.as_ref().is_some_and(|card| card.slug == slug).then_some(manifest)
    }

    /// The list entries of all releases in the output, those of earlier builds included, the latest first; each with the hash
    /// of its manifest.
    pub fn releases(&self) -> Result<Vec<(ReleaseCard, String)>, Diagnostic> {
        let names = self.opened.names("").map_err(|error| self.cannot_read("", &error))?;
        let known = |slug: &String| {
            let manifest = self.manifest(slug)?;
            let hash = manifest.hash();
            Some((manifest.release?, hash))
        };
        let mut releases: Vec<_> = names.iter().filter_map(known).collect();
        releases.sort_by(|(a, _), (b, _)| a.latest_first(b));
        Ok(releases)
    }

    /// The manifest of the list of releases; none where kessan wrote no list.
    pub fn list(&self) -> Option<Manifest> {
        Manifest::read(&self.opened, "").filter(|manifest| manifest.release.is_none())
    }

    /// A file of a release; none where it cannot be read.
    pub fn read(&self, slug: &str, path: &str) -> Option<Vec<u8>> {
        self.opened.read(&format!("{slug}/{path}")).ok()
    }

    /// The files of a release's folder, with their hashes.
    pub fn inventory_of(&self, slug: &str) -> Result<Hashes, Diagnostic> {
        inventory::hashes(&self.opened, slug, |_| false).map_err(|error| self.cannot_read(slug, &error))
    }

    /// Whether there is a folder of a release's name, whoever wrote it.
    pub fn has_folder(&self, slug: &str) -> bool {
        self.opened.is_dir(slug)
    }

    /// Whether there is a page at the place of the list of releases.
    pub fn has_list(&self) -> bool {
        self.exists(LIST)
    }

    /// The files of the output outside the folders of releases: those with a manifest, and `others`. Hidden files are ignored;
    /// they belong to a web server or a version control system.
    pub fn inventory_beside(&self, others: &[String]) -> Result<Hashes, Diagnostic> {
        let is_release = |name: &str| others.iter().any(|other| other == name) || self.manifest(name).is_some();
        let skips = |name: &str| name.starts_with('.') || is_release(name);
        inventory::hashes(&self.opened, "", skips).map_err(|error| self.cannot_read("", &error))
    }

    /// Writes the list of releases: the manifest first, so that kessan always recognises its files, and `index.html` last. Each
    /// file is replaced atomically, and only where it differs. Files of an earlier list that this one lacks are removed, unless
    /// somebody changed them. Errors: a file at that path is not as kessan wrote it, the path is in a release's folder, or the
    /// system refuses.
    pub fn write_list(&self, site: &Site, manifest: &Manifest) -> Result<(), Diagnostic> {
        site.check_names()?;
        let ours = self.list();
        let is_ours = |path: &str| {
            let written = self.opened.read(path);
            written.is_ok_and(|bytes| {
                ours.as_ref().is_some_and(|ours| ours.wrote(path, &bytes)) || site.get(path) == Some(bytes.as_slice())
            })
        };
        for (path, _) in site.iter() {
            if self.is_in_release(path) || (self.exists(path) && !is_ours(path)) {
                let is_listed = ours.as_ref().is_some_and(|ours| ours.files.contains_key(path));
                return Err(if is_listed { self.changed_file(path) } else { self.foreign_file(path) });
            }
        }
        let before = ours.as_ref().map(|ours| ours.files.clone()).unwrap_or_default();
        let is_gone = |path: &&String| site.get(path).is_none() && is_path(path) && !self.is_in_release(path);
        for path in before.keys().filter(is_gone).filter(|path| is_ours(path)) {
            self.opened.remove(path).map_err(|error| self.cannot_write(path, &error))?;
            // The folders above it may be empty now; if not, they stay.
            let above = path.rmatch_indices('/').map_while(|(end, _)| self.opened.remove_empty(&path[..end]).ok());
            above.for_each(drop);
        }
        let writing = Writing::begin();
        let put = |path: &str, bytes: &[u8]| {
            let replaced = writing.go_on().and_then(|()| replace(&self.opened, path, bytes));
            replaced.map_err(|error| self.cannot_write(path, &error))
        };
        let differs = site.iter().any(|(path, bytes)| self.opened.read(path).ok().as_deref() != Some(bytes));
        if differs {
            // Until all files are replaced, those of the old list are kessan's too.
            put(manifest::NAME, manifest.while_replacing(before).to_json().as_bytes())?;
        }
        let assets = site.iter().filter(|(path, _)| *path != LIST);
        let list = site.iter().filter(|(path, _)| *path == LIST);
        assets.chain(list).try_for_each(|(path, bytes)| put(path, bytes))?;
        put(manifest::NAME, manifest.to_json().as_bytes())
    }

    /// Whether a name exists, whatever it is.
    pub(super) fn exists(&self, path: &str) -> bool {
        self.opened.contains(path)
    }

    /// The manifest in a folder of that name, of whatever kind; a link to a folder is not kessan's.
    pub(super) fn manifest_in(&self, name: &str) -> Option<Manifest> {
        Manifest::read(&self.opened, name)
    }

    fn is_in_release(&self, path: &str) -> bool {
        let manifest = path.split_once('/').and_then(|(first, _)| self.manifest_in(first));
        manifest.is_some_and(|manifest| manifest.release.is_some())
    }

    /// The warning that a replaced or removed folder is still there under another name.
    fn leftover_warning(&self, slug: &str, (name, error): &swap::Leftover) -> Diagnostic {
        let cannot = Diagnostic::cannot_remove(&self.shown(name), error);
        cannot.note(format!("it is what `{}` was before; a later build removes it when it may", self.shown(slug)))
    }

    pub(super) fn cannot_write(&self, path: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::cannot_write(&self.shown(path), error)
    }

    pub(super) fn cannot_read(&self, path: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::cannot_read(&self.shown(path), error)
    }
}

impl Drop for Output {
    /// Removes a folder in which nothing was written.
    fn drop(&mut self) {
        if self.is_new {
            drop(fs::remove_dir(&self.path));
        }
    }
}

/// The list of releases.
pub(super) const LIST: &str = "index.html";

fn busy(shown: &str) -> Diagnostic {
    Diagnostic::io("output", format!("`{shown}` is in use: another kessan writes to it or verifies it"))
        .help("let it finish first")
}

/// Writes a file beside its place and moves it there: a reader sees the old one or the new one. An unchanged file is not
/// written.
pub(super) fn replace(folder: &Folder, path: &str, bytes: &[u8]) -> io::Result<()> {
    if folder.read(path).is_ok_and(|standing| standing == bytes) {
        return Ok(());
    }
    folder.create_parent(path)?;
    // At the top of the folder, where recovery looks for files of an interrupted build.
    let staging = swap::staging_name(&path.replace('/', "-"));
    let written = folder.create(&staging, bytes).and_then(|()| folder.sync(&staging));
    let written = written.and_then(|()| folder.rename(&staging, path));
    written.inspect_err(|_| drop(folder.remove(&staging)))?;
    folder.sync_names(path.rsplit_once('/').map_or("", |(above, _)| above))
}
