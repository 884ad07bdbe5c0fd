//! Tests the formats that have one file for all languages, with a Japanese release whose summary and statements are translated
//! into English.

use std::{io::Cursor, path::Path, sync::LazyLock};

use calamine::{Data, Range, Reader, Xlsx, open_workbook_from_rs};
use kessan::{Format, site::Site};
use serde_json::{Value, json};

use crate::{csv::read, sums::evaluate};

/// The fixture: `bilingual/` is a project with this release.
pub static BILINGUAL: LazyLock<Site> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/bilingual");
    let release = kessan::load(root, SLUG).unwrap();
    let formats = ["xlsx", "csv", "json"].map(|name| Format::by_name(name).unwrap());
    kessan::build(kessan::check(&release), &formats).unwrap()
});

const SLUG: &str = "minato-fy2026";
/// The table on the page that is not translated.
const UNTRANSLATED: &str = "outlook";

fn file(path: &str) -> &'static [u8] {
    BILINGUAL.iter().find(|(known, _)| *known == path).unwrap_or_else(|| panic!("no {path}")).1
}

pub fn release() -> Value {
    serde_json::from_slice(file(&format!("{SLUG}.json"))).unwrap()
}

/// The files of its tables.
pub fn tables() -> Vec<Value> {
    let files = BILINGUAL.iter().filter(|(path, _)| path.starts_with("tables/") && path.ends_with(".json"));
    files.map(|(_, bytes)| serde_json::from_slice(bytes).unwrap()).collect()
}

fn is_japanese(text: &str) -> bool {
    text.contains(|letter| matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '（'))
}

/// Every value under a language, with the key that holds it.
fn under(language: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get(language).map(Value::to_string));
            map.values().for_each(|value| under(language, value, found));
        }
        Value::Array(items) => items.iter().for_each(|item| under(language, item, found)),
        _ => {}
    }
}

#[test]
fn json_has_the_texts_of_a_language_beside_those_of_the_original() {
    let release = release();
    assert_eq!(release["release"]["languages"], json!(["ja", "en"]));
    assert_eq!(release["release"]["issuers"], json!({ "en": "Minato Instruments Co., Ltd." }));
    assert_eq!(release["periods"][0]["labels"], json!({ "en": "FY2025" }));
    assert_eq!(release["measures"][0]["labels"], json!({ "en": "Operating margin" }));
    assert_eq!(release["notes"][0]["texts"], json!({ "en": "Attributable to owners of the parent." }));
    let results = &release["tables"][0];
    assert_eq!(results["captions"], json!({ "en": "Consolidated results" }));
    assert_eq!(results["unit_lines"], json!({ "en": "(Millions of yen)" }));
    assert_eq!(results["columns"][0]["heads"], json!({ "en": ["Full year", "FY2025"] }));
    assert_eq!(results["rows"][0]["labels"], json!({ "en": "Net sales" }));
    let dividends = &release["tables"][1];
    assert_eq!(dividends["rows"][0]["cells"][0], json!({ "text": "－", "texts": { "en": "n/a" } }));
    assert_eq!(dividends["rows"][2]["cells"][0]["texts"], json!({ "en": "Retained earnings" }));
}

#[test]
fn no_text_of_the_original_stands_under_another_language() {
    let release = release();
    let mut texts = Vec::new();
    under("en", &release, &mut texts);
    assert!(texts.len() > 60, "{texts:?}");
    assert!(!texts.iter().any(|text| is_japanese(text)), "{texts:?}");
    let tables = release["tables"].as_array().unwrap();
    let outlook = tables.iter().find(|table| table["id"] == UNTRANSLATED).unwrap();
    let mut texts = Vec::new();
    under("en", &json!([outlook["captions"], outlook["rows"]]), &mut texts);
    assert!(texts.is_empty(), "{texts:?}");
}

#[test]
fn rows_have_the_names_of_the_original() {
    let release = release();
    let tables = release["tables"].as_array().unwrap();
    let position = tables.iter().find(|table| table["id"] == "position").unwrap();
    let rows = position["rows"].as_array().unwrap();
    assert_eq!(rows[0]["id"], "資産");
    assert_eq!(rows[0]["labels"], json!({ "en": "Assets" }));
}

