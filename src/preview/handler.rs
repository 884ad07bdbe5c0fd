//! Answers requests from the current snapshot: pages with the panel of findings, downloads, and the preview's own files.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use super::{
    beside::{BESIDE, PANE, beside},
    explained::{FIGURE, FigureView, Refusal, UNGUARDED, explain, unguarded},
    inject::{FIGURES_SCRIPT, ICON, SCRIPT, STYLE, inject},
    kept::Work,
    last_good::SiteFile,
    panel::{Panel, Panels},
    release_state::ReleaseState,
    snapshot::Snapshot,
};
use crate::{
    commands::Report,
    diag::Diagnostic,
    server::{Handler, Reply, Status},
};

/// The handler of the preview: the releases to show and their current snapshot.
#[derive(Debug)]
pub(super) struct Preview {
    root: PathBuf,
    /// The releases to show; all when empty.
    slugs: Vec<String>,
    panels: Panels,
    current: RwLock<Arc<Snapshot>>,
}

/// The list of releases, and the first page of each.
const INDEX: &str = "index.html";

/// The preview's own files.
const PREVIEW_FILES: [(&str, &str); 4] = [
    (SCRIPT, include_str!("preview.js")),
    (FIGURES_SCRIPT, include_str!("figures.js")),
    (STYLE, include_str!("preview.css")),
    (ICON, include_str!("icon.svg")),
];

const NO_PAGE: &str = "There is no such page.";
const NO_RELEASE: &str = "There is no release to list.";
const NOT_WRITTEN: &str = "The file cannot be written.";

impl Preview {
    /// A preview with an empty snapshot. `edition` is its first number, which differs from run to run.
    pub(super) fn new(root: &Path, slugs: &[String], edition: u64) -> Result<Self, Diagnostic> {
        let current = RwLock::new(Arc::new(Snapshot::empty(edition)));
        Ok(Self { root: root.to_owned(), slugs: slugs.to_vec(), panels: Panels::new()?, current })
    }

    /// Builds everything.
    pub(super) fn build_all(&self) -> (Report, Work) {
        self.replace(self.snapshot().rebuild_all(&self.root, &self.slugs))
    }

    /// Rebuilds what depends on the changed files.
    pub(super) fn rebuild(&self, changed: &[String]) -> (Report, Work) {
        self.replace(self.snapshot().rebuild_changed(changed, &self.root, &self.slugs))
    }

