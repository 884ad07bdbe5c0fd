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

#[derive(Serialize)]
struct ListView<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    releases: Vec<&'a Listing>,
}

/// The page that lists `releases`, in `language` and its `words`.
pub fn index(
    releases: &[Listing],
    templates: &Templates,
    language: &str,
    words: &BTreeMap<String, String>,
    host: &Host,
) -> Result<Vec<u8>, Diagnostic> {
    let mut releases: Vec<_> = releases.iter().collect();
    releases.sort_by(|a, b| (&b.date.iso, &a.slug).cmp(&(&a.date.iso, &b.slug)));
    let head = Head { title: word(words, "releases", &[])?, ..Head::new(host, COVER, language, words) };
    Ok(templates.render("html/index.html", &ListView { head, releases })?.into_bytes())
}
