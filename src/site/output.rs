//! The output folder, which contains a folder for each release and the list of releases.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    Hashes, Manifest, ReleaseCard, Site,
    folder::Folder,
    interrupt::WriteGuard,
    inventory, is_valid_path,
    lock::{self, Busy, Lock},
    manifest,
    new_folder::NewFolder,
    swap,
};
use crate::diag::Diagnostic;

/// An open output folder. It is locked until this value is dropped.
#[derive(Debug)]
pub struct Output {
    path: PathBuf,
    pub(super) opened: Folder,
    /// The path of the folder in messages.
    shown: String,
    /// Whether the folder was created by `open`.
    is_new: bool,
    #[expect(dead_code, reason = "held until the output is dropped")]
    lock: Lock,
}

impl Output {
    /// Opens the output folder for writing, and cleans up after an interrupted build; `shown` is its path in messages. Errors: it
    /// cannot be opened or cleaned up, or another process has locked it.
    pub fn open(folder: &Path, shown: &str) -> Result<Self, Diagnostic> {
        let (folder, shown) = (folder.to_owned(), shown.trim_end_matches('/').to_owned());
        let is_new = !folder.exists();
        if is_new {
            fs::create_dir_all(&folder).map_err(|error| Diagnostic::cannot_write(&shown, &error))?;
        }
        let lock = lock::lock_exclusive(&folder).map_err(|Busy| busy(&shown))?;
        let opened = Folder::open(&folder).map_err(|error| Diagnostic::cannot_write(&shown, &error))?;
        let output = Self { path: folder, opened, shown, is_new, lock };
        swap::recover(&output.opened).map_err(|(name, error)| output.cannot_write(&name, &error))?;
        Ok(output)
    }

    /// Opens the output folder for reading. Errors: it cannot be read, a build has locked it, or kessan did not write it.
    pub fn open_to_read(folder: &Path, shown: &str) -> Result<Self, Diagnostic> {
        let (folder, shown) = (folder.to_owned(), shown.trim_end_matches('/').to_owned());
        let opened = Folder::open(&folder).map_err(|error| Diagnostic::cannot_read(&shown, &error))?;
        let lock = lock::lock_shared(&folder).map_err(|Busy| busy(&shown))?;
        let output = Self { path: folder, opened, shown, is_new: false, lock };
        if output.list_manifest().is_none() && output.releases()?.is_empty() {
            let message = format!("`{}` was not written by kessan: nothing in it has a manifest", output.shown);
            return Err(Diagnostic::io("output", message).help("`kessan build` writes it"));
        }
        Ok(output)
    }

    /// Opens the output folder that contains a release's folder, for reading; also returns the slug. `None` if the folder is not
    /// that of a release.
    pub fn open_for_release_folder(folder: &Path, shown: &str) -> Option<Result<(Self, String), Diagnostic>> {
        let slug = Manifest::read(&Folder::open(folder).ok()?, "")?.release?.slug;
        let folder = folder.canonicalize().ok()?;
        // A copy under another name is not that release.
        folder.file_name().filter(|name| *name == slug.as_str())?;
        let parents = Path::new(shown).parent().map(Path::to_string_lossy).filter(|parents| !parents.is_empty());
        let output = Self::open_to_read(folder.parent()?, parents.as_deref().unwrap_or("."));
        Some(output.map(|output| (output, slug)))
    }

    /// The path of a file or folder in the output, for messages.
    pub fn display_path(&self, path: &str) -> String {
        format!("{}/{path}", self.shown).trim_end_matches('/').to_owned()
    }

    /// Writes a release's site next to its folder, on so many threads, and swaps it in. Returns the number of files, the manifest included, and a
    /// warning if the old folder could not be removed. Errors: kessan did not write the existing folder, files were added to it,
    /// or writing fails.
    pub fn publish(
        &self,
        site: &Site,
        manifest: &Manifest,
        slug: &str,
        threads: usize,
    ) -> Result<(usize, Option<Diagnostic>), Diagnostic> {
        site.check_names()?;
        self.claim(slug, site)?;
        let writing = WriteGuard::begin();
        let manifest = manifest.to_json();
        let files: Vec<_> = site.iter().chain([(manifest::NAME, manifest.as_bytes())]).collect();
        let written = self.stage(slug, &files, threads, &writing).and_then(|()| {
            let swap = || writing.check().and_then(|()| swap::swap_in(&self.opened, slug));
            swap().map_err(|error| self.cannot_write(slug, &error))
        });
        // If this fails, the next build removes it.
        let leftover = written.inspect_err(|_| drop(self.opened.remove(&swap::staging_name(slug))))?;
        Ok((site.len() + 1, leftover.map(|leftover| self.leftover_warning(slug, &leftover))))
    }