    fn replace(&self, (next, report): (Snapshot, Report)) -> (Report, Work) {
        let work = next.work;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        (report, work)
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The reply for a path of the site, which is the path of a file after `prefix`: a page in a pane has another prefix.
    fn site_reply(&self, prefix: &str, path: &str) -> Reply {
        let snapshot = self.snapshot();
        let is_in_pane = prefix == PANE;
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        match snapshot.releases.get(first) {
            Some(_) if !path.contains('/') => Reply::redirect(format!("{prefix}{first}/")),
            Some(state) => self.release_reply(&snapshot, state, if rest.is_empty() { INDEX } else { rest }, is_in_pane),
            None => self.list_reply(&snapshot, if path.is_empty() { INDEX } else { path }, is_in_pane),
        }
    }

    /// A page of a release in all its languages.
    fn beside_reply(&self, path: &str) -> Reply {
        let snapshot = self.snapshot();
        let (slug, file) = path.split_once('/').unwrap_or((path, ""));
        let good = snapshot.releases.get(slug).and_then(|state| state.good.as_ref());
        match good.and_then(|good| beside(good, if file.is_empty() { INDEX } else { file })) {
            Some(view) => Reply::page(Status::Ok, self.panels.beside_page(&view).into_bytes()),
            None => self.message_reply(Status::NotFound, NO_PAGE, Panel::of_all(&snapshot)),
        }
    }

    /// The content of the panel of a figure, or why there is none.
    fn figure_reply(&self, path: &str) -> Reply {
        let (status, view) = match explain(&self.snapshot(), path) {
            Ok(view) => (Status::Ok, view),
            Err(Refusal { status, message }) => (status, FigureView::refused(message)),
        };
        Reply::page(status, self.panels.figure(&view).into_bytes())
    }

    /// The figures of a release that nothing guards, as JSON, or the panel that says why there are none.
    fn unguarded_reply(&self, path: &str) -> Reply {
        match unguarded(&self.snapshot(), path) {
            Ok(json) => Reply::file("unguarded.json", json),
            Err(Refusal { status, message }) => {
                Reply::page(status, self.panels.figure(&FigureView::refused(message)).into_bytes())
            }
        }
    }

    /// A file of a release, or a page that explains why there is none.
    fn release_reply(&self, snapshot: &Snapshot, state: &ReleaseState, path: &str, is_in_pane: bool) -> Reply {
        let path = if path.ends_with('/') { &format!("{path}{INDEX}") } else { path };
        let panel = || Panel::of_release(state, snapshot, path).in_pane(is_in_pane);
        match state.good.as_ref().and_then(|good| good.file(path)) {
            Some(SiteFile::File(bytes)) => self.file_reply(path, bytes, panel),
            Some(SiteFile::Failed(findings)) => {
                self.message_reply(Status::Failed, NOT_WRITTEN, Panel::of_failure(state, snapshot, findings))
            }
            None => match panel() {
                Panel { notice: Some(notice), .. } if state.good.is_none() => {
                    self.message_reply(Status::Ok, notice, panel())
                }
                panel => self.message_reply(Status::NotFound, NO_PAGE, panel),
            },
        }
    }

    /// A file of the list of releases, or a page that explains why there is none.
    fn list_reply(&self, snapshot: &Snapshot, path: &str, is_in_pane: bool) -> Reply {
        let panel = || Panel::of_all(snapshot).in_pane(is_in_pane);
        match snapshot.list.site.get(path) {
            Some(bytes) => self.file_reply(path, bytes, panel),
            None if path == INDEX => self.message_reply(Status::Ok, NO_RELEASE, panel()),
            None => self.message_reply(Status::NotFound, NO_PAGE, panel()),
        }
    }

    /// A file as it was built; a page gets the panel.
    fn file_reply(&self, path: &str, bytes: &[u8], panel: impl FnOnce() -> Panel) -> Reply {
        match path.ends_with(".html") {
            true => Reply::file(path, inject(bytes, &self.panels.panel(&panel()))),
            false => Reply::file(path, bytes.to_vec()),
        }
    }

    /// A page with one sentence and the panel.
    fn message_reply(&self, status: Status, message: &'static str, mut panel: Panel) -> Reply {
        panel.notice = None;
        let page = self.panels.message_page(&panel.title, message);
        Reply::page(status, inject(page.as_bytes(), &self.panels.panel(&panel)))
    }
}

impl Handler for Preview {
    fn answer(&self, path: &str) -> Reply {
        if let Some((_, text)) = PREVIEW_FILES.iter().find(|(own, _)| *own == path) {
            return Reply::file(path, text.as_bytes().to_vec());
        }
        if let Some(path) = path.strip_prefix(BESIDE) {
            return self.beside_reply(path);
        }
        if let Some(path) = path.strip_prefix(FIGURE) {
            return self.figure_reply(path);
        }
        if let Some(path) = path.strip_prefix(UNGUARDED) {
            return self.unguarded_reply(path);
        }
        match path.strip_prefix(PANE) {
            Some(path) => Reply { may_be_framed: true, ..self.site_reply(PANE, path) },
            None => self.site_reply("/", path.trim_start_matches('/')),
        }
    }

    fn edition(&self, part: &str) -> u64 {
        let snapshot = self.snapshot();
        if part.is_empty() {
            snapshot.edition
        } else {
            snapshot.releases.get(part).map_or(0, |state| snapshot.edition_of(state))
        }
    }
}
