//! The printed release: pages as text, and the promises that hold on every page.

mod promises;
mod sample;

use kessan::{
    diag::Diagnostic,
    present::document::{Block, Document, Draft},
    render::pdf::{Faces, Layout, Sheet, Style, frame::Page, layout, pdf},
};

fn laid(document: &Document) -> Layout {
    layout(document, &Style::default(), &Faces::built_in()).expect("the sample fits")
}

fn findings(document: &Document) -> Vec<Diagnostic> {
    layout(document, &Style::default(), &Faces::built_in()).err().unwrap_or_default()
}

/// A release with one narrative page.
fn release(blocks: Vec<Block>) -> Document {
    let mut document = sample::document();
    document.pages.truncate(1);
    document.pages[0].blocks = blocks;
    document
}

/// The pages that a table's rows stand on.
fn pages_with<'a>(layout: &'a Layout, caption: &str) -> Vec<&'a Page> {
    layout.pages.iter().filter(|page| page.lines().iter().any(|line| line.contains(caption))).collect()
}

#[test]
fn pages_of_a_release() {
    let pages = laid(&sample::document()).pages;
    let text: Vec<String> = pages.iter().map(|page| page.lines().join("\n")).collect();
    snapbox::assert_data_eq!(text.join("\n\n=====\n\n") + "\n", snapbox::file!["pages.txt"]);
}

#[test]
fn promises_hold_on_a4() {
    let layout = laid(&sample::document());
    promises::digits_line_up(&layout);
    promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
    promises::nothing_overlaps(&layout);
    promises::notes_where_their_marks_are(&layout);
    promises::no_heading_alone(&layout);
}

#[test]
fn promises_hold_on_letter() {
    let style = Style { sheet: Sheet::Letter, ..Style::default() };
    let layout = layout(&sample::document(), &style, &Faces::built_in()).expect("the sample fits");
    promises::digits_line_up(&layout);
    promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
    promises::nothing_overlaps(&layout);
    promises::notes_where_their_marks_are(&layout);
    promises::no_heading_alone(&layout);
}

/// However far down the page a section begins, its heading is not left alone and its tables keep their heads.
#[test]
fn promises_hold_wherever_the_page_ends() {
    for lines in (0..48).step_by(5) {
        let mut document = sample::document();
        let filler = (0..lines).map(|_| sample::paragraph("A line."));
        document.pages[0].blocks.splice(0..0, filler);
        let layout = laid(&document);
        promises::inside_the_margins(&layout, [50.0, 50.0, 50.0, 50.0]);
        promises::nothing_overlaps(&layout);
        promises::notes_where_their_marks_are(&layout);
        promises::no_heading_alone(&layout);
        assert_eq!(pages_with(&layout, "Number of contracts").len(), 1, "a short table is cut");
    }
}

#[test]
fn a_long_table_repeats_its_head_and_says_that_it_continues() {
    let layout = laid(&sample::document());
    let pages = pages_with(&layout, "Consolidated statements of cash flows");
    assert_eq!(pages.len(), 2);
    for page in &pages {
        assert!(page.lines().iter().any(|line| line.ends_with("U.S. Dollars | of JPY")), "{}", page.print());
    }
    assert!(pages[1].lines().contains(&"Consolidated statements of cash flows (continued)".to_owned()));
}

#[test]
fn rows_stay_in_order_on_one_line_each() {
    let layout = laid(&sample::document());
    let lines: Vec<String> = pages_with(&layout, "cash flows").iter().flat_map(|page| page.lines()).collect();
    let mut from = 0;
    for row in include_str!("cash.txt").lines() {
        let figures: Vec<&str> = row.split('\t').skip(2).filter(|figure| !figure.is_empty()).collect();
        if figures.is_empty() {
            continue;
        }
        let ending = format!(" | {}", figures.join(" | "));
        let found = lines[from..].iter().position(|line| line.ends_with(&ending));
        from += found.unwrap_or_else(|| panic!("no line ends `{ending}`")) + 1;
    }
}

#[test]
fn a_draft_says_so_on_every_page() {
    let mut document = sample::document();
    document.draft = Some(Draft { findings: 3, mark: "DRAFT: 3 findings".to_owned() });
    for page in laid(&document).pages {
        assert!(page.lines().contains(&"DRAFT: 3 findings".to_owned()));
    }
}

#[test]
fn a_character_that_no_face_has_is_a_finding() {
    let document = release(vec![sample::paragraph("Plain, then \u{6c7a}.")]);
    let found: Vec<String> = findings(&document).into_iter().map(|finding| finding.message).collect();
    assert_eq!(found, ["no font has the character `\u{6c7a}` (U+6C7A), found in page `summary`"]);
}

#[test]
fn a_table_that_cannot_fit_is_a_finding() {
    let heads: Vec<&str> = vec!["Heading"; 30];
    let table = sample::table("wide", "Wide", &heads, &format!("I0\tLabel{}", "\t1,234,567,890".repeat(30)));
    let found = findings(&release(vec![Block::Table(Box::new(table))]));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rule, "layout");
    assert!(found[0].message.starts_with("table `wide` needs "), "{}", found[0].message);
}

#[test]
fn an_empty_release_has_a_page() {
    let mut document = release(Vec::new());
    document.masthead.clear();
    document.title.clear();
    document.pages.clear();
    assert_eq!(laid(&document).pages.len(), 1);
    assert!(pdf(&document, &Style::default(), &Faces::built_in()).is_ok());
}

#[test]
fn same_document_same_bytes() {
    let write = || pdf(&sample::document(), &Style::default(), &Faces::built_in()).expect("the sample fits");
    let bytes = write();
    assert!(bytes == write(), "two writes in one process differ");
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("sample.pdf");
    std::fs::write(path, bytes).expect("the target folder can be written");
}
