//! The output folder: releases swapped in one by one, and the list of them written last.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Manifest, ReleaseCard, Site, is_path, manifest, swap};
use crate::diag::Diagnostic;

/// The folder that holds one folder per release, and the list of releases.
#[derive(Debug, Clone)]
pub struct Output {
    folder: PathBuf,
    /// The folder's name in messages.
    shown: String,
}

impl Output {
    /// The output at `folder`, called `shown` in messages. It need not exist yet. What an interrupted build left there
    /// is cleared up. Errors: that cannot be done, or the folder's `index.html` is not one that kessan wrote.
    pub fn open(folder: &Path, shown: &str) -> Result<Self, Diagnostic> {
        let output = Self { folder: folder.to_owned(), shown: shown.trim_end_matches('/').to_owned() };
        if folder.exists() {
            swap::recover(folder).map_err(|(name, error)| output.cannot_write(&name, &error))?;
            output.refuse_foreign_list()?;
        }
        Ok(output)
    }

    /// The name of a file or folder in the output, for messages.
    pub fn shown(&self, path: &str) -> String {
        format!("{}/{path}", self.shown)
    }

    /// Writes a release's site beside its folder and swaps it in. Gives the number of files, the manifest included.
    /// Errors: a folder of that name that kessan did not write; whatever the system refuses.
    pub fn publish(&self, site: &Site, release: ReleaseCard) -> Result<usize, Diagnostic> {
        let slug = release.slug.clone();
        let folder = self.folder.join(&slug);
        if folder.symlink_metadata().is_ok() && (folder.is_symlink() || Manifest::read(&folder).is_none()) {
            return Err(self.foreign(&slug));
        }
        let staging = self.folder.join(swap::staging_name(&slug));
        let manifest = Manifest::new(site, Some(release)).to_json();
        let mut files = site.iter().chain([(manifest::NAME, manifest.as_bytes())]);
        let written = files
            .try_for_each(|(path, bytes)| {
                write(&staging.join(path), bytes).map_err(|error| self.cannot_write(&format!("{slug}/{path}"), &error))
            })
            .and_then(|()| swap::swap_in(&self.folder, &slug).map_err(|error| self.cannot_write(&slug, &error)));
        // What cannot be removed now is removed by the next build.
        written.inspect_err(|_| drop(fs::remove_dir_all(&staging)))?;
        Ok(site.len() + 1)
    }

    /// What the list says of all releases in the output, those of earlier builds included: the latest first.
    pub fn releases(&self) -> Result<Vec<ReleaseCard>, Diagnostic> {
        let names = swap::names(&self.folder).map_err(|error| self.cannot_write("", &error))?;
        let card = |name: &String| {
            let card = Manifest::read(&self.folder.join(name))?.release?;
            (card.slug == *name).then_some(card)
        };
        let mut cards: Vec<_> = names.iter().filter_map(card).collect();
        cards.sort_by(ReleaseCard::latest_first);
        Ok(cards)
    }

    /// Whether there is a list of releases.
    pub fn has_list(&self) -> bool {
        self.folder.join(LIST).exists()
    }

    /// Writes the list of releases: the manifest, the assets, `index.html` last; each file replaced at once. Files of an
    /// earlier list that are in this one no more are removed.
    /// Errors: a file that kessan did not write, or that would stand in a release's folder; whatever the system refuses.
    pub fn write_list(&self, site: &Site) -> Result<(), Diagnostic> {
        let ours = Manifest::read(&self.folder).map(|manifest| manifest.files).unwrap_or_default();
        for (path, _) in site.iter() {
            let exists = self.folder.join(path).symlink_metadata().is_ok();
            if self.is_in_release(path) || (exists && !ours.contains_key(path)) {
                return Err(self.foreign(path));
            }
        }
        let manifest = Manifest::new(site, None).to_json();
        let assets = site.iter().filter(|(path, _)| *path != LIST);
        let list = site.iter().filter(|(path, _)| *path == LIST);
        let mut files = [(manifest::NAME, manifest.as_bytes())].into_iter().chain(assets).chain(list);
        files.try_for_each(|(path, bytes)| {
            replace(&self.folder.join(path), bytes).map_err(|error| self.cannot_write(path, &error))
        })?;
        let gone = ours.keys().filter(|path| site.get(path).is_none() && is_path(path) && !self.is_in_release(path));
        gone.for_each(|path| drop(fs::remove_file(self.folder.join(path))));
        Ok(())
    }

    fn is_in_release(&self, path: &str) -> bool {
        path.split_once('/').is_some_and(|(first, _)| self.is_release(first))
    }

    fn is_release(&self, name: &str) -> bool {
        Manifest::read(&self.folder.join(name)).is_some_and(|manifest| manifest.release.is_some())
    }

    /// A page of somebody else's at the place of the list is as little ours to replace as a folder is.
    fn refuse_foreign_list(&self) -> Result<(), Diagnostic> {
        if Manifest::read(&self.folder).is_some_and(|manifest| manifest.release.is_none()) {
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
        Diagnostic::cannot_write(self.shown(path).trim_end_matches('/'), error)
    }
}

/// The list of releases.
const LIST: &str = "index.html";

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, bytes)
}

/// Writes a file beside its place and moves it there: whoever reads sees the old one or the new one.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let staging = path.with_file_name(swap::staging_name(&name));
    write(&staging, bytes)?;
    fs::rename(&staging, path).inspect_err(|_| drop(fs::remove_file(&staging)))
}
