//! An index of anchors by page, which resolves links within the release to headings, tables and rows on other pages.

use std::collections::BTreeMap;

use super::{link::LinkView, picture_address::data_address};
use crate::present::document::PictureFile;

/// The number of the page that holds each anchor, counted from 0.
pub(super) type AnchorIndex = BTreeMap<String, usize>;

/// Resolves links for one page. The default knows no other page, which suits the page with the whole release.
#[derive(Debug, Default)]
pub(super) struct Anchors<'a> {
    /// The anchors of all pages, the files of the pages, and the number of the current page.
    pages: Option<(&'a AnchorIndex, &'a [String], usize)>,
    /// Formats with a file for each table: extension and displayed name.
    formats: Vec<(String, String)>,
    /// The way from the folder of the page to the release's folder.
    root: &'a str,
    /// Whether charts are shown without their tables.
    hides_chart_tables: bool,
    /// Whether pictures are part of the page.
    embeds_pictures: bool,
    /// Whether figures in text have their names.
    names_figures: bool,
}

impl<'a> Anchors<'a> {
    /// Resolves links on page number `current`; `files` are the files of the pages in order.
    pub(super) fn for_page(anchor_index: &'a AnchorIndex, files: &'a [String], current: usize) -> Self {
        Self { pages: (files.len() > 1).then_some((anchor_index, files, current)), ..Self::default() }
    }

    /// Gives figures in text their names, if asked to.
    pub(super) fn with_figure_names(self, names_figures: bool) -> Self {
        Self { names_figures, ..self }
    }

    /// Whether figures in text have their names.
    pub(super) fn names_figures(&self) -> bool {
        self.names_figures
    }

    /// Adds links to the files of each table, in the release's folder at `root`.
    pub(super) fn with_table_files(self, formats: &[(String, String)], root: &'a str) -> Self {
        Self { formats: formats.to_vec(), root, ..self }
    }

    /// Makes pictures part of the page.
    pub(super) fn with_embedded_pictures(self) -> Self {
        Self { embeds_pictures: true, ..self }
    }

    /// The address of a picture: its file, from the folder of the page, or itself.
    pub(super) fn picture(&self, file: &PictureFile) -> String {
        if self.embeds_pictures { data_address(file) } else { format!("{}{}", self.root, file.path) }
    }

    /// The files of a table.
    pub(super) fn table_files(&self, table: &str) -> Vec<LinkView> {
        let link = |(extension, name): &(String, String)| {
            LinkView::new(format!("{}tables/{table}.{extension}", self.root), name)
        };
        self.formats.iter().map(link).collect()
    }

    /// Shows charts without tables, because the figures are on the pages already.
    pub(super) fn without_chart_tables(self) -> Self {
        Self { hides_chart_tables: true, ..self }
    }

    /// Whether charts are shown without their tables.
    pub(super) fn hides_chart_tables(&self) -> bool {
        self.hides_chart_tables
    }

    /// The file of the page with an anchor, unless it is the current page.
    fn file_of(&self, name: &str) -> Option<&'a String> {
        let (anchor_index, files, current) = self.pages?;
        anchor_index.get(name).filter(|page| **page != current).and_then(|page| files.get(*page))
    }

    /// `href` as it must be written on the current page.
    pub(super) fn resolve(&self, href: &str) -> String {
        match href.strip_prefix('#').and_then(|name| self.file_of(name)) {
            Some(file) => format!("{file}{href}"),
            None => href.to_owned(),
        }
    }
}
