//! The workbook of a release: contents, then a sheet for each table, with printed figures as numbers and totals as sums.
//!
//! A cell holds the printed number, so that what is recalculated is what a reader adds up. A figure that prints its own
//! percent sign is held as a fraction under a percent format, as a spreadsheet program itself takes `2.5%`; under a head
//! that says % it is held as printed. Figures are blue where they are typed and black where they are sums, as analysts
//! set their models. Nothing but these sums is a formula.

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

/// The file. Its dates are those of the release.
///
/// Fails where a table is larger than a sheet can be.
pub fn workbook(document: &Document) -> Result<Vec<u8>, Diagnostic> {
    write(document).map_err(|error| Diagnostic::error("workbook", format!("the workbook cannot be written: {error}")))
}

fn write(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let tables = document.tables();
    let words = |key: &str| document.words.get(key).map_or("", String::as_str);
    let names = names::sheets(words("contents"), tables.iter().map(|(_, table)| table.id.as_str()));
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
    // A day before spreadsheets have dates is left to the first day that they have.
    let day = ExcelDateTime::parse_from_str(&document.date.iso).or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1))?;
    Ok(properties.set_creation_datetime(&day))
}
