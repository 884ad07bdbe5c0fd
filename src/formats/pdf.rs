//! The format `pdf`: the printed release, with attachments.

use super::{
    Files, Format, Publication, ReleaseContent,
    content::Edition,
    print_sources::{PrintSources, source_places},
};
use crate::{
    closing::Closing,
    diag::{Diagnostic, Findings},
    present::document::{Document, PictureFile, plain},
    project::Project,
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
    is_by_language: true,
    has_table_files: false,
    is_of: |_| true,
    other_files: |_| Vec::new(),
    write,
};

fn write(content: &ReleaseContent, publication: &Publication) -> Result<Files, Vec<Diagnostic>> {
    let project = publication.project;
    // Templates that cannot be parsed were reported when the project was loaded.
    let Some(templates) = project.templates() else { return Ok(Files::new()) };
    let logo = project.logo.as_ref().map(|logo| (PictureFile::from(&logo.print), f32::from(logo.height)));
    let logo = logo.as_ref().map(|(file, height)| (file, *height));
    let (mut files, mut findings) = (Vec::new(), Findings::new());
    for Edition { document, print, .. } in content.editions() {
        let PrintSources { places, dataset, attaches_tables } = print;
        let tables = if *attaches_tables { table_attachments(document, &content.document) } else { Vec::new() };
        let attachments = [tables, dataset.clone()].concat();
        let (style, faces, places) = (&project.style, &project.faces, Some(places));
        let appearance = pdf::PrintAppearance { style, faces, templates, places, attachments: &attachments, logo };
        files.extend(findings.keep_all(pdf::pdf(document, &appearance)));
    }
    if findings.is_empty() { Ok(FORMAT.zip_with_paths(content, files)) } else { Err(findings.sorted()) }
}

/// The findings of print that need no layout: characters that no font has.
pub(super) fn check(closing: &Closing, project: &Project) -> Vec<Diagnostic> {
    let translations = closing.translations.iter().map(|it| (it.book.release, &it.presented.document));
    let editions = std::iter::once((closing.book.release, &closing.presented.document)).chain(translations);
    let of_edition = |(release, document)| pdf::glyph_findings(document, &project.faces, Some(&source_places(release)));
    editions.flat_map(of_edition).collect()
}

/// Each table as a CSV attachment, with the texts of the document alone. `original` says where its figures come from.
fn table_attachments(document: &Document, original: &Document) -> Vec<Attachment> {
    let attachment = |table: &crate::present::document::Table| Attachment {
        name: format!("{}.csv", table.id),
        media_type: super::csv::FORMAT.media_type,
        description: if table.caption.is_empty() { table.id.clone() } else { plain(&table.caption) },
        relation: Relation::Data,
        bytes: csv::table(&original.into(), table),
    };
    document.tables().into_iter().map(|(_, table)| attachment(table)).collect()
}