    /// Writes the files of a release to a new folder beside its own, and brings them to the disk.
    fn stage(
        &self,
        slug: &str,
        files: &[(&str, &[u8])],
        threads: usize,
        writing: &WriteGuard,
    ) -> Result<(), Diagnostic> {
        let cannot_write = |error| self.cannot_write(slug, &error);
        let mut folder = NewFolder::create(&self.opened, &swap::staging_name(slug), slug).map_err(cannot_write)?;
        let written = folder.write(files, threads, || writing.check());
        written.map_err(|(path, error)| self.cannot_write(&format!("{slug}/{path}"), &error))?;
        folder.sync().map_err(cannot_write)
    }

    /// Removes a release from the output. Returns a warning if its folder could not be removed completely. Errors: its folder was
    /// changed, or removing fails.
    pub fn remove_release(&self, slug: &str) -> Result<Option<Diagnostic>, Diagnostic> {
        let written = self.manifest(slug).map(|manifest| manifest.all_files()).unwrap_or_default();
        let existing = self.inventory_of(slug)?;
        let is_changed = |path: &str, hash: &str| written.get(path).is_none_or(|matches| matches != hash);
        // Empty folders, whose paths end with `/`, may be removed.
        let mut changed = existing.iter().filter(|(path, _)| !path.ends_with('/') && !inventory::is_system_file(path));
        let changed = changed.find(|(path, hash)| is_changed(path, hash));
        if let Some((path, _)) = changed {
            let shown = self.display_path(&format!("{slug}/{path}"));
            let message =
                format!("`{shown}` is not as kessan wrote it, so `{}` is not removed", self.display_path(slug));
            return Err(Diagnostic::io("output", message).help("remove the folder yourself"));
        }
        let leftover = swap::remove(&self.opened, slug).map_err(|error| self.cannot_write(slug, &error))?;
        Ok(leftover.map(|leftover| self.leftover_warning(slug, &leftover)))
    }

    /// The manifest of a release; `None` if kessan wrote no folder with that name.
    pub fn manifest(&self, slug: &str) -> Option<Manifest> {
        let manifest = self.manifest_in(slug)?;
        manifest.release.as_ref().is_some_and(|card| card.slug == slug).then_some(manifest)
    }

    /// The cards of all releases in the output, those of earlier builds included, latest first, each with the hash of its manifest.
    pub fn releases(&self) -> Result<Vec<(ReleaseCard, String)>, Diagnostic> {
        let names = self.opened.names("").map_err(|error| self.cannot_read("", &error))?;
        let known = |slug: &String| {
            let manifest = self.manifest(slug)?;
            let hash = manifest.hash();
            Some((manifest.release?, hash))
        };
        let mut releases: Vec<_> = names.iter().filter_map(known).collect();
        releases.sort_by(|(a, _), (b, _)| a.cmp_latest_first(b));
        Ok(releases)
    }

    /// The manifest of the list of releases; `None` if kessan wrote no list.
    pub fn list_manifest(&self) -> Option<Manifest> {
        Manifest::read(&self.opened, "").filter(|manifest| manifest.release.is_none())
    }

    /// A file of a release; `None` if it cannot be read.
    pub fn read(&self, slug: &str, path: &str) -> Option<Vec<u8>> {
        self.opened.read(&format!("{slug}/{path}")).ok()
    }

    /// The hashes of the files in a release's folder.
    pub fn inventory_of(&self, slug: &str) -> Result<Hashes, Diagnostic> {
        inventory::hashes(&self.opened, slug, |_| false).map_err(|error| self.cannot_read(slug, &error))
    }

    /// Whether there is a folder with the name of a release, even if kessan did not write it.
    pub fn has_folder(&self, slug: &str) -> bool {
        self.opened.is_dir(slug)
    }

    /// Whether the page of the list of releases exists, even if kessan did not write it.
    pub fn has_list(&self) -> bool {
        self.exists(LIST_FILE)
    }

    /// The hashes of the files outside the folders of releases, which are those with a manifest and `others`. Hidden files are
    /// ignored; they belong to a web server or a version control system.
    pub fn inventory_outside_releases(&self, others: &[String]) -> Result<Hashes, Diagnostic> {
        let is_release = |name: &str| others.iter().any(|other| other == name) || self.manifest(name).is_some();
        let is_skipped = |name: &str| name.starts_with('.') || is_release(name);
        inventory::hashes(&self.opened, "", is_skipped).map_err(|error| self.cannot_read("", &error))
    }

