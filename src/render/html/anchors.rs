//! Which page has which anchor, so that a link within the release finds its heading, table or row on another page.

use std::collections::BTreeMap;

use super::page::LinkView;
use crate::present::document::{Block, Document, Table};

/// Anchors of the other pages: name to file. The default knows none, which is right where everything is on one page.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    elsewhere: BTreeMap<String, String>,
    /// The formats that each table has a file in: extension and name.
    formats: Vec<(String, String)>,
}

impl Anchors {
    /// The anchors of all pages but `here`; `files` are the pages' files in order.
    pub(super) fn from_page(document: &Document, files: &[String], here: usize) -> Self {
        let mut elsewhere = BTreeMap::new();
        for (number, (page, file)) in document.pages.iter().zip(files).enumerate() {
            if number != here {
                let mut names = Vec::new();
                collect(&page.blocks, &mut names);
                elsewhere.extend(names.into_iter().map(|name| (name, file.clone())));
            }
        }
        Self { elsewhere, ..Self::default() }
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

    /// Whether everything is on this one page.
    pub(super) fn is_whole(&self) -> bool {
        self.elsewhere.is_empty()
    }

    /// The link as it must be written on this page.
    pub(super) fn resolve(&self, href: &str) -> String {
        match href.strip_prefix('#').and_then(|name| self.elsewhere.get(name)) {
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
