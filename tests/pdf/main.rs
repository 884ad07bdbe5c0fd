//! The printed release: pages as text, and the promises that hold on every page.

mod sample;

use kessan::render::pdf::{Faces, Layout, Style, layout, pdf};

fn sample() -> Layout {
    layout(&sample::document(), &Style::default(), &Faces::built_in()).expect("the sample fits")
}

#[test]
fn same_document_same_bytes() {
    let write = || pdf(&sample::document(), &Style::default(), &Faces::built_in()).expect("the sample fits");
    let bytes = write();
    assert!(bytes == write(), "two writes in one process differ");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample.pdf");
    std::fs::write(path, bytes).expect("the target folder can be written");
}

#[test]
fn print() {
    for page in sample().pages {
        println!("{}", page.lines().join("\n"));
    }
}
