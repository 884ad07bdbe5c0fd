//! Options for the pages of a release.

use std::collections::BTreeMap;

use serde::Serialize;

use super::head::{FeedLink, Shell};
use crate::present::document::Document;

/// What the pages of a release link to besides each other. Links are relative to the release's folder.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Options<'a> {
    /// The address at which the folder of the pages is published, with a slash at the end, if known.
    pub base: Option<&'a str>,
    /// The address at which the release's folder is published, with a slash at the end, if known.
    pub release_base: Option<&'a str>,
    /// The way from the folder of the pages to the release's folder, which has pictures and the files of all languages.
    pub root: &'a str,
    /// Static files and policy, the same for every page.
    pub shell: Shell<'a>,
    /// The languages of the release, in order; empty if there is only one.
    pub languages: &'a [LanguageLink<'a>],
    /// The publisher of the release, if it is not the issuer.
    pub publisher: Option<&'a str>,
    /// The logo of the masthead, if there is one.
    pub logo: Option<LogoView<'a>>,
    /// The list of releases, `../index.html`, if there is one.
    pub list: Option<&'a str>,
    /// The feed of releases, `../feed.xml`, if there is one.
    pub feed: Option<FeedLink<'a>>,
    /// The check report, `checks.html`, if the release publishes it.
    pub checks: Option<&'a str>,
    /// BCP 47 language tag of the check report.
    pub checks_language: &'a str,
    /// The other output formats, in display order: `<slug>.<extension>`.
    pub downloads: &'a [Download<'a>],
    /// The formats with a file for each table: `tables/<id>.<extension>`.
    pub table_downloads: &'a [Download<'a>],
    /// Whether figures in text have their names, as `data-figure`. The cells of tables have their row and column.
    pub names_figures: bool,
}

/// A language of the release.
#[derive(Debug, Clone, PartialEq)]
pub struct LanguageLink<'a> {
    /// The release in that language.
    pub document: &'a Document,
    /// The folder of its pages, relative to that of the pages that link to it; empty or with a slash at the end.
    pub folder: String,
    /// The address at which that folder is published, if known.
    pub base: Option<String>,
    /// Whether it is the language of the pages themselves.
    pub is_own: bool,
}

/// The logo beside the issuer's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct LogoView<'a> {
    pub src: &'a str,
    /// In pixels of a page.
    pub width: u32,
    pub height: u32,
}

/// An output format that pages link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Download<'a> {
    /// The extension of its files, `csv`.
    pub extension: &'a str,
    /// Its displayed name, unless the language has the word `format_<extension>`.
    pub title: &'a str,
    /// The media type of its files, `text/csv`.
    pub media_type: &'a str,
    /// Whether its file for the release is beside the pages of each language, instead of in the release's folder.
    pub is_by_language: bool,
}

impl Download<'_> {
    /// Its displayed name in the language of the words.
    pub(super) fn label(&self, words: &BTreeMap<String, String>) -> String {
        words.get(&format!("format_{}", self.extension)).map_or(self.title, String::as_str).to_owned()
    }
}
