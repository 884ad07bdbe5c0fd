//! A Japanese release with an exchange's form on its first page, in every format: `tests/form/` is a project, whose print is set in
//! a font with CFF outlines that is one of a collection.

#[expect(dead_code, reason = "only the folder is needed here")]
#[path = "support/folder.rs"]
mod folder;

use std::{path::Path, sync::LazyLock};

use folder::Folder;
use lopdf::{Document, Object};
use snapbox::{assert_data_eq, file};

/// The project, built.
static BUILT: LazyLock<Folder> = LazyLock::new(|| {
    let folder = Folder::new("built");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/form");
    let output = folder.path("output");
    let ran = folder.run(&["build", "--root", &root.to_string_lossy(), "--output", &output.to_string_lossy()]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    folder
});

fn output(file: &str) -> String {
    BUILT.read(&format!("output/reiwa/{file}"))
}

fn print() -> Document {
    Document::load(BUILT.path("output/reiwa/reiwa.pdf")).unwrap()
}

#[test]
fn markdown_has_names_with_values_and_tables_without_captions() {
    assert_data_eq!(output("reiwa.md"), file!["form/reiwa.md"]);
}

#[test]
fn the_page_has_boxes_and_names_with_values() {
    let page = output("index.html");
    let blocks = &page[page.find("<dl").unwrap()..page.rfind("</table>").unwrap()];
    assert_data_eq!(blocks.to_owned() + "\n", file!["form/page.html"]);
}

/// What a font of the PDF says of itself: its name, its kind, and the kind of its file.
fn fonts(print: &Document) -> Vec<[String; 3]> {
    let name = |value: &Object| String::from_utf8_lossy(value.as_name().unwrap()).into_owned();
    let resolve = |object: &Object| print.dereference(object).unwrap().1.clone();
    let page = print.get_pages().into_values().next().unwrap();
    let of = |font: &lopdf::Dictionary| {
        let descendants = resolve(font.get(b"DescendantFonts").unwrap());
        let descendant = resolve(&descendants.as_array().unwrap()[0]);
        let descendant = descendant.as_dict().unwrap();
        let descriptor = resolve(descendant.get(b"FontDescriptor").unwrap());
        let file = descriptor.as_dict().unwrap().get(b"FontFile3").map(&resolve);
        let kind = file.ok().map(|file| name(file.as_stream().unwrap().dict.get(b"Subtype").unwrap()));
        assert!(font.has(b"ToUnicode"));
        [name(font.get(b"BaseFont").unwrap()), name(descendant.get(b"Subtype").unwrap()), kind.unwrap_or_default()]
    };
    print.get_page_fonts(page).unwrap().into_values().map(of).collect()
}

#[test]
fn a_font_of_a_collection_with_cff_outlines_is_embedded_as_a_subset() {
    let found = fonts(&print());
    let [name, kind, file] = found.iter().find(|font| font[0].contains("NotoSansCJK")).expect("the font is used");
    let (tag, name) = name.split_once('+').expect("it is a subset");
    assert_eq!(
        (tag.len(), name, kind.as_str(), file.as_str()),
        (6, "NotoSansCJKjp-Regular", "CIDFontType0", "CIDFontType0C")
    );
}
