//! PDF syntax: names, text strings, lengths, arrays and dictionaries.

use std::fmt::{self, Display, Formatter, Write};

use crate::render::pdf::{
    page::{Layout, Position},
    style::Pt,
};

/// An object's number in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id(pub u32);

/// Written as a reference to the object.
impl Display for Id {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        self.0.fmt(f)?;
        f.write_str(" 0 R")
    }
}

/// A name, such as `/Table`.
pub struct Name<'t>(pub &'t str);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        f.write_char('/')?;
        if self.0.bytes().all(is_plain) {
            return f.write_str(self.0);
        }
        self.0.bytes().try_for_each(|byte| match is_plain(byte) {
            true => f.write_char(char::from(byte)),
            false => write!(f, "#{byte:02X}"),
        })
    }
}

/// Whether a byte of a name stands for itself.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'!'..=b'~') && !b"#/%()<>[]{}".contains(&byte)
}

/// A text string: ASCII as a literal, anything else as UTF-16.
pub struct Text<'t>(pub &'t str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        if !self.0.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            f.write_str("<FEFF")?;
            self.0.encode_utf16().try_for_each(|unit| write!(f, "{unit:04X}"))?;
            return f.write_char('>');
        }
        f.write_char('(')?;
        for c in self.0.chars() {
            if matches!(c, '(' | ')' | '\\') {
                f.write_char('\\')?;
            }
            f.write_char(c)?;
        }
        f.write_char(')')
    }
}

/// Bytes in hexadecimal.
pub struct Hex<'t>(pub &'t [u8]);

impl Display for Hex<'_> {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        f.write_char('<')?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))?;
        f.write_char('>')
    }
}

/// A length, rounded to a hundredth of a point.
#[derive(Debug, Clone, Copy)]
pub struct Length(pub Pt);

/// Up to so many, each is another number with 32 bits, and the shortest that can be written for it.
const MAX_HUNDREDTHS: f32 = 1_000_000.0;

impl Length {
    /// Appends the number, without the machinery of formatting: a page has thousands.
    pub fn push_to(self, out: &mut Vec<u8>) {
        let hundredths = (self.0 * 100.0).round();
        if hundredths.abs() > MAX_HUNDREDTHS {
            out.extend_from_slice((hundredths / 100.0).to_string().as_bytes());
            return;
        }
        if hundredths < 0.0 {
            out.push(b'-');
        }
        let hundredths = hundredths.abs() as u32;
        push_whole(hundredths / 100, out);
        let (tenths, rest) = (hundredths / 10 % 10, hundredths % 10);
        if (tenths, rest) != (0, 0) {
            out.push(b'.');
            push_digit(tenths, out);
        }
        if rest != 0 {
            push_digit(rest, out);
        }
    }
}

impl Display for Length {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let mut out = Vec::new();
        self.push_to(&mut out);
        f.write_str(&String::from_utf8_lossy(&out))
    }
}

/// Appends a whole number.
pub fn push_whole(number: u32, out: &mut Vec<u8>) {
    if number >= 10 {
        push_whole(number / 10, out);
    }
    push_digit(number % 10, out);
}

fn push_digit(digit: u32, out: &mut Vec<u8>) {
    // A digit is less than 10.
    out.push(b'0' + digit as u8);
}

/// An array of values.
pub fn array(values: impl IntoIterator<Item = impl Display>) -> String {
    let mut out = String::from("[");
    for (i, value) in values.into_iter().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        // Writing to a String cannot fail.
        let _ = write!(out, "{value}");
    }
    out.push(']');
    out
}

/// The bytes that the entries of most dictionaries have.
const ENTRIES_ROOM: usize = 64;

/// A dictionary, built entry by entry.
#[derive(Debug, Clone)]
pub struct Dict(String);

impl Dict {
    /// An empty dictionary.
    pub fn new() -> Self {
        Self(String::with_capacity(ENTRIES_ROOM))
    }

    /// Adds an entry.
    pub fn set(mut self, key: &str, value: impl Display) -> Self {
        // A number needs a space before it.
        self.0.extend(["/", key, " "]);
        // Writing to a String cannot fail.
        let _ = write!(self.0, "{value}");
        self
    }

    /// Adds an entry if there is a value.
    pub fn set_if_some(self, key: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.set(key, value),
            None => self,
        }
    }
}

impl Display for Dict {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        f.write_str("<<")?;
        f.write_str(&self.0)?;
        f.write_str(">>")
    }
}

/// A destination that shows a position at the top of the window, without change of magnification.
pub fn destination(layout: &Layout, position: Position, pages: &[Id]) -> Option<String> {
    let height = layout.pages.get(position.page)?.height;
    let top = Length((height - position.y + 6.0).min(height));
    Some(format!("[{} /XYZ null {top} null]", pages.get(position.page)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_pdf_reads_them() {
        assert_eq!(Name("text/csv").to_string(), "/text#2Fcsv");
        assert_eq!(Text("a (b) \\").to_string(), r"(a \(b\) \\)");
        assert_eq!(Text("¥1").to_string(), "<FEFF00A50031>");
        assert_eq!(Text("a\nb").to_string(), "<FEFF0061000A0062>");
        assert_eq!(Length(12.345_6).to_string(), "12.35");
        assert_eq!(Length(-0.001).to_string(), "0");
        assert_eq!(
            [-0.05, 841.89, 60.5, -1200.0, 20_000.25].map(|points| Length(points).to_string()),
            ["-0.05", "841.89", "60.5", "-1200", "20000.25"]
        );
        let mut digits = Vec::new();
        [0, 7, 10, 4_294_967_295].into_iter().for_each(|number| push_whole(number, &mut digits));
        assert_eq!(digits, b"07104294967295");
        assert_eq!(
            Dict::new().set("S", Name("TD")).set("P", Id(3)).set_if_some("Pg", None::<Id>).to_string(),
            "<</S /TD/P 3 0 R>>"
        );
        assert_eq!(array([1, 2]), "[1 2]");
    }
}
