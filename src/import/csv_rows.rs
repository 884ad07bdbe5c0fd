//! Reads the rows of a CSV file (RFC 4180), each cell with its place.
//!
//! It is not read by the crate `csv`, which takes any quoting: a quote that is never closed swallows the rest of the file into
//! one cell without a word, and a cell has no place of its own.

use std::sync::Arc;

use crate::diag::{Diagnostic, Findings, Place, Source};

/// The most bytes of a cell in quotes. Longer ones most likely lack their closing quote.
const MAX_CELL: usize = 64 * 1024;

/// A cell: its text without quotes, and where it is.
#[derive(Debug, Clone)]
pub struct Cell {
    pub text: String,
    pub place: Place,
}

/// The most findings about a file: a translator's program that writes another form makes one for each row.
pub const MAX_FINDINGS: usize = 100;

/// The rows of a file that are not blank. Findings: quotes that break the form; reading goes on in the next line, but stops where it
/// is not known which rows a cell has swallowed.
pub fn rows(source: &Arc<Source>, separator: char, findings: &mut Findings) -> Vec<Vec<Cell>> {
    let mut reader = Reader { source, separator, at: 0, is_lost: false };
    let mut rows = Vec::new();
    while reader.at < source.text.len() && !reader.is_lost && findings.len() < MAX_FINDINGS {
        match reader.row() {
            Ok(row) if row.iter().all(|cell| cell.text.trim().is_empty()) => {}
            Ok(row) => rows.push(row),
            Err(finding) => findings.push(finding),
        }
    }
    rows
}

/// The first row that is not blank, if its quotes are right.
pub fn first_row(source: &Arc<Source>, separator: char) -> Option<Vec<Cell>> {
    let mut reader = Reader { source, separator, at: 0, is_lost: false };
    while reader.at < source.text.len() {
        let row = reader.row().ok()?;
        if row.iter().any(|cell| !cell.text.trim().is_empty()) {
            return Some(row);
        }
    }
    None
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    separator: char,
    at: usize,
    /// Whether the end of a cell was not found.
    is_lost: bool,
}

impl<'s> Reader<'s> {
    fn rest(&self) -> &'s str {
        &self.source.text[self.at..]
    }

    fn place(&self, start: usize, end: usize) -> Place {
        Place::new(self.source, start..end)
    }

    /// The next row. After a mistake the reader stands in the line after the one where the cell begins.
    fn row(&mut self) -> Result<Vec<Cell>, Diagnostic> {
        let mut cells = Vec::new();
        loop {
            let start = self.at;
            let cell = if self.rest().starts_with('"') { self.quoted_cell() } else { self.bare_cell() };
            match cell {
                Ok(cell) => cells.push(cell),
                Err(finding) => {
                    self.at = start;
                    self.at += self.rest().find(LINE_ENDS).unwrap_or(self.rest().len());
                    self.skip_line_end();
                    return Err(finding);
                }
            }
            if !self.rest().starts_with(self.separator) {
                self.skip_line_end();
                return Ok(cells);
            }
            self.at += self.separator.len_utf8();
        }
    }

    fn skip_line_end(&mut self) {
        let rest = self.rest();
        self.at += if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(LINE_ENDS)) };
    }

    fn bare_cell(&mut self) -> Result<Cell, Diagnostic> {
        let (start, rest) = (self.at, self.rest());
        let is_end = |letter: char| letter == self.separator || LINE_ENDS.contains(&letter);
        let text = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        if let Some(quote) = text.find('"') {
            let finding = Diagnostic::error("csv", "a quote in a cell that does not begin with one");
            let finding = finding.at(&self.place(start + quote, start + quote + 1), "");
            return Err(finding.help("write the whole cell in quotes, and a quote in it twice: `\"…\"\"…\"`"));
        }
        let cell = Cell { text: text.to_owned(), place: self.place(start, start + text.len()) };
        self.at = cell.place.end;
        Ok(cell)
    }

    fn quoted_cell(&mut self) -> Result<Cell, Diagnostic> {
        let start = self.at;
        let mut text = String::new();
        self.at += 1;
        loop {
            let rest = self.rest();
            let end = rest.find('"');
            let Some(len) = end.filter(|len| text.len() + len <= MAX_CELL) else {
                self.is_lost = true;
                let message = match end {
                    Some(_) => "a cell of more than 64 KiB",
                    None => "a quote that is never closed",
                };
                let finding = Diagnostic::error("csv", message);
                return Err(finding.at(&self.place(start, start + 1), "the cell begins here"));
            };
            text.push_str(&rest[..len]);
            let after = &rest[len + 1..];
            self.at += len + 1;
            if after.starts_with('"') {
                text.push('"');
                self.at += 1;
            } else if after.is_empty() || after.starts_with(self.separator) || after.starts_with(LINE_ENDS) {
                return Ok(Cell { text: lines(&text), place: self.place(start, self.at) });
            } else {
                let finding = Diagnostic::error("csv", "the cell goes on after its closing quote");
                let finding = finding.at(&self.place(self.at - 1, self.at), "expected the end of the cell");
                let finding = finding.with(&self.place(start, start + 1), "the cell begins here");
                return Err(finding.note("a quote within a cell is written twice: `\"\"`"));
            }
        }
    }
}

const LINE_ENDS: [char; 2] = ['\r', '\n'];

/// A text whose lines end as those of a dataset.
fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
