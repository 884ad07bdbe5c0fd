//! What of an output is kessan's to replace. What kessan wrote stands beside a manifest that lists it; where that was
//! lost, what stands there is kessan's if it is what kessan would write.

use super::{
    Hashes, Manifest, Site,
    inventory::{self, sha256},
    manifest,
    output::{LIST, Output, replace},
};
use crate::diag::Diagnostic;

/// How many of somebody's files a finding names.
const NAMED: usize = 5;

impl Output {
    /// Sees to it that the list of releases is kessan's to write. One whose manifest was lost is known by being the very
    /// `list` that kessan would write of the releases standing there: it gets its manifest back. Errors: a page of
    /// somebody else's at its place, which is as little ours to replace as a folder is.
    pub fn claim_list(&self, list: Option<&(Site, Manifest)>) -> Result<(), Diagnostic> {
        if self.list().is_some() {
            return Ok(());
        }
        let taken = [LIST, manifest::NAME].into_iter().find(|name| self.stands(name));
        let is_free = !self.stands(manifest::NAME) || Manifest::is_torn(&self.folder);
        let Some((site, manifest)) = list.filter(|_| is_free) else {
            return taken.map_or(Ok(()), |taken| Err(self.foreign(taken)));
        };
        let is_same =
            |path: &str, bytes: &[u8]| inventory::read(&self.folder.join(path)).is_ok_and(|file| file == bytes);
        let others = site.iter().filter(|(path, bytes)| self.stands(path) && !is_same(path, bytes));
        let others: Vec<&str> = others.map(|(path, _)| path).collect();
        if !others.is_empty() {
            // Without a page at its place, the list is told file by file when it is written.
            return taken.map_or(Ok(()), |_| Err(self.unknown(&others)));
        }
        let restored = replace(&self.folder, manifest::NAME, manifest.to_json().as_bytes());
        restored.map_err(|error| self.cannot_write(manifest::NAME, &error))
    }

    /// Sees to it that a release's folder is kessan's to replace. Errors: kessan did not write it, or somebody put
    /// something into it. One whose manifest was lost is known by holding nothing but files of `site`.
    pub(super) fn claim(&self, slug: &str, site: &Site) -> Result<(), Diagnostic> {
        match self.in_folder(slug) {
            Some(written) => self.refuse_additions(slug, &written),
            None if !self.stands(slug) || self.is_of(slug, site)? => Ok(()),
            None => Err(self.foreign(slug)),
        }
    }

    /// Whether there are files in a release's folder, and all are as the site has them.
    fn is_of(&self, slug: &str, site: &Site) -> Result<bool, Diagnostic> {
        let mut standing = if self.has_folder(slug) { self.standing(slug)? } else { Hashes::new() };
        standing.remove(manifest::NAME);
        let is_same = |(path, hash): (&String, &String)| site.get(path).is_some_and(|bytes| sha256(bytes) == *hash);
        Ok(!standing.is_empty() && standing.iter().all(is_same))
    }

    fn refuse_additions(&self, slug: &str, written: &Manifest) -> Result<(), Diagnostic> {
        let there = inventory::paths(&self.folder.join(slug)).map_err(|error| self.cannot_read(slug, &error))?;
        let is_added = |path: &&String| *path != manifest::NAME && !written.files.contains_key(*path);
        let added: Vec<String> = there.iter().filter(is_added).map(|path| format!("{slug}/{path}")).collect();
        let Some((first, others)) = added.split_first() else { return Ok(()) };
        let (first, shown) = (self.shown(first), self.shown(slug));
        let message = format!("`{first}` is not kessan's, and would be lost: `{shown}` is replaced whole");
        let finding = Diagnostic::io("output", message)
            .help("move it away; what every release is to bring along stands in the project's `static/`");
        Err(if others.is_empty() { finding } else { finding.note(format!("so would {}", self.named(others))) })
    }

    /// A list without its manifest that is not the one kessan would write.
    fn unknown(&self, paths: &[&str]) -> Diagnostic {
        let (lost, named) = (self.shown(manifest::NAME), self.named(paths));
        let message = format!("`{lost}` is lost: whether kessan wrote {named} cannot be told");
        Diagnostic::io("output", message)
            .note("they are not what would be written now, and are not replaced")
            .help("delete them if kessan wrote them: they are made anew; if not, choose another folder with `--output`")
    }

    pub(super) fn foreign(&self, path: &str) -> Diagnostic {
        Diagnostic::io("output", format!("`{}` was not written by kessan, so it is not replaced", self.shown(path)))
            .note("kessan recognises its own files by `manifest.json`")
            .help("move it away, or choose another folder with `--output`")
    }

    /// Some paths for a message, and how many more there are.
    fn named(&self, paths: &[impl AsRef<str>]) -> String {
        let shown = |path: &_| format!("`{}`", self.shown(AsRef::as_ref(path)));
        let named: Vec<String> = paths.iter().take(NAMED).map(shown).collect();
        let more = paths.len().saturating_sub(NAMED);
        if more == 0 { named.join(", ") } else { format!("{}, and {more} more", named.join(", ")) }
    }
}
