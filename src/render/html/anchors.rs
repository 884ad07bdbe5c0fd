//! Which page has which anchor, so that a link within the release finds its heading, table or row on another page.

use std::collections::BTreeMap;

use super::link::LinkView;
use crate::present::document::{Block, Document, Table};

/// The page that each anchor of a release is on, by the pages' order.
pub(super) type AnchorIndex = BTreeMap<String, usize>;

/// Anchors as a page sees them. The default knows of no other page, which is right where everything is on one.
#[derive(Debug, Default)]
pub(super) struct Anchors<'a> {
    /// The anchors of all pages, their files, and the page that is being written.
    elsewhere: Option<(&'a AnchorIndex, &'a [String], usize)>,
    /// The formats that each table has a file in: extension and name.
    formats: Vec<(String, String)>,
    /// Whether the figures of charts stand elsewhere.
    charts_alone: bool,
}

/// The anchors of all pages.
pub(super) fn atlas(document: &Document) -> AnchorIndex {
    let mut names = Vec::new();
    let mut atlas = AnchorIndex::new();
    for (number, page) in document.pages.iter().enumerate() {
        collect(&page.blocks, &mut names);
        atlas.extend(names.drain(..).map(|name| (name, number)));
    }
    atlas
}

impl<'a> Anchors<'a> {
    /// The anchors as the page `here` sees them; `files` are the pages' files in order.
    pub(super) fn from_page(atlas: &'a AnchorIndex, files: &'a [String], here: usize) -> Self {
        Self { elsewhere: (files.len() > 1).then_some((atlas, files, here)), ..Self::default() }
    }

    /// With files of each table beside the pages.
    pub(super) fn with_files(self, formats: &[(String, String)]) -> Self {
        Self { formats: formats.to_vec(), ..self }
    }

    /// The files of a table.
    pub(super) fn files_of(&self, table: &str) -> Vec<LinkView> {
        let link = |(extension, name): &(String, String)| LinkView::new(format!("tables/{table}.{extension}"), name);
        self.formats.iter().map(link).collect()
    }

    /// With charts that have no tables: their figures, and the anchors of these, stand on the pages.
    pub(super) fn with_charts_alone(self) -> Self {
        Self { charts_alone: true, ..self }
    }

    /// Whether charts have no tables here.
    pub(super) fn charts_alone(&self) -> bool {
        self.charts_alone
    }

    /// The file of the other page that an anchor is on.
    fn file_of(&self, name: &str) -> Option<&'a String> {
        let (atlas, files, here) = self.elsewhere?;
        atlas.get(name).filter(|page| **page != here).and_then(|page| files.get(*page))
    }

    /// The link as it must be written on this page.
    pub(super) fn resolve(&self, href: &str) -> String {
        match href.strip_prefix('#').and_then(|name| self.file_of(name)) {
            Some(file) => format!("{file}{href}"),
            None => href.to_owned(),
        }
    }
}

fn collect(blocks: &[Block], names: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { id, .. } => names.push(id.clone()),
            Block::List { items, .. } => items.iter().for_each(|item| collect(item, names)),
            Block::Quote { blocks } => collect(blocks, names),
            Block::Table(table) => tabled(table, names),
            Block::Chart(chart) => tabled(&chart.table, names),
            Block::Paragraph { .. } | Block::Rule => {}
        }
    }
}

fn tabled(table: &Table, names: &mut Vec<String>) {
    names.push(table.id.clone());
    names.extend(table.rows.iter().map(|row| format!("{}.{}", table.id, row.id)));
}
