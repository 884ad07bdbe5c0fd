//! The forms that programs and spreadsheets read: of the release, and of each table.

use super::{Files, Format, ReleaseContent, named};
use crate::{
    diag::Diagnostic,
    render::{csv, json, xlsx},
    site,
};

/// The workbook.
pub(super) fn xlsx(whole: &ReleaseContent) -> Result<Files, Vec<Diagnostic>> {
    let workbook = xlsx::workbook(&whole.document).map_err(|finding| vec![finding])?;
    Ok(named(Format::Xlsx, whole, [workbook]))
}

/// The release cell by cell, then each table as printed.
pub(super) fn csv(whole: &ReleaseContent) -> Files {
    let document = &whole.document;
    let tables = document.tables();
    let tables = tables.iter().map(|(_, table)| csv::table(document, table));
    named(Format::Csv, whole, std::iter::once(csv::release(document)).chain(tables))
}

/// The release, then each table, then the schema of both.
pub(super) fn json(whole: &ReleaseContent) -> Files {
    let document = &whole.document;
    let tables = document.tables();
    let tables = tables.iter().map(|(page, table)| site::json(&json::table(document, page, table)));
    let release = std::iter::once(site::json(&json::release(document)));
    named(Format::Json, whole, release.chain(tables).chain([json::SCHEMA.as_bytes().to_vec()]))
}
