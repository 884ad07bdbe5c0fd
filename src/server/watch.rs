//! Watches files by polling, which notices every editor's way of writing on every system.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, SystemTime},
};

/// The time between two scans.
const PAUSE: Duration = Duration::from_millis(50);
/// How long nothing more may change before a change counts. File times have a resolution of about 10 ms, and an editor that
/// empties a file before it writes it has written it by then.
const SETTLED: Duration = Duration::from_millis(12);
/// The longest wait for a file that is being written all the time.
const MAX_LOOKS: usize = 20;
/// How deep folders may be.
const MAX_DEPTH: usize = 16;

/// A file's modification time and length.
type Stamp = (Option<SystemTime>, u64);

/// The files under some folders as of the last scan. Hidden files are ignored.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    folders: Vec<&'static str>,
    seen: BTreeMap<String, Stamp>,
    /// How long a scan takes.
    effort: Duration,
}

impl Watch {
    /// Begins to watch `folders` of `root`.
    pub fn new(root: &Path, folders: &[&'static str]) -> Self {
        let (root, folders) = (root.to_owned(), folders.to_vec());
        let mut watch = Self { root, folders, seen: BTreeMap::new(), effort: Duration::ZERO };
        watch.seen = watch.scan();
        watch
    }

    /// Waits for a change. Gives the paths, from the root, of files that were added, removed or written.
    pub fn wait(&mut self) -> Vec<String> {
        loop {
            // Scanning takes at most about a tenth of the time.
            thread::sleep(PAUSE.max(self.effort * 9));
            let now = self.scan();
            if now != self.seen {
                let settled = self.settle(now);
                let before = std::mem::replace(&mut self.seen, settled);
                let changed = changes(&before, &self.seen);
                if !changed.is_empty() {
                    return changed;
                }
            }
        }
    }

    /// Scans until nothing changes any more.
    fn settle(&mut self, mut seen: BTreeMap<String, Stamp>) -> BTreeMap<String, Stamp> {
        for _ in 0..MAX_LOOKS {
            thread::sleep(SETTLED);
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
        let home = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        for folder in &self.folders {
            walk(&home, &self.root.join(folder), folder, 0, &mut visited, &mut found);
        }
        self.effort = began.elapsed();
        found
    }
}

/// Adds every file below a folder; files that vanish meanwhile are left out. A folder behind a link is walked once, and only
/// within `home`.
fn walk(
    home: &Path,
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
        let is_new = !is_link || path.canonicalize().is_ok_and(|real| real.starts_with(home) && visited.insert(real));
        if is_new && depth < MAX_DEPTH {
            walk(home, &path, &shown, depth + 1, visited, found);
        }
    }
}

/// The paths that are in only one of the scans, or in both with different stamps.
fn changes(before: &BTreeMap<String, Stamp>, after: &BTreeMap<String, Stamp>) -> Vec<String> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    paths.into_iter().filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}
