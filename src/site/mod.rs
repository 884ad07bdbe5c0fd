//! Sites: files in memory, and the output folder in which they replace the previous files atomically.

mod disk;
mod folder;
mod interrupt;
mod inventory;
mod lock;
mod manifest;
mod new_folder;
mod output;
mod ownership;
mod release_card;
mod swap;

pub(crate) use interrupt::WriteGuard;
pub use interrupt::clean_up_when_interrupted;
pub use inventory::{Hashes, sha256};
pub use manifest::{Manifest, Origin};
pub use output::Output;
pub use release_card::{ReleaseCard, TranslationCard};

use std::collections::BTreeMap;

use crate::{
    diag::Diagnostic,
    model::{collision_reason, fold_name, portability_problem},
    parallel,
};

/// Serializes a value as indented JSON with a newline at the end.
pub fn to_json(value: &impl serde::Serialize) -> Vec<u8> {
    // Serializing strings, numbers and lists cannot fail.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// Parses the value of a JSON file; `None` if the file has another structure.
pub fn from_json<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_slice(bytes).ok()
}

/// The files of one site by path, with `/` between folders.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Site {
    files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    /// A site without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file. Errors: the path leaves the site's folder, is not valid on every system, is already used, or is that of the
    /// manifest.
    pub fn insert(&mut self, path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Result<(), Diagnostic> {
        let path = path.into();
        if let Some(problem) = path_problem(&path) {
            return Err(Diagnostic::error("site", format!("cannot put a file at `{path}`: {problem}")));
        }
        if self.is_taken(&path) {
            return Err(Diagnostic::error("site", format!("two files have the path `{path}`")));
        }
        self.files.insert(path, bytes.into());
        Ok(())
    }

    /// The bytes of the file at `path`.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    /// All files, sorted by path in byte order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// The hashes of all files, worked out on so many threads; `known` gives those that need not be.
    pub fn hashes(&self, threads: usize, known: impl Fn(&str, &[u8]) -> Option<String> + Sync) -> Hashes {
        let files: Vec<_> = self.iter().collect();
        let hashes = parallel::map_on_threads(threads, &files, &|_, _| (), |(path, bytes)| {
            known(path, bytes).unwrap_or_else(|| sha256(bytes))
        });
        files.into_iter().map(|(path, _)| path.to_owned()).zip(hashes).collect()
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Checks all names. Errors: a name that is invalid on some system, or that collides with another.
    fn check_names(&self) -> Result<(), Diagnostic> {
        let mut seen: BTreeMap<String, &str> = BTreeMap::new();
        for path in self.files.keys() {
            for part in path.match_indices('/').map(|(end, _)| end).chain([path.len()]).map(|end| &path[..end]) {
                let first = *seen.entry(fold_name(part)).or_insert(part);
                let same = collision_reason(first, part).map(|systems| format!("it is `{first}` {systems}"));
                let why = portability_problem(part.rsplit('/').next().unwrap_or(part)).map(str::to_owned);
                if let Some(why) = why.or(same) {
                    return Err(Diagnostic::error("site", format!("cannot write `{part}`: {why}")));
                }
            }
        }
        Ok(())
    }

    /// Whether the path is used: by a file, by a file in place of one of its folders, or as the folder of a file.
    fn is_taken(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        let below = self.files.range(folder.clone()..).next().is_some_and(|(other, _)| other.starts_with(&folder));
        let above = path.match_indices('/').any(|(end, _)| self.files.contains_key(&path[..end]));
        below || above || self.files.contains_key(path)
    }
}

/// Whether a path is valid for a file of a site.
fn is_valid_path(path: &str) -> bool {
    path_problem(path).is_none()
}

/// What is wrong with a path, if anything.
fn path_problem(path: &str) -> Option<&'static str> {
    let parts = || path.split('/');
    if path == manifest::NAME {
        Some("it is the manifest's name")
    } else if parts().any(str::is_empty) {
        Some("a part of the path is empty")
    } else if parts().any(|part| part == "." || part == "..") {
        Some("the path has a `.` or `..` in it")
    } else if path.contains(|c: char| c.is_control() || "\\:*?\"<>|".contains(c)) {
        Some("the path has a character that not every system takes")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_within_the_site() {
        for path in ["", "/a", "a/", "a//b", "..", "a/../b", "./a", "a\\b", "C:a", "a\0b", "manifest.json"] {
            assert!(Site::new().insert(path, "").is_err(), "{path}");
        }
        for path in ["a", "a/b.html", "a..b", "表/年.html", "a/manifest.json"] {
            assert!(Site::new().insert(path, "").is_ok(), "{path}");
        }
    }

    #[test]
    fn a_path_is_taken_once_be_it_as_file_or_folder() {
        let mut site = Site::new();
        site.insert("a/b", "1").unwrap();
        site.insert("a-b", "2").unwrap();
        for path in ["a/b", "a", "a/b/c"] {
            assert!(site.insert(path, "").is_err(), "{path}");
        }
        assert_eq!((site.len(), site.get("a/b")), (2, Some(&b"1"[..])));
    }

    #[test]
    fn names_are_kept_apart_on_every_system() {
        let site = |paths: &[&str]| {
            let mut site = Site::new();
            paths.iter().for_each(|path| site.insert(*path, "").unwrap());
            site
        };
        for paths in [&["a", "A"][..], &["a/b", "A/c"], &["a", "A/b"], &["con/a"], &["a/Nul.css"], &["a."]] {
            assert!(site(paths).check_names().is_err(), "{paths:?}");
        }
        assert_eq!(site(&["a", "b/A", "b/c", "console"]).check_names(), Ok(()));
    }
}
