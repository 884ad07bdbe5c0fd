//! Pictures of the narrative and the logo: their files, kinds and sizes.

use std::sync::Arc;

/// A picture that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The path in the release's output folder, `pictures/plant.png` or `static/plant.png`.
    pub path: String,
    pub kind: PictureKind,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    pub bytes: Arc<[u8]>,
}

/// The format of a picture's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureKind {
    Png,
    Jpeg,
    Svg,
}

impl PictureKind {
    /// The kinds by the extensions of their files.
    pub const EXTENSIONS: [(&'static str, Self); 4] =
        [("png", Self::Png), ("jpg", Self::Jpeg), ("jpeg", Self::Jpeg), ("svg", Self::Svg)];

    /// The media type: `image/png`.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The kind of a file, by its name.
    pub fn of(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        Self::EXTENSIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension)).map(|(_, kind)| *kind)
    }
}
