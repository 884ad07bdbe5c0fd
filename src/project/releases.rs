//! Lists the releases of a project, which are the folders under `content/`, and selects those of a command.

use std::{fs, io, path::Path};

use super::slug::check_slug;
use crate::diag::{Diagnostic, Findings, nearest, quoted_list, resolve_inside};

/// The folder that holds one folder per release.
const CONTENT: &str = "content";

/// The folder of a release's content, from the root.
pub(crate) fn release_folder(slug: &str) -> String {
    format!("{CONTENT}/{slug}")
}

/// The slugs of the selected releases, sorted, each once; all releases when none is named. Findings: names without a release,
/// and an unreadable folder `content/`.
pub(crate) fn select_releases(root: &Path, named: &[String], findings: &mut Findings) -> Vec<String> {
    let known = findings.keep(release_folders(root)).unwrap_or_default();
    if known.is_empty() {
        if findings.is_empty() {
            findings.push(no_release());
        }
        return Vec::new();
    }
    let requested = if named.is_empty() { &known } else { named };
    let mut slugs: Vec<String> = requested
        .iter()
        .filter(|slug| findings.keep(check_slug(slug).and_then(|()| check_exists(root, slug, &known))).is_some())
        .cloned()
        .collect();
    slugs.sort();
    slugs.dedup();
    slugs
}

/// The folders under `content/`, sorted; hidden ones are ignored.
pub(crate) fn release_folders(root: &Path) -> Result<Vec<String>, Diagnostic> {
    let read_error = |error: io::Error| Diagnostic::cannot_read(CONTENT, &error).help(START_HELP);
    let folder = resolve_inside(root, CONTENT).map_err(|finding| finding.help(START_HELP))?;
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(read_error)?;
    let folders = entries.iter().filter(|entry| entry.path().is_dir());
    let names = folders.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    Ok(names)
}

const START_HELP: &str = "`kessan new SLUG` starts a release";

fn no_release() -> Diagnostic {
    Diagnostic::io("read", format!("no release under `{CONTENT}`")).help(START_HELP)
}

fn check_exists(root: &Path, slug: &str, known: &[String]) -> Result<(), Diagnostic> {
    if known.iter().any(|other| other == slug) {
        return resolve_inside(root, &release_folder(slug)).map(drop);
    }
    let unknown = Diagnostic::error("slug", format!("no release is called `{slug}`"));
    Err(match nearest(slug, known.iter().map(String::as_str)) {
        Some(other) => unknown.help(format!("there is one called `{other}`")),
        None => unknown.note(format!("releases are the folders under `{CONTENT}`: {}", quoted_list(known))),
    })
}
