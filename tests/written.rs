//! Numbers as a language writes them: `tests/written/` is a project with a Japanese and an Indian release.

#[expect(dead_code, reason = "only the folder is needed here")]
#[path = "support/folder.rs"]
mod folder;

use std::{path::Path, sync::LazyLock};

use calamine::{Data, Reader, Xlsx};
use folder::Folder;
use snapbox::{assert_data_eq, file};

/// The project, built without print: it has no face with Japanese letters.
static BUILT: LazyLock<Folder> = LazyLock::new(|| {
    let folder = Folder::new("built");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/written");
    let (root, output) = (root.to_string_lossy(), folder.path("output"));
    let formats = "html,markdown,xlsx,csv,json";
    let ran = folder.run(&["build", "--root", &root, "--output", &output.to_string_lossy(), "--format", formats]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    folder
});

fn output(file: &str) -> String {
    BUILT.read(&format!("output/{file}"))
}

/// The numbers of a sheet in the order of their rows.
fn sheet_numbers(release: &str, sheet: &str) -> Vec<f64> {
    let mut book: Xlsx<_> = calamine::open_workbook(BUILT.path(&format!("output/{release}/{release}.xlsx"))).unwrap();
    let cells = book.worksheet_range(sheet).unwrap();
    let numbers = cells.used_cells().filter_map(|(_, _, cell)| match cell {
        Data::Float(number) => Some(*number),
        _ => None,
    });
    numbers.collect()
}

#[test]
fn japanese_is_as_an_issuer_writes_it() {
    assert_data_eq!(output("sakura/sakura.md"), file!["written/sakura.md"]);
}

#[test]
fn what_is_compared_follows_from_the_periods() {
    assert_data_eq!(output("tsubame/tsubame.md"), file!["written/tsubame.md"]);
}

#[test]
fn indian_english_is_as_an_issuer_writes_it() {
    assert_data_eq!(output("himalaya/himalaya.md"), file!["written/himalaya.md"]);
}

#[test]
fn amounts_at_other_scales_are_exact_in_every_format() {
    assert_eq!(sheet_numbers("sakura", "results"), [114.3, 142.6, 80.2, 99.3, 34.1, 43.3]);
    let rupees = [114_391_200.0, 142_664_800.0, 80_203_300.0, 149_307_100.0, 34_187_900.0, -6_642_300.0];
    assert_eq!(sheet_numbers("himalaya", "rupees"), rupees);
    let sheet = output("sakura/tables/results.csv");
    assert!(sheet.contains("114.3,142.6,114.3912,142.6648,JPY hundred million,JPY hundred million"), "{sheet}");
    let data = output("sakura/sakura.json");
    assert!(data.contains("\"factor\": \"100000000\""), "{data}");
}

#[test]
fn a_zero_that_was_resolved_is_no_missing_record_date() {
    let sheet = output("sakura/tables/dividends.csv");
    let printed = |row: &str| {
        let line = sheet.lines().find(|line| line.starts_with(row)).unwrap();
        line.split(',').skip(3).take(4).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(printed("first_quarter"), ["－", "－", "－", "－"]);
    assert_eq!(printed("interim"), ["0.00", "15.00", "15.00", "－"]);
    assert_eq!(printed("year_end"), ["12.50", "0.00", "△12.50", "－"], "by a stated mark");
    assert_eq!(sheet_numbers("sakura", "dividends"), [0.0, 15.0, 15.0, 12.5, 0.0, -12.5]);
}

#[test]
fn a_chart_is_described_in_the_punctuation_of_the_language() {
    let page = output("sakura/index.html");
    let sales = "棒グラフ：売上高の推移（百万円）。売上高：2025年3月期 11,439、2026年3月期 14,266；営業利益：2025年3月期 3,418、2026年3月期 4,335。";
    assert!(page.contains(sales), "{page}");
    assert!(page.contains("<title>2026年3月期 決算短信｜さくら製作所株式会社</title>"), "{page}");
}

#[test]
fn the_check_report_and_the_list_of_releases_are_in_japanese() {
    let report = output("sakura/checks.html");
    for word in
        ["<th scope=\"row\">縦計</th>", ">端数差<", ">理由付き差異<", "<title>検算報告｜2026年3月期 決算短信</title>"]
    {
        assert!(report.contains(word), "{word}: {report}");
    }
    let list = output("index.html");
    assert!(list.contains("決算短信等"), "{list}");
}
