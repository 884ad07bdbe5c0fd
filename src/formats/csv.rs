//! The format `csv`: all cells of the release in one file, and a file for each table.

use super::{Files, Format, Publication, ReleaseContent};
use crate::{diag::Diagnostic, render::csv};

pub(super) const FORMAT: Format = Format {
    name: "csv",
    title: "CSV",
    media_type: "text/csv",
    extension: Some("csv"),
    is_by_language: false,
    has_table_files: true,
    is_of: |_| true,
    other_files: |_| Vec::new(),
    write,
};

fn write(content: &ReleaseContent, _: &Publication) -> Result<Files, Vec<Diagnostic>> {
    let editions = content.all_languages();
    let tables = content.document.tables();
    let tables = tables.iter().map(|(_, table)| csv::table(&editions, table));
    Ok(FORMAT.zip_with_paths(content, std::iter::once(csv::release(&editions)).chain(tables)))
}
