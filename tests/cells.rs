//! Cells of words, notes on every part of a table and heads of two lines, in every format: `tests/cells/` is a project.

#[expect(dead_code, reason = "only the folder is needed here")]
#[path = "support/folder.rs"]
mod folder;
#[path = "support/pdf.rs"]
mod pdf;
#[expect(dead_code, reason = "the text of the PDF is compared here")]
#[path = "support/reading.rs"]
mod reading;

use std::{path::Path, sync::LazyLock};

use calamine::{Data, Reader, Xlsx};
use folder::Folder;
use lopdf::{Dictionary, Document, Object};
use snapbox::{assert_data_eq, file, str};

/// The project, built.
static BUILT: LazyLock<Folder> = LazyLock::new(|| {
    let folder = Folder::new("built");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cells");
    let output = folder.path("output");
    let ran = folder.run(&["build", "--root", &root.to_string_lossy(), "--output", &output.to_string_lossy()]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    folder
});

fn output(file: &str) -> String {
    BUILT.read(&format!("output/harbour/{file}"))
}

#[test]
fn markdown_has_words_marks_and_broken_heads() {
    assert_data_eq!(output("harbour.md"), file!["cells/harbour.md"]);
}

#[test]
fn the_page_has_words_marks_and_broken_heads() {
    let page = output("full.html");
    let table = &page[page.find("<table").unwrap()..page.rfind("</table>").unwrap()];
    assert_data_eq!(table.to_owned() + "\n", file!["cells/tables.html"]);
}

#[test]
fn csv_has_words_as_texts_and_no_marks() {
    assert_data_eq!(
        output("tables/dividends.csv").trim_start_matches('\u{feff}').replace('\r', ""),
        str![[r#"
row,label,line,H1 2025,H1 2026,printed: H1 2025,printed: H1 2026,exact: H1 2025,exact: H1 2026,unit: H1 2025,unit: H1 2026,figure: H1 2025,figure: H1 2026
dividend,Final dividend,is.dividend,undecided,71,,71,,71,,GBP thousand,,is.dividend@h1_2026
subject-to-audit,Subject to audit,,None,Yes,,,,,,,,
payment-starts,Payment starts,,"November 12, 2026, in part","December 18, 2026",,,,,,,,
period-ends,Period ends,,"September 30, 2025","September 30, 2026",,,,,,,,
representative,Representative,,A. Person,A. Person,,,,,,,,

"#]]
    );
    let heads = output("tables/results.csv");
    assert!(heads.contains("Half-years / H1 2025 (restated),Half-years / H1 2026,Change,Reviewed by"), "{heads}");
}

#[test]
fn notes_of_a_chart_are_numbered_in_its_drawing_and_written_below_it() {
    let page = output("index.html");
    let figure = &page[page.find("<figure class=\"chart\"").unwrap()..page.find("</figure>").unwrap()];
    for label in [">Revenue⁷</text>", ">Half-years H1 2025² ³</text>", ">Half-years H1 2026²</text>"] {
        assert!(figure.contains(label), "{label}: {figure}");
    }
    let below: Vec<_> = figure.lines().filter(|line| line.contains("<li>")).collect();
    assert_eq!(
        below.last(),
        Some(&"<li><a href=\"#note-ships\"><sup>7</sup></a> Of all ships of the <em>fleet</em>.</li>")
    );
    assert_eq!(below.len(), 3, "{below:?}");
    let mut book: Xlsx<_> = calamine::open_workbook(BUILT.path("output/harbour/harbour.xlsx")).unwrap();
    let sheet = book.worksheet_range("drawn").unwrap();
    let has = |text: &str| sheet.used_cells().any(|(_, _, cell)| *cell == Data::String(text.to_owned()));
    assert!(has("Revenue[7]") && has("[7] Of all ships of the fleet."), "{sheet:?}");
}

#[test]
fn the_workbook_has_words_as_texts_and_noted_numbers_as_numbers() {
    let mut book: Xlsx<_> = calamine::open_workbook(BUILT.path("output/harbour/harbour.xlsx")).unwrap();
    let mut cells = |sheet: &str, column: u32| {
        let range = book.worksheet_range(sheet).unwrap();
        let last = range.end().unwrap().0;
        (0..=last).filter_map(|row| range.get_value((row, column)).cloned()).collect::<Vec<_>>()
    };
    let has = |cells: &[Data], text: &str| cells.iter().any(|cell| *cell == Data::String(text.to_owned()));
    let before = cells("dividends", 1);
    for text in ["None[5]", "November 12, 2026, in part", "September 30, 2025", "A. Person"] {
        assert!(has(&before, text), "{text}: {before:?}");
    }
    assert!(has(&cells("results", 1), "H1 2025\n(restated)[3]"));
    let growth = cells("results", 3);
    assert!(has(&growth, "Change[4]"));
    assert!(
        growth.iter().any(|cell| matches!(cell, Data::Float(number) if (number - 0.088).abs() < 1e-9)),
        "{growth:?}"
    );
    assert!(has(&cells("results", 4), "Harbour Accounting and Partners LLP of Leith[4]"));
}

#[test]
fn print_has_words_marks_and_broken_heads() {
    let Some(text) = pdf::text(&BUILT.path("output/harbour/harbour.pdf"), true).unwrap() else { return };
    let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for line in [
        "Results of operations¹",
        "Half-years²",
        "H1 2025",
        "(restated)³ H1 2026 Change⁴ Reviewed by",
        "Revenue 48.2 52.9 9.7% Harbour Accounting and",
        "Partners LLP of Leith⁴",
        "Cost of sales 31.6 34.4 8.8%⁵ Ms Doe",
        "Subject to audit None⁵ Yes",
        "Period ends September 30, 2025 September 30, 2026",
        "Representative A. Person A. Person",
        "Revenue and cost of sales¹",
        "Revenue⁷ 48.2 52.9",
        "⁷ Of all ships of the fleet.",
    ] {
        assert!(lines.iter().any(|found| found == line), "{line}: {lines:#?}");
    }
}

#[test]
fn an_attached_dataset_has_the_pictures_of_the_narrative() {
    let folder = Folder::new("attached");
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cells/content/harbour");
    let files = ["release.toml", "measures.toml", "01-results.md", "statements/income.toml"];
    let tables = ["tables/results.toml", "tables/charts.toml"];
    for file in files.into_iter().chain(tables) {
        folder.write(&format!("content/harbour/{file}"), std::fs::read(content.join(file)).unwrap());
    }
    let release = folder.read("content/harbour/release.toml");
    let attached = release.replacen("[release]\n", "[release]\nattach = [\"dataset\"]\n", 1);
    folder.write("content/harbour/release.toml", attached);
    let picture = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/picture.png")).unwrap();
    folder.write("content/harbour/plant.png", &picture);
    folder.append("content/harbour/01-results.md", "\n![The plant](plant.png)\n");
    let ran = folder.run(&["build", "--format", "pdf"]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let file = Document::load(folder.path("output/harbour/harbour.pdf")).unwrap();
    let dictionaries = file.objects.values().filter_map(|object| object.as_dict().ok());
    let specifications = dictionaries.filter(|entries| entries.has_type(b"Filespec"));
    let name = |entries: &Dictionary| String::from_utf8(entries.get(b"F").unwrap().as_str().unwrap().to_vec()).unwrap();
    let mut names: Vec<_> = specifications.map(name).collect();
    names.sort();
    assert_eq!(
        names.join(" "),
        "01-results.md measures.toml plant.png release.toml statements-income.toml tables-charts.toml tables-results.toml"
    );
    let streams = file.objects.values().filter_map(|object| object.as_stream().ok());
    let is_picture = |stream: &&lopdf::Stream| {
        stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"image/png")
    };
    let attached: Vec<_> = streams.filter(is_picture).collect();
    assert_eq!(attached.len(), 1);
    assert!(attached[0].decompressed_content().unwrap() == picture);
}

#[test]
fn every_mark_in_print_is_a_reference_within_its_cell() {
    let file = Document::load(BUILT.path("output/harbour/harbour.pdf")).unwrap();
    let tag = |entries: &Dictionary| {
        let name = entries.get(b"S").and_then(Object::as_name).unwrap_or_default();
        String::from_utf8(name.to_vec()).unwrap()
    };
    let dictionaries = file.objects.values().filter_map(|object| object.as_dict().ok());
    let references = dictionaries.filter(|entries| tag(entries) == "Reference");
    let mut parents: Vec<String> = references
        .map(|reference| {
            let parent = reference.get(b"P").and_then(Object::as_reference).unwrap();
            tag(file.get_dictionary(parent).unwrap())
        })
        .collect();
    parents.sort();
    // Two captions; a number, a mark and two texts; three heads and two labels.
    assert_eq!(parents.join(" "), "P P TD TD TD TD TH TH TH TH TH");
}
