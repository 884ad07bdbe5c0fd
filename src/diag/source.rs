//! The text of the user's files, so that a finding can show the line that it is about.

use std::{
    cmp::Ordering,
    fmt,
    ops::Range,
    sync::{Arc, OnceLock},
};

/// A half-open range of bytes in a file's text.
pub type Span = Range<usize>;

/// The size of the blocks, in bytes, for which the number of preceding characters is stored.
const BLOCK: usize = 1024;

/// A file that was read: its path as shown to the user (relative to the root, `/` between folders) and its text.
#[derive(Debug)]
pub struct Source {
    pub path: String,
    pub text: String,
    /// Only findings ask for it.
    index: OnceLock<Index>,
}

/// Where the lines of a text are.
#[derive(Debug)]
struct Index {
    /// The byte offset of each line.
    line_starts: Vec<usize>,
    /// The number of characters before each block.
    characters: Vec<usize>,
}

impl Source {
    /// Stores `text` under `path`; all places in the file share it.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into(), index: OnceLock::new() })
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.text))
    }

    /// The line and column of a byte offset, both from 1; the column counts characters.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.floor(offset);
        let line_starts = &self.index().line_starts;
        let line = line_starts.partition_point(|start| *start <= offset);
        let start = line.checked_sub(1).and_then(|line| line_starts.get(line)).copied().unwrap_or(0);
        (line, self.characters_before(offset) - self.characters_before(start) + 1)
    }

    /// The number of characters before a byte offset in the text.
    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        self.index().characters.get(block).map_or(0, |before| before + starts_of_characters(rest))
    }

    /// The range of a line (from 1) without its line end; empty beyond the last line.
    pub(super) fn line(&self, number: usize) -> Span {
        let end = self.text.len();
        let start_of = |line: usize| self.index().line_starts.get(line).copied();
        let start = start_of(number.saturating_sub(1)).unwrap_or(end);
        let line = &self.text[start..start_of(number.max(1)).map_or(end, |next| next - 1)];
        start..start + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// The last character boundary in the text at or before `offset`.
    pub(super) fn floor(&self, offset: usize) -> usize {
        let within = offset.min(self.text.len());
        (0..=within).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
    }
}

impl Index {
    fn new(text: &str) -> Self {
        let line_starts = [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut characters = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            characters.push(count);
            count += starts_of_characters(block);
        }
        Self { line_starts, characters }
    }
}

fn starts_of_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Source {}

impl PartialOrd for Source {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Source {
    /// By path, then by text. Usually both are the same object, so that the text need not be compared.
    fn cmp(&self, other: &Self) -> Ordering {
        if std::ptr::eq(self, other) {
            return Ordering::Equal;
        }
        (&self.path, &self.text).cmp(&(&other.path, &other.text))
    }
}

/// A range of bytes in a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub source: Arc<Source>,
    pub start: usize,
    pub end: usize,
}

impl Place {
    /// The range `span` of `source`.
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        Self { source: Arc::clone(source), start: span.start, end: span.end }
    }

    /// The range of bytes.
    pub fn span(&self) -> Span {
        self.start..self.end
    }

    /// The file and line, as in `content/acme/release.toml:12`.
    pub fn file_line(&self) -> String {
        format!("{}:{}", self.source.path, self.source.line_column(self.start).0)
    }

    /// The text of the range; empty if the range is not within the file.
    pub fn text(&self) -> &str {
        self.source.text.get(self.span()).unwrap_or_default()
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.source.line_column(self.start);
        write!(f, "{}:{line}:{column}", self.source.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_across_blocks() {
        let line = format!("é{}x", "aé".repeat(BLOCK));
        let source = Source::new("a.md", format!("one\r\n{line}\n\nlast"));
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(5), (2, 1));
        assert_eq!(source.line_column(5 + line.len() - 1), (2, line.chars().count()));
        assert_eq!(source.line_column(usize::MAX), (4, 5));
        // Inside a character, and at a line end.
        assert_eq!(source.line_column(6), (2, 1));
        assert_eq!(source.line_column(4), (1, 5));
        let lines: Vec<_> = (0..6).map(|number| &source.text[source.line(number)]).collect();
        assert_eq!(lines, ["one", "one", &line, "", "last", ""]);
        assert_eq!(Source::new("b.md", "").line_column(3), (1, 1));
    }
}
