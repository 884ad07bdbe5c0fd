//! The printed release: the Document laid out on pages, then painted as a PDF for eyes, screen readers and archives.
//!
//! Layout gives pages of placed items (`page`), which tests read as text; only `paint` knows a PDF library.

mod attachment;
mod blocks;
mod chapters;
mod charts;
mod contents;
mod cover;
pub mod faces;
mod flow_item;
mod keep_together;
mod layout_context;
mod line_box;
pub mod page;
mod pagination;
mod paint;
mod print_templates;
mod running_heads;
mod shaping;
mod source_places;
pub mod structure_tree;
pub mod style;
mod table;
mod text;

pub use attachment::{Attachment, Relation};
pub use faces::{Face, Faces, FontRole};
pub use page::Layout;
pub use source_places::{DocumentPart, SourcePlaces};
pub use style::{Sheet, Style};

use crate::{diag::Diagnostic, merge::Templates, present::document::Document, render::built_in};
use layout_context::LayoutContext;

/// How a release looks in print: its measures, its faces, and the templates of its furniture.
#[derive(Debug, Clone, Copy)]
pub struct PrintAppearance<'a> {
    pub style: &'a Style,
    pub faces: &'a Faces,
    /// With `print/cover.txt`, `print/head.txt` and `print/foot.txt`.
    pub templates: &'a Templates,
    /// Where findings are reported, if that is known.
    pub places: Option<&'a SourcePlaces>,
    /// What the file carries inside.
    pub attachments: &'a [Attachment],
}

/// The templates that the program carries. Errors: one of them cannot be parsed.
pub fn built_in_templates() -> Result<Templates, Diagnostic> {
    Templates::new(built_in::templates().filter(|(name, _)| name.starts_with("print/")))
}

/// The bytes of a document's PDF: PDF/UA-1 and PDF/A-2a in one file, or PDF/A-3a with attachments, which PDF/A-2 does not
/// allow. The same bytes for the same document.
///
/// Fails with every table that does not fit (`layout`), every character that no face has (`glyph`), and
/// a face that is no font (`font`).
pub fn pdf(document: &Document, look: &PrintAppearance) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let layout = layout(document, look)?;
    paint::paint(document, layout, look)
}

/// The pages of a document's PDF, before they are painted. Fails as `pdf` does.
pub fn layout(document: &Document, look: &PrintAppearance) -> Result<Layout, Vec<Diagnostic>> {
    let styles = look.style.scaled_down();
    let fonts = shaping::read(look.faces)?;
    let mut context = LayoutContext::new(document, &styles, look.faces, &fonts, look.places)?;
    let mut layout = chapters::lay_out(&mut context, look.templates);
    contents::fill_page_numbers(&mut context, &mut layout);
    running_heads::add(&mut context, &mut layout, look.templates);
    let mut findings = context.findings;
    findings.extend(context.shaper.missing(look.places));
    if findings.is_empty() { Ok(layout) } else { Err(findings) }
}
