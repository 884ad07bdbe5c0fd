//! The font files of a PDF as a stack: a character that one face lacks is taken from the next.

use std::borrow::Cow;

/// The role of a font: family and style of a span of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FontRole {
    /// Tables, captions and furniture.
    Regular,
    /// Strong in the family of `Regular`.
    Strong,
    /// Italic in the family of `Regular`.
    Italic,
    /// Running text.
    Text,
    /// Strong in the family of `Text`.
    TextStrong,
    /// Italic in the family of `Text`.
    TextItalic,
}

impl FontRole {
    /// Every font role, in the order of the discriminants.
    pub const ALL: [Self; 6] =
        [Self::Regular, Self::Strong, Self::Italic, Self::Text, Self::TextStrong, Self::TextItalic];
    /// Their names in a style file, in the same order.
    pub const NAMES: [&'static str; 6] = ["regular", "strong", "italic", "text", "text_strong", "text_italic"];

    /// The strong font of the same family.
    pub fn strong(self) -> Self {
        match self {
            Self::Regular | Self::Strong | Self::Italic => Self::Strong,
            Self::Text | Self::TextStrong | Self::TextItalic => Self::TextStrong,
        }
    }

    /// The italic font of the same family.
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
    /// The role that the face is for.
    pub font_role: FontRole,
    /// A complete TrueType file.
    pub data: Cow<'static, [u8]>,
}

/// The faces of a release, most preferred first. Font roles fall back to the regular faces.
#[derive(Debug, Clone, Default)]
pub struct Faces {
    list: Vec<Face>,
}

impl Faces {
    /// The built-in faces.
    pub fn built_in() -> Self {
        Self { list: BUILT_IN.iter().map(|&(name, font_role, data)| face(name, font_role, data)).collect() }
    }

    /// A stack of faces, most preferred first.
    pub fn new(list: Vec<Face>) -> Self {
        Self { list }
    }

    /// The file of a built-in face, by its name without `.ttf`.
    pub fn built_in_file(name: &str) -> Option<&'static [u8]> {
        BUILT_IN.iter().find(|(known, ..)| *known == name).map(|(.., data)| *data)
    }

    /// Adds a face at the end of the stack.
    pub fn with_face(mut self, face: Face) -> Self {
        self.list.push(face);
        self
    }

    /// All faces, in the order of the stack.
    pub fn list(&self) -> &[Face] {
        &self.list
    }

    /// The indices of the faces to try for a font role, in order.
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
