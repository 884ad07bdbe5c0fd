//! The workbook of a release: a contents sheet, then a sheet for each table, with figures as numbers and totals as formulas.
//!
//! A cell contains the printed number, so that formulas calculate what a reader adds up. A figure printed with a percent sign
//! is stored as a fraction with a percent format, like a typed `2.5%`; a figure under a head with % is stored as printed.
//! Inputs are blue and sums are black, the convention of financial models. Only sums are formulas.

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

use crate::{
    diag::Diagnostic,
    present::document::{Document, plain},
};

/// The bytes of the workbook. Its dates are the release date.
///
/// Errors: a table is larger than a sheet can be.
pub fn workbook(document: &Document) -> Result<Vec<u8>, Diagnostic> {
    write(document).map_err(|error| Diagnostic::error("workbook", format!("the workbook cannot be written: {error}")))
}

fn write(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let tables = document.tables();
    let words = |key: &str| document.words.get(key).map_or("", String::as_str);
    let names = names::sheet_names(words("contents"), tables.iter().map(|(_, table)| table.id.as_str()));
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document)?);
    contents::write(document, &names, workbook.add_worksheet())?;
    for ((_, table), name) in tables.iter().zip(names.iter().skip(1)) {
        sheet::write(document, table, &names[0], workbook.add_worksheet().set_name(name)?)?;
    }
    workbook.save_to_buffer()
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
