//! Text that stays text in Markdown, in a sentence as in a table's cell.

/// Text within a line: marks of emphasis, code, links, notes, HTML, tables and mathematics are escaped. A line's end becomes a space.
pub(super) fn inside(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (position, letter) in letters.iter().copied().enumerate() {
        let before = position.checked_sub(1).and_then(|before| letters.get(before)).copied();
        let rest = letters.get(position + 1..).unwrap_or_default();
        match letter {
            '\n' | '\r' => out.push(' '),
            _ if is_mark(letter, before, rest) => out.extend(['\\', letter]),
            _ => out.push(letter),
        }
    }
    if out.contains("://") || out.contains("www.") { out.split_inclusive(' ').map(address).collect() } else { out }
}

/// GitHub makes a link of a bare address, and its backslashes a part of it. An address that has some must not be a link.
fn address(word: &str) -> String {
    if word.contains('\\') { word.replace("://", "\\://").replace("www.", "www\\.") } else { word.to_owned() }
}

/// Whether a letter could be read as markup after `before` and before `rest`.
fn is_mark(letter: char, before: Option<char>, rest: &[char]) -> bool {
    let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    match letter {
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' => true,
        // An underscore within a word marks nothing, and a bare address keeps it.
        '_' => !(is_word(before) && is_word(rest.first().copied())),
        // `&amp;` and `&#38;` are characters, `R&D` and `a & b` are not.
        '&' => begins_reference(rest),
        _ => false,
    }
}

/// Whether what follows an ampersand makes it a character reference, or could with text that comes after it.
fn begins_reference(rest: &[char]) -> bool {
    let is_end = |letter: &&char| !letter.is_ascii_alphanumeric() && **letter != '#';
    !rest.is_empty() && rest.first() != Some(&';') && rest.iter().find(is_end).is_none_or(|end| *end == ';')
}

/// A line, escaped within already, whose beginning is not read as a heading, list, quote, rule or table.
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

/// A heading's text, escaped within already, whose last number sign is not read as the end of the heading's mark.
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
            inside("<script> a|b `c` *d* [e](f) ~g~ \\"),
            "\\<script> a\\|b \\`c\\` \\*d\\* \\[e\\](f) \\~g\\~ \\\\"
        );
        assert_eq!(
            inside("R & D R&D &amp; &#38; a_b _c_ $1 line\nend"),
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
