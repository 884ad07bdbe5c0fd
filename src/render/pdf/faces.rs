//! The font files a PDF is set in, as a stack: what one face lacks, the next may have.

use std::borrow::Cow;

/// How a stretch of text is voiced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FontRole {
    Regular,
    Strong,
    Italic,
    /// Running text, and what is strong or italic in it.
    Text,
    TextStrong,
    TextItalic,
}

impl FontRole {
    /// Every font role, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Regular, Self::Strong, Self::Italic, Self::Text, Self::TextStrong, Self::TextItalic];
    /// Their words in a style file, in the same order.
    pub const WORDS: [&'static str; 6] = ["regular", "strong", "italic", "text", "text_strong", "text_italic"];

    /// The same family, strong.
    pub fn strong(self) -> Self {
        match self {
            Self::Regular | Self::Strong | Self::Italic => Self::Strong,
            Self::Text | Self::TextStrong | Self::TextItalic => Self::TextStrong,
        }
    }

    /// The same family, italic.
    pub fn italic(self) -> Self {
        match self {
            Self::Regular | Self::Strong | Self::Italic => Self::Italic,
            Self::Text | Self::TextStrong | Self::TextItalic => Self::TextItalic,
        }
    }

    /// The font roles to try, in order, where a face is missing or lacks a character.
    fn fallbacks(self) -> &'static [Self] {
        match self {
            Self::Regular => &[Self::Regular],
            Self::Strong => &[Self::Strong, Self::Regular],
            Self::Italic => &[Self::Italic, Self::Regular],
            Self::Text => &[Self::Text, Self::Regular],
            Self::TextStrong => &[Self::TextStrong, Self::Strong, Self::Text, Self::Regular],
            Self::TextItalic => &[Self::TextItalic, Self::Italic, Self::Text, Self::Regular],
        }
    }
}

/// One font file.
#[derive(Debug, Clone)]
pub struct Face {
    /// PostScript name, `SourceSans3-Regular`.
    pub name: String,
    pub font_role: FontRole,
    /// A whole TrueType file.
    pub data: Cow<'static, [u8]>,
}

/// The faces of a release, most wanted first. A font role falls back to the regular faces behind it.
#[derive(Debug, Clone, Default)]
pub struct Faces {
    list: Vec<Face>,
}

impl Faces {
    /// The faces that the program carries.
    pub fn built_in() -> Self {
        Self { list: BUILT_IN.iter().map(|&(name, font_role, data)| face(name, font_role, data)).collect() }
    }

    /// These faces, most wanted first.
    pub fn new(list: Vec<Face>) -> Self {
        Self { list }
    }

    /// A face file that the program carries, by its name without `.ttf`.
    pub fn built_in_file(name: &str) -> Option<&'static [u8]> {
        BUILT_IN.iter().find(|(known, ..)| *known == name).map(|(.., data)| *data)
    }

    /// Adds a face behind those already there.
    pub fn with(mut self, face: Face) -> Self {
        self.list.push(face);
        self
    }

    /// All faces, in the order of the stack.
    pub fn list(&self) -> &[Face] {
        &self.list
    }

    /// Which faces to try for a font role, in order.
    pub fn fallback_chain(&self, font_role: FontRole) -> Vec<usize> {
        let of =
            |wanted: FontRole| self.list.iter().enumerate().filter(move |(_, f)| f.font_role == wanted).map(|(i, _)| i);
        font_role.fallbacks().iter().copied().flat_map(of).collect()
    }
}

/// Source Sans 3 and Source Serif 4 by Adobe, under the SIL Open Font License 1.1 (`static/fonts/OFL*.txt`).
const BUILT_IN: [(&str, FontRole, &[u8]); 6] = [
    ("SourceSans3-Regular", FontRole::Regular, include_bytes!("../../../static/fonts/SourceSans3-Regular.ttf")),
    ("SourceSans3-Semibold", FontRole::Strong, include_bytes!("../../../static/fonts/SourceSans3-Semibold.ttf")),
    ("SourceSans3-It", FontRole::Italic, include_bytes!("../../../static/fonts/SourceSans3-It.ttf")),
    ("SourceSerif4-Regular", FontRole::Text, include_bytes!("../../../static/fonts/SourceSerif4-Regular.ttf")),
    ("SourceSerif4-Semibold", FontRole::TextStrong, include_bytes!("../../../static/fonts/SourceSerif4-Semibold.ttf")),
    ("SourceSerif4-It", FontRole::TextItalic, include_bytes!("../../../static/fonts/SourceSerif4-It.ttf")),
];

fn face(name: &str, font_role: FontRole, data: &'static [u8]) -> Face {
    Face { name: name.to_owned(), font_role, data: Cow::Borrowed(data) }
}
