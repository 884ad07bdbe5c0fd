//! The printed release: lays out the Document on pages, and writes them as an accessible and archivable PDF.
//!
//! Layout results in pages of placed items (`page`), which tests read as text; only `paint` writes PDF.

mod attachment;
mod blocks;
mod change_marks;
mod chapters;
mod charts;
mod contents;
mod cover;
mod face_file;
pub mod faces;
mod flow_item;
mod keep_together;
mod layout_context;
mod line_box;
mod missing_glyphs;
pub mod page;
mod pagination;
mod paint;
mod pairs;
mod picture;
mod print_templates;
mod running_heads;
mod shaping;
mod source_places;
mod split_text;
pub mod structure_tree;
pub mod style;
mod table;
mod text;
mod wide_tables;

pub use attachment::{Attachment, Relation};
pub use face_file::{FaceData, FaceProblem, IsChosen, choose_face};
pub use faces::{Face, Faces, FontRole};
pub use missing_glyphs::glyph_findings;
pub use page::Layout;
pub use shaping::no_outlines;
pub use source_places::{DocumentPart, SourcePlaces};
pub use style::{Sheet, Style};

use crate::{
    diag::Diagnostic,
    merge::Templates,
    present::document::{Document, PictureFile},
    render::built_in,
};
use layout_context::LayoutContext;
use style::Pt;

/// The appearance of a release in print, and the files to attach.
#[derive(Debug, Clone, Copy)]
pub struct PrintAppearance<'a> {
    /// Sheet, margins, type sizes and colours.
    pub style: &'a Style,
    /// The fonts.
    pub faces: &'a Faces,
    /// Templates with `print/cover.txt`, `print/head.txt` and `print/foot.txt`.
    pub templates: &'a Templates,
    /// Source places for findings, if known.
    pub places: Option<&'a SourcePlaces>,
    /// The files to embed.
    pub attachments: &'a [Attachment],
    /// The logo of the cover, with its height in points.
    pub logo: Option<(&'a PictureFile, Pt)>,
}

/// The built-in print templates. Errors: one of them cannot be parsed.
pub fn built_in_templates() -> Result<Templates, Diagnostic> {
    Templates::new(built_in::templates().filter(|(name, _)| name.starts_with("print/")))
}

/// The bytes of a document's PDF, which conforms to PDF/UA-1 and PDF/A-2a, or PDF/A-3a with attachments. The same document
/// results in the same bytes.
///
/// Errors: all tables that do not fit (`layout`), all characters that no face has (`glyph`), and faces that are no fonts (`font`).
pub fn pdf(document: &Document, look: &PrintAppearance) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let layout = layout(document, look)?;
    paint::paint(document, layout, look)
}

/// The pages of a document's PDF. Errors: as for `pdf`.
pub fn layout(document: &Document, look: &PrintAppearance) -> Result<Layout, Vec<Diagnostic>> {
    let styles = look.style.scaled_styles();
    let forms: Vec<Style> = styles.iter().map(Style::form).collect();
    let fonts = shaping::read_fonts(look.faces, &document.language)?;
    let mut context = LayoutContext::new(document, [&styles, &forms], look.faces, &fonts, look.places)?;
    context.logo = look.logo;
    let mut layout = chapters::lay_out(&mut context, look.templates);
    if !context.turned.is_empty() {
        return self::layout(&wide_tables::turn(document, &context.turned), look);
    }
    contents::fill_page_numbers(&mut context, &mut layout);
    change_marks::add_change_marks(&context, &mut layout);
    running_heads::add_furniture(&mut context, &mut layout, look.templates);
    layout.pictures = context.pictures.into_iter().map(|(_, picture)| picture).collect();
    let mut findings = context.findings;
    findings.extend(missing_glyphs::layout_findings(document, look.faces, context.shaper.missing(), look.places));
    if findings.is_empty() { Ok(layout) } else { Err(findings) }
}
