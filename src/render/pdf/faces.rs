//! The font files of a PDF as a stack: a character that one face lacks is taken from the next.

use read_fonts::{FontRef, TableProvider};

use super::face_file::FaceData;

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
    /// The language that it is for (BCP 47), where it is preferred to faces for all languages.
    pub language: Option<String>,
    /// A complete font file with TrueType or CFF outlines, or a collection of them.
    pub data: FaceData,
    /// The index of the face in a collection.
    pub index: u32,
}

impl Face {
    /// Whether the face has a glyph for one of these characters. A file that is no font has none.
    pub fn has_any_of(&self, characters: &str) -> bool {
        let font = FontRef::from_index(&self.data, self.index);
        font.is_ok_and(|font| {
            font.cmap().is_ok_and(|cmap| {
                characters.chars().any(|c| cmap.map_codepoint(c).is_some_and(|glyph| glyph.to_u32() != 0))
            })
        })
    }
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

    /// Whether a face is for text in a language.
    pub fn have_language(&self, language: &str) -> bool {
        self.list.iter().any(|face| face.language.as_ref().is_some_and(|own| is_language(own, language)))
    }

    /// The indices of the faces to try for a font role in a language, in order: first all of the language, so that text in
    /// one script does not change its weight where a role has no face of the language.
    pub fn fallback_chain(&self, font_role: FontRole, language: &str) -> Vec<usize> {
        let of = |wanted: FontRole, is_own: bool| {
            let is_wanted = move |face: &Face| match &face.language {
                Some(own) => is_own && is_language(own, language),
                None => !is_own,
            };
            let faces = self.list.iter().enumerate();
            faces.filter(move |(_, face)| face.font_role == wanted && is_wanted(face)).map(|(i, _)| i)
        };
        let all = |is_own| font_role.fallbacks().iter().flat_map(move |wanted| of(*wanted, is_own));
        all(true).chain(all(false)).collect()
    }
}

/// Whether a face of the language `own` is for text in `language`: the same, or without the region.
fn is_language(own: &str, language: &str) -> bool {
    let primary = language.split(['-', '_']).next().unwrap_or(language);
    own.eq_ignore_ascii_case(language) || own.eq_ignore_ascii_case(primary)
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
    Face { name: name.to_owned(), font_role, language: None, data: data.into(), index: 0 }
}
