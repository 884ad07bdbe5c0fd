//! Escapes text for Markdown, in paragraphs and in table cells.

/// Escapes the markup characters of emphasis, code, links, notes, HTML, tables and mathematics. A newline becomes a space.
pub(super) fn text(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (position, letter) in letters.iter().copied().enumerate() {
        let before = position.checked_sub(1).and_then(|before| letters.get(before)).copied();
        let rest = letters.get(position + 1..).unwrap_or_default();
        match letter {
            '\n' | '\r' => out.push(' '),
            _ if is_markup(letter, before, rest) => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    if out.contains("://") || out.contains("www.") {
        out.split_inclusive(' ').map(escape_address).collect()
    } else {
        out
    }
}

/// Escapes a bare address that contains backslashes: GitHub would make it a link with the backslashes in it.
fn escape_address(word: &str) -> String {
    if word.contains('\\') { word.replace("://", "\\://").replace("www.", "www\\.") } else { word.to_owned() }
}

/// Whether a character between `before` and `rest` could be read as markup.
fn is_markup(letter: char, before: Option<char>, rest: &[char]) -> bool {
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    match letter {
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' => true,
        // An underscore within a word is not emphasis; bare addresses must keep it.
        '_' => !(is_word(before) && is_word(rest.first().copied())),
        // `&amp;` and `&#38;` are characters, `R&D` and `a & b` are not.
        '&' => begins_reference(rest),
        _ => false,
    }
}

/// Whether an ampersand before `rest` begins a character reference, or could with text that is appended.
fn begins_reference(rest: &[char]) -> bool {
    let is_end = |letter: &&char| !letter.is_ascii_alphanumeric() && **letter != '#';
    !rest.is_empty() && rest.first() != Some(&';') && rest.iter().find(is_end).is_none_or(|end| *end == ';')
}

/// Escapes the beginning of a line, so that it is not read as a heading, list, quote, rule or table. The line is already the
/// result of `text`.
pub(super) fn line_start(line: &str) -> String {
    let line = line.trim_start_matches([' ', '\t']);
    let digits = line.len() - line.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    let (number, rest) = line.split_at(digits);
    let is_item = !number.is_empty() && rest.starts_with(['.', ')']);
    if is_item || (number.is_empty() && rest.starts_with(['#', '+', '-', '=', '>', ':'])) {
        format!("{number}\\{rest}")
    } else {
        line.to_owned()
    }
}

/// Escapes a number sign at the end of a heading, which Markdown would drop. The line is already the result of `text`.
pub(super) fn heading_end(line: &str) -> String {
    match line.strip_suffix('#') {
        Some(rest) => format!("{rest}\\#"),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_text() {
        assert_eq!(
            text("<script> a|b `c` *d* [e](f) ~g~ \\"),
            "\\<script> a\\|b \\`c\\` \\*d\\* \\[e\\](f) \\~g\\~ \\\\"
        );
        assert_eq!(
            text("R & D R&D &amp; &#38; a_b _c_ $1 line\nend"),
            "R & D R&D \\&amp; \\&#38; a_b \\_c\\_ \\$1 line end"
        );
    }

    #[test]
    fn a_line_begins_as_text() {
        for (text, expected) in [
            ("# a", "\\# a"),
            ("    - a", "\\- a"),
            ("2010. a", "2010\\. a"),
            ("(1) a", "(1) a"),
            ("2010 a", "2010 a"),
            (":--", "\\:--"),
        ] {
            assert_eq!(line_start(text), expected);
        }
    }
}
