//! Writes a filing as inline XBRL: the page with its facts, its own schema, its definitions, and all of them in one archive.

mod definitions;
mod instance;
mod schema;
mod xml;

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{diag::Diagnostic, filing::Filing};

/// The ends of the names of the three files.
const ENDS: [&str; 3] = ["-ixbrl.htm", ".xsd", "-def.xml"];

/// The paths of the files that [`files`] gives.
pub fn paths(filing: &Filing) -> [String; 3] {
    let folder = if filing.folder.is_empty() { String::new() } else { format!("{}/", filing.folder) };
    ENDS.map(|end| format!("{folder}{}{end}", filing.name))
}

/// The page, the schema and the definitions.
pub fn files(filing: &Filing) -> [String; 3] {
    [instance::instance(filing), schema::schema(filing), definitions::definitions(filing)]
}

/// The name of one of the files without its folder: 0 the page, 1 the schema, 2 the definitions.
fn file_name(filing: &Filing, file: usize) -> String {
    format!("{}{}", filing.name, ENDS[file])
}

/// An archive of the files. Errors: it is too large for its format.
pub fn archive(filing: &Filing, files: &[String; 3]) -> Result<Vec<u8>, Diagnostic> {
    let written = || -> Result<Vec<u8>, ZipError> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        // Without a clock, the same input gives the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        for (path, text) in paths(filing).into_iter().zip(files) {
            archive.start_file(path, options)?;
            archive.write_all(text.as_bytes())?;
        }
        Ok(archive.finish()?.into_inner())
    };
    written()
        .map_err(|error| Diagnostic::error("exchange", format!("the archive of the filing cannot be written: {error}")))
}
