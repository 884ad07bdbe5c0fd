//! The format `xlsx`: a workbook with a sheet for each table.

use super::{Files, Format, Publication, ReleaseContent};
use crate::{diag::Diagnostic, render::xlsx};

pub(super) const FORMAT: Format = Format {
    name: "xlsx",
    title: "Excel",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    extension: Some("xlsx"),
    is_by_language: false,
    has_table_files: false,
    is_of: |_| true,
    other_files: |_| Vec::new(),
    write,
};

fn write(content: &ReleaseContent, _: &Publication) -> Result<Files, Vec<Diagnostic>> {
    let workbook = xlsx::workbook(&content.all_languages()).map_err(|finding| vec![finding])?;
    Ok(FORMAT.zip_with_paths(content, [workbook]))
}
