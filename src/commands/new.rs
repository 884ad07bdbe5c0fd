//! `kessan new`: creates a starter release, or copies the built-in templates into the project. It overwrites nothing.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use super::{
    created_files::CreatedFiles,
    schema::{SETTINGS, write_schemas},
    starter::{Starter, site_file},
};
use crate::{
    diag::{Diagnostic, Findings, resolve_inside},
    load::SITE,
    project::{check_slug, release_folder},
    render::built_in,
};

/// Lays out a starter as `root`/content/`slug`, all of it or nothing, `content/site.toml` if there is none, and the schemas for editors if
/// the project has no settings for them. Errors: `slug`
/// is invalid, its folder exists, or a file cannot be written.
pub fn new(root: &Path, slug: &str, starter: &Starter) -> Result<CreatedFiles, Diagnostic> {
    check_slug(slug)?;
    let folder = release_folder(slug);
    write_folder(root, slug, starter.files().map(|(path, text)| (path, text.as_bytes())))?;
    let mut written: Vec<_> = starter.files().map(|(path, _)| format!("{folder}/{path}")).collect();
    if root.join(SITE).symlink_metadata().is_err() {
        create(&root.join(SITE), site_file().as_bytes()).map_err(|error| Diagnostic::cannot_write(SITE, &error))?;
        written.push(SITE.to_owned());
    }
    if root.join(SETTINGS).symlink_metadata().is_err() {
        written.extend(write_schemas(root)?.written);
    }
    Ok(CreatedFiles { written, kept: Vec::new() })
}

/// Writes the files of a release, by their paths from its folder: beside it, and then in its place. Errors: its folder exists, or
/// a file cannot be written; then nothing is left.
pub(super) fn write_folder<'f>(
    root: &Path,
    slug: &str,
    files: impl Iterator<Item = (&'f str, &'f [u8])>,
) -> Result<(), Diagnostic> {
    let folder = release_folder(slug);
    let write_error = |error: io::Error| Diagnostic::cannot_write(&folder, &error);
    let (place, staging) = (root.join(&folder), root.join(release_folder(&format!(".{slug}.staging-kessan"))));
    if place.symlink_metadata().is_ok() {
        return Err(Diagnostic::io("output", format!("`{folder}` exists, so it is not replaced")));
    }
    check_inside(root, &folder)?;
    if staging.exists() {
        fs::remove_dir_all(&staging).map_err(write_error)?;
    }
    let created = write_files(files, &staging).and_then(|()| fs::rename(&staging, &place));
    created.inspect_err(|_| drop(fs::remove_dir_all(&staging))).map_err(write_error)
}

fn write_files<'f>(mut files: impl Iterator<Item = (&'f str, &'f [u8])>, staging: &Path) -> io::Result<()> {
    fs::create_dir_all(staging)?;
    files.try_for_each(|(path, bytes)| create(&staging.join(path), bytes))
}

/// Copies the built-in templates and static files into `root`. Errors: every file that cannot be written.
pub fn copy_templates(root: &Path) -> Result<CreatedFiles, Vec<Diagnostic>> {
    let (mut created, mut findings) = (CreatedFiles::default(), Findings::new());
    for (path, text) in built_in::FILES {
        if root.join(path).symlink_metadata().is_ok() {
            created.kept.push((*path).to_owned());
        } else if findings.keep(copy_template(root, path, text)).is_some() {
            created.written.push((*path).to_owned());
        }
    }
    if findings.is_empty() { Ok(created) } else { Err(findings.sorted()) }
}

fn copy_template(root: &Path, path: &str, text: &str) -> Result<(), Diagnostic> {
    check_inside(root, path)?;
    create(&root.join(path), text.as_bytes()).map_err(|error| Diagnostic::cannot_write(path, &error))
}

/// Writes a file that does not exist.
fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    let mut file = fs::File::create_new(path)?;
    // An incomplete file would be mistaken for one of the user's own.
    file.write_all(bytes).inspect_err(|_| drop(fs::remove_file(path)))
}

/// Checks that no folder on the way to `path` is a link that leads out of `root`.
fn check_inside(root: &Path, path: &str) -> Result<(), Diagnostic> {
    let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    // A dangling link counts too: no folder can be created in its place.
    folders
        .filter(|folder| root.join(folder).symlink_metadata().is_ok())
        .try_for_each(|folder| resolve_inside(root, folder).map(drop))
}
