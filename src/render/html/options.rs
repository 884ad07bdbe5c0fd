//! What the caller decides about a release's pages.

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
    /// Extensions of the other formats that are built, in the order to show (`["pdf", "md"]`). The file is `<slug>.<extension>`,
    /// its printed name is the word `format_<extension>`.
    pub downloads: &'a [&'a str],
    /// Extensions of the formats that each table has a file in (`["csv"]`): `tables/<id>.<extension>`.
    pub table_downloads: &'a [&'a str],
}
