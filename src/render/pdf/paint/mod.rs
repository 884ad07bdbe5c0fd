//! Pages become bytes. This folder is the only one that knows the PDF libraries.

mod annotate;
mod catalog;
mod content;
mod fonts;
mod icc;
mod metadata;
mod object;
mod order;
mod outline;
mod structure;

use printpdf::{PdfDocument, PdfSaveOptions};

use super::{faces::Faces, frame::Layout};
use crate::{diag::Diagnostic, present::document::Document};

/// Writes a laid-out document as PDF/UA-1 and PDF/A-2a.
pub fn paint(document: &Document, layout: &Layout, faces: &Faces) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let fonts = fonts::subsets(layout, faces)?;
    let mut order = order::Order::new(&layout.tree, layout.pages.len());
    let mut pdf = PdfDocument::new("");
    pdf.pages = layout.pages.iter().enumerate().map(|(i, page)| content::page(page, i, &fonts, &mut order)).collect();
    fonts::embed(fonts, &mut pdf);
    let mut out = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    let pages: Vec<lopdf::ObjectId> = out.get_pages().into_values().collect();
    let links = annotate::links(&mut out, layout, &order, &pages);
    let tree = structure::add(&mut out, &layout.tree, &order, &pages, &links);
    let outline = outline::add(&mut out, layout, &pages);
    out.compress();
    catalog::finish(&mut out, document, tree, outline);
    bytes(out)
}

/// The finished file, in object streams.
fn bytes(mut out: lopdf::Document) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut bytes = Vec::new();
    let unwritten = |error| vec![Diagnostic::error("pdf", format!("the file could not be written: {error}"))];
    out.save_modern(&mut bytes).map_err(unwritten)?;
    Ok(bytes)
}
