//! Compares a folder of the output with its manifest and with what a build would write now.

use std::collections::BTreeSet;

use crate::{
    diag::Diagnostic,
    site::{Hashes, Manifest},
};

/// A folder of the output, with the manifests it is compared with.
pub(super) struct OutputDiff<'a> {
    /// The folder's name in messages.
    pub shown: &'a str,
    /// The hashes of the files in the folder.
    pub inventory: &'a Hashes,
    /// The folder's own manifest.
    pub recorded: &'a Manifest,
    /// The manifest that a build would write now; none if nothing can be built.
    pub current: Option<&'a Manifest>,
}

/// How many causes a note names.
const MAX_NAMED: usize = 3;

impl OutputDiff<'_> {
    /// Everything that differs: files of the datasets and the templates first, then files of the folder.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let Some(current) = self.current else { return self.changes_since_build() };
        let inputs = [
            (&self.recorded.origin.dataset, &current.origin.dataset),
            (&self.recorded.origin.shared, &current.origin.shared),
        ];
        let inputs: Vec<(String, &str)> =
            inputs.into_iter().flat_map(|(then, current)| changes(then, current)).collect();
        let since = |(path, change): &(String, &str)| {
            let message = format!("`{path}` {change} since `{}` was built", self.shown);
            Diagnostic::error("outdated", message)
        };
        let mut found: Vec<Diagnostic> = inputs.iter().map(since).collect();
        let is_same_program = self.recorded.program == current.program;
        let releases = changes(&self.recorded.releases, &current.releases);
        let causes: Vec<String> =
            releases.iter().chain(&inputs).map(|(name, change)| format!("`{name}` {change}")).collect();
        let why = cause(&causes, is_same_program);
        found.extend(self.file_findings(&current.all_files(), &why));
        // Changed inputs and another program are reported by themselves.
        if inputs.is_empty() && is_same_program && self.inventory.get(MANIFEST) != Some(&current.hash()) {
            let shown = format!("`{}/{MANIFEST}`", self.shown);
            let note = if causes.is_empty() { CHANGED } else { &why };
            found.push(match self.inventory.get(MANIFEST) {
                Some(_) => Diagnostic::error("output-changed", format!("{shown} differs from what a build writes now"))
                    .note(note),
                None => Diagnostic::error("output-missing", format!("{shown} is missing")).note(REMOVED),
            });
        }
        found.extend((!is_same_program).then(|| self.program_warning(current)));
        found
    }

    /// The changes in the folder since it was written, if nothing can be built to compare it with.
    fn changes_since_build(&self) -> Vec<Diagnostic> {
        self.file_findings(&self.recorded.all_files(), CHANGED).collect()
    }

    /// Files that differ from what is expected.
    fn file_findings<'s>(&'s self, expected: &'s Hashes, why: &'s str) -> impl Iterator<Item = Diagnostic> + 's {
        let paths: BTreeSet<&String> = self.inventory.keys().chain(expected.keys()).collect();
        paths
            .into_iter()
            .filter(|path| *path != MANIFEST)
            .filter_map(move |path| self.file_finding(path, expected.get(path), why))
    }

    fn file_finding(&self, path: &str, expected: Option<&String>, why: &str) -> Option<Diagnostic> {
        let (found, recorded) = (self.inventory.get(path), self.recorded.files.get(path));
        let shown = format!("`{}/{path}`", self.shown);
        let finding = match (found, expected) {
            (None, Some(_)) => Diagnostic::error("output-missing", format!("{shown} is missing"))
                .note(if recorded.is_some() { REMOVED } else { why }),
            (Some(_), None) if recorded.is_some() => {
                Diagnostic::error("output-extra", format!("{shown} is no longer part of the site")).note(why)
            }
            (Some(_), None) => Diagnostic::error("output-extra", format!("{shown} is not part of the site"))
                .note("kessan did not write it"),
            (Some(found), Some(expected)) if found != expected => {
                let is_changed = recorded.is_none_or(|recorded| recorded != found);
                Diagnostic::error("output-changed", format!("{shown} differs from what a build writes now"))
                    .note(if is_changed { CHANGED } else { why })
            }
            _ => return None,
        };
        Some(finding)
    }

    fn program_warning(&self, current: &Manifest) -> Diagnostic {
        let finding =
            Diagnostic::warning("program", format!("`{}` was built by another version of kessan", self.shown));
        let named =
            |manifest: &Manifest| format!("{} ({})", manifest.version, manifest.program.get(..12).unwrap_or("unnamed"));
        finding.note(format!("by {}; this is {}", named(self.recorded), named(current)))
    }
}

const MANIFEST: &str = "manifest.json";
const CHANGED: &str = "it was changed after the build";
const REMOVED: &str = "it was removed after the build";

/// How each path has changed.
fn changes(then: &Hashes, current: &Hashes) -> Vec<(String, &'static str)> {
    let paths: BTreeSet<&String> = then.keys().chain(current.keys()).collect();
    let change = |path: &String| match (then.get(path), current.get(path)) {
        (Some(then), Some(current)) if then == current => None,
        (Some(_), Some(_)) => Some("has changed"),
        (Some(_), None) => Some("is gone"),
        _ => Some("is new"),
    };
    paths.into_iter().filter_map(|path| Some((path.clone(), change(path)?))).collect()
}

/// The reason why a file that nobody changed differs from what a build writes now.
fn cause(causes: &[String], is_same_program: bool) -> String {
    match causes {
        [] if is_same_program => "its manifest was changed with it".to_owned(),
        [] => "another version of kessan built it".to_owned(),
        [named @ .., _] if named.len() >= MAX_NAMED => {
            format!("{}, and {} more", named[..MAX_NAMED].join(", "), causes.len() - MAX_NAMED)
        }
        all => all.join(", "),
    }
}
