//! Replaces several files of the user, all of them or none: the new ones are written beside the old ones and then take their
//! places.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::diag::{Diagnostic, Source, read_text, resolve_inside};

/// A new file that waits beside the old one.
struct Staged<'f> {
    place: PathBuf,
    staging: PathBuf,
    before: &'f Source,
}

/// Writes a file that does not exist. Errors: there is something at `root`/`path`, or it cannot be written.
pub fn create(root: &Path, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
    let place = root.join(path);
    if place.symlink_metadata().is_ok() {
        return Err(Diagnostic::io("output", format!("`{path}` exists, so it is not replaced")));
    }
    let written = fs::File::create_new(&place).and_then(|mut file| {
        // An incomplete file would be mistaken for a whole one.
        file.write_all(bytes).inspect_err(|_| drop(fs::remove_file(&place)))
    });
    written.map_err(|error| Diagnostic::cannot_write(path, &error))
}

/// Replaces files below `root`, each given as it was read and as it is to be. Errors: one has changed since, is
/// write-protected or cannot be replaced; then all are as they were.
pub fn replace(root: &Path, files: &[(&Arc<Source>, &Arc<Source>)]) -> Result<(), Diagnostic> {
    let mut staged = Vec::new();
    for (before, after) in files {
        match stage(root, before, after) {
            Ok(file) => staged.push(file),
            Err(finding) => {
                discard(&staged);
                return Err(finding);
            }
        }
    }
    for (index, file) in staged.iter().enumerate() {
        if let Err(error) = fs::rename(&file.staging, &file.place) {
            discard(&staged[index..]);
            let finding = Diagnostic::cannot_write(&file.before.path, &error);
            let left = staged[..index].iter().filter(|file| restore(file).is_err());
            return Err(left.fold(finding, |finding, file| {
                finding.note(format!("`{}` was changed and could not be changed back", file.before.path))
            }));
        }
    }
    Ok(())
}

/// Writes the new file beside the old one.
fn stage<'f>(root: &Path, before: &'f Source, after: &Source) -> Result<Staged<'f>, Diagnostic> {
    let path = &before.path;
    let cannot = |error: io::Error| Diagnostic::cannot_write(path, &error);
    if read_text(root, path)?.text != before.text {
        return Err(Diagnostic::io("output", format!("`{path}` has changed since it was read, so it is not replaced")));
    }
    let place = resolve_inside(root, path)?;
    let rights = place.metadata().map_err(cannot)?.permissions();
    if rights.readonly() {
        return Err(Diagnostic::io("output", format!("cannot write `{path}`: it is write-protected")));
    }
    let staging = staging_path(&place);
    // What an interrupted run left behind.
    if staging.symlink_metadata().is_ok() {
        fs::remove_file(&staging).map_err(cannot)?;
    }
    write_new(&staging, &after.text, rights).inspect_err(|_| drop(fs::remove_file(&staging))).map_err(cannot)?;
    Ok(Staged { place, staging, before })
}

/// The name of a new file beside an old one; hidden, so that no other command reads it.
fn staging_path(place: &Path) -> PathBuf {
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    place.with_file_name(format!(".{name}.staging-kessan"))
}

fn write_new(path: &Path, text: &str, rights: fs::Permissions) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(rights)?;
    file.sync_all()
}

/// Puts the old text back.
fn restore(file: &Staged) -> io::Result<()> {
    let rights = file.place.metadata()?.permissions();
    write_new(&file.staging, &file.before.text, rights)?;
    fs::rename(&file.staging, &file.place)
}

fn discard(staged: &[Staged]) {
    // Another run replaces what cannot be removed.
    staged.iter().for_each(|file| drop(fs::remove_file(&file.staging)));
}
