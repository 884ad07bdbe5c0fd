//! The starters of `kessan new`: small complete releases, commented so that they teach the dataset.

use std::fmt;

/// A release that `kessan new` lays out.
pub struct Starter {
    /// Its name on the command line, and its folder of `starter/`.
    pub name: &'static str,
    /// What it is, in a phrase and a newline.
    title: &'static str,
}

/// Every file of `starter/` and its text, in the order of the paths. The table is written by `build.rs`.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/starter_files.rs"));

/// The settings file, which lies beside the releases.
const SITE_FILE: &str = "site.toml";

impl Starter {
    /// The starter of a release that asks for none.
    pub const QUARTER: &'static Self = &Self { name: "quarter", title: include_str!("starter/quarter.txt") };
    /// All starters; their names are unique.
    pub const ALL: [&'static Self; 3] = [
        Self::QUARTER,
        &Self { name: "tanshin", title: include_str!("starter/tanshin.txt") },
        &Self { name: "annual", title: include_str!("starter/annual.txt") },
    ];

    /// What it is, in a phrase.
    pub fn title(&self) -> &'static str {
        self.title.trim_end()
    }

    /// The starter with this name. Errors: there is none.
    pub fn by_name(name: &str) -> Result<&'static Self, String> {
        Self::ALL.into_iter().find(|starter| starter.name == name).ok_or_else(|| format!("no starter `{name}`"))
    }

    /// Its files by their path within the release's folder, copied as they are.
    pub(super) fn files(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let in_folder = |path: &'static str| path.strip_prefix(self.name)?.strip_prefix('/');
        FILES.iter().filter_map(move |(path, text)| Some((in_folder(path)?, *text)))
    }
}

impl fmt::Debug for Starter {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

/// `content/site.toml`, created with the first release.
pub(super) fn site_file() -> &'static str {
    FILES.iter().find(|(path, _)| *path == SITE_FILE).map_or("", |(_, text)| text)
}
