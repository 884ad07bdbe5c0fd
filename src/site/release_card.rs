//! The card of a release: what the list of releases shows of it.

use std::{cmp::Ordering, collections::BTreeMap};

use serde::{Deserialize, Serialize};

/// A release in the list of releases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReleaseCard {
    /// The name of its folder.
    pub slug: String,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub issuer: String,
    /// BCP 47 language tag.
    pub language: String,
    /// Date of publication, `2010-05-14`.
    pub date: String,
    /// The date as formatted in the language.
    pub date_text: String,
    /// One sentence; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The files of the pages that search engines may find, in byte order; empty if the release has no pages.
    #[serde(default)]
    pub pages: Vec<String>,
    /// The draft label; `None` for a release without errors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
    /// The release in its other languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub translations: Vec<TranslationCard>,
}

/// A release in the list of releases in another language than that of the original.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranslationCard {
    /// BCP 47 language tag, the name of the folder of its pages.
    pub language: String,
    /// Plain text.
    pub title: String,
    /// Plain text.
    pub issuer: String,
    /// The date as formatted in the language.
    pub date_text: String,
    /// One sentence; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// For each file of its folder, the file with the same page of the original.
    #[serde(default)]
    pub pages: BTreeMap<String, String>,
    /// The draft label; `None` for a release without errors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
}

impl ReleaseCard {
    /// Whether the release has pages that can be listed.
    pub fn has_pages(&self) -> bool {
        !self.pages.is_empty()
    }

    /// The release in another language than that of the original, if it has it.
    pub fn translation(&self, language: &str) -> Option<&TranslationCard> {
        self.translations.iter().find(|translation| translation.language == language)
    }

    /// Compares by date, latest first, then by slug.
    pub fn cmp_latest_first(&self, other: &Self) -> Ordering {
        other.date.cmp(&self.date).then_with(|| self.slug.cmp(&other.slug))
    }
}
