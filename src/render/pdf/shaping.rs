//! Text becomes glyphs: the right face for each character, kerning and ligatures, each word once.

use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use rustybuzz::{Direction, Language, Script, ShapePlan, UnicodeBuffer};

use super::{
    SourcePlaces,
    faces::{Faces, FontRole},
    frame::Glyph,
};
use crate::diag::Diagnostic;

/// Glyphs of one face.
#[derive(Debug, Clone)]
pub struct Shaped {
    pub face: usize,
    pub text: String,
    pub glyphs: Vec<Glyph>,
    /// In 1/1000 of the type size.
    pub width: f32,
}

/// Shapes text, remembers every word, and keeps a list of characters that no face has.
pub struct Shaper<'a> {
    faces: Vec<rustybuzz::Face<'a>>,
    chains: [Vec<usize>; 6],
    language: Option<Language>,
    plans: HashMap<(usize, Script), ShapePlan>,
    /// By voice, so that a word can be looked up as it stands.
    words: [HashMap<String, Rc<[Shaped]>>; 6],
    missing: BTreeMap<char, String>,
    buffer: UnicodeBuffer,
}

impl<'a> Shaper<'a> {
    /// A shaper over a stack of faces, for text in `language` (BCP 47).
    pub fn new(faces: &'a Faces, language: &str) -> Result<Self, Vec<Diagnostic>> {
        let read = |face: &'a super::faces::Face| {
            let read = rustybuzz::Face::from_slice(&face.data, 0);
            // PostScript outlines are read here, but embedded as what they are not.
            let read = read.filter(|read| read.tables().glyf.is_some());
            read.ok_or_else(|| vec![Diagnostic::error("font", format!("`{}` has no TrueType outlines", face.name))])
        };
        Ok(Self {
            faces: faces.list().iter().map(read).collect::<Result<_, _>>()?,
            chains: FontRole::ALL.map(|voice| faces.chain(voice)),
            language: language.parse().ok(),
            plans: HashMap::new(),
            words: Default::default(),
            missing: BTreeMap::new(),
            buffer: UnicodeBuffer::new(),
        })
    }

    /// The glyphs of a stretch of text. `place` says where it stands, for characters that no face has.
    pub fn shape(&mut self, voice: FontRole, text: &str, place: &str) -> Rc<[Shaped]> {
        if let Some(known) = self.words[voice as usize].get(text) {
            return Rc::clone(known);
        }
        let key = text.to_owned();
        let text = printable(text);
        let shaped: Rc<[Shaped]> =
            self.by_face(voice, &text, place).into_iter().map(|(face, part)| self.shape_in(face, part)).collect();
        self.words[voice as usize].insert(key, Rc::clone(&shaped));
        shaped
    }

    /// How wide a stretch of text is, in 1/1000 of the type size.
    pub fn width(&mut self, voice: FontRole, text: &str, place: &str) -> f32 {
        self.shape(voice, text, place).iter().map(|part| part.width).sum()
    }

    /// One error for each part of the release with characters that no face has, at the first of them.
    pub fn missing(&self, places: Option<&SourcePlaces>) -> Vec<Diagnostic> {
        let mut parts: BTreeMap<&String, Vec<char>> = BTreeMap::new();
        for (c, part) in &self.missing {
            parts.entry(part).or_default().push(*c);
        }
        let told = |(part, characters): (&String, Vec<char>)| {
            let finding = Diagnostic::error("glyph", lacking(part, &characters));
            match places {
                Some(places) => places.at_first(&characters, part, finding),
                None => finding,
            }
        };
        parts.into_iter().map(told).collect()
    }

    /// Cuts text where the face changes. A character that no face has goes to the first.
    fn by_face(&mut self, voice: FontRole, text: &str, place: &str) -> Vec<(usize, String)> {
        let mut parts: Vec<(usize, String)> = Vec::new();
        for c in text.chars() {
            let chain = &self.chains[voice as usize];
            let first = chain.first().copied().unwrap_or_default();
            let found = chain.iter().copied().find(|&i| self.faces.get(i).is_some_and(|f| f.glyph_index(c).is_some()));
            if found.is_none() {
                self.missing.entry(c).or_insert_with(|| place.to_owned());
            }
            let face = found.unwrap_or(first);
            match parts.last_mut() {
                Some((last, part)) if *last == face => part.push(c),
                _ => parts.push((face, c.to_string())),
            }
        }
        parts
    }

    fn shape_in(&mut self, index: usize, text: String) -> Shaped {
        let Some(face) = self.faces.get(index) else {
            return Shaped { face: index, text, glyphs: Vec::new(), width: 0.0 };
        };
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        let script = buffer.script();
        let language = self.language.clone();
        if let Some(language) = language.clone() {
            buffer.set_language(language);
        }
        let plan = self
            .plans
            .entry((index, script))
            .or_insert_with(|| ShapePlan::new(face, Direction::LeftToRight, Some(script), language.as_ref(), &[]));
        let shaped = rustybuzz::shape_with_plan(face, plan, buffer);
        let glyphs = glyphs(&shaped, &text, 1000.0 / face.units_per_em() as f32);
        self.buffer = shaped.clear();
        let width = glyphs.iter().map(|glyph| glyph.advance).sum();
        Shaped { face: index, text, glyphs, width }
    }
}

/// How many characters that no face has are named.
const NAMED: usize = 12;

fn lacking(part: &str, characters: &[char]) -> String {
    let name = |c: &char| format!("`{c}` (U+{:04X})", u32::from(*c));
    if let [c] = characters {
        return format!("no font has the character {}, found in {part}", name(c));
    }
    let named: Vec<String> = characters.iter().take(NAMED).map(name).collect();
    let more = if characters.len() > NAMED { ", and others" } else { "" };
    format!("no font has {} characters found in {part}: {}{more}", characters.len(), named.join(", "))
}

/// The shaper's glyphs, each with the bytes of text it stands for.
fn glyphs(shaped: &rustybuzz::GlyphBuffer, text: &str, scale: f32) -> Vec<Glyph> {
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

/// Text as it is printed: every space a plain one, hyphens that must not break plain hyphens, and nothing that is not seen.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') && !is_control(*c))
        .map(|c| match c {
            '\u{3000}' => c,
            '\u{2011}' => '-',
            c if c.is_whitespace() => ' ',
            c => c,
        })
        .collect()
}

fn is_control(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}
