//! Finds characters of a document that no face has, without laying it out.

use std::collections::{BTreeMap, BTreeSet};

use read_fonts::{FontRef, TableProvider, tables::cmap::Cmap};

use super::{
    DocumentPart, SourcePlaces,
    faces::{Faces, FontRole},
    shaping::{MAX_STRAY_CHARACTERS, missing_glyph_findings, printable_character},
    table,
};
use crate::{
    diag::Diagnostic,
    present::document::{Block, Document, Inline, Table},
};

/// The findings about characters that no face has, as layout reports them. One warning where the project has no face for print in
/// the script of the document: its faces, of which none is for the language, lack most of the characters. Such a release may be
/// built without the PDF.
pub fn glyph_findings(document: &Document, faces: &Faces, places: Option<&SourcePlaces>) -> Vec<Diagnostic> {
    let mut used = UsedCharacters::default();
    used.add_document(document);
    let chains = FontRole::ALL.map(|font_role| faces.fallback_chain(font_role, &document.language));
    let fonts = fonts(faces, &chains);
    let has = |font: &Cmap, c: char| font.map_codepoint(c).is_some_and(|glyph| glyph.to_u32() != 0);
    let is_missing = |font_role: FontRole, c: char| {
        let chain = chains.get(font_role as usize).into_iter().flatten();
        !chain.filter_map(|face| fonts.get(face)).any(|font| has(font, c))
    };
    let mut missing = BTreeMap::new();
    for (&(font_role, c), part) in &used.characters {
        if is_missing(font_role, c) {
            missing.entry(c).or_insert_with(|| part.clone());
        }
    }
    if used.are_of_other_script(missing.len()) && !faces.have_language(&document.language) {
        let message = no_face_of_language(&document.language, missing.len());
        return vec![Diagnostic::warning("glyph", message).help(other_face(&document.language))];
    }
    missing_glyph_findings(&missing, &document.language, places)
}

/// The findings about characters that were missing when a document was laid out: one where no face is for its language.
pub(super) fn layout_findings(
    document: &Document,
    faces: &Faces,
    missing: &BTreeMap<char, String>,
    places: Option<&SourcePlaces>,
) -> Vec<Diagnostic> {
    if missing.len() > MAX_STRAY_CHARACTERS && !faces.have_language(&document.language) {
        let mut used = UsedCharacters::default();
        used.add_document(document);
        if used.are_of_other_script(missing.len()) {
            let message = no_face_of_language(&document.language, missing.len());
            return vec![Diagnostic::error("glyph", message).help(other_face(&document.language))];
        }
    }
    missing_glyph_findings(missing, &document.language, places)
}

fn no_face_of_language(language: &str, missing: usize) -> String {
    format!("no font for print has the letters of `{language}`: {missing} characters are missing")
}

fn other_face(language: &str) -> String {
    format!(
        "name a font under `[face.print.{language}]` in `templates/theme.toml`, or leave the PDF out: `kessan build --format html,markdown`"
    )
}

/// The characters of the faces that are tried.
fn fonts<'f>(faces: &'f Faces, chains: &[Vec<usize>]) -> BTreeMap<usize, Cmap<'f>> {
    let used: BTreeSet<usize> = chains.iter().flatten().copied().collect();
    let read = |i: usize| {
        let face = faces.list().get(i)?;
        Some((i, FontRef::from_index(&face.data, face.index).ok()?.cmap().ok()?))
    };
    used.into_iter().filter_map(read).collect()
}

/// The distinct characters of each font role, each with the part of the document that has it first.
#[derive(Default)]
struct UsedCharacters {
    characters: BTreeMap<(FontRole, char), String>,
    ascii: [u128; 6],
}

impl UsedCharacters {
    /// Whether so many missing characters are most of those beyond ASCII, which no single one explains.
    fn are_of_other_script(&self, missing: usize) -> bool {
        let beyond_ascii: BTreeSet<char> = self.characters.keys().map(|(_, c)| *c).filter(|c| !c.is_ascii()).collect();
        missing > MAX_STRAY_CHARACTERS && missing * 2 > beyond_ascii.len()
    }

    fn add_document(&mut self, document: &Document) {
        for (_, table) in document.tables() {
            self.add_table(table);
        }
        let cover = || String::from("the cover");
        self.add_inlines(FontRole::Strong, &document.title, &cover);
        let lines = document.masthead.iter().chain([&document.issuer, &document.date.text]);
        lines.for_each(|line| self.add(FontRole::Strong, line, &cover));
        for page in &document.pages {
            self.add_blocks(&page.blocks, &|| DocumentPart::Page(&page.id).to_string());
        }
        for note in &document.notes {
            self.add_inlines(FontRole::Text, &note.text, &|| DocumentPart::Note(&note.id).to_string());
        }
    }

    fn add_blocks(&mut self, blocks: &[Block], part: &dyn Fn() -> String) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } => self.add_inlines(FontRole::Strong, text, part),
                Block::Paragraph { text } => self.add_inlines(FontRole::Text, text, part),
                Block::List { items, .. } => items.iter().for_each(|item| self.add_blocks(item, part)),
                Block::Quote { blocks } => self.add_blocks(blocks, part),
                Block::Pairs { pairs } => {
                    for pair in pairs {
                        self.add_inlines(FontRole::Regular, &pair.name, part);
                        self.add_blocks(&pair.value, part);
                    }
                }
                Block::Picture(picture) => self.add_inlines(FontRole::Italic, &picture.caption, part),
                Block::Rule | Block::Table(_) | Block::Chart(_) => {}
            }
        }
    }

    fn add_table(&mut self, table: &Table) {
        let part = || DocumentPart::Table(&table.id).to_string();
        self.add_inlines(FontRole::Strong, &table.caption, &part);
        self.add_inlines(FontRole::Italic, &table.unit_line, &part);
        for cell in table.head.iter().flatten() {
            self.add_inlines(FontRole::Strong, &cell.text, &part);
        }
        for row in &table.rows {
            let font_role = table::font_role(row);
            self.add_inlines(font_role, &row.label, &part);
            row.was.values().for_each(|was| self.add(font_role, was, &part));
            for cell in &row.cells {
                self.add(font_role, cell.text(), &part);
                self.add_inlines(font_role, cell.inlines(), &part);
            }
        }
    }

    fn add_inlines(&mut self, font_role: FontRole, inlines: &[Inline], part: &dyn Fn() -> String) {
        for inline in inlines {
            match inline {
                Inline::Text { text } | Inline::Code { text } | Inline::Script { text, .. } => {
                    self.add(font_role, text, part)
                }
                Inline::Figure(figure) => self.add(font_role, &figure.text, part),
                Inline::Strong { text } => self.add_inlines(font_role.strong(), text, part),
                Inline::Emphasis { text } => self.add_inlines(font_role.italic(), text, part),
                Inline::Link { text, .. } | Inline::Revised { text, .. } => self.add_inlines(font_role, text, part),
                Inline::NoteMark { mark: Some(mark), .. } => self.add(font_role, mark, part),
                Inline::NoteMark { mark: None, .. } | Inline::LineBreak => {}
            }
        }
    }

    fn add(&mut self, font_role: FontRole, text: &str, part: &dyn Fn() -> String) {
        let Some(ascii) = self.ascii.get_mut(font_role as usize) else { return };
        for c in text.chars() {
            if c.is_ascii() {
                let bit = 1_u128 << u32::from(c);
                if *ascii & bit != 0 {
                    continue;
                }
                *ascii |= bit;
            }
            if let Some(c) = printable_character(c) {
                self.characters.entry((font_role, c)).or_insert_with(part);
            }
        }
    }
}
