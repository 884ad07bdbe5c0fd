//! Writes laid-out pages as a PDF file. Only this folder depends on PDF libraries.
//!
//! PDF syntax is written directly rather than with a library's object model, so that memory is bounded by the size of the file.

mod catalog;
mod content;
mod embedded_files;
mod file;
mod fonts;
mod icc;
mod link_annotations;
mod metadata;
mod object_import;
mod outline;
mod pictures;
mod reading_order;
mod structure;
mod syntax;

use std::io;

use super::{Attachment, PrintAppearance, page::Layout};
use crate::{diag::Diagnostic, present::document::Document};
use file::File;
use fonts::Subset;
use link_annotations::Links;
use reading_order::ReadingOrder;
use syntax::{Dict, Id, Length, Name, array};

/// Writes a laid-out document as PDF/UA-1 and PDF/A-2a, or PDF/A-3a with attachments.
pub fn paint(document: &Document, layout: Layout, look: &PrintAppearance) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let fonts = fonts::subsets(&layout, look.faces)?;
    write(document, layout, &fonts, look.attachments)
        .map_err(|error| vec![Diagnostic::error("pdf", format!("the file could not be written: {error}"))])
}

fn write(
    document: &Document,
    mut layout: Layout,
    fonts: &[Option<Subset>],
    attachments: &[Attachment],
) -> io::Result<Vec<u8>> {
    let mut file = File::new();
    let pages: Vec<Id> = layout.pages.iter().map(|_| file.reserve()).collect();
    let items: Vec<_> = layout.pages.iter_mut().map(|page| std::mem::take(&mut page.items)).collect();
    let mut order = ReadingOrder::new(&layout.tree, layout.pages.len());
    let mut contents = Vec::with_capacity(pages.len());
    // The items of each page are freed after the page is written.
    for (i, (page, items)) in layout.pages.iter().zip(items).enumerate() {
        let operations = content::page_operations(page, &items, i, fonts, &mut order);
        contents.push(file.add_stream(Dict::new(), &operations)?);
    }
    let links = link_annotations::add(&mut file, &layout, &order, &pages);
    let resources = Dict::new().set("Font", fonts::embed(fonts, &mut file)?);
    let resources = resources.set_if_some("XObject", pictures::add(&mut file, &layout.pictures)?);
    let resources = file.add(resources);
    let trees = catalog::Trees {
        pages: add_pages(&mut file, &layout, &pages, &contents, &links, resources),
        structure: structure::add(&mut file, &layout.tree, &order, &pages, &links),
        outline: outline::add(&mut file, &layout, &pages),
        embedded: embedded_files::add(&mut file, document, attachments)?,
    };
    let (root, information) = catalog::add(&mut file, document, &trees)?;
    file.finish(root, information)
}

/// Adds the pages and the tree that holds them.
fn add_pages(file: &mut File, layout: &Layout, pages: &[Id], contents: &[Id], links: &Links, resources: Id) -> Id {
    let root = file.reserve();
    for (i, ((page, &id), content)) in layout.pages.iter().zip(pages).zip(contents).enumerate() {
        let sheet = array([0.0, 0.0, page.width, page.height].map(Length));
        let entries = Dict::new()
            .set("Type", Name("Page"))
            .set("Parent", root)
            .set("MediaBox", &sheet)
            .set("CropBox", &sheet)
            .set("TrimBox", &sheet)
            .set("Resources", resources)
            .set("Contents", content)
            .set("StructParents", i)
            .set("Tabs", Name("S"))
            .set_if_some("Annots", links.by_page.get(&i).map(array));
        file.set(id, entries);
    }
    file.set(root, Dict::new().set("Type", Name("Pages")).set("Count", pages.len()).set("Kids", array(pages)));
    root
}
