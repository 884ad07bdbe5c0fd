//! The state of one layout run: document, style, shaper, structure tree and findings.

use std::collections::{BTreeMap, BTreeSet};

use harfrust::Font;

use super::{
    SourcePlaces,
    faces::{Faces, FontRole},
    picture::{PrintPicture, print_picture},
    shaping::Shaper,
    split_text::SplitTexts,
    structure_tree::{Landmark, NodeId, Target, Tree},
    style::{Colour, Pt, Style, TypeSize},
};
use crate::{
    diag::Diagnostic,
    present::document::{Block, Document, Note, PictureFile, Revision},
};

/// The state of one layout run.
pub struct LayoutContext<'a> {
    /// The document to lay out.
    pub document: &'a Document,
    /// The current style, one of `styles`.
    pub style: &'a Style,
    /// The release's own style, and copies with ever smaller type.
    pub styles: &'a [Style],
    /// The same for pages that are forms.
    forms: &'a [Style],
    /// The index of the current style.
    step: usize,
    /// Whether only the sizes are wanted, for a trial: lines have no glyphs then, and rows no figures.
    pub is_trial: bool,
    /// Converts text to glyphs.
    pub shaper: Shaper<'a>,
    /// The structure tree, which grows during layout.
    pub tree: Tree,
    /// The level of the last heading in the structure tree.
    pub level: u8,
    /// Whether the title of the release is a heading, so that all others are one level below it.
    pub has_title_heading: bool,
    /// The logo of the cover, with its height.
    pub logo: Option<(&'a PictureFile, Pt)>,
    /// The pictures placed so far, by their paths.
    pub pictures: Vec<(String, PrintPicture)>,
    /// The tables that are too wide for a portrait sheet but not for a landscape sheet, which layout begins anew with.
    pub turned: BTreeSet<String>,
    /// The heights of notes, by number, and width, type size and leading as bits.
    pub note_heights: BTreeMap<(usize, [u32; 3]), Pt>,
    /// The texts that were split into words last.
    pub split_texts: SplitTexts,
    /// Findings of layout.
    pub findings: Vec<Diagnostic>,
    landmarks: BTreeSet<Landmark>,
    places: Option<&'a SourcePlaces>,
}

/// How a text is formatted.
#[derive(Debug, Clone, Copy)]
pub struct TextFormat<'p> {
    /// The font.
    pub font_role: FontRole,
    /// Size and leading.
    pub type_size: TypeSize,
    /// The colour of the glyphs.
    pub colour: Colour,
    /// The element that the text belongs to; `None` for untagged text.
    pub tag: Option<NodeId>,
    /// The place of the text in messages: "table `income`".
    pub place: &'p str,
    /// What became of the text, in a redline.
    pub revision: Option<Revision>,
}

impl<'a> LayoutContext<'a> {
    /// A context in the first of `styles`; `forms` are the same for pages that are forms. Errors: there is no style.
    pub fn new(
        document: &'a Document,
        [styles, forms]: [&'a [Style]; 2],
        faces: &Faces,
        fonts: &'a [Option<Font>],
        places: Option<&'a SourcePlaces>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let none = || vec![Diagnostic::error("layout", "there is no style")];
        Ok(Self {
            document,
            style: styles.first().ok_or_else(none)?,
            styles,
            forms,
            step: 0,
            is_trial: false,
            shaper: Shaper::new(faces, fonts, &document.language),
            tree: Tree::new(),
            level: 0,
            has_title_heading: false,
            logo: None,
            pictures: Vec::new(),
            turned: BTreeSet::new(),
            note_heights: BTreeMap::new(),
            split_texts: SplitTexts::default(),
            findings: Vec::new(),
            landmarks: landmarks(document),
            places,
        })
    }

    /// Switches to the style with index `step`.
    pub fn use_style(&mut self, step: usize) {
        self.step = step;
        self.use_form(false);
    }

    /// Switches to the current style for pages that are forms, or for other pages.
    pub fn use_form(&mut self, is_form: bool) {
        let styles = if is_form { self.forms } else { self.styles };
        self.style = styles.get(self.step).unwrap_or(self.style);
    }

    /// A checkpoint of the structure tree for `rewind`: number of nodes and heading level.
    pub fn checkpoint(&self) -> (usize, u8) {
        (self.tree.nodes.len(), self.level)
    }

    /// Removes the nodes added since the checkpoint.
    pub fn rewind(&mut self, (nodes, level): (usize, u8)) {
        self.tree.nodes.truncate(nodes);
        self.level = level;
    }

    /// The index of a picture among those placed; none if it cannot be read, which is reported at the part that shows it.
    pub fn picture(&mut self, file: &PictureFile, part: &str) -> Option<usize> {
        if let Some(known) = self.pictures.iter().position(|(path, _)| *path == file.path) {
            return Some(known);
        }
        match print_picture(file) {
            Ok(picture) => {
                self.pictures.push((file.path.clone(), picture));
                Some(self.pictures.len() - 1)
            }
            Err(reason) => {
                let name = file.path.rsplit('/').next().unwrap_or(&file.path);
                let finding = Diagnostic::error("picture", format!("`{name}` cannot be printed: {reason}"));
                if !self.findings.iter().any(|known| known.message == finding.message) {
                    self.report(part, finding);
                }
                None
            }
        }
    }

    /// Adds a finding at the place of a part of the release.
    pub fn report(&mut self, part: &str, finding: Diagnostic) {
        self.findings.push(match self.places {
            Some(places) => places.at(part, finding),
            None => finding,
        });
    }

    /// A note by its number.
    pub fn note(&self, number: usize) -> Option<&'a Note> {
        // Notes are numbered from 1 in document order.
        self.document.notes.get(number.checked_sub(1)?).filter(|note| note.number == number)
    }

