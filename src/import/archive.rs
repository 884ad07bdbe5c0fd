//! Reads the archives that workbooks are, after their size was bounded.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

/// The most bytes of all files together. A sheet of a million cells needs some 60 MB.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// The most files. Workbooks have a few for every sheet.
const MAX_FILES: usize = 10_000;

/// Unpacks every file of an archive to nowhere. Errors: why it cannot be read, as a phrase.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    let mut archive = open(bytes)?;
    if archive.len() > MAX_FILES {
        return Err(format!("it holds more than {MAX_FILES} files"));
    }
    let mut unpacked = 0;
    for at in 0..archive.len() {
        let file = archive.by_index(at).map_err(|error| damaged(&error))?;
        // What a file says of its own size may be wrong.
        let rest = MAX_UNPACKED + 1 - unpacked;
        unpacked += io::copy(&mut file.take(rest), &mut io::sink()).map_err(|error| damaged(&error))?;
        if unpacked > MAX_UNPACKED {
            return Err(format!("it unpacks to more than {} MiB", MAX_UNPACKED / 1024 / 1024));
        }
    }
    Ok(())
}

/// The bytes of one file of an archive that was checked; none if there is no such file. Errors: why it cannot be read.
pub fn file(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, String> {
    let mut archive = open(bytes)?;
    let Some(at) = archive.index_for_name(name) else { return Ok(None) };
    let file = archive.by_index(at).map_err(|error| damaged(&error))?;
    let mut found = Vec::new();
    file.take(MAX_UNPACKED).read_to_end(&mut found).map_err(|error| damaged(&error))?;
    Ok(Some(found))
}

fn open(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, String> {
    ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))
}

fn damaged(error: &dyn std::error::Error) -> String {
    format!("it is damaged or was cut off ({error})")
}
