//! Files of a release that the program writes: records of what people confirmed.

use std::{
    fmt::Write as _,
    fs,
    io::{self, Write as _},
    path::Path,
};

use crate::diag::{Diagnostic, resolve_inside};

/// Writes a file of the folder `folder`, from the root, beside the file that it then replaces. Errors: it cannot be written, and
/// the old one remains.
pub fn write_record(root: &Path, folder: &str, file: &str, text: &str) -> Result<(), Diagnostic> {
    let home = resolve_inside(root, folder)?;
    let staged = home.join(format!(".{file}.staging-kessan"));
    let write = || -> io::Result<()> {
        let mut written = fs::File::create(&staged)?;
        written.write_all(text.as_bytes())?;
        written.sync_all()?;
        fs::rename(&staged, home.join(file))
    };
    write().map_err(|error| {
        // What remains of a failed write is hidden, and the next one replaces it.
        drop(fs::remove_file(&staged));
        Diagnostic::cannot_write(&format!("{folder}/{file}"), &error)
    })
}

/// Removes a file of the folder `folder`, from the root.
pub fn remove_record(root: &Path, folder: &str, file: &str) -> Result<(), Diagnostic> {
    let path = resolve_inside(root, folder)?.join(file);
    fs::remove_file(path).map_err(|error| Diagnostic::cannot_write(&format!("{folder}/{file}"), &error))
}

/// A text as a basic string of TOML.
pub fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => _ = write!(quoted, "\\u{:04X}", u32::from(c)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn quotes_and_control_characters_are_escaped() {
        assert_eq!(quote("a \"b\" \\ \u{7f}"), "\"a \\\"b\\\" \\\\ \\u007F\"");
    }
}
