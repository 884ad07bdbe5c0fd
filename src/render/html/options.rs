//! What the caller decides about a release's pages.

use std::collections::BTreeMap;

use super::head::{FeedLink, Shell};

/// What a release's pages link to besides each other. Links are relative to the release's folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options<'a> {
    /// The address at which the release's folder is published, with a slash at the end, if known.
    pub base: Option<&'a str>,
    /// Static files and policy, the same for every page.
    pub shell: Shell<'a>,
    /// Who publishes the release, where this is not the issuer.
    pub publisher: Option<&'a str>,
    /// The list of releases, `../index.html`, if there is one.
    pub list: Option<&'a str>,
    /// The feed of releases, `../feed.xml`, if there is one.
    pub feed: Option<FeedLink<'a>>,
    /// The check report, `checks.html`, where the release publishes it.
    pub checks: Option<&'a str>,
    /// The other formats that are built, in the order to show: `<slug>.<extension>`.
    pub downloads: &'a [Download<'a>],
    /// The formats that each table has a file in: `tables/<id>.<extension>`.
    pub table_downloads: &'a [Download<'a>],
}

/// An output format that pages link to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Download<'a> {
    /// The extension of its files, `csv`.
    pub extension: &'a str,
    /// Its name for readers, where the language has no word `format_<extension>`.
    pub title: &'a str,
    /// The media type of its files, `text/csv`.
    pub media_type: &'a str,
}

impl Download<'_> {
    /// Its name in the language of the words.
    pub(super) fn label(&self, words: &BTreeMap<String, String>) -> String {
        words.get(&format!("format_{}", self.extension)).map_or(self.title, String::as_str).to_owned()
    }
}
