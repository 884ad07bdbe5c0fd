//! The cells of a table: numbers, marks for numbers that are not there, and words.

use serde::Serialize;

use super::{Figure, Inline, Number, plain};

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Cell {
    /// An empty cell.
    Blank,
    /// A number, the nil mark included (`-`, with value `0`). `unit` is what it is printed in, `JPY thousand`; `negative` whether it is shown as negative.
    Number {
        figure: Figure,
        unit: String,
        negative: bool,
        number: Box<Number>,
        /// The marks of its notes.
        marks: Vec<Inline>,
    },
    /// A mark for a number that is not there: not meaningful, not applicable, undecided, pending.
    Mark {
        text: String,
        /// The figure's name, and the unit it would be printed in; empty if unknown.
        #[serde(skip)]
        figure: String,
        #[serde(skip)]
        unit: String,
        /// The marks of its notes.
        marks: Vec<Inline>,
    },
    /// Words, with the marks of their notes. `plain` is their text without the marks.
    Text { inlines: Vec<Inline>, plain: String },
}

impl Cell {
    /// What is printed; empty for a blank cell.
    pub fn text(&self) -> &str {
        match self {
            Self::Blank => "",
            Self::Number { figure, .. } => &figure.text,
            Self::Mark { text, .. } => text,
            Self::Text { plain, .. } => plain,
        }
    }

    /// A cell of words.
    pub fn of_words(inlines: Vec<Inline>) -> Self {
        Self::Text { plain: plain(&inlines), inlines }
    }

    /// A mark for the number of no certain figure.
    pub fn of_mark(text: impl Into<String>) -> Self {
        Self::Mark { text: text.into(), figure: String::new(), unit: String::new(), marks: Vec::new() }
    }

    /// What holds the marks of its notes: the words of a text, or the marks alone.
    pub fn inlines(&self) -> &[Inline] {
        match self {
            Self::Blank => &[],
            Self::Number { marks, .. } | Self::Mark { marks, .. } => marks,
            Self::Text { inlines, .. } => inlines,
        }
    }

    /// The same, to be changed; nothing of a blank.
    pub fn inlines_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            Self::Blank => None,
            Self::Number { marks, .. } | Self::Mark { marks, .. } => Some(marks),
            Self::Text { inlines, .. } => Some(inlines),
        }
    }
}