    /// Writes the list of releases: the manifest first, so that kessan always recognizes its files, and `index.html` last. Each
    /// file that differs is replaced atomically. Files of the previous list that are no longer needed are removed unless they were
    /// changed. Errors: an existing file was changed, a path is in a release's folder, or writing fails.
    pub fn write_list(&self, site: &Site, manifest: &Manifest) -> Result<(), Diagnostic> {
        site.check_names()?;
        let old = self.list_manifest();
        let is_unchanged = |path: &str| {
            let written = self.opened.read(path);
            written.is_ok_and(|bytes| {
                site.get(path) == Some(bytes.as_slice()) || old.as_ref().is_some_and(|old| old.matches(path, &bytes))
            })
        };
        for (path, _) in site.iter() {
            if self.is_in_release(path) || (self.exists(path) && !is_unchanged(path)) {
                let is_listed = old.as_ref().is_some_and(|old| old.files.contains_key(path));
                return Err(if is_listed { self.changed_file_finding(path) } else { self.foreign_file_finding(path) });
            }
        }
        let before = old.as_ref().map(|old| old.files.clone()).unwrap_or_default();
        let is_removed = |path: &&String| site.get(path).is_none() && is_valid_path(path) && !self.is_in_release(path);
        for path in before.keys().filter(is_removed).filter(|path| is_unchanged(path)) {
            self.opened.remove(path).map_err(|error| self.cannot_write(path, &error))?;
            // Remove parent folders that are empty now.
            let parents = path.rmatch_indices('/').map_while(|(end, _)| self.opened.remove_empty(&path[..end]).ok());
            parents.for_each(drop);
        }
        let writing = WriteGuard::begin();
        let write_file = |path: &str, bytes: &[u8]| {
            let replaced = writing.check().and_then(|()| replace(&self.opened, path, bytes));
            replaced.map_err(|error| self.cannot_write(path, &error))
        };
        let differs = site.iter().any(|(path, bytes)| self.opened.read(path).ok().as_deref() != Some(bytes));
        if differs {
            // Until all files are replaced, the manifest must list the old files too.
            write_file(manifest::NAME, manifest.during_replacement(before).to_json().as_bytes())?;
        }
        let assets = site.iter().filter(|(path, _)| *path != LIST_FILE);
        let list = site.iter().filter(|(path, _)| *path == LIST_FILE);
        assets.chain(list).try_for_each(|(path, bytes)| write_file(path, bytes))?;
        write_file(manifest::NAME, manifest.to_json().as_bytes())
    }

    /// Whether an entry of any kind has this path.
    pub(super) fn exists(&self, path: &str) -> bool {
        self.opened.contains(path)
    }

    /// The manifest in the folder with that name; links are not followed.
    pub(super) fn manifest_in(&self, name: &str) -> Option<Manifest> {
        Manifest::read(&self.opened, name)
    }

    fn is_in_release(&self, path: &str) -> bool {
        let manifest = path.split_once('/').and_then(|(first, _)| self.manifest_in(first));
        manifest.is_some_and(|manifest| manifest.release.is_some())
    }

    /// The warning that a replaced or removed folder still exists under another name.
    fn leftover_warning(&self, slug: &str, (name, error): &swap::Leftover) -> Diagnostic {
        let cannot = Diagnostic::cannot_remove(&self.display_path(name), error);
        cannot
            .note(format!("it is what `{}` was before; a later build removes it when it may", self.display_path(slug)))
    }

    pub(super) fn cannot_write(&self, path: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::cannot_write(&self.display_path(path), error)
    }

    pub(super) fn cannot_read(&self, path: &str, error: &io::Error) -> Diagnostic {
        Diagnostic::cannot_read(&self.display_path(path), error)
    }
}

impl Drop for Output {
    /// Removes a folder that `open` created, if it is still empty.
    fn drop(&mut self) {
        if self.is_new {
            drop(fs::remove_dir(&self.path));
        }
    }
}

/// The page of the list of releases.
pub(super) const LIST_FILE: &str = "index.html";

fn busy(shown: &str) -> Diagnostic {
    Diagnostic::io("output", format!("`{shown}` is in use: another kessan writes to it or verifies it"))
        .help("let it finish first")
}

/// Replaces a file atomically by writing a temporary file and renaming it. An unchanged file is not written.
pub(super) fn replace(folder: &Folder, path: &str, bytes: &[u8]) -> io::Result<()> {
    if folder.read(path).is_ok_and(|existing| existing == bytes) {
        return Ok(());
    }
    folder.create_parent(path)?;
    // In the output folder itself, where `recover` looks for files of an interrupted build.
    let staging = swap::staging_name(&path.replace('/', "-"));
    let written = folder.create(&staging, bytes).and_then(|()| folder.sync(&staging));
    let written = written.and_then(|()| folder.rename(&staging, path));
    written.inspect_err(|_| drop(folder.remove(&staging)))?;
    folder.sync_dir(path.rsplit_once('/').map_or("", |(parents, _)| parents))
}
