//! The format `json`: a file for the release, one for each table, and their schema.

use super::{Files, Format, Publication, ReleaseContent};
use crate::{diag::Diagnostic, render::json, site};

pub(super) const FORMAT: Format = Format {
    name: "json",
    title: "JSON",
    media_type: "application/json",
    extension: Some("json"),
    is_by_language: false,
    has_table_files: true,
    is_of: |_| true,
    other_files: |_| vec![json::SCHEMA_FILE.to_owned()],
    write,
};

fn write(content: &ReleaseContent, _: &Publication) -> Result<Files, Vec<Diagnostic>> {
    let editions = content.all_languages();
    let tables = content.document.tables();
    let tables = tables.iter().map(|(page, table)| site::to_json(&json::table(&editions, page, table)));
    let release = std::iter::once(site::to_json(&json::release(&editions)));
    Ok(FORMAT.zip_with_paths(content, release.chain(tables).chain([json::SCHEMA.as_bytes().to_vec()])))
}
