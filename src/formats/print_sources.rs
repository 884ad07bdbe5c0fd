//! What the printed release needs of the dataset beside its document: where its parts are written, and the files to attach.

use std::sync::Arc;

use crate::{
    diag::Source,
    model::{Attach, Release},
    render::pdf::{Attachment, DocumentPart, Relation, SourcePlaces},
};

/// What print needs of a release beside its document.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct PrintSources {
    pub(super) places: SourcePlaces,
    /// The dataset's files, where they are attached.
    pub(super) dataset: Vec<Attachment>,
    /// Whether each table is attached.
    pub(super) attaches_tables: bool,
}

impl PrintSources {
    /// Where the release's parts are written, and which of its files are attached.
    pub(super) fn new(release: &Release) -> Self {
        let is_attached = release.attach.contains(&Attach::Dataset);
        let dataset = if is_attached { dataset(release) } else { Vec::new() };
        Self { places: places(release), dataset, attaches_tables: release.attach.contains(&Attach::Tables) }
    }
}

fn places(release: &Release) -> SourcePlaces {
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

/// The files that a release was read from, under the names of their folders.
fn dataset(release: &Release) -> Vec<Attachment> {
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
