//! Shapes text into glyphs: selects a face for each character, applies kerning and ligatures, and caches words.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
    sync::Arc,
};

use foldhash::fast::FixedState;
use harfrust::{Buffer, Direction, Font, Language, Script, ShapeOptions, ShapePlan, ShaperFont, font::Blob, shape};
use read_fonts::FontRef;

use super::{
    SourcePlaces,
    face_file::{FaceData, has_outlines},
    faces::{Face, Faces, FontRole},
    page::Glyph,
};
use crate::diag::Diagnostic;

/// A shaped text in one face.
#[derive(Debug, Clone)]
pub struct ShapedText {
    /// The index of the face.
    pub face: usize,
    /// The text that the glyphs represent.
    pub text: String,
    /// The glyphs in order.
    pub glyphs: Vec<Glyph>,
    /// The sum of all advances, in 1/1000 of the type size.
    pub width: f32,
}

/// The parts of a word, each in one face.
pub type ShapedWord = Rc<[Rc<ShapedText>]>;

/// Shapes text, caches every word, and records characters that no face has.
pub struct Shaper<'a> {
    fonts: Vec<Option<ShaperFont<'a, 'static>>>,
    chains: [Vec<usize>; 6],
    language: Option<Language>,
    plans: HashMap<(usize, Option<Script>), ShapePlan, FixedState>,
    /// The cached words of each font role.
    words: [HashMap<String, ShapedWord, FixedState>; 6],
    missing: BTreeMap<char, String>,
    buffer: Buffer,
}

impl<'a> Shaper<'a> {
    /// A shaper over a stack of faces, whose `fonts` were read by [`read_fonts`], for text in `language` (BCP 47).
    pub fn new(faces: &Faces, fonts: &'a [Option<Font>], language: &str) -> Self {
        Self {
            fonts: fonts.iter().map(|font| font.as_ref().map(ShaperFont::new)).collect(),
            chains: FontRole::ALL.map(|font_role| faces.fallback_chain(font_role, language)),
            language: Language::new(language),
            plans: HashMap::default(),
            words: Default::default(),
            missing: BTreeMap::new(),
            buffer: Buffer::new(),
        }
    }

    /// The glyphs of a text. `place` is used in findings about characters that no face has.
    pub fn shape(&mut self, font_role: FontRole, text: &str, place: &str) -> ShapedWord {
        if let Some(known) = self.words[font_role as usize].get(text) {
            return Rc::clone(known);
        }
        let key = text.to_owned();
        let shaped: ShapedWord = self
            .split_by_face(font_role, &printable(text), place)
            .into_iter()
            .map(|(face, part)| Rc::new(self.shape_with_face(face, part)))
            .collect();
        self.words[font_role as usize].insert(key, Rc::clone(&shaped));
        shaped
    }

    /// The width of a text, in 1/1000 of the type size.
    pub fn width(&mut self, font_role: FontRole, text: &str, place: &str) -> f32 {
        self.shape(font_role, text, place).iter().map(|part| part.width).sum()
    }

    /// The characters that no face has, each with the part of the release that has it first.
    pub fn missing(&self) -> &BTreeMap<char, String> {
        &self.missing
    }

    /// Splits text where the face changes. A character that no face has is assigned to the first face.
    fn split_by_face(&mut self, font_role: FontRole, text: &str, place: &str) -> Vec<(usize, String)> {
        let mut parts: Vec<(usize, String)> = Vec::new();
        for c in text.chars() {
            let chain = &self.chains[font_role as usize];
            let first = chain.first().copied().unwrap_or_default();
            let found = chain.iter().copied().find(|&i| {
                self.fonts.get(i).and_then(Option::as_ref).is_some_and(|font| font.nominal_glyph(c.into()).is_some())
            });
            if found.is_none() {
                self.missing.entry(c).or_insert_with(|| place.to_owned());
            }
            let face = found.unwrap_or(first);
            match parts.last_mut() {
                Some((last, part)) if *last == face => part.push(c),
                _ => {
                    let mut part = String::with_capacity(text.len());
                    part.push(c);
                    parts.push((face, part));
                }
            }
        }
        parts
    }

    fn shape_with_face(&mut self, index: usize, text: String) -> ShapedText {
        let Some(Some(font)) = self.fonts.get(index) else {
            return ShapedText { face: index, text, glyphs: Vec::new(), width: 0.0 };
        };
        let buffer = &mut self.buffer;
        buffer.reset();
        buffer.push_str(&text);
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_language(self.language.clone());
        buffer.guess_segment_properties();
        let script = buffer.script();
        let language = self.language.as_ref();
        let plan = self
            .plans
            .entry((index, script))
            .or_insert_with(|| ShapePlan::new(font, Direction::LeftToRight, script, language, &[]));
        // Shaping a buffer with direction, script and language set cannot fail.
        let glyphs = match shape(font, buffer, ShapeOptions::new().plan(Some(plan))) {
            Ok(()) => collect_glyphs(buffer, &text, 1000.0 / f32::from(font.units_per_em())),
            Err(_) => Vec::new(),
        };
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        ShapedText { face: index, text, glyphs, width }
    }
}

