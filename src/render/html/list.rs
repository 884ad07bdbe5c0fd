//! The list of releases, newest first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{COVER, Head, Host, word};
use crate::{diag::Diagnostic, merge::Templates, present::document::Dated};

/// A release in the list. It links to `<slug>/index.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listing {
    /// The release's folder.
    pub slug: String,
    /// BCP 47 language tag of the title.
    pub language: String,
    /// Plain text.
    pub title: String,
    pub issuer: String,
    pub date: Dated,
    /// The draft's mark, if it is one.
    pub draft: Option<String>,
}

/// What the list is made of.
#[derive(Debug, Clone, Copy)]
pub struct List<'a> {
    pub releases: &'a [Listing],
    /// BCP 47 tag of the language of the words.
    pub language: &'a str,
    pub words: &'a BTreeMap<String, String>,
    /// The list's name; the word `releases` where it has none of its own.
    pub title: Option<&'a str>,
    pub host: Host<'a>,
}

#[derive(Serialize)]
struct ListView<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    releases: Vec<&'a Listing>,
}

/// The page that lists the releases, the latest first. Fails when a template does.
pub fn index(list: &List, templates: &Templates) -> Result<Vec<u8>, Diagnostic> {
    let mut releases: Vec<_> = list.releases.iter().collect();
    releases.sort_by(|a, b| (&b.date.iso, &a.slug).cmp(&(&a.date.iso, &b.slug)));
    let List { language, words, title, host, .. } = *list;
    let title = title.map_or_else(|| word(words, "releases", &[]), |title| Ok(title.to_owned()))?;
    let head = Head { title, ..Head::new(&host, COVER, language, words) };
    Ok(templates.render("html/index.html", &ListView { head, releases })?.into_bytes())
}
