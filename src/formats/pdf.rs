//! The format `pdf`: the printed release, with attachments.

use super::{Files, Format, Publication, ReleaseContent, print_sources::PrintSources};
use crate::{
    diag::Diagnostic,
    present::document::{Document, PictureFile, plain},
    render::{
        csv,
        pdf::{self, Attachment, Relation},
    },
};

pub(super) const FORMAT: Format = Format {
    name: "pdf",
    title: "PDF",
    media_type: "application/pdf",
    extension: Some("pdf"),
    has_table_files: false,
    fixed_files: &[],
    write,
};

fn write(content: &ReleaseContent, publication: &Publication) -> Result<Files, Vec<Diagnostic>> {
    let project = publication.project;
    // Templates that cannot be parsed were reported when the project was loaded.
    let Some(templates) = &project.templates else { return Ok(Files::new()) };
    let PrintSources { places, dataset, attaches_tables } = &content.print;
    let tables = if *attaches_tables { table_attachments(&content.document) } else { Vec::new() };
    let attachments = [tables, dataset.clone()].concat();
    let (style, faces, places) = (&project.style, &project.faces, Some(places));
    let logo = project.logo.as_ref().map(|logo| (PictureFile::from(&logo.print), f32::from(logo.height)));
    let logo = logo.as_ref().map(|(file, height)| (file, *height));
    let appearance = pdf::PrintAppearance { style, faces, templates, places, attachments: &attachments, logo };
    Ok(FORMAT.zip_with_paths(content, [pdf::pdf(&content.document, &appearance)?]))
}

/// Each table as a CSV attachment.
fn table_attachments(document: &Document) -> Vec<Attachment> {
    let attachment = |table: &crate::present::document::Table| Attachment {
        name: format!("{}.csv", table.id),
        media_type: super::csv::FORMAT.media_type,
        description: if table.caption.is_empty() { table.id.clone() } else { plain(&table.caption) },
        relation: Relation::Data,
        bytes: csv::table(document, table),
    };
    document.tables().into_iter().map(|(_, table)| attachment(table)).collect()
}
