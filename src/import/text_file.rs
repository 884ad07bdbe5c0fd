//! Decodes text files that other programs wrote, and tells what a file is that is no text in the expected encoding.

use std::sync::Arc;

use crate::{
    diag::{Place, Source},
    model::Encoding,
};

/// A file that is not what was expected.
#[derive(Debug)]
pub struct Undecodable {
    /// What it is: `UTF-16`, `a workbook or another archive`.
    pub what: &'static str,
    /// The first letter that is not in the encoding.
    pub place: Option<Place>,
    /// Whether it seems to be text in Shift_JIS.
    pub is_shift_jis: bool,
}

/// Decodes a file; without its byte order mark.
pub fn decode(path: &str, bytes: Vec<u8>, encoding: Encoding) -> Result<Arc<Source>, Undecodable> {
    if let Some(what) = foreign_form(&bytes) {
        return Err(Undecodable { what, place: None, is_shift_jis: false });
    }
    match encoding {
        Encoding::Utf8 => decode_utf8(path, bytes),
        Encoding::ShiftJis => decode_shift_jis(path, &bytes),
    }
}

fn decode_utf8(path: &str, bytes: Vec<u8>) -> Result<Arc<Source>, Undecodable> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(path, text.strip_prefix('\u{feff}').unwrap_or(&text))),
        Err(error) => {
            let is_shift_jis = is_shift_jis(error.as_bytes());
            let at = error.utf8_error().valid_up_to();
            let source = Source::new(path, String::from_utf8_lossy(error.as_bytes()));
            let place = Place::new(&source, at..at + char::REPLACEMENT_CHARACTER.len_utf8());
            let what = if is_shift_jis { "Shift_JIS, expected UTF-8" } else { "not UTF-8" };
            Err(Undecodable { what, place: Some(place), is_shift_jis })
        }
    }
}

fn decode_shift_jis(path: &str, bytes: &[u8]) -> Result<Arc<Source>, Undecodable> {
    // Text in UTF-8 with such letters is never read as another encoding by mistake.
    if !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok() {
        return Err(Undecodable { what: "UTF-8, expected Shift_JIS", place: None, is_shift_jis: false });
    }
    let text = encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(|text| Source::new(path, text)).ok_or_else(|| {
        let (text, _) = encoding_rs::SHIFT_JIS.decode_without_bom_handling(bytes);
        let source = Source::new(path, text);
        let lost = source.text.find(char::REPLACEMENT_CHARACTER);
        let place = lost.map(|at| Place::new(&source, at..at + char::REPLACEMENT_CHARACTER.len_utf8()));
        Undecodable { what: "not Shift_JIS", place, is_shift_jis: false }
    })
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

    #[test]
    fn an_encoding_that_is_said_is_held_to() {
        let decoded = |bytes: &[u8]| decode("a.csv", bytes.to_vec(), Encoding::ShiftJis);
        // 売上高, and a mark that only the extensions of Windows have.
        assert_eq!(
            decoded(b"\x94\x84\x8f\xe3\x8d\x82,\x87\x40").map(|source| source.text.clone()).unwrap(),
            "売上高,①"
        );
        assert_eq!(decoded("売上高".as_bytes()).unwrap_err().what, "UTF-8, expected Shift_JIS");
        assert_eq!(decoded(b"1,\xff").unwrap_err().what, "not Shift_JIS");
    }
}
