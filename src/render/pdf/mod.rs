//! The printed release: the Document laid out on pages, then painted as a PDF for eyes, screen readers and archives.
//!
//! Layout gives pages of placed items (`frame`), which tests read as text; only `paint` knows a PDF library.

mod band;
mod blocks;
pub mod faces;
mod flow;
pub mod frame;
mod furniture;
mod paint;
mod setter;
mod shape;
pub mod style;
mod table;
mod text;
pub mod tree;

pub use faces::{Face, Faces, Voice};
pub use frame::Layout;
pub use style::{Sheet, Style};

use crate::{diag::Diagnostic, present::document::Document};
use setter::Setter;

/// The bytes of a document's PDF: PDF/UA-1 and PDF/A-2a in one file, the same bytes for the same document.
///
/// Fails with every table that does not fit (`layout`), every character that no face has (`glyph`), and
/// a face that is no font (`font`).
pub fn pdf(document: &Document, style: &Style, faces: &Faces) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let layout = layout(document, style, faces)?;
    paint::paint(document, &layout, faces)
}

/// The pages of a document's PDF, before they are painted. Fails as `pdf` does.
pub fn layout(document: &Document, style: &Style, faces: &Faces) -> Result<Layout, Vec<Diagnostic>> {
    let mut setter = Setter::new(document, style, faces)?;
    let pieces = blocks::compose(&mut setter);
    let (mut setter, mut layout) = flow::flow(setter, pieces);
    furniture::furnish(&mut setter, &mut layout);
    let mut findings = setter.findings;
    findings.extend(setter.shaper.missing());
    if findings.is_empty() { Ok(layout) } else { Err(findings) }
}
