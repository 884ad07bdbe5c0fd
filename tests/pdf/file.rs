//! Tests the metadata of the file: title, language, dates, page labels, and compression.

use lopdf::{Dictionary, Document, Object};

use super::{plain, sample};
use kessan::render::pdf::pdf;

fn written() -> Vec<u8> {
    plain(|look| pdf(&sample::document(), look)).expect("the sample fits")
}

fn text(entries: &Dictionary, key: &[u8]) -> String {
    lopdf::decode_text_string(entries.get(key).unwrap()).unwrap()
}

#[test]
fn information_and_packet_say_the_same() {
    let (bytes, release) = (written(), sample::document());
    let file = Document::load_mem(&bytes).unwrap();
    let information = file.trailer.get(b"Info").and_then(Object::as_reference).unwrap();
    let information = file.get_dictionary(information).unwrap();
    let title = kessan::present::document::plain(&release.title);
    assert_eq!(text(information, b"Title"), title);
    assert_eq!(text(information, b"Author"), release.issuer);
    assert_eq!(text(information, b"CreationDate"), "D:20100514000000Z");
    let packet = file.catalog().unwrap().get(b"Metadata").and_then(Object::as_reference).unwrap();
    let packet = file.get_object(packet).unwrap().as_stream().unwrap();
    let packet = String::from_utf8(packet.content.clone()).expect("it is not compressed");
    for wanted in [
        format!("<rdf:li xml:lang=\"x-default\">{title}</rdf:li>"),
        format!("<rdf:li>{}</rdf:li>", release.issuer),
        "<xmp:CreateDate>2010-05-14T00:00:00Z</xmp:CreateDate>".to_owned(),
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>"
            .to_owned(),
    ] {
        assert!(packet.contains(&wanted), "{wanted} is not in {packet}");
    }
}

#[test]
fn the_file_states_language_title_and_page_numbers() {
    let file = Document::load_mem(&written()).unwrap();
    let catalog = file.catalog().unwrap();
    assert_eq!(text(catalog, b"Lang"), "en");
    let shown = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap();
    assert_eq!(shown.get(b"DisplayDocTitle").unwrap(), &Object::Boolean(true));
    let labels = catalog.get(b"PageLabels").unwrap().as_dict().unwrap().get(b"Nums").unwrap().as_array().unwrap();
    // From the first page on, in digits, from 1: what is printed at their feet.
    let style = labels[1].as_dict().unwrap();
    assert_eq!((labels.len(), &labels[0]), (2, &Object::Integer(0)));
    assert_eq!(
        (style.get(b"S").unwrap().as_name().unwrap(), style.get(b"St").unwrap()),
        (&b"D"[..], &Object::Integer(1))
    );
}

/// Most objects stand in compressed streams, and so does what is painted.
#[test]
fn what_can_be_compressed_is() {
    let file = Document::load_mem(&written()).unwrap();
    let streams: Vec<&lopdf::Stream> = file.objects.values().filter_map(|object| object.as_stream().ok()).collect();
    let of = |kind: &[u8]| streams.iter().filter(|stream| stream.dict.has_type(kind)).count();
    assert!(of(b"ObjStm") > 1);
    // The reader has unpacked the streams of objects; the packet of metadata lies open for tools that know no PDF.
    let open = |stream: &&&lopdf::Stream| !stream.dict.has_type(b"ObjStm") && !stream.dict.has_type(b"Metadata");
    let plain: Vec<&&lopdf::Stream> =
        streams.iter().filter(open).filter(|stream| !stream.dict.has(b"Filter")).collect();
    assert!(plain.is_empty(), "{plain:?}");
}
