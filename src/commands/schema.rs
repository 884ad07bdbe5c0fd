//! `kessan schema`: writes the schemas of a project's files, by which editors complete, explain and check keys without a network.

use std::{fs, io, path::Path};

use super::created_files::CreatedFiles;
use crate::diag::{Diagnostic, resolve_inside};

/// Which files Taplo holds against which schema, at the root of a project.
pub(super) const SETTINGS: &str = ".taplo.toml";
/// The folder of the schemas.
const FOLDER: &str = ".taplo";
/// The name of the settings among the built-in files.
const BUILT_IN_SETTINGS: &str = "taplo.toml";

/// The schemas and the settings, by their names. The table is written by `build.rs`.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/schema_files.rs"));

/// Writes the schemas into `root`/.taplo, in place of those of another version, and `.taplo.toml` if there is none. Errors: a
/// file cannot be written.
pub fn write_schemas(root: &Path) -> Result<CreatedFiles, Diagnostic> {
    let mut created = CreatedFiles::default();
    let schemas = FILES.iter().filter(|(name, _)| *name != BUILT_IN_SETTINGS);
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| Diagnostic::cannot_write(FOLDER, &error))?;
    resolve_inside(root, FOLDER)?;
    for (name, text) in schemas {
        let path = format!("{FOLDER}/{name}");
        replace(&folder, name, text).map_err(|error| Diagnostic::cannot_write(&path, &error))?;
    }
    created.written.push(format!("{FOLDER}/"));
    let settings = FILES.iter().find(|(name, _)| *name == BUILT_IN_SETTINGS).map_or("", |(_, text)| text);
    if fs::read_to_string(root.join(SETTINGS)).is_ok_and(|known| known == settings) {
        return Ok(created);
    }
    match root.join(SETTINGS).symlink_metadata() {
        Ok(_) => created.kept.push(SETTINGS.to_owned()),
        Err(_) => {
            replace(root, SETTINGS, settings).map_err(|error| Diagnostic::cannot_write(SETTINGS, &error))?;
            created.written.push(SETTINGS.to_owned());
        }
    }
    Ok(created)
}

/// Writes a file beside the one that it then replaces.
fn replace(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let staged = folder.join(format!(".{name}.staging-kessan"));
    let write = fs::write(&staged, text).and_then(|()| fs::rename(&staged, folder.join(name)));
    write.inspect_err(|_| drop(fs::remove_file(&staged)))
}
