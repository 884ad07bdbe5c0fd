//! The manifest: the file that identifies a folder written by kessan, with hashes of its files and inputs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    ReleaseCard,
    folder::{Folder, join},
    inventory::{Hashes, sha256},
};

/// The manifest's file name.
pub(super) const NAME: &str = "manifest.json";
const TOOL: &str = "kessan";
/// A hash of the program's code, built-in files and dependencies.
const PROGRAM: &str = env!("KESSAN_PROGRAM");

/// The manifest of a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    tool: String,
    /// The version of the program that wrote it.
    pub version: String,
    /// The hash of the sources of the program that wrote it.
    #[serde(default)]
    pub program: String,
    /// The release in the folder; `None` for the list of releases.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release: Option<ReleaseCard>,
    /// The inputs of the build.
    #[serde(default)]
    pub origin: Origin,
    /// The listed releases, each with the hash of its manifest.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub releases: Hashes,
    /// The hashes of all other files in the folder.
    pub files: Hashes,
    /// While files are being replaced: the hashes of old files that may still exist.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) replaced: Hashes,
}

/// The inputs of a site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The output formats that it was built in.
    #[serde(rename = "forms", default, skip_serializing_if = "Vec::is_empty")]
    pub formats: Vec<String>,
    /// How many warnings were reported.
    #[serde(default)]
    pub warnings: usize,
    /// The hashes of the files of the dataset and of its prior releases, by path from the project's folder.
    #[serde(default)]
    pub dataset: Hashes,
    /// The hashes of inputs that all releases share: templates, words, static files and `content/site.toml`.
    #[serde(default)]
    pub shared: Hashes,
}

impl Manifest {
    /// The manifest of a release's site; `files` are the hashes of its files.
    pub fn for_release(files: Hashes, release: ReleaseCard, origin: Origin) -> Self {
        Self { release: Some(release), ..Self::new(files, origin) }
    }

    /// The manifest of the list of releases; `releases` are the hashes of their manifests, `files` those of its files.
    pub fn for_list(files: Hashes, releases: Hashes, origin: Origin) -> Self {
        Self { releases, ..Self::new(files, origin) }
    }

    fn new(files: Hashes, origin: Origin) -> Self {
        Self {
            tool: TOOL.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            program: PROGRAM.to_owned(),
            release: None,
            origin,
            releases: Hashes::new(),
            files,
            replaced: Hashes::new(),
        }
    }

    /// Whether a program with the same sources wrote it.
    pub fn is_by_this_program(&self) -> bool {
        self.program == PROGRAM
    }

    /// The hash of the manifest itself.
    pub fn hash(&self) -> String {
        sha256(self.to_json().as_bytes())
    }

    /// The hashes of all files of the folder, the manifest included.
    pub fn all_files(&self) -> Hashes {
        let own = (NAME.to_owned(), self.hash());
        self.files.iter().map(|(path, hash)| (path.clone(), hash.clone())).chain([own]).collect()
    }

    /// The manifest to write before files are replaced; `before` are the hashes of the old files.
    pub(super) fn during_replacement(&self, before: Hashes) -> Self {
        Self { replaced: before, ..self.clone() }
    }

    /// Whether a file has a hash that the manifest lists for its path.
    pub(super) fn matches(&self, path: &str, bytes: &[u8]) -> bool {
        let hash = sha256(bytes);
        [&self.files, &self.replaced].iter().any(|files| files.get(path) == Some(&hash))
    }

    /// Reads the manifest of a folder; `None` if there is none, or if it is another program's.
    pub(super) fn read(folder: &Folder, path: &str) -> Option<Self> {
        let text = folder.read(&join(path, NAME)).ok()?;
        serde_json::from_slice(&text).ok().filter(|manifest: &Self| manifest.tool == TOOL)
    }

    /// Whether the file with the manifest's name is a damaged manifest, and not a file of another program.
    pub(super) fn is_damaged(folder: &Folder) -> bool {
        let value = folder.read(NAME).map(|text| serde_json::from_slice::<serde_json::Value>(&text));
        value.is_ok_and(|value| value.is_err() || value.is_ok_and(|value| value["tool"] == TOOL))
    }

    /// The content of the file; the same for the same site.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;

    #[test]
    fn the_manifest_of_a_site() {
        let files = Hashes::from([("index.html".to_owned(), sha256(b"abc"))]);
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
            translations: Vec::new(),
        };
        let hashes = |path: &str| Hashes::from([(path.to_owned(), sha256(b""))]);
        let (dataset, shared) = (hashes("content/acme/release.toml"), hashes("templates/html/page.html"));
        let origin = Origin { formats: vec!["html".into()], warnings: 0, dataset, shared };
        assert_data_eq!(
            Manifest::for_release(files, card, origin).to_json(),
            str![[r#"
{
  "tool": "kessan",
  "version": "0.1.0",
  "program": "[..]",
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
  "origin": {
    "forms": [
      "html"
    ],
    "warnings": 0,
    "dataset": {
      "content/acme/release.toml": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    },
    "shared": {
      "templates/html/page.html": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    }
  },
  "files": {
    "index.html": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
  }
}

"#]]
        );
    }
}
