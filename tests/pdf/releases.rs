//! Tests the properties of pages on whole releases: the one of `content/`, and the starter release of `kessan new`.

#[path = "../support/phases.rs"]
mod phases;

use std::{fs, path::Path};

use kessan::{
    commands,
    figures::Book,
    present::{
        document::{Document, Page},
        present,
    },
    project::Project,
    render::pdf::{Layout, PrintAppearance, Sheet, Style, layout, structure_tree::Landmark},
};

use crate::promises;

/// Both releases, laid out on a sheet.
fn both(sheet: Sheet) -> Vec<(Document, Layout)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let started = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("all_runs-{sheet:?}"));
    _ = fs::remove_dir_all(&started);
    fs::create_dir_all(&started).expect("the target folder can be written");
    commands::new(&started, "acme-1q2026", commands::Starter::QUARTER).expect("the folder is empty");
    vec![laid(root, "iij-fy2009", sheet), laid(&started, "acme-1q2026", sheet)]
}

fn laid(root: &Path, slug: &str, sheet: Sheet) -> (Document, Layout) {
    let (release, words) = phases::load_release(root, slug);
    let document = present(&Book::new(&release), &words).document;
    let project = Project::load(root).0;
    let style = Style { sheet, ..project.style.clone() };
    let templates = project.templates().expect("the templates parse");
    let look =
        PrintAppearance { style: &style, faces: &project.faces, templates, places: None, attachments: &[], logo: None };
    let layout = layout(&document, &look).expect("the release fits");
    (document, layout)
}

fn hold(sheet: Sheet) {
    let mut long = 0;
    for (document, layout) in both(sheet) {
        promises::digits_line_up(&layout);
        promises::inside_the_margins(&layout, [50.0; 4]);
        promises::nothing_overlaps(&layout);
        promises::notes_where_their_marks_are(&layout);
        promises::no_heading_alone(&layout);
        promises::no_line_alone(&layout);
        promises::every_row_in_order(&document, &layout);
        promises::heads_on_every_page_of_a_table(&layout);
        promises::totals_below_their_parts(&document, &layout);
        promises::sums_are_ruled(&document, &layout);
        promises::groups_are_ruled(&layout);
        promises::nothing_is_too_small(&layout, 6.5);
        long += promises::figures_beside_the_last_line_of_their_label(&layout);
    }
    assert!(long > 10, "{long} labels of several lines");
}

#[test]
fn promises_hold_on_a4() {
    hold(Sheet::A4);
}

#[test]
fn promises_hold_on_letter() {
    hold(Sheet::Letter);
}

/// What an exchange asks for: its form begins on a new page and takes no more than two.
#[test]
fn the_exchange_form_takes_two_pages_of_its_own() {
    for sheet in [Sheet::A4, Sheet::Letter] {
        let (document, layout) = laid(Path::new(env!("CARGO_MANIFEST_DIR")), "iij-fy2009", sheet);
        let form = document.pages.iter().position(|page| page.sheets == Some(2)).expect("the release has such a form");
        assert_eq!(form + 1, document.pages.len());
        let begins = layout.landmarks[&Landmark::Page(document.pages[form].id.clone())];
        assert_eq!(begins.page + 2, layout.pages.len());
        assert!(begins.y < 70.0, "{begins:?}");
    }
}

/// The list of contents and the outline are the same tree to different depths: every name of the one stands in the other and
/// leads to the same place.
#[test]
fn contents_and_outline_agree() {
    let (document, layout) = laid(Path::new(env!("CARGO_MANIFEST_DIR")), "iij-fy2009", Sheet::A4);
    let top: Vec<_> =
        layout.outline.iter().filter(|mark| mark.level == 1).map(|mark| (&*mark.text, mark.position)).collect();
    let place = |page: &Page| layout.landmarks[&Landmark::Page(page.id.clone())];
    let pages: Vec<_> = document.pages.iter().map(|page| (&*page.title, place(page))).collect();
    assert_eq!(top, pages);
    let text = layout.pages[0].lines().join(" | ") + " |";
    for (name, position) in pages {
        let entry = format!("{name} | {} |", position.page + 1);
        assert_eq!(text.matches(&entry).count(), 1, "`{entry}` in {text}");
    }
}
