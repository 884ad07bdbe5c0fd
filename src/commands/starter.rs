//! The starter release of `kessan new`: small, complete, and commented so that it teaches the dataset.

/// Every file of `starter/` and its text, in the order of the paths. The table is written by `build.rs`.
const ALL: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/starter_files.rs"));

/// The file beside the releases.
const SITE: &str = "site.toml";

/// The starter's files by their path within the release's folder, copied as they are.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    ALL.iter().copied().filter(|(path, _)| *path != SITE)
}

/// `content/site.toml`, created with the first release.
pub(super) fn site() -> &'static str {
    ALL.iter().find(|(path, _)| *path == SITE).map_or("", |(_, text)| text)
}
