//! The font files a PDF is set in, as a stack: what one face lacks, the next may have.

use std::borrow::Cow;

/// How a stretch of text is voiced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Voice {
    Regular,
    Strong,
    Italic,
    /// Running text, and what is strong or italic in it.
    Text,
    TextStrong,
    TextItalic,
}

impl Voice {
    /// Every voice, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Regular, Self::Strong, Self::Italic, Self::Text, Self::TextStrong, Self::TextItalic];

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

    /// The voices to try, in order, where a face is missing or lacks a character.
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
    pub voice: Voice,
    /// A whole TrueType file.
    pub data: Cow<'static, [u8]>,
}

/// The faces of a release, most wanted first. A voice falls back to the regular faces behind it.
#[derive(Debug, Clone)]
pub struct Faces {
    list: Vec<Face>,
}

impl Faces {
    /// The faces that the program carries.
    pub fn built_in() -> Self {
        Self { list: BUILT_IN.iter().map(|&(name, voice, data)| face(name, voice, data)).collect() }
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

    /// Which faces to try for a voice, in order.
    pub fn chain(&self, voice: Voice) -> Vec<usize> {
        let of = |wanted: Voice| self.list.iter().enumerate().filter(move |(_, f)| f.voice == wanted).map(|(i, _)| i);
        voice.fallbacks().iter().copied().flat_map(of).collect()
    }
}

/// Source Sans 3 by Adobe, under the SIL Open Font License 1.1 (`static/fonts/OFL.txt`).
const BUILT_IN: [(&str, Voice, &[u8]); 3] = [
    (
        "SourceSans3-Regular",
        Voice::Regular,
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/static/fonts/SourceSans3-Regular.ttf")),
    ),
    (
        "SourceSans3-Semibold",
        Voice::Strong,
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/static/fonts/SourceSans3-Semibold.ttf")),
    ),
    (
        "SourceSans3-It",
        Voice::Italic,
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/static/fonts/SourceSans3-It.ttf")),
    ),
];

fn face(name: &str, voice: Voice, data: &'static [u8]) -> Face {
    Face { name: name.to_owned(), voice, data: Cow::Borrowed(data) }
}
