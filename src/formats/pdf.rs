//! The printed release, and the files attached to it.

use super::{Files, Format, Publication, ReleaseContent};
use crate::{
    diag::Diagnostic,
    model::{Attach, Release},
    present::document::{Document, plain},
    render::{
        csv,
        pdf::{self, Attachment, Part, Relation, SourcePlaces},
    },
};

pub(super) const FORMAT: Format =
    Format { name: "pdf", extension: Some("pdf"), has_table_files: false, fixed_files: &[], write };

/// What print needs of a release beside its document.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct PrintSources {
    places: SourcePlaces,
    /// The dataset's files, where they are attached.
    dataset: Vec<Attachment>,
    /// Whether each table is attached.
    attaches_tables: bool,
}

impl PrintSources {
    /// Where the release's parts are written, and which of its files are attached.
    pub(super) fn new(release: &Release) -> Self {
        let is_attached = release.attach.contains(&Attach::Dataset);
        let dataset = if is_attached { dataset(release) } else { Vec::new() };
        Self { places: places(release), dataset, attaches_tables: release.attach.contains(&Attach::Tables) }
    }
}

fn write(content: &ReleaseContent, publication: &Publication) -> Result<Files, Vec<Diagnostic>> {
    let project = publication.project;
    // Templates that cannot be parsed were reported when the project was loaded.
    let Some(templates) = &project.templates else { return Ok(Files::new()) };
    let PrintSources { places, dataset, attaches_tables } = &content.print;
    let tables = if *attaches_tables { tables(&content.document) } else { Vec::new() };
    let attachments = [tables, dataset.clone()].concat();
    let (style, faces, places) = (&project.style, &project.faces, Some(places));
    let appearance = pdf::PrintAppearance { style, faces, templates, places, attachments: &attachments };
    Ok(FORMAT.at_paths(content, [pdf::pdf(&content.document, &appearance)?]))
}

fn places(release: &Release) -> SourcePlaces {
    let mut places = SourcePlaces::default();
    release.files.iter().for_each(|file| places.read(file));
    for table in &release.tables {
        let id = &table.id.value;
        places.add(if table.drawn.is_some() { Part::Chart(id) } else { Part::Table(id) }, &table.id.place);
    }
    for page in &release.narrative {
        places.add(Part::Page(&page.id), &page.opening());
        for (id, place) in page.notes() {
            places.add(Part::Note(id), &place);
        }
    }
    places
}

/// The files that a release was read from, under the names of their folders.
fn dataset(release: &Release) -> Vec<Attachment> {
    let base = format!("content/{}/", release.slug);
    let file = |file: &std::sync::Arc<crate::diag::Source>| {
        let path = file.path.strip_prefix(&base).unwrap_or(&file.path);
        Attachment {
            name: path.replace('/', "-"),
            media_type: if path.ends_with(".md") { "text/markdown" } else { "application/toml" },
            description: file.path.clone(),
            relation: Relation::Source,
            bytes: file.text.clone().into_bytes(),
        }
    };
    release.files.iter().map(file).collect()
}

/// Each table as CSV.
fn tables(document: &Document) -> Vec<Attachment> {
    let attachment = |table: &crate::present::document::Table| Attachment {
        name: format!("{}.csv", table.id),
        media_type: "text/csv",
        description: plain(&table.caption),
        relation: Relation::Data,
        bytes: csv::table(document, table),
    };
    document.tables().into_iter().map(|(_, table)| attachment(table)).collect()
}
