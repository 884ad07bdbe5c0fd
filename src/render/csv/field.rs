//! Writes the fields and lines of a CSV file, and protects texts from being read as formulas.

/// A field of a line.
pub(super) enum Field<'a> {
    /// Text, which is quoted and protected as needed.
    Text(&'a str),
    /// A plain decimal, written as it is.
    Number(&'a str),
}

/// Writes a CSV file into memory.
pub(super) struct CsvWriter(String);

impl CsvWriter {
    /// A file with only the byte order mark.
    pub(super) fn new() -> Self {
        Self(String::from('\u{feff}'))
    }

    /// Writes a line.
    pub(super) fn write_row<'a>(&mut self, fields: impl IntoIterator<Item = Field<'a>>) {
        for (number, field) in fields.into_iter().enumerate() {
            if number > 0 {
                self.0.push(',');
            }
            match field {
                Field::Number(digits) => self.0.push_str(digits),
                Field::Text(text) if may_be_formula(text) => self.write_text(&format!("'{text}")),
                Field::Text(text) => self.write_text(text),
            }
        }
        self.0.push_str("\r\n");
    }

    /// Writes a text, quoted if necessary.
    fn write_text(&mut self, text: &str) {
        if text.contains([',', '"', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ') {
            self.0.push('"');
            self.0.push_str(&text.replace('"', "\"\""));
            self.0.push('"');
        } else {
            self.0.push_str(text);
        }
    }

    /// The bytes of the file.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// Whether a spreadsheet program could evaluate the text as a formula (OWASP, "CSV Injection"). A sign alone is a nil mark and
/// a sign before digits and their separators is a number; both are unchanged.
fn may_be_formula(text: &str) -> bool {
    // Some programs ignore leading spaces and characters of zero width.
    let mut letters = text.trim_start_matches(|letter: char| letter == ' ' || is_invisible(letter)).chars();
    match letters.next() {
        Some('=' | '@' | '＝' | '＠' | '\t' | '\r' | '\n') => true,
        Some('+' | '-' | '＋' | '－') => {
            letters.any(|letter| !letter.is_ascii_digit() && !".,% \u{a0}".contains(letter))
        }
        _ => false,
    }
}

/// Whether a character has zero width, such as marks of text direction.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(fields: &[&str]) -> String {
        let mut writer = CsvWriter::new();
        writer.write_row(fields.iter().map(|text| Field::Text(text)));
        String::from_utf8(writer.into_bytes()).expect("UTF-8").split_off('\u{feff}'.len_utf8())
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
