//! Writes embedded files with name, media type and relation to the document (PDF/A-3, ISO 19005-3, 6.8).

use std::io;

use super::{
    file::File,
    metadata,
    syntax::{Dict, Id, Name, Text, array},
};
use crate::{
    present::document::Document,
    render::pdf::attachment::{Attachment, Relation},
};

/// Entries of the catalog.
pub struct EmbeddedFiles {
    /// An array of all file specifications.
    pub files: String,
    /// The name dictionary.
    pub names: Dict,
}

/// Adds the files; `None` if there are no attachments.
pub fn add(file: &mut File, document: &Document, attachments: &[Attachment]) -> io::Result<Option<EmbeddedFiles>> {
    let mut named: Vec<(String, Id)> = Vec::new();
    for attachment in attachments {
        named.push((Text(&attachment.name).to_string(), specification(file, document, attachment)?));
    }
    let files = array(named.iter().map(|(_, id)| id));
    // The keys of a name tree are sorted in their written form.
    named.sort();
    let names = array(named.iter().map(|(name, id)| format!("{name} {id}")));
    let names = Dict::new().set("EmbeddedFiles", Dict::new().set("Names", names));
    Ok((!named.is_empty()).then_some(EmbeddedFiles { files, names }))
}

fn specification(file: &mut File, document: &Document, attachment: &Attachment) -> io::Result<Id> {
    let stamp = metadata::pdf_date(document);
    let measures = Dict::new().set("Size", attachment.bytes.len()).set_if_some("ModDate", stamp.as_deref().map(Text));
    let entries = Dict::new()
        .set("Type", Name("EmbeddedFile"))
        .set("Subtype", Name(attachment.media_type))
        .set("Params", measures);
    let stream = file.add_stream(entries, &attachment.bytes)?;
    let relation = match attachment.relation {
        Relation::Source => "Source",
        Relation::Data => "Data",
    };
    let name = Text(&attachment.name);
    Ok(file.add(
        Dict::new()
            .set("Type", Name("Filespec"))
            .set("F", &name)
            .set("UF", &name)
            .set("Desc", Text(&attachment.description))
            .set("AFRelationship", Name(relation))
            .set("EF", Dict::new().set("F", stream).set("UF", stream)),
    ))
}
