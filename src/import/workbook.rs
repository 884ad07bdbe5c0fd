//! Opens the file of a source: a workbook in one of two forms, or CSV. What it is is told from its bytes, not from its name.

use std::{fs::File, io::Read, path::Path};

use sha2::{Digest, Sha256};

use super::{
    archive,
    csv::{self, TextForm},
    ods::{self, Contents},
    sheet::{Sheet, SheetName},
    xlsx::ExcelFile,
};
use crate::diag::{Diagnostic, resolve_inside};

/// The largest file that is read, in bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// An opened file.
pub struct Workbook {
    pub path: String,
    /// The hash of the file, in hexadecimal.
    pub sha256: String,
    /// Its sheets; of a CSV file, one without a name.
    pub sheets: Vec<SheetName>,
    /// The defined names, each with what it is defined as.
    pub names: Vec<(String, String)>,
    form: Form,
}

enum Form {
    Excel(Box<ExcelFile>),
    OpenDocument(Vec<u8>),
    Text(Vec<u8>, TextForm),
}

impl Workbook {
    /// Opens `root`/`path`. Errors: it cannot be read, is too large, or is no workbook.
    pub fn open(root: &Path, path: &str, text: TextForm) -> Result<Self, Diagnostic> {
        let bytes = bytes(root, path)?;
        let sha256 = hex(&Sha256::digest(&bytes));
        let refused = |reason: String| Diagnostic::error("source", format!("`{path}` cannot be read: {reason}"));
        let opened = match kind(&bytes).map_err(|reason| refused(reason.to_owned()))? {
            Kind::Text => {
                let form = Form::Text(bytes, text);
                Self { path: path.to_owned(), sha256, sheets: vec![SheetName::default()], names: Vec::new(), form }
            }
            Kind::Excel => {
                let book = ExcelFile::open(bytes).map_err(refused)?;
                let (sheets, names, form) = (book.sheets(), book.names(), Form::Excel(Box::new(book)));
                Self { path: path.to_owned(), sha256, sheets, names, form }
            }
            Kind::OpenDocument => {
                let Contents { sheets, names } = ods::contents(&bytes).map_err(refused)?;
                Self { path: path.to_owned(), sha256, sheets, names, form: Form::OpenDocument(bytes) }
            }
        };
        Ok(opened)
    }

    /// Reads one of its sheets. Errors: it cannot be read.
    pub fn sheet(&mut self, sheet: &SheetName) -> Result<Sheet, Diagnostic> {
        let path = self.path.clone();
        let refused = |reason: String| Diagnostic::error("source", format!("`{path}` cannot be read: {reason}"));
        match &mut self.form {
            Form::Excel(book) => book.sheet(sheet).map_err(refused),
            Form::OpenDocument(bytes) => ods::sheet(bytes, sheet).map_err(refused),
            Form::Text(bytes, form) => csv::sheet(&self.path, bytes, *form),
        }
    }

    /// Whether it is a text file, which has no names of sheets.
    pub fn is_text(&self) -> bool {
        matches!(self.form, Form::Text(..))
    }
}

/// Reads a file within the limit. Errors: it cannot be read, or is larger.
fn bytes(root: &Path, path: &str) -> Result<Vec<u8>, Diagnostic> {
    let cannot = |error| Diagnostic::cannot_read(path, &error);
    let place = resolve_inside(root, path)?;
    // Reading a pipe could block forever.
    if !place.metadata().map_err(cannot)?.is_file() {
        return Err(Diagnostic::io("read", format!("cannot read `{path}`: it is no file")));
    }
    let mut bytes = Vec::new();
    File::open(place).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(cannot)?;
    if bytes.len() as u64 > MAX_BYTES {
        let most = MAX_BYTES / 1024 / 1024;
        return Err(Diagnostic::error("source", format!("`{path}` cannot be read: it has more than {most} MiB")));
    }
    Ok(bytes)
}

enum Kind {
    Text,
    Excel,
    OpenDocument,
}

/// What a file is by its bytes. Errors: why it cannot be read.
fn kind(bytes: &[u8]) -> Result<Kind, String> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        // The name of the stream in which Office encrypts a workbook.
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_encrypted = bytes.windows(name.len()).any(|window| window == name);
        return Err(String::from(if is_encrypted {
            "it is encrypted; save it without a password"
        } else {
            "it is a workbook of an old form (.xls); save it as .xlsx"
        }));
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Text);
    }
    archive::check(bytes)?;
    if archive::file(bytes, "mimetype")?.is_some() {
        return Ok(Kind::OpenDocument);
    }
    match archive::file(bytes, "xl/workbook.bin")? {
        Some(_) => Err(String::from("it is a binary workbook (.xlsb); save it as .xlsx")),
        None => Ok(Kind::Excel),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
