//! What the file says of itself as a whole: language, title, conformance, colours.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::{
    icc, metadata,
    object::{dictionary, name, text},
};
use crate::present::document::{self, plain};

/// Completes the catalog, the information dictionary and the trailer.
pub fn finish(out: &mut Document, document: &document::Document, tree: ObjectId, outline: Option<ObjectId>) {
    out.version = "1.7".to_owned();
    let xmp = metadata::xmp(document);
    let id = identity(out, &xmp);
    let packet = dictionary([("Type", name("Metadata")), ("Subtype", name("XML"))]);
    // Tools that know no PDF look for this packet in the raw bytes.
    let packet = out.add_object(Stream::new(packet, xmp.into_bytes()).with_compression(false));
    let profile =
        out.add_object(Stream::new(dictionary([("N", 3.into()), ("Alternate", name("DeviceRGB"))]), icc::srgb()));
    // In the place of printpdf's own, so that nothing is left over.
    let place = out.trailer.get(b"Info").and_then(Object::as_reference).unwrap_or_else(|_| out.new_object_id());
    out.set_object(place, information(document));
    if let Ok(catalog) = out.catalog_mut() {
        catalog.set("StructTreeRoot", tree);
        catalog.set("MarkInfo", dictionary([("Marked", true.into())]));
        catalog.set("Lang", text(&document.language));
        catalog.set("ViewerPreferences", dictionary([("DisplayDocTitle", true.into())]));
        catalog.set("Metadata", packet);
        catalog.set("OutputIntents", vec![Object::Dictionary(intent(profile))]);
        catalog.set("PageLabels", labels());
        catalog.set("PageMode", name(if outline.is_some() { "UseOutlines" } else { "UseNone" }));
        if let Some(outline) = outline {
            catalog.set("Outlines", outline);
        }
    }
    out.trailer.set("Info", place);
    out.trailer.set("ID", vec![id.clone(), id]);
}

/// Pages are called what is printed at their feet: 1, 2, 3.
fn labels() -> Dictionary {
    let decimal = dictionary([("Type", name("PageLabel")), ("S", name("D")), ("St", 1.into())]);
    dictionary([("Nums", Object::Array(vec![0.into(), Object::Dictionary(decimal)]))])
}

fn intent(profile: ObjectId) -> Dictionary {
    dictionary([
        ("Type", name("OutputIntent")),
        ("S", name("GTS_PDFA1")),
        ("OutputConditionIdentifier", text("sRGB IEC61966-2.1")),
        ("Info", text("sRGB IEC61966-2.1")),
        ("DestOutputProfile", profile.into()),
    ])
}

fn information(document: &document::Document) -> Dictionary {
    let mut entries = dictionary([
        ("Title", text(&plain(&document.title))),
        ("Author", text(&document.issuer)),
        ("Producer", text(metadata::PRODUCER)),
    ]);
    if !document.description.is_empty() {
        entries.set("Subject", text(&document.description));
    }
    if let Some(day) = metadata::day(document) {
        let stamp = text(&format!("D:{}000000Z", day.replace('-', "")));
        entries.set("CreationDate", stamp.clone());
        entries.set("ModDate", stamp);
    }
    entries
}

/// The file's identity: what it contains, in sixteen bytes.
fn identity(out: &Document, xmp: &str) -> Object {
    let streams = out.objects.values().filter_map(|object| object.as_stream().ok());
    let contents = streams.flat_map(|stream| stream.content.iter().copied());
    let hash = metadata::hash(xmp.bytes().chain(contents));
    Object::String(hash.to_be_bytes().to_vec(), lopdf::StringFormat::Hexadecimal)
}
