//! Writes the document catalog: language, title, conformance, output intent and attachments.

use std::io;

use super::{
    embedded_files::EmbeddedFiles,
    file::File,
    icc, metadata,
    syntax::{Dict, Id, Name, Text, array},
};
use crate::present::document::{Document, plain};

/// The objects that the catalog refers to.
pub struct Trees {
    /// The page tree.
    pub pages: Id,
    /// The structure tree.
    pub structure: Id,
    /// The outline, if there are bookmarks.
    pub outline: Option<Id>,
    /// The embedded files, if there are any.
    pub embedded: Option<EmbeddedFiles>,
}

/// Adds the catalog and the information dictionary, and returns both.
pub fn add(file: &mut File, document: &Document, trees: &Trees) -> io::Result<(Id, Id)> {
    // Only PDF/A-3 allows embedded files of any kind.
    let part = if trees.embedded.is_some() { 3 } else { 2 };
    let packet = Dict::new().set("Type", Name("Metadata")).set("Subtype", Name("XML"));
    // Uncompressed, because some tools search the raw bytes for this packet.
    let packet = file.add_plain_stream(packet, metadata::xmp(document, part).as_bytes())?;
    let profile = Dict::new().set("N", 3).set("Alternate", Name("DeviceRGB"));
    let profile = file.add_stream(profile, &icc::srgb())?;
    let catalog = Dict::new()
        .set("Type", Name("Catalog"))
        .set("Pages", trees.pages)
        .set("PageLayout", Name("OneColumn"))
        .set("PageMode", Name(if trees.outline.is_some() { "UseOutlines" } else { "UseNone" }))
        .set("PageLabels", page_labels())
        .set_if_some("Outlines", trees.outline)
        .set("StructTreeRoot", trees.structure)
        .set("MarkInfo", Dict::new().set("Marked", true))
        .set("Lang", Text(&document.language))
        .set("ViewerPreferences", Dict::new().set("DisplayDocTitle", true))
        .set("Metadata", packet)
        .set("OutputIntents", array([output_intent(profile)]))
        .set_if_some("AF", trees.embedded.as_ref().map(|embedded| &embedded.files))
        .set_if_some("Names", trees.embedded.as_ref().map(|embedded| &embedded.names));
    let catalog = file.add(catalog);
    Ok((catalog, file.add(information_dictionary(document))))
}

/// Page labels that equal the printed page numbers: 1, 2, 3.
fn page_labels() -> Dict {
    let decimal = Dict::new().set("Type", Name("PageLabel")).set("S", Name("D")).set("St", 1);
    Dict::new().set("Nums", format!("[0 {decimal}]"))
}

fn output_intent(profile: Id) -> Dict {
    Dict::new()
        .set("Type", Name("OutputIntent"))
        .set("S", Name("GTS_PDFA1"))
        .set("OutputConditionIdentifier", Text("sRGB IEC61966-2.1"))
        .set("Info", Text("sRGB IEC61966-2.1"))
        .set("DestOutputProfile", profile)
}

fn information_dictionary(document: &Document) -> Dict {
    let subject = Some(document.description.as_str()).filter(|text| !text.is_empty());
    let stamp = metadata::pdf_date(document);
    let stamp = stamp.as_deref().map(Text);
    Dict::new()
        .set("Title", Text(&plain(&document.title)))
        .set("Author", Text(&document.issuer))
        .set_if_some("Subject", subject.map(Text))
        .set("Producer", Text(metadata::PRODUCER))
        .set_if_some("CreationDate", stamp.as_ref())
        .set_if_some("ModDate", stamp.as_ref())
}
