//! The printed release, and what its file carries inside.

use super::{Files, Format, ReleaseContent, named};
use crate::{
    diag::Diagnostic,
    jobs::Project,
    model::{Attach, Release},
    present::document::{Document, plain},
    render::{
        csv,
        pdf::{self, Attachment, Part, Relation, SourcePlaces},
    },
};

/// What print wants of a release beside its document.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::jobs) struct PrintSources {
    places: SourcePlaces,
    dataset: Vec<Attachment>,
    tables: bool,
}

impl PrintSources {
    /// Where the release's parts are written, and which of its files are attached.
    pub(in crate::jobs) fn new(release: &Release) -> Self {
        let attached = release.attach.contains(&Attach::Dataset);
        let dataset = if attached { dataset(release) } else { Vec::new() };
        Self { places: places(release), dataset, tables: release.attach.contains(&Attach::Tables) }
    }
}

/// Writes the PDF. Templates that cannot be parsed were told when the project was loaded.
pub(super) fn write(whole: &ReleaseContent, project: &Project) -> Result<Files, Vec<Diagnostic>> {
    let Some(templates) = &project.templates else { return Ok(Files::new()) };
    let PrintSources { places, dataset, tables } = &whole.behind;
    let tables = if *tables { self::tables(&whole.document) } else { Vec::new() };
    let attachments = [tables, dataset.clone()].concat();
    let (style, faces, places) = (&project.style, &project.faces, Some(places));
    let look = pdf::PrintAppearance { style, faces, templates, places, attachments: &attachments };
    Ok(named(Format::Pdf, whole, [pdf::pdf(&whole.document, &look)?]))
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
