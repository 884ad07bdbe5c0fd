//! Font files: single fonts and collections, and the choice of a face in them.

use std::{ops::Deref, sync::Arc};

use read_fonts::{FontRef, TableProvider, types::NameId};

/// The bytes of a font file, which faces share.
#[derive(Debug, Clone)]
pub enum FaceData {
    /// Part of the program.
    BuiltIn(&'static [u8]),
    /// A file that was read.
    Read(Arc<Vec<u8>>),
}

impl Deref for FaceData {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::BuiltIn(data) => data,
            Self::Read(data) => data,
        }
    }
}

impl From<&'static [u8]> for FaceData {
    fn from(data: &'static [u8]) -> Self {
        Self::BuiltIn(data)
    }
}

impl From<Vec<u8>> for FaceData {
    fn from(data: Vec<u8>) -> Self {
        Self::Read(Arc::new(data))
    }
}

/// Why a file has no face to print with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaceProblem {
    /// It is no font, or its outlines are of another kind.
    NoOutlines,
    /// It is a collection of fonts with these names, of which none was chosen.
    NoChoice(Vec<String>),
    /// None of its fonts, which have these names, is the chosen one.
    NoSuchFace(Vec<String>),
}

/// The most fonts of a collection that are looked at.
const MAX_FACES: usize = 256;

/// Whether a face is the chosen one, by its index in its file and one of its names.
pub type IsChosen<'a> = &'a dyn Fn(u32, &str) -> bool;

/// The index of a face in a font file, and its PostScript name if it has one. Without a choice the file must have a single face.
pub fn choose_face(data: &[u8], is_chosen: Option<IsChosen>) -> Result<(u32, Option<String>), FaceProblem> {
    let fonts: Vec<FontRef> = FontRef::fonts(data).take(MAX_FACES).map_while(Result::ok).collect();
    let found = match is_chosen {
        Some(is_chosen) => {
            let has_name = |(index, font): &(u32, &FontRef)| names(font).iter().any(|name| is_chosen(*index, name));
            (0..).zip(&fonts).find(has_name).ok_or_else(|| FaceProblem::NoSuchFace(titles(&fonts)))?
        }
        None if fonts.len() > 1 => return Err(FaceProblem::NoChoice(titles(&fonts))),
        None => (0, fonts.first().ok_or(FaceProblem::NoOutlines)?),
    };
    let (index, font) = found;
    if !has_outlines(font) {
        return Err(FaceProblem::NoOutlines);
    }
    Ok((index, name(font, NameId::POSTSCRIPT_NAME).filter(|name| is_postscript_name(name))))
}

/// Whether a font has outlines that can be embedded: TrueType or CFF.
pub fn has_outlines(font: &FontRef) -> bool {
    font.glyf().is_ok() || font.cff().is_ok()
}

/// The family and full name of each font, for messages.
fn titles(fonts: &[FontRef]) -> Vec<String> {
    let title = |(number, font): (usize, &FontRef)| {
        name(font, NameId::TYPOGRAPHIC_FAMILY_NAME)
            .or_else(|| name(font, NameId::FAMILY_NAME))
            .unwrap_or_else(|| number.to_string())
    };
    fonts.iter().enumerate().map(title).collect()
}

/// The names by which a font may be chosen; at least one, which may be empty.
fn names(font: &FontRef) -> Vec<String> {
    const IDS: [NameId; 4] =
        [NameId::TYPOGRAPHIC_FAMILY_NAME, NameId::FAMILY_NAME, NameId::FULL_NAME, NameId::POSTSCRIPT_NAME];
    let mut names: Vec<String> = IDS.into_iter().filter_map(|id| name(font, id)).collect();
    if names.is_empty() {
        names.push(String::new());
    }
    names
}

/// A name of a font, in English if it is there in several languages.
fn name(font: &FontRef, id: NameId) -> Option<String> {
    const ENGLISH: u16 = 0x409;
    let table = font.name().ok()?;
    let records = table.name_record().iter().filter(|record| record.name_id() == id && record.is_unicode());
    let record = records.max_by_key(|record| record.language_id() == ENGLISH)?;
    Some(record.string(table.string_data()).ok()?.chars().collect())
}

/// Whether a name can be that of a font in PDF: visible ASCII without PDF's delimiters.
fn is_postscript_name(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !b"[](){}<>/%".contains(&byte);
    !name.is_empty() && name.len() < 64 && name.bytes().all(is_plain)
}
