//! The workbook of a release: a contents sheet, then a sheet for each table, with figures as numbers and totals as formulas.
//!
//! A cell contains the printed number, so that formulas calculate what a reader adds up. A figure printed with a percent sign
//! is stored as a fraction with a percent format, like a typed `2.5%`; a figure under a head with % is stored as printed.
//! Inputs are blue and sums are black, the convention of financial models. Only sums are formulas.
//!
//! A release in several languages has one workbook: each language has a column of labels and rows of heads, beside one set of
//! numbers. What is not translated is blank.

mod cells;
mod contents;
mod formula;
mod head;
mod names;
mod number;
mod sheet;
mod styles;
mod text;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::editions::Editions;
use crate::{
    diag::Diagnostic,
    present::document::{Document, plain},
};

/// The bytes of the workbook. Its dates are the release date.
///
/// Errors: a table is larger than a sheet can be.
pub fn workbook(editions: &Editions) -> Result<Vec<u8>, Diagnostic> {
    write(editions).map_err(|error| Diagnostic::error("workbook", format!("the workbook cannot be written: {error}")))
}

fn write(editions: &Editions) -> Result<Vec<u8>, XlsxError> {
    let document = editions.original;
    let tables = document.tables();
    let contents = words(editions, "contents").join(" ");
    let names = names::sheet_names(&contents, tables.iter().map(|(_, table)| table.id.as_str()));
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document)?);
    contents::write(editions, &names, workbook.add_worksheet())?;
    for ((_, table), name) in tables.iter().zip(names.iter().skip(1)) {
        sheet::write(editions, table, &names[0], workbook.add_worksheet().set_name(name)?)?;
    }
    workbook.save_to_buffer()
}

/// A fixed word in each language, each once.
fn words<'a>(editions: &Editions<'a>, key: &str) -> Vec<&'a str> {
    let mut words = Vec::new();
    for document in documents(editions) {
        let word = document.words.get(key).map_or("", String::as_str);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

/// The document in each of its languages, the original first.
fn documents<'a>(editions: &Editions<'a>) -> impl Iterator<Item = &'a Document> {
    std::iter::once(editions.original).chain(editions.translations().iter().map(|edition| edition.document))
}

fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    let properties = DocProperties::new()
        .set_title(plain(&document.title))
        .set_subject(&document.description)
        .set_author(&document.issuer)
        .set_company(&document.issuer)
        .set_status(document.draft.as_ref().map_or("", |draft| &draft.mark));
    // Spreadsheets have no dates before 1900.
    let day = ExcelDateTime::parse_from_str(&document.date.iso).or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1))?;
    Ok(properties.set_creation_datetime(&day))
}
