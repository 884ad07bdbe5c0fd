//! Tests attached files: they are extracted unchanged, and the catalog describes them.

use kessan::render::pdf::{Attachment, PrintAppearance, Relation};
use lopdf::{Dictionary, Document, Object};

use crate::{pdf, plain, sample};

fn attachments() -> [Attachment; 2] {
    let table = Attachment {
        name: "results.csv".to_owned(),
        media_type: "text/csv",
        description: "Results — as all_runs".to_owned(),
        relation: Relation::Data,
        bytes: "row,label\nsales,売上高\n".as_bytes().to_vec(),
    };
    let dataset = Attachment {
        name: "release.toml".to_owned(),
        media_type: "application/toml",
        description: "content/acme/release.toml".to_owned(),
        relation: Relation::Source,
        bytes: b"[release]\n".repeat(200),
    };
    [table, dataset]
}

fn written(attachments: &[Attachment]) -> Vec<u8> {
    plain(|look| pdf(&sample::document(), &PrintAppearance { attachments, ..*look })).expect("the sample fits")
}

/// The file stays in `target/tmp` for outside validators.
#[test]
fn attached_files_come_out_as_they_went_in() {
    let bytes = written(&attachments());
    assert!(bytes == written(&attachments()), "two writes in one process differ");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("attached.pdf");
    std::fs::write(path, &bytes).expect("the target folder can be written");
    let file = Document::load_mem(&bytes).unwrap();
    let associated = file.catalog().unwrap().get(b"AF").unwrap().as_array().unwrap();
    assert_eq!(associated.len(), 2);
    for (object, attached) in associated.iter().zip(attachments()) {
        let entries = file.dereference(object).unwrap().1.as_dict().unwrap();
        let name = entries.get(b"UF").unwrap().as_str().unwrap();
        assert_eq!(String::from_utf8_lossy(name), attached.name);
        let relation = entries.get(b"AFRelationship").unwrap().as_name().unwrap();
        assert_eq!(relation, if attached.relation == Relation::Data { b"Data".as_slice() } else { b"Source" });
        let stream = entries.get(b"EF").unwrap().as_dict().unwrap().get(b"F").unwrap().as_reference().unwrap();
        let stream = file.get_object(stream).unwrap().as_stream().unwrap();
        assert_eq!(stream.dict.get(b"Subtype").unwrap().as_name().unwrap(), attached.media_type.as_bytes());
        assert_eq!(stream.decompressed_content().unwrap(), attached.bytes);
        let measures: &Dictionary = stream.dict.get(b"Params").unwrap().as_dict().unwrap();
        assert_eq!(measures.get(b"Size").unwrap(), &Object::Integer(attached.bytes.len() as i64));
        assert_eq!(measures.get(b"ModDate").unwrap().as_str().unwrap(), b"D:20100514000000Z");
    }
    // A reader finds files by their names, in order.
    let names = file.catalog().unwrap().get(b"Names").unwrap().as_dict().unwrap();
    let names = names.get(b"EmbeddedFiles").unwrap().as_dict().unwrap().get(b"Names").unwrap().as_array().unwrap();
    assert_eq!(names[0].as_str().unwrap(), b"release.toml");
}

/// PDF/A-2 lets no file of another kind in, PDF/A-3 does: the file says which of them it keeps.
#[test]
fn attachments_make_it_the_third_part_of_the_standard() {
    let says = |bytes: Vec<u8>, part: &str| {
        let wanted = format!("<pdfaid:part>{part}</pdfaid:part>").into_bytes();
        bytes.windows(wanted.len()).any(|text| text == wanted)
    };
    assert!(says(written(&[]), "2"));
    assert!(says(written(&attachments()), "3"));
}
