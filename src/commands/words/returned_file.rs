//! Reads the file that a translator sends back: text in UTF-8, or a finding that names what it is instead.

use std::{fs::File, io::Read, path::Path, sync::Arc};

use crate::{
    diag::{Diagnostic, Source},
    import::decode,
    model::Encoding,
};

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;
const SAVE_HELP: &str = "save it as CSV in UTF-8 (Excel: “CSV UTF-8 (Comma delimited)”)";

/// Reads `root`/`path`. Errors: it cannot be read, is too large, or is no text in UTF-8.
pub fn read(root: &Path, path: &str) -> Result<Arc<Source>, Diagnostic> {
    let cannot = |error| Diagnostic::cannot_read(path, &error);
    let place = root.join(path);
    let about = place.metadata().map_err(cannot)?;
    // Reading a pipe could block forever.
    if !about.is_file() {
        return Err(Diagnostic::io("read", format!("cannot read `{path}`: it is no file")));
    }
    let mut bytes = Vec::new();
    File::open(place).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(cannot)?;
    if bytes.len() as u64 > MAX_BYTES {
        let most = MAX_BYTES / 1024 / 1024;
        return Err(Diagnostic::io("read", format!("cannot read `{path}`: it has more than {most} MiB")));
    }
    decode(path, bytes, Encoding::Utf8).map_err(|other| match &other.place {
        Some(place) => Diagnostic::io("read", format!("`{path}` is {}", other.what))
            .at(place, "the first letter that is not in UTF-8")
            .help(SAVE_HELP),
        None => Diagnostic::io("read", format!("`{path}` is {}, expected CSV in UTF-8", other.what)).help(SAVE_HELP),
    })
}
