//! Rejects characters that no text of a release may contain.

use std::ops::Range;

use crate::diag::{Diagnostic, Place};

/// A reserved character in a text.
pub struct ReservedCharacter {
    pub span: Range<usize>,
    message: String,
    label: &'static str,
}

impl ReservedCharacter {
    /// The first reserved character in a text, if there is one.
    pub fn find(text: &str) -> Option<Self> {
        // Most texts are printable ASCII. All of a chunk is looked at, so that several bytes are compared at once.
        let is_other = |byte: &u8| u8::from(!matches!(byte, b' '..=b'~' | b'\t' | b'\n'));
        if text.as_bytes().chunks(64).all(|chunk| chunk.iter().fold(0, |found, byte| found | is_other(byte)) == 0) {
            return None;
        }
        let mut all = text.char_indices().peekable();
        while let Some((at, c)) = all.next() {
            let is_line_break = c == '\r' && all.peek().is_some_and(|(_, next)| *next == '\n');
            let is_byte_order_mark = at == 0 && c == '\u{FEFF}';
            if let Some((what, label)) = classify(c).filter(|_| !is_line_break && !is_byte_order_mark) {
                let message = format!("U+{:04X} is a {what} character", u32::from(c));
                return Some(Self { span: at..at + c.len_utf8(), message, label });
            }
        }
        None
    }

    /// The finding, at the place of the text in the user's file.
    pub fn at(self, place: &Place) -> Diagnostic {
        Diagnostic::error("reserved", self.message).at(place, self.label)
    }
}

/// Private-use characters encode placeholders in templates. Control characters affect terminals and printers, and are
/// not allowed in XML. Zero-width and tag characters hide in names and numbers; those that join or separate letters of a
/// script are allowed. Overrides and isolates of the text direction change the order in which digits are read.
fn classify(c: char) -> Option<(&'static str, &'static str)> {
    match c {
        '\u{E000}'..='\u{F8FF}' => {
            Some(("private-use", "private-use characters are reserved; write the character itself"))
        }
        '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => {
            Some(("zero-width", "nobody sees it, and a search does not find the text; remove it"))
        }
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            Some(("text direction", "it makes readers see digits in another order than they are written; remove it"))
        }
        '\u{E0000}'..='\u{E007F}' => Some(("tag", "nobody sees it; remove it")),
        '\t' | '\n' => None,
        '\u{FFFE}' | '\u{FFFF}' => Some(("non-text", "XML cannot hold it; remove it")),
        _ if c.is_control() => Some(("control", "control characters are not allowed; remove it")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_and_tabs_are_text() {
        for text in ["", "a\tb\nc\r\nd", "\u{feff}決算 \u{200f}\u{200d}é"] {
            assert!(ReservedCharacter::find(text).is_none(), "{text}");
        }
        for (text, at) in [
            ("é\u{7}", 2),
            ("\u{1b}[2J", 0),
            ("a\rb", 1),
            ("a\r", 1),
            ("\u{9b}", 0),
            ("\0", 0),
            ("x\u{e000}", 1),
            ("1\u{200b}0", 1),
            ("12\u{202e}34", 2),
            ("12\u{2067}34\u{2069}", 2),
            ("1\u{e0041}", 1),
        ] {
            assert_eq!(ReservedCharacter::find(text).map(|found| found.span.start), Some(at), "{text:?}");
        }
    }
}
