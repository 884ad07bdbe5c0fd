//! The manifest: the file by which kessan knows a folder as its own, and what the list of releases says about it.

use std::{cmp::Ordering, collections::BTreeMap, fs, path::Path};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Site;

/// The manifest's file name.
pub(super) const NAME: &str = "manifest.json";
const TOOL: &str = "kessan";

/// What stands in a folder that kessan wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    tool: String,
    version: String,
    /// The release in the folder; none in the folder that holds the list of releases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseCard>,
    /// The SHA-256 of every other file, in hexadecimal, by path.
    pub files: BTreeMap<String, String>,
}

/// What a list of releases says about one.
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
    /// The same as the language writes it.
    pub date_text: String,
    /// One sentence; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The files of the pages that search engines may find, in byte order; none where the release has no pages.
    #[serde(default)]
    pub pages: Vec<String>,
    /// The mark a draft shows; none on a sound release.
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

impl Manifest {
    /// The manifest of a site.
    pub fn new(site: &Site, release: Option<ReleaseCard>) -> Self {
        let files = site.iter().map(|(path, bytes)| (path.to_owned(), sha256(bytes))).collect();
        Self { tool: TOOL.to_owned(), version: env!("CARGO_PKG_VERSION").to_owned(), release, files }
    }

    /// The manifest in a folder; none where there is no such file, or it is another program's.
    pub(super) fn read(folder: &Path) -> Option<Self> {
        let text = fs::read(folder.join(NAME)).ok()?;
        serde_json::from_slice(&text).ok().filter(|manifest: &Self| manifest.tool == TOOL)
    }

    /// The file's content: the same for the same site.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;

    #[test]
    fn the_manifest_of_a_site() {
        let mut site = Site::new();
        site.insert("index.html", "abc").unwrap();
        let card = ReleaseCard {
            slug: "acme".into(),
            title: "Results".into(),
            issuer: "Acme".into(),
            language: "en".into(),
            date: "2010-05-14".into(),
            date_text: "May 14, 2010".into(),
            description: String::new(),
            pages: vec!["index.html".into()],
            draft: None,
        };
        assert_data_eq!(
            Manifest::new(&site, Some(card)).to_json(),
            str![[r#"
{
  "tool": "kessan",
  "version": "0.1.0",
  "release": {
    "slug": "acme",
    "title": "Results",
    "issuer": "Acme",
    "language": "en",
    "date": "2010-05-14",
    "date_text": "May 14, 2010",
    "pages": [
      "index.html"
    ]
  },
  "files": {
    "index.html": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  }
}

"#]]
        );
    }
}
