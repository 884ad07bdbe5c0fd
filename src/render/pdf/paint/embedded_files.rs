//! Files inside the file: each with its name, its kind, and what it is to the document (PDF/A-3, ISO 19005-3, 6.8).

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

/// What the catalog says of them.
pub struct EmbeddedFiles {
    pub files: String,
    pub names: Dict,
}

/// Adds the files; none when there are none.
pub fn add(file: &mut File, document: &Document, attachments: &[Attachment]) -> io::Result<Option<EmbeddedFiles>> {
    let mut named: Vec<(String, Id)> = Vec::new();
    for attachment in attachments {
        named.push((Text(&attachment.name).to_string(), specification(file, document, attachment)?));
    }
    let files = array(named.iter().map(|(_, id)| id));
    // A name tree is in the order of its keys as they are written.
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
