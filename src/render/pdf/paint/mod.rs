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

use std::io::Write;

use flate2::{Compression, write::ZlibEncoder};
use printpdf::{PdfDocument, PdfSaveOptions};

use super::{faces::Faces, frame::Layout};
use crate::{diag::Diagnostic, present::document::Document};

/// Writes a laid-out document as PDF/UA-1 and PDF/A-2a. What is written is let go, so that a thousand pages do not stand
/// in memory in every form at once.
pub fn paint(document: &Document, mut layout: Layout, faces: &Faces) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let fonts = fonts::subsets(&layout, faces)?;
    let items: Vec<_> = layout.pages.iter_mut().map(|page| std::mem::take(&mut page.items)).collect();
    let layout = &layout;
    let mut order = order::Order::new(&layout.tree, layout.pages.len());
    let mut pdf = PdfDocument::new("");
    for (i, (page, items)) in layout.pages.iter().zip(items).enumerate() {
        pdf.pages.push(content::page(page, &items, i, &fonts, &mut order));
    }
    fonts::embed(fonts, &mut pdf);
    let mut out = pdf.to_lopdf_document(&PdfSaveOptions::default(), &mut Vec::new());
    drop(pdf);
    deflate(&mut out)?;
    let pages: Vec<lopdf::ObjectId> = out.get_pages().into_values().collect();
    let links = annotate::links(&mut out, layout, &order, &pages);
    let tree = structure::add(&mut out, &layout.tree, &order, &pages, &links);
    let outline = outline::add(&mut out, layout, &pages);
    catalog::finish(&mut out, document, tree, outline);
    bytes(out)
}

/// Deflates pages and faces.
fn deflate(out: &mut lopdf::Document) -> Result<(), Vec<Diagnostic>> {
    for stream in out.objects.values_mut().filter_map(|object| object.as_stream_mut().ok()) {
        if stream.allows_compression && !stream.dict.has(b"Filter") {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
            encoder.write_all(&stream.content).map_err(unwritten)?;
            stream.set_content(encoder.finish().map_err(unwritten)?);
            stream.dict.set("Filter", "FlateDecode");
        }
    }
    Ok(())
}

/// The finished file, in object streams.
fn bytes(mut out: lopdf::Document) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let mut bytes = Vec::new();
    out.save_modern(&mut bytes).map_err(unwritten)?;
    Ok(bytes)
}

fn unwritten(error: impl std::fmt::Display) -> Vec<Diagnostic> {
    vec![Diagnostic::error("pdf", format!("the file could not be written: {error}"))]
}
