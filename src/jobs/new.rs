//! Starting a release, and copying kessan's templates out to be changed. Nothing that exists is overwritten.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use super::{select::content, slug, starter};
use crate::{
    diag::{Diagnostic, Findings, inside},
    load::SITE,
    render::built_in,
};

/// The files that were laid out, from the root, and those that were there and stay as they are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct CreatedFiles {
    pub written: Vec<String>,
    pub kept: Vec<String>,
}

/// Lays out a small complete release as `root`/content/`slug`, all of it or nothing, and beside it what all releases share,
/// where that is not there yet. Errors: what is no slug, a folder
/// that exists, whatever the system refuses.
pub fn new(root: &Path, slug: &str) -> Result<CreatedFiles, Diagnostic> {
    slug::check(slug)?;
    let folder = content(slug);
    let cannot = |error: io::Error| Diagnostic::cannot_write(&folder, &error);
    let (place, staging) = (root.join(&folder), root.join(content(&format!(".{slug}.staging-kessan"))));
    if place.symlink_metadata().is_ok() {
        return Err(Diagnostic::io("output", format!("`{folder}` exists, so it is not replaced")));
    }
    stays_inside(root, &folder)?;
    if staging.exists() {
        fs::remove_dir_all(&staging).map_err(cannot)?;
    }
    let laid = stage(&staging).and_then(|()| fs::rename(&staging, &place));
    laid.inspect_err(|_| drop(fs::remove_dir_all(&staging))).map_err(cannot)?;
    let mut written: Vec<_> = starter::FILES.iter().map(|(path, _)| format!("{folder}/{path}")).collect();
    if root.join(SITE).symlink_metadata().is_err() {
        create(&root.join(SITE), starter::SITE).map_err(|error| Diagnostic::cannot_write(SITE, &error))?;
        written.push(SITE.to_owned());
    }
    Ok(CreatedFiles { written, kept: Vec::new() })
}

fn stage(staging: &Path) -> io::Result<()> {
    fs::create_dir_all(staging)?;
    starter::FILES.iter().try_for_each(|(path, text)| create(&staging.join(path), text))
}

/// Copies kessan's templates and static files into `root`. Errors: every file that cannot be written.
pub fn templates(root: &Path) -> Result<CreatedFiles, Vec<Diagnostic>> {
    let (mut laid, mut findings) = (CreatedFiles::default(), Findings::new());
    for (path, text) in built_in::FILES {
        if root.join(path).symlink_metadata().is_ok() {
            laid.kept.push((*path).to_owned());
        } else if findings.keep(copy_out(root, path, text)).is_some() {
            laid.written.push((*path).to_owned());
        }
    }
    if findings.is_empty() { Ok(laid) } else { Err(findings.sorted()) }
}

fn copy_out(root: &Path, path: &str, text: &str) -> Result<(), Diagnostic> {
    stays_inside(root, path)?;
    create(&root.join(path), text).map_err(|error| Diagnostic::cannot_write(path, &error))
}

/// Writes a file that is not there yet.
fn create(path: &Path, text: &str) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    let mut file = fs::File::create_new(path)?;
    // Half a file would be taken for the user's own.
    file.write_all(text.as_bytes()).inspect_err(|_| drop(fs::remove_file(path)))
}

/// Errors: a folder on the way to `path` is a link that leads out of `root`.
fn stays_inside(root: &Path, path: &str) -> Result<(), Diagnostic> {
    let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    // A link that leads nowhere is looked at too: a folder cannot be made in its place.
    folders
        .filter(|folder| root.join(folder).symlink_metadata().is_ok())
        .try_for_each(|folder| inside(root, folder).map(drop))
}
