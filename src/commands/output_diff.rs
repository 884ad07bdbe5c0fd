//! The difference between a folder of the output as it is, as its manifest says it was written, and as it would be written now.

use std::collections::BTreeSet;

use crate::{
    diag::Diagnostic,
    site::{Hashes, Manifest},
};

/// What is compared.
pub(super) struct OutputDiff<'a> {
    /// The folder's name in messages.
    pub shown: &'a str,
    pub inventory: &'a Hashes,
    pub written: &'a Manifest,
    /// None where nothing can be built now.
    pub now: Option<&'a Manifest>,
}

/// How many causes a note names.
const MAX_NAMED: usize = 3;

impl OutputDiff<'_> {
    /// Everything that differs: files of the datasets and the templates first, then files of the folder.
    pub(super) fn findings(&self) -> Vec<Diagnostic> {
        let Some(now) = self.now else { return self.since_written() };
        let inputs =
            [(&self.written.origin.dataset, &now.origin.dataset), (&self.written.origin.shared, &now.origin.shared)];
        let inputs: Vec<(String, &str)> = inputs.into_iter().flat_map(|(then, now)| changes(then, now)).collect();
        let since = |(path, change): &(String, &str)| {
            let message = format!("`{path}` {change} since `{}` was built", self.shown);
            Diagnostic::error("outdated", message)
        };
        let mut found: Vec<Diagnostic> = inputs.iter().map(since).collect();
        let is_same_program = self.written.program == now.program;
        let releases = changes(&self.written.releases, &now.releases);
        let causes: Vec<String> =
            releases.iter().chain(&inputs).map(|(name, change)| format!("`{name}` {change}")).collect();
        let why = cause(&causes, is_same_program);
        found.extend(self.files(&now.all_files(), &why));
        // Changed inputs and another program are reported by themselves.
        if inputs.is_empty() && is_same_program && self.inventory.get(MANIFEST) != Some(&now.hash()) {
            let shown = format!("`{}/{MANIFEST}`", self.shown);
            let note = if causes.is_empty() { CHANGED } else { &why };
            found.push(match self.inventory.get(MANIFEST) {
                Some(_) => Diagnostic::error("output-changed", format!("{shown} differs from what a build writes now"))
                    .note(note),
                None => Diagnostic::error("output-missing", format!("{shown} is missing")).note(REMOVED),
            });
        }
        found.extend((!is_same_program).then(|| self.other_program(now)));
        found
    }

    /// What was changed in the folder since it was written, where nothing can be built to compare it with.
    fn since_written(&self) -> Vec<Diagnostic> {
        self.files(&self.written.all_files(), CHANGED).collect()
    }

    /// Files that differ from what is expected.
    fn files<'s>(&'s self, expected: &'s Hashes, why: &'s str) -> impl Iterator<Item = Diagnostic> + 's {
        let paths: BTreeSet<&String> = self.inventory.keys().chain(expected.keys()).collect();
        paths
            .into_iter()
            .filter(|path| *path != MANIFEST)
            .filter_map(move |path| self.file(path, expected.get(path), why))
    }

    fn file(&self, path: &str, given: Option<&String>, why: &str) -> Option<Diagnostic> {
        let (found, wrote) = (self.inventory.get(path), self.written.files.get(path));
        let shown = format!("`{}/{path}`", self.shown);
        let finding = match (found, given) {
            (None, Some(_)) => Diagnostic::error("output-missing", format!("{shown} is missing"))
                .note(if wrote.is_some() { REMOVED } else { why }),
            (Some(_), None) if wrote.is_some() => {
                Diagnostic::error("output-extra", format!("{shown} is no longer part of the site")).note(why)
            }
            (Some(_), None) => Diagnostic::error("output-extra", format!("{shown} is not part of the site"))
                .note("kessan did not write it"),
            (Some(found), Some(given)) if found != given => {
                let is_changed = wrote.is_none_or(|wrote| wrote != found);
                Diagnostic::error("output-changed", format!("{shown} differs from what a build writes now"))
                    .note(if is_changed { CHANGED } else { why })
            }
            _ => return None,
        };
        Some(finding)
    }

    fn other_program(&self, now: &Manifest) -> Diagnostic {
        let finding =
            Diagnostic::warning("program", format!("`{}` was built by another version of kessan", self.shown));
        let named =
            |manifest: &Manifest| format!("{} ({})", manifest.version, manifest.program.get(..12).unwrap_or("unnamed"));
        finding.note(format!("by {}; this is {}", named(self.written), named(now)))
    }
}

const MANIFEST: &str = "manifest.json";
const CHANGED: &str = "it was changed after the build";
const REMOVED: &str = "it was removed after the build";

/// How each path has changed.
fn changes(then: &Hashes, now: &Hashes) -> Vec<(String, &'static str)> {
    let paths: BTreeSet<&String> = then.keys().chain(now.keys()).collect();
    let change = |path: &String| match (then.get(path), now.get(path)) {
        (Some(then), Some(now)) if then == now => None,
        (Some(_), Some(_)) => Some("has changed"),
        (Some(_), None) => Some("is gone"),
        _ => Some("is new"),
    };
    paths.into_iter().filter_map(|path| Some((path.clone(), change(path)?))).collect()
}

/// Why a file that nobody touched differs from what a build writes now.
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
