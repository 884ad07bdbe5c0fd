//! Watches files by looking at them, which works with every editor on every system; the system's notices only shorten the wait.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant, SystemTime},
};

use super::notices::Notices;

/// The time between two scans.
const SCAN_INTERVAL: Duration = Duration::from_millis(50);
/// How long files must be unchanged before a change is reported. File times have a resolution of about 10 ms, and an editor that
/// truncates a file before writing is finished by then.
const SETTLE_TIME: Duration = Duration::from_millis(12);
/// The most scans to wait for files that change continuously.
const MAX_SETTLE_SCANS: usize = 20;
/// How long to wait for another notice after one: several files that are saved together are one change.
const QUIET_TIME: Duration = Duration::from_millis(2);
/// The most waits for another notice.
const MAX_QUIET_WAITS: usize = 50;
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
    notices: Notices,
    /// The duration of the last scan.
    scan_time: Duration,
}

impl Watch {
    /// Starts watching `folders` of `root`.
    pub fn new(root: &Path, folders: &[&'static str]) -> Self {
        let (root, folders) = (root.to_owned(), folders.to_vec());
        let notices = Notices::new();
        let mut watch = Self { root, folders, seen: BTreeMap::new(), notices, scan_time: Duration::ZERO };
        watch.seen = watch.scan();
        watch
    }

    /// Waits for a change. Returns the paths, relative to the root, of files that were added, removed or written.
    pub fn wait(&mut self) -> Vec<String> {
        loop {
            // The interval limits scanning to about a tenth of the time.
            let noticed = self.notices.wait(SCAN_INTERVAL.max(self.scan_time * 9));
            let (now, noticed) = match noticed {
                Some(noticed) => self.gather(noticed),
                None => {
                    let now = self.scan();
                    if now == self.seen { continue } else { (self.settle(now), BTreeSet::new()) }
                }
            };
            let before = std::mem::replace(&mut self.seen, now);
            let changed = changed_paths(&before, &self.seen, &noticed);
            if !changed.is_empty() {
                return changed;
            }
        }
    }

    /// Waits until no more notices follow, and scans. A file is closed by then.
    fn gather(&mut self, mut noticed: BTreeSet<String>) -> (BTreeMap<String, Stamp>, BTreeSet<String>) {
        for _ in 0..MAX_QUIET_WAITS {
            let Some(more) = self.notices.wait(QUIET_TIME) else { break };
            noticed.extend(more);
        }
        (self.scan(), noticed)
    }

    /// Scans until two scans are equal, or `MAX_SETTLE_SCANS` times.
    fn settle(&mut self, mut seen: BTreeMap<String, Stamp>) -> BTreeMap<String, Stamp> {
        for _ in 0..MAX_SETTLE_SCANS {
            _ = self.notices.wait(SETTLE_TIME);
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
        let real_root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        let (visited, found) = (BTreeSet::new(), BTreeMap::new());
        let mut walk = Walk { real_root: &real_root, notices: &mut self.notices, visited, found };
        for folder in &self.folders {
            walk.add_folder(&self.root.join(folder), folder, 0);
        }
        let found = walk.found;
        self.scan_time = began.elapsed();
        found
    }
}

/// A walk through folders.
struct Walk<'a> {
    real_root: &'a Path,
    notices: &'a mut Notices,
    /// The linked folders that it has been to.
    visited: BTreeSet<PathBuf>,
    found: BTreeMap<String, Stamp>,
}

impl Walk<'_> {
    /// Adds all files below a folder. Linked folders are visited once, and only within `real_root`.
    fn add_folder(&mut self, folder: &Path, shown: &str, depth: usize) {
        // Asked for before the folder is read, notices miss nothing.
        self.notices.add(folder, shown);
        let Ok(entries) = fs::read_dir(folder) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let (path, shown) = (entry.path(), format!("{shown}/{name}"));
            let Some(data) = fs::metadata(&path).ok().filter(|_| !name.starts_with('.')) else { continue };
            if !data.is_dir() {
                self.found.insert(shown, (data.modified().ok(), data.len()));
                continue;
            }
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            let is_new = !is_link
                || path.canonicalize().is_ok_and(|real| real.starts_with(self.real_root) && self.visited.insert(real));
            if is_new && depth < MAX_DEPTH {
                self.add_folder(&path, &shown, depth + 1);
            }
        }
    }
}

/// The paths that are in only one scan, or have different stamps; and those of a notice, whose stamps need not differ: a file may
/// be saved twice within the resolution of its time.
fn changed_paths(
    before: &BTreeMap<String, Stamp>,
    after: &BTreeMap<String, Stamp>,
    noticed: &BTreeSet<String>,
) -> Vec<String> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let has_changed = |path: &&&String| before.get(**path) != after.get(**path) || noticed.contains(**path);
    paths.iter().filter(has_changed).map(|path| (*path).clone()).collect()
}
