//! The user's files as they were read, so that a finding can show the user's own line.

use std::{fmt, ops::Range, sync::Arc};

/// A half-open range of bytes in a file's text.
pub type Span = Range<usize>;

/// One file that was read: the path as shown to the user (relative to the root, `/` between folders) and its text.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// Keeps `text` under `path`, shared by every place that points into it.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { path: path.into(), text: text.into() })
    }

    /// The line and column (both from 1, the column in characters) of a byte offset.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let before = &self.text[..self.floor(offset)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        (line, column)
    }

    /// The nearest offset at or before `offset` that lies within the text and between two characters.
    pub(super) fn floor(&self, offset: usize) -> usize {
        let within = offset.min(self.text.len());
        (0..=within).rev().find(|at| self.text.is_char_boundary(*at)).unwrap_or(0)
    }
}

/// A stretch of a file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub source: Arc<Source>,
    pub start: usize,
    pub end: usize,
}

impl Place {
    /// The stretch `span` of `source`.
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        Self { source: Arc::clone(source), start: span.start, end: span.end }
    }

    /// The bytes it covers.
    pub fn span(&self) -> Span {
        self.start..self.end
    }

    /// The file and the line, `content/acme/release.toml:12`.
    pub fn file_line(&self) -> String {
        format!("{}:{}", self.source.path, self.source.line_column(self.start).0)
    }

    /// The user's own text there; empty when the span leaves the file.
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
