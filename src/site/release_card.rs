//! The entry of a release in the list of releases.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// A release in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseCard {
    /// The name of its folder.
    pub slug: String,
    /// Plain text.
    pub title: String,
    pub issuer: String,
    /// BCP 47 language tag.
    pub language: String,
    /// Date of publication, `2010-05-14`.
    pub date: String,
    /// The same date as the language writes it.
    pub date_text: String,
    /// One sentence; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The files of the pages that search engines may find, in byte order; none where the release has no pages.
    #[serde(default)]
    pub pages: Vec<String>,
    /// The mark of a draft; none on a release without errors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
}

impl ReleaseCard {
    /// Whether there is something to list.
    pub fn has_pages(&self) -> bool {
        !self.pages.is_empty()
    }

    /// The order of a list: the latest first, then by slug.
    pub fn latest_first(&self, other: &Self) -> Ordering {
        other.date.cmp(&self.date).then_with(|| self.slug.cmp(&other.slug))
    }
}
