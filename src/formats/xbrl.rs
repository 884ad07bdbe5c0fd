//! The format `xbrl`: the page that is filed with an exchange as inline XBRL, and an archive of its files.

use super::{Files, Format, Publication, ReleaseContent};
use crate::{diag::Diagnostic, render::xbrl};

pub(super) const FORMAT: Format = Format {
    name: "xbrl",
    title: "Inline XBRL",
    media_type: "application/zip",
    extension: Some("zip"),
    is_by_language: false,
    has_table_files: false,
    is_of: |content| content.filing.is_some(),
    other_files: |content| content.filing.iter().flat_map(xbrl::paths).collect(),
    write,
};

fn write(content: &ReleaseContent, _: &Publication) -> Result<Files, Vec<Diagnostic>> {
    let Some(filing) = &content.filing else { return Ok(Files::new()) };
    let files = xbrl::files(filing);
    let archive = xbrl::archive(filing, &files).map_err(|finding| vec![finding])?;
    Ok(FORMAT.zip_with_paths(content, std::iter::once(archive).chain(files.map(String::into_bytes))))
}
