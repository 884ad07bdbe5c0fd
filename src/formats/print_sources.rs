//! Source places and attachments for the printed release, taken from the dataset.

use std::{collections::BTreeSet, sync::Arc};

use crate::{
    diag::Source,
    model::{Attach, Picture, Release},
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

/// Where the parts of a release are written.
pub(super) fn source_places(release: &Release) -> SourcePlaces {
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

/// The files of the dataset as attachments, the pictures of the narrative among them; `/` in their paths becomes `-`.
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
    let picture = |(name, picture): (&String, &Picture)| Attachment {
        name: name.clone(),
        media_type: picture.kind.media_type(),
        description: format!("{base}{name}"),
        relation: Relation::Source,
        bytes: picture.bytes.to_vec(),
    };
    // Pictures of the project's static files are no part of the dataset.
    let own: BTreeSet<&str> = release.picture_files.iter().map(|file| file.path.as_str()).collect();
    let is_own = |name: &str| own.contains(format!("{base}{name}").as_str());
    let read = release.pictures.iter().filter_map(|(name, picture)| Some((name, picture.as_ref().ok()?)));
    let pictures = read.filter(|(name, _)| is_own(name)).map(picture);
    release.files.iter().map(file).chain(pictures).collect()
}
