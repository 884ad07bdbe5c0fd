//! Ownership: which files of an output kessan may replace. A manifest lists them; where it was lost, files are kessan's if they
//! are exactly what kessan would write.

use super::{
    Hashes, Manifest, Site,
    inventory::{self, sha256},
    manifest,
    output::{LIST, Output, replace},
};
use crate::diag::Diagnostic;

/// The most foreign files that a finding names.
const MAX_NAMED: usize = 5;

impl Output {
    /// Claims the list of releases. A list without a manifest is recognised if it is exactly the `list` that kessan would write
    /// of the releases in the output; its manifest is then restored. Errors: a foreign page is in its place.
    pub fn claim_list(&self, list: Option<&(Site, Manifest)>) -> Result<(), Diagnostic> {
        if self.list().is_some() {
            return Ok(());
        }
        let taken = [LIST, manifest::NAME].into_iter().find(|name| self.exists(name));
        let is_free = !self.exists(manifest::NAME) || Manifest::is_torn(&self.opened);
        let Some((site, manifest)) = list.filter(|_| is_free) else {
            return taken.map_or(Ok(()), |taken| Err(self.foreign_file(taken)));
        };
        let is_same = |path: &str, bytes: &[u8]| self.opened.read(path).is_ok_and(|file| file == bytes);
        let others = site.iter().filter(|(path, bytes)| self.exists(path) && !is_same(path, bytes));
        let others: Vec<&str> = others.map(|(path, _)| path).collect();
        if !others.is_empty() {
            // Without a page in its place, foreign files are reported when the list is written.
            return taken.map_or(Ok(()), |_| Err(self.unknown_files(&others)));
        }
        let restored = replace(&self.opened, manifest::NAME, manifest.to_json().as_bytes());
        restored.map_err(|error| self.cannot_write(manifest::NAME, &error))
    }

    /// Claims a release's folder. A folder without a manifest is recognised if it holds nothing but files of `site`. Errors:
    /// kessan did not write it, or files were added to it.
    pub(super) fn claim(&self, slug: &str, site: &Site) -> Result<(), Diagnostic> {
        match self.manifest_in(slug) {
            Some(written) => self.refuse_losses(slug, &written, site),
            None if !self.exists(slug) || self.is_of(slug, site)? => Ok(()),
            None => Err(self.foreign_file(slug)),
        }
    }

    /// Whether a release's folder has files, and all are equal to the site's.
    fn is_of(&self, slug: &str, site: &Site) -> Result<bool, Diagnostic> {
        let mut standing = if self.has_folder(slug) { self.inventory_of(slug)? } else { Hashes::new() };
        standing.remove(manifest::NAME);
        let is_same = |(path, hash): (&String, &String)| site.get(path).is_some_and(|bytes| sha256(bytes) == *hash);
        Ok(!standing.is_empty() && standing.iter().all(is_same))
    }

    /// Errors: files that somebody added to a release's folder, or that the manifest names with another hash and `site` does not
    /// replace.
    fn refuse_losses(&self, slug: &str, written: &Manifest, site: &Site) -> Result<(), Diagnostic> {
        let there = inventory::paths(&self.opened, slug).map_err(|error| self.cannot_read(slug, &error))?;
        let is_changed = |path: &str, hash: &str| self.read(slug, path).is_none_or(|bytes| sha256(&bytes) != hash);
        let is_lost = |path: &&String| match written.files.get(*path) {
            _ if *path == manifest::NAME => false,
            Some(hash) => site.get(path).is_none() && is_changed(path, hash),
            None => true,
        };
        let lost: Vec<String> = there.iter().filter(is_lost).map(|path| format!("{slug}/{path}")).collect();
        let Some((first, others)) = lost.split_first() else { return Ok(()) };
        let (first, shown) = (self.shown(first), self.shown(slug));
        let message = format!("`{first}` is not kessan's, and would be lost: `{shown}` is replaced whole");
        let finding = Diagnostic::io("output", message)
            .help("move it away; what every release is to bring along stands in the project's `static/`");
        Err(if others.is_empty() { finding } else { finding.note(format!("so would {}", self.list_of_paths(others))) })
    }

    /// The finding that a list without a manifest is not the one that kessan would write.
    fn unknown_files(&self, paths: &[&str]) -> Diagnostic {
        let (lost, named) = (self.shown(manifest::NAME), self.list_of_paths(paths));
        let message = format!("`{lost}` is lost: whether kessan wrote {named} cannot be told");
        Diagnostic::io("output", message)
            .note("they are not what would be written now, and are not replaced")
            .help("delete them if kessan wrote them: they are made anew; if not, choose another folder with `--output`")
    }

    pub(super) fn foreign_file(&self, path: &str) -> Diagnostic {
        Diagnostic::io("output", format!("`{}` was not written by kessan, so it is not replaced", self.shown(path)))
            .note("kessan recognises its own files by `manifest.json`")
            .help("move it away, or choose another folder with `--output`")
    }

    pub(super) fn changed_file(&self, path: &str) -> Diagnostic {
        let shown = self.shown(path);
        Diagnostic::io("output", format!("`{shown}` is not as kessan wrote it, so it is not replaced"))
            .help("remove it; a change that is to last belongs into the project's `templates/` or `static/`")
    }

    /// Some paths for a message, and how many more there are.
    fn list_of_paths(&self, paths: &[impl AsRef<str>]) -> String {
        let shown = |path: &_| format!("`{}`", self.shown(AsRef::as_ref(path)));
        let named: Vec<String> = paths.iter().take(MAX_NAMED).map(shown).collect();
        let more = paths.len().saturating_sub(MAX_NAMED);
        if more == 0 { named.join(", ") } else { format!("{}, and {more} more", named.join(", ")) }
    }
}
