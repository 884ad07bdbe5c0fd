//! The format `markdown`: the release as one Markdown file.

use super::{Files, Format, Publication, ReleaseContent};
use crate::{diag::Diagnostic, render::markdown::markdown};

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    title: "Markdown",
    media_type: "text/markdown",
    extension: Some("md"),
    is_by_language: true,
    has_table_files: false,
    is_of: |_| true,
    other_files: |_| Vec::new(),
    write,
};

fn write(content: &ReleaseContent, _: &Publication) -> Result<Files, Vec<Diagnostic>> {
    Ok(FORMAT.zip_with_paths(content, content.editions().iter().map(|edition| markdown(edition.document))))
}
