//! Determines which files of an output kessan may replace: those that a manifest lists or, if it was lost, those that are equal
//! to what kessan would write.

use super::{
    Hashes, Manifest, Site,
    inventory::{self, sha256},
    manifest,
    output::{LIST_FILE, Output, replace},
};
use crate::diag::Diagnostic;

/// The most files that a finding lists.
const MAX_NAMED: usize = 5;

impl Output {
    /// Checks that the list of releases may be replaced. A list without a manifest is accepted if it equals `list`, which kessan
    /// would write for the releases in the output; its manifest is then restored. Errors: the existing page is not kessan's.
    pub fn claim_list(&self, list: Option<&(Site, Manifest)>) -> Result<(), Diagnostic> {
        if self.list_manifest().is_some() {
            return Ok(());
        }
        let existing_name = [LIST_FILE, manifest::NAME].into_iter().find(|name| self.exists(name));
        let is_free = !self.exists(manifest::NAME) || Manifest::is_damaged(&self.opened);
        let Some((site, manifest)) = list.filter(|_| is_free) else {
            return existing_name.map_or(Ok(()), |existing_name| Err(self.foreign_file_finding(existing_name)));
        };
        let is_same = |path: &str, bytes: &[u8]| self.opened.read(path).is_ok_and(|file| file == bytes);
        let others = site.iter().filter(|(path, bytes)| self.exists(path) && !is_same(path, bytes));
        let others: Vec<&str> = others.map(|(path, _)| path).collect();
        if !others.is_empty() {
            // Without an existing page, other files are reported when the list is written.
            return existing_name.map_or(Ok(()), |_| Err(self.unknown_files_finding(&others)));
        }
        let restored = replace(&self.opened, manifest::NAME, manifest.to_json().as_bytes());
        restored.map_err(|error| self.cannot_write(manifest::NAME, &error))
    }

    /// Checks that a release's folder may be replaced. A folder without a manifest is accepted if it only contains files of `site`.
    /// Errors: kessan did not write it, or files were added to it.
    pub(super) fn claim(&self, slug: &str, site: &Site) -> Result<(), Diagnostic> {
        match self.manifest_in(slug) {
            Some(written) => self.check_losses(slug, &written, site),
            None if !self.exists(slug) || self.matches_site(slug, site)? => Ok(()),
            None => Err(self.foreign_file_finding(slug)),
        }
    }

    /// Whether a release's folder has files, and all are equal to those of the site.
    fn matches_site(&self, slug: &str, site: &Site) -> Result<bool, Diagnostic> {
        let mut existing = if self.has_folder(slug) { self.inventory_of(slug)? } else { Hashes::new() };
        existing.remove(manifest::NAME);
        let is_same = |(path, hash): (&String, &String)| site.get(path).is_some_and(|bytes| sha256(bytes) == *hash);
        Ok(!existing.is_empty() && existing.iter().all(is_same))
    }

    /// Checks that replacing a release's folder loses no file. Errors: files were added to the folder, or were changed and are not
    /// replaced by `site`.
    fn check_losses(&self, slug: &str, written: &Manifest, site: &Site) -> Result<(), Diagnostic> {
        let paths = inventory::paths(&self.opened, slug).map_err(|error| self.cannot_read(slug, &error))?;
        let is_changed = |path: &str, hash: &str| self.read(slug, path).is_none_or(|bytes| sha256(&bytes) != hash);
        let is_lost = |path: &&String| match written.files.get(*path) {
            _ if *path == manifest::NAME => false,
            Some(hash) => site.get(path).is_none() && is_changed(path, hash),
            None => true,
        };
        let lost: Vec<String> = paths.iter().filter(is_lost).map(|path| format!("{slug}/{path}")).collect();
        let Some((first, others)) = lost.split_first() else { return Ok(()) };
        let (first, shown) = (self.display_path(first), self.display_path(slug));
        let message = format!("`{first}` is not kessan's, and would be lost: `{shown}` is replaced whole");
        let finding = Diagnostic::io("output", message)
            .help("move it away; what every release is to bring along stands in the project's `static/`");
        Err(if others.is_empty() { finding } else { finding.note(format!("so would {}", self.list_of_paths(others))) })
    }

    /// The finding that a list without a manifest differs from the one that kessan would write.
    fn unknown_files_finding(&self, paths: &[&str]) -> Diagnostic {
        let (lost, named) = (self.display_path(manifest::NAME), self.list_of_paths(paths));
        let message = format!("`{lost}` is missing, so it is unknown whether kessan wrote {named}");
        Diagnostic::io("output", message).note("they are not what would be written now, and are not replaced").help(
            "delete them if kessan wrote them, and they are rebuilt; if not, choose another folder with `--output`",
        )
    }

    pub(super) fn foreign_file_finding(&self, path: &str) -> Diagnostic {
        Diagnostic::io(
            "output",
            format!("`{}` was not written by kessan, so it is not replaced", self.display_path(path)),
        )
        .note("kessan recognises its own files by `manifest.json`")
        .help("move it away, or choose another folder with `--output`")
    }

    pub(super) fn changed_file_finding(&self, path: &str) -> Diagnostic {
        let shown = self.display_path(path);
        Diagnostic::io("output", format!("`{shown}` is not as kessan wrote it, so it is not replaced"))
            .help("remove it; a change that is to last belongs into the project's `templates/` or `static/`")
    }

    /// The first paths for a message, and the number of further ones.
    fn list_of_paths(&self, paths: &[impl AsRef<str>]) -> String {
        let shown = |path: &_| format!("`{}`", self.display_path(AsRef::as_ref(path)));
        let named: Vec<String> = paths.iter().take(MAX_NAMED).map(shown).collect();
        let more = paths.len().saturating_sub(MAX_NAMED);
        if more == 0 { named.join(", ") } else { format!("{}, and {more} more", named.join(", ")) }
    }
}