    /// A fixed word of the release's language, or `otherwise` if there is none.
    pub fn word(&self, key: &str, otherwise: &'a str) -> &'a str {
        self.document.words.get(key).map_or(otherwise, String::as_str)
    }

    /// The target of a link: a URI, a landmark of the document, or `None` for an unknown place.
    pub fn target(&self, href: &str) -> Option<Target> {
        let scheme = href.split_once(':').map(|(scheme, _)| scheme);
        if scheme.is_some_and(|s| !s.is_empty() && s.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))) {
            return Some(Target::Uri(href.to_owned()));
        }
        let (path, fragment) = href.split_once('#').unwrap_or((href, ""));
        let stem = path.strip_suffix(".html").or(path.strip_suffix(".md")).unwrap_or(path);
        // A row, `results.revenue`, has no place of its own in print.
        let table = fragment.split('.').next().unwrap_or(fragment);
        let blocks = [fragment, table].map(|id| Landmark::Block(id.to_owned()));
        let wanted = blocks.into_iter().chain([Landmark::Page(stem.to_owned())]);
        wanted.into_iter().find(|landmark| self.landmarks.contains(landmark)).map(Target::Landmark)
    }

    /// Untagged text in the regular font and the ink colour.
    pub fn text_format<'p>(&self, type_size: TypeSize, place: &'p str) -> TextFormat<'p> {
        TextFormat { font_role: FontRole::Regular, type_size, colour: self.style.ink, tag: None, place, revision: None }
    }

    /// The width of a short text at a size.
    pub fn width(&mut self, font_role: FontRole, text: &str, size: Pt, place: &str) -> Pt {
        self.shaper.width(font_role, text, place) * size / 1000.0
    }
}

impl TextFormat<'_> {
    /// The same format in another font.
    pub fn with_font(self, font_role: FontRole) -> Self {
        Self { font_role, ..self }
    }

    /// The same format in another colour.
    pub fn with_colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// The same format of text that a redline marks: deleted text has the colour of alarm.
    pub fn with_revision(self, how: Revision, style: &Style) -> Self {
        let colour = if how == Revision::Deleted { style.alarm } else { self.colour };
        Self { revision: Some(how), colour, ..self }
    }

    /// The same format with another element.
    pub fn with_tag(self, tag: Option<NodeId>) -> Self {
        Self { tag, ..self }
    }
}

/// All targets of links within the release.
fn landmarks(document: &Document) -> BTreeSet<Landmark> {
    let mut found = BTreeSet::new();
    for page in document.pages.iter().filter(|page| !page.id.is_empty()) {
        found.insert(Landmark::Page(page.id.clone()));
    }
    document.pages.iter().for_each(|page| collect_landmarks(&page.blocks, &mut found));
    found
}

fn collect_landmarks(blocks: &[Block], found: &mut BTreeSet<Landmark>) {
    for block in blocks {
        let id = match block {
            Block::Heading { id, .. } => Some(id),
            Block::Table(table) => Some(&table.id),
            Block::Chart(chart) => Some(&chart.table.id),
            Block::Pairs { .. }
            | Block::Quote { .. }
            | Block::List { .. }
            | Block::Paragraph { .. }
            | Block::Picture(_)
            | Block::Rule => None,
        };
        found.extend(id.filter(|id| !id.is_empty()).cloned().map(Landmark::Block));
        match block {
            Block::Quote { blocks } => collect_landmarks(blocks, found),
            Block::List { items, .. } => items.iter().for_each(|item| collect_landmarks(item, found)),
            _ => {}
        }
    }
}
