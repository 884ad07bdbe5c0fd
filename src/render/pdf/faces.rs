//! The font files a PDF is set in, as a stack: what one face lacks, the next may have.

use std::borrow::Cow;

/// How a stretch of text is voiced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Voice {
    Regular,
    Strong,
    Italic,
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
        let mut chain: Vec<usize> = of(voice).collect();
        if voice != Voice::Regular {
            chain.extend(of(Voice::Regular));
        }
        chain
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
