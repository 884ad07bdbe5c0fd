//! The panel that the preview adds to every page: the findings, with links to where they are to be seen.

use serde::Serialize;

use super::{
    release_cache::{LastGood, ReleaseState},
    snapshot::Snapshot,
    source_map::PageTarget,
};
use crate::{
    diag::{self, Diagnostic, Level, count},
    merge::Templates,
    site,
};

const PANEL: &str = "preview/panel.html";
const ALONE: &str = "preview/alone.html";
/// The templates; they are the program's own, so that a project's cannot take its preview away.
const FILES: [(&str, &str); 2] = [(PANEL, include_str!("panel.html")), (ALONE, include_str!("alone.html"))];

/// Fills the preview's templates.
#[derive(Debug)]
pub(super) struct Panels(Templates);

/// What a panel shows.
#[derive(Debug, Default, Serialize)]
pub(super) struct Panel {
    /// The release it is about; empty for all.
    of: String,
    edition: u64,
    pub title: String,
    /// What else there is to say.
    pub told: Option<&'static str>,
    is_open: bool,
    errors: usize,
    warnings: usize,
    findings: Vec<PanelFinding>,
    /// Every release, where the panel is about all.
    releases: Vec<Listed>,
}

/// What a page shows that has nothing to show.
#[derive(Serialize)]
struct Alone<'a> {
    title: &'a str,
    says: &'a str,
}

/// A finding as the panel tells it.
#[derive(Debug, Serialize)]
pub(super) struct PanelFinding {
    number: usize,
    level: &'static str,
    rule: &'static str,
    message: Vec<Part>,
    /// `content/acme/statements/is.toml:31:22`.
    place: Option<String>,
    /// The user's own lines, as a terminal shows them.
    excerpt: String,
    /// As JSON.
    spots: String,
    links: Vec<Link>,
}

/// A stretch of a message.
#[derive(Debug, Serialize)]
struct Part {
    text: String,
    is_code: bool,
}

/// A link to a page on which a finding is to be seen.
#[derive(Debug, PartialEq, Serialize)]
struct Link {
    href: String,
    text: String,
}

/// A release with what was found in it.
#[derive(Debug, Serialize)]
pub(super) struct Listed {
    slug: String,
    errors: usize,
    warnings: usize,
}

impl Panels {
    /// Errors: none, as long as the program's own templates are sound.
    pub(super) fn new() -> Result<Self, Diagnostic> {
        Templates::new(FILES).map(Self)
    }

    /// The panel, to put into a page.
    pub(super) fn panel(&self, panel: &Panel) -> String {
        self.0.render(PANEL, panel).unwrap_or_default()
    }

    /// A page that says one thing.
    pub(super) fn alone(&self, title: &str, says: &str) -> String {
        self.0.render(ALONE, &Alone { title, says }).unwrap_or_default()
    }
}

const NEVER_GOOD: &str = "There is no page yet: the release cannot be read. The page follows as soon as it can be.";
const NOT_CURRENT: &str = "The release cannot be read as it is now: the page is the last that could be made.";

impl Panel {
    /// The panel of a release, with what was found in general first.
    pub(super) fn of_release(held: &ReleaseState, now: &Snapshot) -> Self {
        let general = now.general.iter().map(|finding| (finding, &[][..]));
        let own = held.findings.iter().zip(held.spots.iter().map(Vec::as_slice));
        let told = match &held.good {
            None => Some(NEVER_GOOD),
            Some(_) if !held.is_current => Some(NOT_CURRENT),
            Some(_) => None,
        };
        let panel = Self::of(&general.chain(own).collect::<Vec<_>>(), held.good.as_deref());
        Self { told, is_open: told.is_some(), ..panel.about(held, now) }
    }

    /// The panel of a file that could not be made.
    pub(super) fn of_failure(held: &ReleaseState, now: &Snapshot, findings: &[Diagnostic]) -> Self {
        let findings: Vec<_> = findings.iter().map(|finding| (finding, &[][..])).collect();
        Self { is_open: true, ..Self::of(&findings, None).about(held, now) }
    }

    /// The panel of all releases.
    pub(super) fn of_all(now: &Snapshot) -> Self {
        let general: Vec<_> = now.general.iter().map(|finding| (finding, &[][..])).collect();
        let panel = Self::of(&general, None);
        let releases: Vec<Listed> = now.releases.values().map(|held| Listed::new(held)).collect();
        let errors = panel.errors + releases.iter().map(|release| release.errors).sum::<usize>();
        let warnings = panel.warnings + releases.iter().map(|release| release.warnings).sum::<usize>();
        let (title, is_open) = ("all releases".to_owned(), errors + warnings > 0);
        Self { edition: now.edition, title, is_open, errors, warnings, releases, ..panel }
    }

    fn about(self, held: &ReleaseState, now: &Snapshot) -> Self {
        Self { of: held.slug.clone(), edition: now.edition_of(held), title: held.slug.clone(), ..self }
    }

    /// The panel of some findings, each with its spots on the pages of `good`.
    fn of(findings: &[(&Diagnostic, &[PageTarget])], good: Option<&LastGood>) -> Self {
        let all: Vec<Diagnostic> = findings.iter().map(|(finding, _)| (*finding).clone()).collect();
        let told = findings.iter().enumerate().map(|(index, (finding, spots))| told(index + 1, finding, spots, good));
        Self {
            errors: count(&all, Level::Error),
            warnings: count(&all, Level::Warning),
            findings: told.collect(),
            ..Self::default()
        }
    }
}

impl Listed {
    fn new(held: &ReleaseState) -> Self {
        let [errors, warnings] = [Level::Error, Level::Warning].map(|level| count(&held.findings, level));
        Self { slug: held.slug.clone(), errors, warnings }
    }
}

fn told(number: usize, finding: &Diagnostic, spots: &[PageTarget], good: Option<&LastGood>) -> PanelFinding {
    let parts = finding.message.split('`').enumerate();
    let parts = parts.map(|(index, text)| Part { text: text.to_owned(), is_code: index % 2 == 1 });
    PanelFinding {
        number,
        level: finding.level.name(),
        rule: finding.rule,
        message: parts.filter(|part| !part.text.is_empty()).collect(),
        place: finding.place.as_ref().map(|(place, _)| format!("{place:?}")),
        excerpt: excerpt(finding),
        spots: String::from_utf8_lossy(&site::json(&spots)).trim_end().to_owned(),
        links: good.map(|good| links(number, spots, good)).unwrap_or_default(),
    }
}

/// A link for each page that has one of the spots.
fn links(number: usize, spots: &[PageTarget], good: &LastGood) -> Vec<Link> {
    let slug = &good.document().slug;
    let mut links: Vec<Link> = Vec::new();
    for (file, title) in spots.iter().filter_map(|spot| good.page_of(spot)) {
        let link = Link { href: format!("/{slug}/{file}#kessan-at-{number}"), text: title.to_owned() };
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// What a terminal shows of a finding under its message and its place.
fn excerpt(finding: &Diagnostic) -> String {
    let text = diag::human(std::slice::from_ref(finding), false);
    let lines = text.lines().skip(1).skip_while(|line| line.trim_start().starts_with("--> "));
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}
