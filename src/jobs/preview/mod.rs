//! The preview: every release as it stands now, held in memory, with what was found in it; and the answer for each path.

mod atlas;
mod held;
mod inject;
mod panel;
mod section;
mod survey;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use super::{Project, Report, forms, select::select};
use crate::{
    diag::{Diagnostic, Findings, Level, count},
    serve::{Answers, Reply, Status},
    site::{ReleaseCard, Site},
};
use atlas::Spot;
use held::{Found, Held};
use inject::{ICON, SCRIPT, STYLE, inject};
use panel::{Listed, Panel, Panels};

/// What is shown, and how it is made.
#[derive(Debug)]
pub(super) struct Preview {
    root: PathBuf,
    /// The releases asked for; all when empty.
    slugs: Vec<String>,
    panels: Panels,
    now: RwLock<Arc<Now>>,
}

/// Everything as it stands; replaced whole.
#[derive(Debug, Default)]
struct Now {
    /// Another number whenever anything has changed.
    edition: u64,
    project: Arc<Project>,
    /// What is wrong with the project.
    faults: Findings,
    /// That, and what is wrong with the choice of releases.
    general: Vec<Diagnostic>,
    releases: BTreeMap<String, Arc<Held>>,
    /// The list of releases.
    list: Site,
}

/// The folders that everything is made of.
pub(super) const FOLDERS: [&str; 3] = ["content", "templates", "static"];
/// The list of releases, and the cover of each.
const INDEX: &str = "index.html";

/// The preview's own files.
const OWN: [(&str, &str); 3] =
    [(SCRIPT, include_str!("preview.js")), (STYLE, include_str!("preview.css")), (ICON, include_str!("icon.svg"))];

const NEVER_GOOD: &str = "There is no page yet: the release cannot be read. The page follows as soon as it can be.";
const NOT_CURRENT: &str = "The release cannot be read as it is now: the page is the last that could be made.";
const NO_PAGE: &str = "There is no such page.";
const NO_RELEASE: &str = "There is no release to list.";
const NOT_MADE: &str = "The file cannot be made.";

impl Preview {
    /// Nothing shown yet. `edition` is the number to begin with, another one each time the program runs.
    pub(super) fn new(root: &Path, slugs: &[String], edition: u64) -> Result<Self, Diagnostic> {
        let now = RwLock::new(Arc::new(Now { edition, ..Now::default() }));
        Ok(Self { root: root.to_owned(), slugs: slugs.to_vec(), panels: Panels::new()?, now })
    }

    /// Makes everything.
    pub(super) fn make(&self) -> Report {
        let (project, faults) = Project::load(&self.root);
        self.update(Arc::new(project), faults, &|_| true)
    }

    /// Makes again what the changed files have to do with.
    pub(super) fn follow(&self, changed: &[String]) -> Report {
        let slugs: Vec<&str> = changed.iter().filter_map(|path| slug_of(path)).collect();
        if slugs.len() < changed.len() {
            return self.make();
        }
        let now = self.now();
        self.update(Arc::clone(&now.project), now.faults.clone(), &|held| {
            slugs.iter().any(|slug| held.slug == *slug || held.compares_with(slug))
        })
    }

    /// Makes the releases that are due and those that are new, and shows them.
    fn update(&self, project: Arc<Project>, faults: Findings, is_due: &dyn Fn(&Held) -> bool) -> Report {
        let before = self.now();
        let mut general = faults.clone();
        let slugs = select(&self.root, &self.slugs, &mut general);
        let edition = before.edition + 1;
        let (mut releases, mut outcomes, mut found) = (BTreeMap::new(), Vec::new(), general.clone());
        // Without any release, something is wrong with the folder of all: what was shown stays, and says so.
        if slugs.is_empty() {
            let held = before.releases.iter();
            releases.extend(held.map(|(slug, held)| (slug.clone(), held.out_of_reach(edition))));
        }
        for slug in slugs {
            let old = before.releases.get(&slug);
            let held = match old.filter(|held| !is_due(held)) {
                Some(held) => Arc::clone(held),
                None => {
                    let held = Held::make(&self.root, &project, &slug, edition, old);
                    outcomes.push(held.outcome());
                    found.extend(held.findings.clone());
                    held
                }
            };
            releases.insert(slug, held);
        }
        let cards = releases.values().filter_map(|held| held.good.as_ref().map(|good| good.card.clone()));
        let mut cards: Vec<ReleaseCard> = cards.collect();
        cards.sort_by(ReleaseCard::latest_first);
        let list = general.keep_all(forms::list(&cards, &project)).unwrap_or_default();
        let general = general.sorted();
        *self.now.write().unwrap_or_else(PoisonError::into_inner) =
            Arc::new(Now { edition, project, faults, general, releases, list });
        Report { findings: found.sorted(), outcomes }
    }

