//! Reads the file that a translator sends back: text in UTF-8, or a finding that names what it is instead.

use std::{fs::File, io::Read, path::Path, sync::Arc};

use crate::diag::{Diagnostic, Place, Source};

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
    decode(path, bytes)
}

fn decode(path: &str, bytes: Vec<u8>) -> Result<Arc<Source>, Diagnostic> {
    if let Some(what) = foreign_form(&bytes) {
        let finding = Diagnostic::io("read", format!("`{path}` is {what}, expected CSV in UTF-8"));
        return Err(finding.help(SAVE_HELP));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(path, text.strip_prefix('\u{feff}').unwrap_or(&text))),
        Err(error) => {
            let what = if is_shift_jis(error.as_bytes()) { "Shift_JIS, expected UTF-8" } else { "not UTF-8" };
            let at = error.utf8_error().valid_up_to();
            let source = Source::new(path, String::from_utf8_lossy(error.as_bytes()));
            let place = Place::new(&source, at..at + char::REPLACEMENT_CHARACTER.len_utf8());
            let finding = Diagnostic::io("read", format!("`{path}` is {what}"));
            Err(finding.at(&place, "the first letter that is not in UTF-8").help(SAVE_HELP))
        }
    }
}

/// What a file is by its first bytes, if it is no text in an encoding that keeps ASCII.
fn foreign_form(bytes: &[u8]) -> Option<&'static str> {
    const FORMS: [(&[u8], &str); 4] = [
        (b"\xff\xfe", "UTF-16 (Excel: “Unicode Text”)"),
        (b"\xfe\xff", "UTF-16"),
        (b"PK\x03\x04", "a workbook or another archive"),
        (b"\xd0\xcf\x11\xe0", "a workbook of an old form"),
    ];
    let by_mark = FORMS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, form)| *form);
    // The name of the first column in ASCII, two bytes for a letter.
    let is_wide = matches!(bytes, [0, letter, 0, _, ..] | [letter, 0, _, 0, ..] if *letter != 0);
    by_mark.or(is_wide.then_some("UTF-16"))
}

/// Whether all bytes beyond ASCII are characters of Shift_JIS, some of them of two bytes that are kana or kanji.
fn is_shift_jis(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    let mut has_letters = false;
    loop {
        rest = match rest {
            [] => return has_letters,
            // ASCII, and katakana of half width.
            [0..=0x7f | 0xa1..=0xdf, after @ ..] => after,
            [lead @ (0x81..=0x9f | 0xe0..=0xfc), 0x40..=0x7e | 0x80..=0xfc, after @ ..] => {
                has_letters |= (0x82..=0x9f).contains(lead);
                after
            }
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_jis_is_told_from_the_code_page_of_western_europe() {
        // 売上高, "é,ü", and typographic quotes round a word.
        assert!(is_shift_jis(b"is.sales,\x94\x84\x8f\xe3\x8d\x82,\r\n"));
        assert!(!is_shift_jis(b"is.sales,\xe9,\xfc\r\n"));
        assert!(!is_shift_jis(b"is.sales,\x93Sales\x94,\r\n"));
        assert!(!is_shift_jis(b"is.sales,Sales"));
    }
}