/// Reads the fonts of a stack of faces, as far as text in `language` may use them. Errors: a face is no font, or its outlines
/// are neither TrueType nor CFF, the kinds that can be embedded.
pub fn read_fonts(faces: &Faces, language: &str) -> Result<Vec<Option<Font>>, Vec<Diagnostic>> {
    let used: BTreeSet<usize> =
        FontRole::ALL.into_iter().flat_map(|font_role| faces.fallback_chain(font_role, language)).collect();
    let read = |(i, face): (usize, &Face)| {
        let is_used = used.contains(&i);
        is_used.then(|| read_font(face).ok_or_else(|| vec![no_outlines(&face.name)])).transpose()
    };
    faces.list().iter().enumerate().map(read).collect()
}

fn read_font(face: &Face) -> Option<Font> {
    if !FontRef::from_index(&face.data, face.index).is_ok_and(|font| has_outlines(&font)) {
        return None;
    }
    let blob = match &face.data {
        FaceData::BuiltIn(data) => Blob::from(*data),
        FaceData::Read(data) => Blob::Shared(Arc::clone(data) as Arc<_>),
    };
    Font::new(blob, face.index)
}

/// The finding that a font cannot be embedded.
pub fn no_outlines(name: &str) -> Diagnostic {
    Diagnostic::error("font", format!("`{name}` has neither TrueType nor CFF outlines"))
}

/// A finding for each part of the release with characters that no face has, at the first of them.
pub fn missing_glyph_findings(
    missing: &BTreeMap<char, String>,
    language: &str,
    places: Option<&SourcePlaces>,
) -> Vec<Diagnostic> {
    let is_script = missing.len() > MAX_STRAY_CHARACTERS;
    let mut parts: BTreeMap<&String, Vec<char>> = BTreeMap::new();
    for (c, part) in missing {
        parts.entry(part).or_default().push(*c);
    }
    let finding_for = |(part, characters): (&String, Vec<char>)| {
        let finding = Diagnostic::error("glyph", missing_message(part, &characters));
        let help =
            format!("name a font with the letters of `{language}` under `[face.print.{language}]` in `theme.toml`");
        let finding = if is_script { finding.help(help) } else { finding };
        match places {
            Some(places) => places.at_first(&characters, part, finding),
            None => finding,
        }
    };
    parts.into_iter().map(finding_for).collect()
}

/// More characters than this that are missing may be those of a script.
pub const MAX_STRAY_CHARACTERS: usize = 24;

/// The most characters that a finding lists.
const MAX_LISTED_CHARACTERS: usize = 12;

fn missing_message(part: &str, characters: &[char]) -> String {
    let name = |c: &char| format!("`{c}` (U+{:04X})", u32::from(*c));
    if let [c] = characters {
        return format!("no font has the character {}, found in {part}", name(c));
    }
    let named: Vec<String> = characters.iter().take(MAX_LISTED_CHARACTERS).map(name).collect();
    let more = if characters.len() > MAX_LISTED_CHARACTERS { ", and others" } else { "" };
    format!("no font has {} characters found in {part}: {}{more}", characters.len(), named.join(", "))
}

/// The glyphs of a shaped buffer, each with the number of bytes that it represents.
fn collect_glyphs(shaped: &Buffer, text: &str, scale: f32) -> Vec<Glyph> {
    let infos = shaped.glyph_infos();
    let mut out = Vec::with_capacity(infos.len());
    for (i, (info, position)) in infos.iter().zip(shaped.glyph_positions()).enumerate() {
        let next = infos.get(i + 1).map_or(text.len(), |next| next.cluster as usize);
        let bytes = next.saturating_sub(info.cluster as usize);
        out.push(Glyph {
            id: u16::try_from(info.glyph_id).unwrap_or_default(),
            bytes: u8::try_from(bytes).unwrap_or(u8::MAX),
            advance: position.x_advance as f32 * scale,
        });
    }
    out
}

/// Normalizes text for printing: plain spaces and hyphens, without control characters and characters of zero width.
fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| printable_character(c) == Some(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter_map(printable_character).collect())
}

/// A character as it is printed; none for control characters and those of zero width.
pub fn printable_character(c: char) -> Option<char> {
    match c {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        c if is_control(c) => None,
        '\u{3000}' => Some(c),
        '\u{2011}' => Some('-'),
        c if c.is_whitespace() => Some(' '),
        c => Some(c),
    }
}

fn is_control(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}
