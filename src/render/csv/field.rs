//! Fields and lines of a CSV file, and what keeps a text from being taken for a formula.

/// A field.
pub(super) enum Field<'a> {
    /// Anything that people wrote.
    Text(&'a str),
    /// A plain decimal.
    Number(&'a str),
}

/// A file being written.
pub(super) struct Sheet(String);

impl Sheet {
    /// Nothing but the byte order mark.
    pub(super) fn new() -> Self {
        Self(String::from('\u{feff}'))
    }

    /// Adds a line.
    pub(super) fn row<'a>(&mut self, fields: impl IntoIterator<Item = Field<'a>>) {
        for (number, field) in fields.into_iter().enumerate() {
            if number > 0 {
                self.0.push(',');
            }
            match field {
                Field::Number(digits) => self.0.push_str(digits),
                Field::Text(text) if may_be_formula(text) => self.text(&format!("'{text}")),
                Field::Text(text) => self.text(text),
            }
        }
        self.0.push_str("\r\n");
    }

    /// Adds a text, quoted where it needs to be.
    fn text(&mut self, text: &str) {
        if text.contains([',', '"', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ') {
            self.0.push('"');
            self.0.push_str(&text.replace('"', "\"\""));
            self.0.push('"');
        } else {
            self.0.push_str(text);
        }
    }

    /// The file.
    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// Whether a spreadsheet program could work the text out instead of showing it (OWASP, "CSV Injection"). A sign alone,
/// or before nothing but digits and their marks, is a nil mark or a number, and stays as it is.
fn may_be_formula(text: &str) -> bool {
    // Blanks and marks without a width in front do not stop every program.
    let mut letters = text.trim_start_matches(|letter: char| letter == ' ' || is_unseen(letter)).chars();
    match letters.next() {
        Some('=' | '@' | '＝' | '＠' | '\t' | '\r' | '\n') => true,
        Some('+' | '-' | '＋' | '－') => {
            letters.any(|letter| !letter.is_ascii_digit() && !".,% \u{a0}".contains(letter))
        }
        _ => false,
    }
}

/// Whether a character takes no room: marks of width nil and of direction.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(fields: &[&str]) -> String {
        let mut sheet = Sheet::new();
        sheet.row(fields.iter().map(|text| Field::Text(text)));
        String::from_utf8(sheet.bytes()).expect("UTF-8").split_off('\u{feff}'.len_utf8())
    }

    #[test]
    fn a_field_is_quoted_where_it_could_be_read_as_more_than_one() {
        assert_eq!(
            line(&["a", "b c", "d, e", "\"f\"", "g\nh", " i"]),
            "a,b c,\"d, e\",\"\"\"f\"\"\",\"g\nh\",\" i\"\r\n"
        );
    }

    #[test]
    fn no_text_becomes_a_formula_and_no_number_a_text() {
        assert_eq!(line(&["=1+1", "@SUM(A1)", "+1+1", "-1*2", "\t=1"]), "'=1+1,'@SUM(A1),'+1+1,'-1*2,'\t=1\r\n");
        assert_eq!(line(&["-cmd|' /C calc'!A0", "＝1", "\r=1"]), "'-cmd|' /C calc'!A0,'＝1,\"'\r=1\"\r\n");
        assert_eq!(line(&["  =1", "\u{200b}@A1"]), "'  =1,'\u{200b}@A1\r\n");
        assert_eq!(line(&["-", "－", "-2.5%", "+1 234", "(2.5%)", "'"]), "-,－,-2.5%,+1 234,(2.5%),'\r\n");
    }
}