    fn now(&self) -> Arc<Now> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// A file of a release, or the page that says why there is none.
    fn of_release(&self, now: &Now, held: &Held, path: &str) -> Reply {
        let found = held.good.as_ref().and_then(|good| good.at(path));
        let panel = |findings: &[Diagnostic]| release_panel(now, held, findings);
        match found {
            Some(Found::File(bytes)) if path.ends_with(".html") => {
                Reply::file(path, inject(bytes, &self.panels.panel(&panel(&held.findings))))
            }
            Some(Found::File(bytes)) => Reply::file(path, bytes.to_vec()),
            Some(Found::Failed(findings)) => {
                let panel = Panel { told: Some(NOT_MADE), is_open: true, ..panel(findings) };
                self.alone(Status::Failed, panel)
            }
            None if held.good.is_none() => self.alone(Status::Ok, Panel { is_open: true, ..panel(&held.findings) }),
            None => self.alone(Status::NotFound, Panel { told: Some(NO_PAGE), ..panel(&held.findings) }),
        }
    }

    /// The list of releases, or the page that says why there is none.
    fn of_all(&self, now: &Now, path: &str) -> Reply {
        let panel = all_panel(now);
        match now.list.get(path) {
            Some(bytes) if path.ends_with(".html") => Reply::file(path, inject(bytes, &self.panels.panel(&panel))),
            Some(bytes) => Reply::file(path, bytes.to_vec()),
            None if path == INDEX => self.alone(Status::Ok, Panel { told: Some(NO_RELEASE), is_open: true, ..panel }),
            None => self.alone(Status::NotFound, Panel { told: Some(NO_PAGE), ..panel }),
        }
    }

    /// A page that holds the panel alone, and what it has to say itself.
    fn alone(&self, status: Status, panel: Panel) -> Reply {
        let page = self.panels.alone(&panel);
        Reply::page(status, inject(page.as_bytes(), &self.panels.panel(&Panel { told: None, ..panel })))
    }
}

impl Answers for Preview {
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
        if part.is_empty() { now.edition } else { now.releases.get(part).map_or(0, |held| held.edition) }
    }
}

/// The release whose folder a file is in; none for what all releases are made with.
fn slug_of(path: &str) -> Option<&str> {
    path.strip_prefix("content/")?.split_once('/').map(|(slug, _)| slug)
}

fn release_panel(now: &Now, held: &Held, findings: &[Diagnostic]) -> Panel {
    let none: &[Spot] = &[];
    let spots = held.spots.iter().map(Vec::as_slice).chain(std::iter::repeat(none));
    let general = now.general.iter().map(|finding| (finding, none));
    let all: Vec<_> = general.chain(findings.iter().zip(spots)).collect();
    let told = match &held.good {
        None => Some(NEVER_GOOD),
        Some(_) if !held.is_current => Some(NOT_CURRENT),
        Some(_) => None,
    };
    let panel = Panel::of(&all, held.good.as_deref());
    Panel {
        of: held.slug.clone(),
        edition: held.edition,
        title: held.slug.clone(),
        told,
        is_open: told.is_some(),
        ..panel
    }
}

fn all_panel(now: &Now) -> Panel {
    let general: Vec<_> = now.general.iter().map(|finding| (finding, &[][..])).collect();
    let listed = now.releases.values().map(|held| {
        let [errors, warnings] = [Level::Error, Level::Warning].map(|level| count(&held.findings, level));
        Listed { slug: held.slug.clone(), errors, warnings }
    });
    let releases: Vec<Listed> = listed.collect();
    let panel = Panel::of(&general, None);
    let errors = panel.errors + releases.iter().map(|release| release.errors).sum::<usize>();
    let warnings = panel.warnings + releases.iter().map(|release| release.warnings).sum::<usize>();
    let is_open = errors + warnings > 0;
    Panel { edition: now.edition, title: "all releases".to_owned(), errors, warnings, releases, is_open, ..panel }
}
