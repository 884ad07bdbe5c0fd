//! What every part of layout needs at hand: the document, its style, the shaper and the growing structure tree.

use std::collections::BTreeSet;

use harfrust::Font;

use super::{
    SourcePlaces,
    faces::{Faces, FontRole},
    shaping::Shaper,
    structure_tree::{Landmark, Node, NodeId, Target, Tree},
    style::{Colour, Pt, Style, TypeSize},
};
use crate::{
    diag::Diagnostic,
    present::document::{Block, Document, Note},
};

/// The state of one run of layout.
pub struct LayoutContext<'a> {
    pub document: &'a Document,
    /// The style in use, one of `styles`: the release's own, and the same in ever smaller type.
    pub style: &'a Style,
    pub styles: &'a [Style],
    pub shaper: Shaper<'a>,
    pub tree: Tree,
    /// The level of the last heading in the structure tree.
    pub level: u8,
    /// Whether the release's title is its first heading, so that all others are below it.
    pub titled: bool,
    /// What could not be laid out.
    pub findings: Vec<Diagnostic>,
    landmarks: BTreeSet<Landmark>,
    places: Option<&'a SourcePlaces>,
}

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub struct TextFormat<'p> {
    pub font_role: FontRole,
    pub type_size: TypeSize,
    pub colour: Colour,
    /// The element that the text belongs to.
    pub tag: Option<NodeId>,
    /// Where the text is, for messages: "table `income`".
    pub place: &'p str,
}

impl<'a> LayoutContext<'a> {
    /// Ready to lay out `document` in the first of `styles`.
    pub fn new(
        document: &'a Document,
        styles: &'a [Style],
        faces: &Faces,
        fonts: &'a [Font],
        places: Option<&'a SourcePlaces>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let none = || vec![Diagnostic::error("layout", "there is no style")];
        Ok(Self {
            document,
            style: styles.first().ok_or_else(none)?,
            styles,
            shaper: Shaper::new(faces, fonts, &document.language),
            tree: Tree::new(),
            level: 0,
            titled: false,
            findings: Vec::new(),
            landmarks: landmarks(document),
            places,
        })
    }

    /// Changes to another of the styles.
    pub fn use_style(&mut self, step: usize) {
        self.style = self.styles.get(step).unwrap_or(self.style);
    }

    /// How far the structure tree has grown, for `rewind`.
    pub fn mark(&self) -> (usize, u8) {
        (self.tree.nodes.len(), self.level)
    }

    /// Takes back what was set since the mark, and gives it for `restore`.
    pub fn rewind(&mut self, (nodes, level): (usize, u8)) -> (Vec<Node>, u8) {
        let last = std::mem::replace(&mut self.level, level);
        (self.tree.nodes.split_off(nodes), last)
    }

    /// Puts back what was taken back.
    pub fn restore(&mut self, (nodes, level): (Vec<Node>, u8)) {
        self.tree.nodes.extend(nodes);
        self.level = level;
    }

    /// Keeps what a part of the release cannot be laid out for.
    pub fn report(&mut self, part: &str, finding: Diagnostic) {
        self.findings.push(match self.places {
            Some(places) => places.at(part, finding),
            None => finding,
        });
    }

    /// A note by its number.
    pub fn note(&self, number: usize) -> Option<&'a Note> {
        // Notes are numbered from 1 in their order.
        self.document.notes.get(number.checked_sub(1)?).filter(|note| note.number == number)
    }

    /// A fixed word of the release's language, or what to say without one.
    pub fn word(&self, key: &str, otherwise: &'a str) -> &'a str {
        self.document.words.get(key).map_or(otherwise, String::as_str)
    }

    /// Where an address leads: out of the file, to a place in it, or nowhere.
    pub fn target(&self, href: &str) -> Option<Target> {
        let scheme = href.split_once(':').map(|(scheme, _)| scheme);
        if scheme.is_some_and(|s| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))) {
            return Some(Target::Uri(href.to_owned()));
        }
        let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
        let stem = path.strip_suffix(".html").or(path.strip_suffix(".md")).unwrap_or(path);
        let wanted = [Landmark::Block(fragment.to_owned()), Landmark::Page(stem.to_owned())];
        wanted.into_iter().find(|landmark| self.landmarks.contains(landmark)).map(Target::Landmark)
    }

    /// Text of the body.
    pub fn text_format<'p>(&self, type_size: TypeSize, place: &'p str) -> TextFormat<'p> {
        TextFormat { font_role: FontRole::Regular, type_size, colour: self.style.ink, tag: None, place }
    }

    /// How wide a short text is at a size.
    pub fn width(&mut self, font_role: FontRole, text: &str, size: Pt, place: &str) -> Pt {
        self.shaper.width(font_role, text, place) * size / 1000.0
    }
}

impl TextFormat<'_> {
    /// The same, in another font role.
    pub fn with_font(self, font_role: FontRole) -> Self {
        Self { font_role, ..self }
    }

    /// The same, in another colour.
    pub fn with_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// The same, belonging to another element.
    pub fn with_tag(self, tag: Option<NodeId>) -> Self {
        Self { tag, ..self }
    }
}

/// Everything that a link inside the release may name.
fn landmarks(document: &Document) -> BTreeSet<Landmark> {
    let mut found = BTreeSet::new();
    for page in document.pages.iter().filter(|page| !page.id.is_empty()) {
        found.insert(Landmark::Page(page.id.clone()));
    }
    document.pages.iter().for_each(|page| collect(&page.blocks, &mut found));
    found
}

fn collect(blocks: &[Block], found: &mut BTreeSet<Landmark>) {
    for block in blocks {
        let id = match block {
            Block::Heading { id, .. } => Some(id),
            Block::Table(table) => Some(&table.id),
            Block::Chart(chart) => Some(&chart.table.id),
            Block::Quote { .. } | Block::List { .. } | Block::Paragraph { .. } | Block::Rule => None,
        };
        found.extend(id.filter(|id| !id.is_empty()).cloned().map(Landmark::Block));
        match block {
            Block::Quote { blocks } => collect(blocks, found),
            Block::List { items, .. } => items.iter().for_each(|item| collect(item, found)),
            _ => {}
        }
    }
}