#[test]
fn csv_has_columns_for_a_language_behind_all_others() {
    let records = read(file(&format!("{SLUG}.csv")));
    assert_eq!(records[0].len(), 20);
    assert_eq!(records[0][16..], ["caption_en", "label_en", "head_en", "displayed_en"]);
    for record in &records[1..] {
        let further = &record[16..];
        assert!(!further.iter().any(|text| is_japanese(text)), "{record:?}");
        assert_eq!(further[0].is_empty(), record[0] == UNTRANSLATED, "{record:?}");
    }
    let undecided = records.iter().find(|record| record[7] == "未定").unwrap();
    assert_eq!(undecided[16..], ["Dividends", "Year end", "FY2027", "undecided"]);
}

#[test]
fn csv_of_a_table_has_its_labels_heads_and_cells_once_more() {
    let records = read(file("tables/results.csv"));
    let own = 3 + 5 * 3;
    assert_eq!(records[0][own..], ["label_en", "en: Full year / FY2025", "en: Full year / FY2026", "en: Change"]);
    assert_eq!(records[1][own..], ["Net sales", "11,439", "14,266", "24.7%"]);
    assert_eq!(records[3][own..], ["Operating margin", "29.9%", "30.4%", ""]);
    let untranslated = read(file(&format!("tables/{UNTRANSLATED}.csv")));
    assert!(untranslated.iter().all(|record| record.len() == 3 + 5), "{untranslated:?}");
}

fn text(range: &Range<Data>, row: u32, column: u32) -> &str {
    match range.get_value((row, column)) {
        Some(Data::String(text)) => text,
        _ => "",
    }
}

/// The row of a sheet that has this text in a column.
fn row_of(range: &Range<Data>, column: u32, wanted: &str) -> u32 {
    let rows = range.end().unwrap().0;
    (0..=rows).find(|row| text(range, *row, column) == wanted).unwrap_or_else(|| panic!("no {wanted} in {range:?}"))
}

#[test]
fn the_workbook_has_labels_and_heads_of_each_language_over_one_set_of_numbers() {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(file(&format!("{SLUG}.xlsx")))).unwrap();
    let names = book.sheet_names();
    assert_eq!(names[..4], ["目次 Contents", "results", "dividends", "trend"]);
    let results = book.worksheet_range("results").unwrap();
    assert_eq!([text(&results, 1, 0), text(&results, 2, 0)], ["連結経営成績", "Consolidated results"]);
    let sales = row_of(&results, 0, "売上高");
    assert_eq!(text(&results, sales, 1), "Net sales");
    assert_eq!(results.get_value((sales, 2)), Some(&Data::Float(11_439.0)));
    let heads = [1, 3].map(|above| text(&results, sales - above, 2));
    assert_eq!(heads, ["FY2025", "2025年3月期"]);
    assert_eq!(text(&results, row_of(&results, 0, "当期純利益※1"), 1), "Profit");
    row_of(&results, 0, "※1 Attributable to owners of the parent.");
    let dividends = book.worksheet_range("dividends").unwrap();
    assert_eq!(text(&dividends, row_of(&dividends, 1, "Year end"), 4), "未定 / undecided");
    assert_eq!(text(&dividends, row_of(&dividends, 1, "Source"), 2), "利益剰余金\nRetained earnings");
    let outlook = book.worksheet_range(UNTRANSLATED).unwrap();
    assert_eq!(outlook.get_value((row_of(&outlook, 0, "売上高予想"), 1)), Some(&Data::Float(15_500.0)));
    let contents = book.worksheet_range("目次 Contents").unwrap();
    let position = row_of(&contents, 0, "連結貸借対照表");
    assert_eq!([1, 2].map(|column| text(&contents, position, column)), ["Consolidated balance sheets", "position"]);
    assert_eq!(text(&contents, row_of(&contents, 0, "連結業績予想"), 1), "");
}

#[test]
fn sums_of_the_workbook_are_over_the_numbers() {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(file(&format!("{SLUG}.xlsx")))).unwrap();
    let (range, written) = (book.worksheet_range("position").unwrap(), book.worksheet_formula("position").unwrap());
    let value = |row: u32, column: u32| match range.get_value((row, column)) {
        Some(Data::Float(number)) => *number,
        _ => 0.0,
    };
    let (top, left) = written.start().unwrap();
    let sums = written.used_cells().map(|(row, column, formula)| {
        assert_eq!(evaluate(formula, &value), value(row as u32 + top, column as u32 + left), "{formula}");
    });
    assert_eq!(sums.count(), 4);
}
