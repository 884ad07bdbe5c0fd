//! Watches files by polling, which works with every editor on every system.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, SystemTime},
};

/// The time between two scans.
const SCAN_INTERVAL: Duration = Duration::from_millis(50);
/// How long files must be unchanged before a change is reported. File times have a resolution of about 10 ms, and an editor that
/// truncates a file before writing is finished by then.
const SETTLE_TIME: Duration = Duration::from_millis(12);
/// The most scans to wait for files that change continuously.
const MAX_SETTLE_SCANS: usize = 20;
/// The greatest depth of folders.
const MAX_DEPTH: usize = 16;

/// A file's modification time and length.
type Stamp = (Option<SystemTime>, u64);

/// Watches the files in some folders. Hidden files are ignored.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    folders: Vec<&'static str>,
    seen: BTreeMap<String, Stamp>,
    /// The duration of the last scan.
    scan_time: Duration,
}

impl Watch {
    /// Starts watching `folders` of `root`.
    pub fn new(root: &Path, folders: &[&'static str]) -> Self {
        let (root, folders) = (root.to_owned(), folders.to_vec());
        let mut watch = Self { root, folders, seen: BTreeMap::new(), scan_time: Duration::ZERO };
        watch.seen = watch.scan();
        watch
    }

    /// Waits for a change. Returns the paths, relative to the root, of files that were added, removed or written.
    pub fn wait(&mut self) -> Vec<String> {
        loop {
            // The interval limits scanning to about a tenth of the time.
            thread::sleep(SCAN_INTERVAL.max(self.scan_time * 9));
            let now = self.scan();
            if now != self.seen {
                let settled = self.settle(now);
                let before = std::mem::replace(&mut self.seen, settled);
                let changed = changed_paths(&before, &self.seen);
                if !changed.is_empty() {
                    return changed;
                }
            }
        }
    }

    /// Scans until two scans are equal, or `MAX_SETTLE_SCANS` times.
    fn settle(&mut self, mut seen: BTreeMap<String, Stamp>) -> BTreeMap<String, Stamp> {
        for _ in 0..MAX_SETTLE_SCANS {
            thread::sleep(SETTLE_TIME);
            let now = self.scan();
            if now == seen {
                break;
            }
            seen = now;
        }
        seen
    }

    fn scan(&mut self) -> BTreeMap<String, Stamp> {
        let began = Instant::now();
        let (mut found, mut visited) = (BTreeMap::new(), BTreeSet::new());
        let real_root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        for folder in &self.folders {
            walk(&real_root, &self.root.join(folder), folder, 0, &mut visited, &mut found);
        }
        self.scan_time = began.elapsed();
        found
    }
}

/// Adds all files below a folder. Linked folders are visited once, and only within `real_root`.
fn walk(
    real_root: &Path,
    folder: &Path,
    shown: &str,
    depth: usize,
    visited: &mut BTreeSet<PathBuf>,
    found: &mut BTreeMap<String, Stamp>,
) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let (path, shown) = (entry.path(), format!("{shown}/{name}"));
        let Some(data) = fs::metadata(&path).ok().filter(|_| !name.starts_with('.')) else { continue };
        if !data.is_dir() {
            found.insert(shown, (data.modified().ok(), data.len()));
            continue;
        }
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        let is_new =
            !is_link || path.canonicalize().is_ok_and(|real| real.starts_with(real_root) && visited.insert(real));
        if is_new && depth < MAX_DEPTH {
            walk(real_root, &path, &shown, depth + 1, visited, found);
        }
    }
}

/// The paths that are in only one scan, or have different stamps.
fn changed_paths(before: &BTreeMap<String, Stamp>, after: &BTreeMap<String, Stamp>) -> Vec<String> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}
