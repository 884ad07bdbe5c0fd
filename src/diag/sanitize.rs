//! Sanitizes text from users for the terminal: no control characters, and a limited length.

/// The maximum length of a message, label, note or help, in characters.
const MAX_TEXT: usize = 2_000;

/// `text` on one line, with control characters made visible, cut after `MAX_TEXT` characters.
pub(super) fn one_line(text: &str) -> String {
    shorten(text).chars().map(|c| if c == '\n' { ' ' } else { visible(c) }).collect()
}

/// Like `one_line`, but keeps line breaks and tabs.
pub(super) fn lines(text: &str) -> String {
    shorten(&text.replace("\r\n", "\n")).chars().map(|c| if c == '\n' { c } else { visible(c) }).collect()
}

/// A character that is safe to show: a control character becomes its picture, one that reorders text U+FFFD.
pub fn visible(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        _ if is_unsafe(c) => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// Whether a terminal may act on the character, whether it changes the order of the text around it (UAX #9, and the C1
/// set of ISO 6429), or whether it breaks a line.
pub(super) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(MAX_TEXT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_sequence_is_shown_not_obeyed() {
        assert_eq!(one_line("a\u{1b}[31mb\u{9b}2J\r\nc\u{202e}d\t"), "a␛[31mb\u{fffd}2J␍ c\u{fffd}d\t");
    }

    #[test]
    fn a_message_without_end_is_cut() {
        assert_eq!(one_line(&"収".repeat(10_000)).chars().count(), MAX_TEXT + 1);
    }
}
