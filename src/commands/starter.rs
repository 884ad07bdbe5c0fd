//! The starter release of `kessan new`: small, complete, and commented so that it teaches the dataset.

/// Every file of `starter/` and its text, in the order of the paths. The table is written by `build.rs`.
const STARTER_FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/starter_files.rs"));

/// The settings file, which lies beside the releases.
const SITE_FILE: &str = "site.toml";

/// The starter's files by their path within the release's folder, copied as they are.
pub(super) fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    STARTER_FILES.iter().copied().filter(|(path, _)| *path != SITE_FILE)
}

/// `content/site.toml`, created with the first release.
pub(super) fn site_file() -> &'static str {
    STARTER_FILES.iter().find(|(path, _)| *path == SITE_FILE).map_or("", |(_, text)| text)
}
