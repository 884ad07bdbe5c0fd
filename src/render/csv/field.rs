//! Writes the fields and lines of a CSV file, and protects texts from being read as formulas, dates or numbers.

use std::borrow::Cow;

use super::spreadsheet::{may_be_formula, may_be_value};

/// A field of a line.
pub(super) enum Field<'a> {
    /// Text, which is quoted and protected as needed.
    Text(&'a str),
    /// A name for programs or a number as printed: text that is protected only from being read as a formula.
    Verbatim(&'a str),
    /// Text that is protected already.
    Plain(&'a str),
    /// A plain decimal, written as it is.
    Number(&'a str),
}

/// A text as [`Field::Plain`] takes it, worked out once for all lines that have it.
pub(super) fn protected(text: &str) -> Cow<'_, str> {
    if may_be_formula(text) || may_be_value(text) { after_apostrophe(text).into() } else { text.into() }
}

/// A text after an apostrophe, which spreadsheet programs take for the beginning of a text.
fn after_apostrophe(text: &str) -> String {
    format!("'{text}")
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
                Field::Text(text) => self.write_text(&protected(text)),
                Field::Verbatim(text) if may_be_formula(text) => self.write_text(&after_apostrophe(text)),
                Field::Verbatim(text) | Field::Plain(text) => self.write_text(text),
            }
        }
        self.0.push_str("\r\n");
    }

    /// Writes a text, quoted if necessary.
    fn write_text(&mut self, text: &str) {
        let parts_fields = |byte| matches!(byte, b',' | b'"' | b'\r' | b'\n');
        if text.bytes().any(parts_fields) || text.starts_with(' ') || text.ends_with(' ') {
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
        let printed = ["-", "－", "-2.5%", "+1 234", "(2.5%)", "'"].map(Field::Verbatim);
        let mut writer = CsvWriter::new();
        writer.write_row(printed);
        assert!(writer.0.ends_with("-,－,-2.5%,+1 234,(2.5%),'\r\n"));
    }

    #[test]
    fn no_text_becomes_a_date_or_a_number() {
        assert_eq!(line(&["1-2", "007", "3, 4", "Total"]), "'1-2,'007,\"'3, 4\",Total\r\n");
    }
}
