//! `kessan new`: starts a release, or copies the built-in templates into the project. Nothing that exists is overwritten.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use super::starter;
use crate::{
    diag::{Diagnostic, Findings, resolve_inside},
    load::SITE,
    project::{check_slug, release_folder},
    render::built_in,
};

/// The files that were created, by their paths from the root, and those that existed and were kept.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CreatedFiles {
    pub written: Vec<String>,
    pub kept: Vec<String>,
}

/// Creates a small complete release as `root`/content/`slug`, all of it or nothing, and `content/site.toml` where there is
/// none. Errors: `slug` is no slug, its folder exists, or a file cannot be written.
pub fn new(root: &Path, slug: &str) -> Result<CreatedFiles, Diagnostic> {
    check_slug(slug)?;
    let folder = release_folder(slug);
    let cannot = |error: io::Error| Diagnostic::cannot_write(&folder, &error);
    let (place, staging) = (root.join(&folder), root.join(release_folder(&format!(".{slug}.staging-kessan"))));
    if place.symlink_metadata().is_ok() {
        return Err(Diagnostic::io("output", format!("`{folder}` exists, so it is not replaced")));
    }
    stays_inside(root, &folder)?;
    if staging.exists() {
        fs::remove_dir_all(&staging).map_err(cannot)?;
    }
    let created = stage(&staging).and_then(|()| fs::rename(&staging, &place));
    created.inspect_err(|_| drop(fs::remove_dir_all(&staging))).map_err(cannot)?;
    let mut written: Vec<_> = starter::files().map(|(path, _)| format!("{folder}/{path}")).collect();
    if root.join(SITE).symlink_metadata().is_err() {
        create(&root.join(SITE), starter::site()).map_err(|error| Diagnostic::cannot_write(SITE, &error))?;
        written.push(SITE.to_owned());
    }
    Ok(CreatedFiles { written, kept: Vec::new() })
}

fn stage(staging: &Path) -> io::Result<()> {
    fs::create_dir_all(staging)?;
    starter::files().try_for_each(|(path, text)| create(&staging.join(path), text))
}

/// Copies the built-in templates and static files into `root`. Errors: every file that cannot be written.
pub fn templates(root: &Path) -> Result<CreatedFiles, Vec<Diagnostic>> {
    let (mut created, mut findings) = (CreatedFiles::default(), Findings::new());
    for (path, text) in built_in::FILES {
        if root.join(path).symlink_metadata().is_ok() {
            created.kept.push((*path).to_owned());
        } else if findings.keep(copy_out(root, path, text)).is_some() {
            created.written.push((*path).to_owned());
        }
    }
    if findings.is_empty() { Ok(created) } else { Err(findings.sorted()) }
}

fn copy_out(root: &Path, path: &str, text: &str) -> Result<(), Diagnostic> {
    stays_inside(root, path)?;
    create(&root.join(path), text).map_err(|error| Diagnostic::cannot_write(path, &error))
}

/// Writes a file that is not there yet.
fn create(path: &Path, text: &str) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    let mut file = fs::File::create_new(path)?;
    // A file cut short would be taken for the user's own.
    file.write_all(text.as_bytes()).inspect_err(|_| drop(fs::remove_file(path)))
}

/// Errors: a folder on the way to `path` is a link that leads out of `root`.
fn stays_inside(root: &Path, path: &str) -> Result<(), Diagnostic> {
    let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    // A dangling link counts too: no folder can be created in its place.
    folders
        .filter(|folder| root.join(folder).symlink_metadata().is_ok())
        .try_for_each(|folder| resolve_inside(root, folder).map(drop))
}
