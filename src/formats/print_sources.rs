//! Source places and attachments for the printed release, taken from the dataset.

use std::sync::Arc;

use crate::{
    diag::Source,
    model::{Attach, Release},
    render::pdf::{Attachment, DocumentPart, Relation, SourcePlaces},
};

/// What the PDF needs of a release besides its document.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct PrintSources {
    pub(super) places: SourcePlaces,
    /// The files of the dataset, if they are to be attached.
    pub(super) dataset: Vec<Attachment>,
    /// Whether each table is to be attached.
    pub(super) attaches_tables: bool,
}

impl PrintSources {
    /// Collects source places and attachments of a release.
    pub(super) fn new(release: &Release) -> Self {
        let is_attached = release.attach.contains(&Attach::Dataset);
        let dataset = if is_attached { dataset_attachments(release) } else { Vec::new() };
        Self { places: source_places(release), dataset, attaches_tables: release.attach.contains(&Attach::Tables) }
    }
}

fn source_places(release: &Release) -> SourcePlaces {
    let mut places = SourcePlaces::default();
    release.files.iter().for_each(|file| places.add_source(file));
    for table in &release.tables {
        let id = &table.id.value;
        places.add(
            if table.chart.is_some() { DocumentPart::Chart(id) } else { DocumentPart::Table(id) },
            &table.id.place,
        );
    }
    for page in &release.narrative {
        places.add(DocumentPart::Page(&page.id), &page.first_line());
        for (id, place) in page.notes() {
            places.add(DocumentPart::Note(id), &place);
        }
    }
    places
}

/// The files of the dataset as attachments; `/` in their paths becomes `-`.
fn dataset_attachments(release: &Release) -> Vec<Attachment> {
    let base = format!("content/{}/", release.slug);
    let file = |file: &Arc<Source>| {
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
