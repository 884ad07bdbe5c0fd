//! Compares the three outputs with the double entry of the published release (`tests/published/README.md`), cell by cell.
//!
//! Every test collects all differences before it fails.

#[path = "support/align.rs"]
mod align;
#[path = "support/compare.rs"]
mod compare;
#[path = "support/html.rs"]
mod html;
#[path = "support/markdown.rs"]
mod markdown;
#[path = "support/page.rs"]
mod page;
#[path = "support/pdf.rs"]
mod pdf;
#[path = "support/reading.rs"]
mod reading;
#[path = "support/sentences.rs"]
mod sentences;
#[path = "support/transcription.rs"]
mod transcription;

use reading::{Reading, is_figure};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use transcription::Published;

const SLUG: &str = "iij-fy2009";

#[test]
fn the_transcription_is_whole() {
    let published = published();
    let rows: usize = published.tables.iter().map(|table| table.rows.len()).sum();
    let cells = published.tables.iter().flat_map(|table| table.rows.iter().flat_map(|row| &row.cells));
    let figures = cells.filter(|cell| is_figure(cell)).count();
    assert_eq!((published.tables.len(), rows, figures), (34, 392, 1171));
}

#[test]
fn html_is_as_published() {
    compare_reading("full.html", page::read);
}

/// The cards of the first page repeat published figures; they stand nowhere else.
#[test]
fn cards_show_what_was_published() {
    let read = |file: &str| html::parse(&fs::read_to_string(built(file)).unwrap());
    let cards = |page: &html::Element| page.find(&|element| element.attribute("class") == "headlines").len();
    let (index, full) = (read("index.html"), read("full.html"));
    assert_eq!((cards(&index), cards(&full)), (1, 0));

    let published = published();
    let cells = published.tables.iter().flat_map(|table| table.rows.iter().flat_map(|row| &row.cells));
    let cells: Vec<&str> = cells.map(String::as_str).collect();
    let texts = [published.narrative.as_slice(), &published.notes].concat().join(" ");
    let stands = |text: &str| texts.contains(text) || cells.contains(&figure_of(text));
    let shown =
        index.find(&|element| element.name == "p" && ["amount", "before"].contains(&element.attribute("class")));
    let amounts: Vec<String> =
        shown.iter().flat_map(|text| text.find(&|element| element.name == "data")).map(|data| data.text()).collect();
    assert_eq!(amounts.len(), 8, "{amounts:?}");
    let strange: Vec<_> = amounts.iter().filter(|amount| !stands(amount)).collect();
    assert!(strange.is_empty(), "not as published: {strange:?}");
    let changes = index.find(&|element| element.attribute("class").starts_with("change "));
    let changes: Vec<String> = changes.iter().map(|change| change.text()).filter(|text| text.ends_with('%')).collect();
    assert_eq!(changes, ["down 2.5%", "up 16.9%", "up 57.4%"]);
    assert!(changes.iter().all(|change| stands(change)));
}

/// `69,731` of `JPY69,731 million`.
fn figure_of(text: &str) -> &str {
    text.trim_start_matches(char::is_alphabetic).split(' ').next().unwrap_or_default()
}

/// A screen reader does not say parentheses: a word is generated before every negative amount, and nowhere else. It is not in
/// the text, so that programs read the amount as it is printed.
#[test]
fn negative_amounts_are_announced_as_negative() {
    let page = html::parse(&fs::read_to_string(built("full.html")).unwrap());
    let cells = page.find(&|element| element.name == "td");
    let spoken = |cell: &html::Element| cell.elements().any(|number| number.attribute("data-spoken") == "minus");
    assert!(cells.iter().filter(|cell| spoken(cell)).count() > 200);
    for cell in cells {
        assert_eq!(spoken(cell), cell.text().starts_with('('), "{}", cell.text());
    }
}

#[test]
fn markdown_is_as_published() {
    compare_reading("iij-fy2009.md", markdown::read);
}

#[test]
fn pdf_is_as_published() {
    let file = built("iij-fy2009.pdf");
    let read = |layout| pdf::text(&file, layout).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let (Some(lines), Some(flow)) = (read(true), read(false)) else {
        eprintln!("pdftotext is not installed; the PDF's text was not compared");
        return;
    };
    let published = published();
    let mut differences = pdf::missing_rows(&published.tables, &lines);
    differences.extend(pdf::missing_sentences("narrative", &published.narrative, &flow));
    differences.extend(pdf::missing_sentences("note", &published.notes, &flow));
    report("iij-fy2009.pdf", "", &differences);
}

/// Compares the tables, sentences and notes that `read` finds in a built file.
fn compare_reading(file: &str, read: fn(&str) -> Reading) {
    let path = built(file);
    let source = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (published, reading) = (published(), read(&source));
    let comparison = compare::tables(&published.tables, &reading.tables);
    let mut differences = comparison.differences;
    differences.extend(sentences::missing("narrative", &published.narrative, &reading.blocks));
    differences.extend(sentences::missing("note", &published.notes, &reading.blocks));
    let compared = format!(", {} rows and {} figures compared", comparison.rows, comparison.figures);
    report(file, &compared, &differences);
}

fn report(file: &str, compared: &str, differences: &[String]) {
    let list: String = differences.iter().map(|difference| format!("\n  {difference}")).collect();
    assert!(differences.is_empty(), "{file}: {} differences{compared}{list}", differences.len());
}

fn published() -> Published {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/published");
    transcription::read(&folder).unwrap_or_else(|error| panic!("{error}"))
}

/// The path of a built file; the release is built once.
fn built(file: &str) -> PathBuf {
    static BUILD: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    match BUILD.get_or_init(build) {
        Ok(folder) => folder.join(file),
        Err(error) => panic!("{error}"),
    }
}

fn build() -> Result<PathBuf, String> {
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join("published");
    match fs::remove_dir_all(&output) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(format!("{}: {error}", output.display()));
        }
        _ => {}
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_kessan"));
    command.args(["build", SLUG, "--root", env!("CARGO_MANIFEST_DIR"), "--output"]).arg(&output);
    let run = command.output().map_err(|error| format!("kessan build: {error}"))?;
    if !run.status.success() {
        return Err(format!("kessan build: {}\n{}", run.status, String::from_utf8_lossy(&run.stderr)));
    }
    Ok(output.join(SLUG))
}
