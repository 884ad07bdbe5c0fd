//! The preview: every release as it stands now, held in memory, with what was found in it; and the answer for each path.

mod inject;
mod panel;
mod release_cache;
mod snapshot;
mod source_map;
mod source_map_builder;
mod toml_section;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use super::Report;
use crate::{
    diag::Diagnostic,
    server::{Handler, Reply, Status},
};
use inject::{ICON, SCRIPT, STYLE, inject};
use panel::{Panel, Panels};
use release_cache::{Found, ReleaseState};
use snapshot::Snapshot;

/// What is shown, and how it is made.
#[derive(Debug)]
pub(super) struct Preview {
    root: PathBuf,
    /// The releases asked for; all when empty.
    slugs: Vec<String>,
    panels: Panels,
    now: RwLock<Arc<Snapshot>>,
}

/// The folders that everything is made of.
pub(super) const FOLDERS: [&str; 3] = ["content", "templates", "static"];
/// The list of releases, and the cover of each.
const INDEX: &str = "index.html";

/// The preview's own files.
const OWN: [(&str, &str); 3] =
    [(SCRIPT, include_str!("preview.js")), (STYLE, include_str!("preview.css")), (ICON, include_str!("icon.svg"))];

const NO_PAGE: &str = "There is no such page.";
const NO_RELEASE: &str = "There is no release to list.";
const NOT_MADE: &str = "The file cannot be made.";

impl Preview {
    /// Nothing shown yet. `edition` is the number to begin with, another one each time the program runs.
    pub(super) fn new(root: &Path, slugs: &[String], edition: u64) -> Result<Self, Diagnostic> {
        let now = RwLock::new(Arc::new(Snapshot::first(edition)));
        Ok(Self { root: root.to_owned(), slugs: slugs.to_vec(), panels: Panels::new()?, now })
    }

    /// Makes everything.
    pub(super) fn make(&self) -> Report {
        self.show(self.now().anew(&self.root, &self.slugs))
    }

    /// Makes again what the changed files have to do with.
    pub(super) fn follow(&self, changed: &[String]) -> Report {
        self.show(self.now().after(changed, &self.root, &self.slugs))
    }

    fn show(&self, (next, report): (Snapshot, Report)) -> Report {
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        report
    }

    fn now(&self) -> Arc<Snapshot> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A file of a release, or the page that says why there is none.
    fn of_release(&self, now: &Snapshot, held: &ReleaseState, path: &str) -> Reply {
        let panel = || Panel::of_release(held, now);
        match held.good.as_ref().and_then(|good| good.at(path)) {
            Some(Found::File(bytes)) => self.file(path, bytes, panel),
            Some(Found::Failed(findings)) => {
                self.alone(Status::Failed, NOT_MADE, Panel::of_failure(held, now, findings))
            }
            None => match panel() {
                Panel { told: Some(told), .. } if held.good.is_none() => self.alone(Status::Ok, told, panel()),
                panel => self.alone(Status::NotFound, NO_PAGE, panel),
            },
        }
    }

    /// The list of releases, or the page that says why there is none.
    fn of_all(&self, now: &Snapshot, path: &str) -> Reply {
        let panel = || Panel::of_all(now);
        match now.list.get(path) {
            Some(bytes) => self.file(path, bytes, panel),
            None if path == INDEX => self.alone(Status::Ok, NO_RELEASE, panel()),
            None => self.alone(Status::NotFound, NO_PAGE, panel()),
        }
    }

    /// A file as it was made; a page with the panel.
    fn file(&self, path: &str, bytes: &[u8], panel: impl FnOnce() -> Panel) -> Reply {
        match path.ends_with(".html") {
            true => Reply::file(path, inject(bytes, &self.panels.panel(&panel()))),
            false => Reply::file(path, bytes.to_vec()),
        }
    }

    /// A page that says one thing, and holds the panel.
    fn alone(&self, status: Status, says: &'static str, mut panel: Panel) -> Reply {
        panel.told = None;
        let page = self.panels.alone(&panel.title, says);
        Reply::page(status, inject(page.as_bytes(), &self.panels.panel(&panel)))
    }
}

impl Handler for Preview {
    fn answer(&self, path: &str) -> Reply {
        if let Some((_, text)) = OWN.iter().find(|(own, _)| *own == path) {
            return Reply::file(path, text.as_bytes().to_vec());
        }
        let now = self.now();
        let path = path.trim_start_matches('/');
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        match now.releases.get(first) {
            Some(_) if !path.contains('/') => Reply::moved(format!("/{first}/")),
            Some(held) => self.of_release(&now, held, if rest.is_empty() { INDEX } else { rest }),
            None => self.of_all(&now, if path.is_empty() { INDEX } else { path }),
        }
    }

    fn edition(&self, part: &str) -> u64 {
        let now = self.now();
        if part.is_empty() { now.edition } else { now.releases.get(part).map_or(0, |held| now.edition_of(held)) }
    }
}
