//! The panel that the preview adds to every page: the findings, with links to the pages that they concern.

use serde::Serialize;

use super::{
    beside::{Beside, beside_address},
    explained::FigureView,
    last_good::LastGood,
    page_target::PageTarget,
    release_state::ReleaseState,
    snapshot::Snapshot,
};
use crate::{
    diag::{self, Diagnostic, Level, count},
    merge::Templates,
    site,
};

const PANEL: &str = "preview/panel.html";
const MESSAGE: &str = "preview/message.html";
const BESIDE: &str = "preview/beside.html";
const FIGURE: &str = "preview/figure.html";
/// The templates. A project cannot override them, so that it always has a preview.
const FILES: [(&str, &str); 4] = [
    (PANEL, include_str!("panel.html")),
    (MESSAGE, include_str!("message.html")),
    (BESIDE, include_str!("beside.html")),
    (FIGURE, include_str!("figure.html")),
];

/// Renders the preview's templates.
#[derive(Debug)]
pub(super) struct Panels(Templates);

/// The view of a panel.
#[derive(Debug, Default, Serialize)]
pub(super) struct Panel {
    /// The slug of its release; empty for all releases.
    of: String,
    edition: u64,
    /// The edition of the files that the page loads; none if its next state has to load them again.
    files: Option<u64>,
    pub title: String,
    /// The language of the page; empty where there is none.
    language: String,
    /// The address of the page beside the same page in the other languages of its release.
    beside: Option<String>,
    /// Whether the page is in a pane, so that links must leave it.
    is_in_pane: bool,
    /// A notice above the findings.
    pub notice: Option<&'static str>,
    is_open: bool,
    errors: usize,
    warnings: usize,
    findings: Vec<PanelFinding>,
    /// Every release, in the panel of all releases.
    releases: Vec<ListedRelease>,
}

/// A page with one sentence.
#[derive(Serialize)]
struct Message<'a> {
    title: &'a str,
    message: &'a str,
}

/// The view of a finding.
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
    /// The targets as JSON, for the script.
    targets: String,
    links: Vec<Link>,
}

/// A part of a message: text, or code between back-ticks.
#[derive(Debug, Serialize)]
struct Part {
    text: String,
    is_code: bool,
}

/// A link to a page that a finding concerns.
#[derive(Debug, PartialEq, Serialize)]
struct Link {
    href: String,
    text: String,
    language: String,
}

/// A release with the numbers of its findings.
#[derive(Debug, Serialize)]
pub(super) struct ListedRelease {
    slug: String,
    errors: usize,
    warnings: usize,
}

impl Panels {
    /// Errors: one of the program's own templates has an error.
    pub(super) fn new() -> Result<Self, Diagnostic> {
        Templates::new(FILES).map(Self)
    }

    /// The HTML of a panel.
    pub(super) fn panel(&self, panel: &Panel) -> String {
        self.0.render(PANEL, panel).unwrap_or_default()
    }

    /// A page in several languages beside each other.
    pub(super) fn beside_page(&self, view: &Beside) -> String {
        self.0.render(BESIDE, view).unwrap_or_default()
    }

    /// The content of the panel of a figure.
    pub(super) fn figure(&self, view: &FigureView) -> String {
        self.0.render(FIGURE, view).unwrap_or_default()
    }

    /// A page with one sentence.
    pub(super) fn message_page(&self, title: &str, message: &str) -> String {
        self.0.render(MESSAGE, &Message { title, message }).unwrap_or_default()
    }
}

const NEVER_GOOD: &str =
    "There is no page yet, because the release cannot be read. The page appears as soon as it can be built.";
const NOT_CURRENT: &str = "The release cannot be read at present. This page is from the last build that worked.";

impl Panel {
    /// The panel of a release on the page at a path of it, general findings first.
    pub(super) fn of_release(state: &ReleaseState, snapshot: &Snapshot, path: &str) -> Self {
        let general = snapshot.general.iter().map(|finding| (finding, &[][..]));
        let own = state.findings.iter().zip(state.targets.iter().map(Vec::as_slice));
        let notice = match &state.good {
            None => Some(NEVER_GOOD),
            Some(_) if !state.is_current => Some(NOT_CURRENT),
            Some(_) => None,
        };
        let panel = Self::of_findings(&general.chain(own).collect::<Vec<_>>(), state.good.as_deref());
        let language = state.good.as_ref().map(|good| good.document_of(path).0.language.clone()).unwrap_or_default();
        let beside = state.good.as_ref().and_then(|good| beside_address(good, path));
        Self { notice, language, beside, is_open: notice.is_some(), ..panel.with_release(state, snapshot) }
    }

    /// The panel of a file that could not be written.
    pub(super) fn of_failure(state: &ReleaseState, snapshot: &Snapshot, findings: &[Diagnostic]) -> Self {
        let findings: Vec<_> = findings.iter().map(|finding| (finding, &[][..])).collect();
        Self { is_open: true, ..Self::of_findings(&findings, None).with_release(state, snapshot) }
    }

    /// The panel of all releases.
    pub(super) fn of_all(snapshot: &Snapshot) -> Self {
        let general: Vec<_> = snapshot.general.iter().map(|finding| (finding, &[][..])).collect();
        let panel = Self::of_findings(&general, None);
        let releases: Vec<ListedRelease> = snapshot.releases.values().map(|state| ListedRelease::new(state)).collect();
        let errors = panel.errors + releases.iter().map(|release| release.errors).sum::<usize>();
        let warnings = panel.warnings + releases.iter().map(|release| release.warnings).sum::<usize>();
        let (title, is_open) = ("all releases".to_owned(), errors + warnings > 0);
        Self {
            edition: snapshot.edition,
            files: snapshot.loaded_files(),
            title,
            is_open,
            errors,
            warnings,
            releases,
            ..panel
        }
    }

    /// The same on a page that may be in a pane.
    pub(super) fn in_pane(self, is_in_pane: bool) -> Self {
        Self { is_in_pane, ..self }
    }

    fn with_release(self, state: &ReleaseState, snapshot: &Snapshot) -> Self {
        let (of, title) = (state.slug.clone(), state.slug.clone());
        Self { of, edition: snapshot.edition_of(state), files: snapshot.loaded_files(), title, ..self }
    }

    /// The panel of some findings, each with its targets on the pages of `good`.
    fn of_findings(findings: &[(&Diagnostic, &[PageTarget])], good: Option<&LastGood>) -> Self {
        let all: Vec<Diagnostic> = findings.iter().map(|(finding, _)| (*finding).clone()).collect();
        let views = findings
            .iter()
            .enumerate()
            .map(|(index, (finding, targets))| PanelFinding::new(index + 1, finding, targets, good));
        Self {
            errors: count(&all, Level::Error),
            warnings: count(&all, Level::Warning),
            findings: views.collect(),
            ..Self::default()
        }
    }
}

impl ListedRelease {
    fn new(state: &ReleaseState) -> Self {
        let [errors, warnings] = [Level::Error, Level::Warning].map(|level| count(&state.findings, level));
        Self { slug: state.slug.clone(), errors, warnings }
    }
}

impl PanelFinding {
    fn new(number: usize, finding: &Diagnostic, targets: &[PageTarget], good: Option<&LastGood>) -> Self {
        let parts = finding.message.split('`').enumerate();
        let parts = parts.map(|(index, text)| Part { text: text.to_owned(), is_code: index % 2 == 1 });
        Self {
            number,
            level: finding.level.name(),
            rule: finding.rule,
            message: parts.filter(|part| !part.text.is_empty()).collect(),
            place: finding.place.as_ref().map(|(place, _)| format!("{place:?}")),
            excerpt: excerpt(finding),
            targets: String::from_utf8_lossy(&site::to_json(&targets)).trim_end().to_owned(),
            links: good.map(|good| links(number, targets, good)).unwrap_or_default(),
        }
    }
}

/// A link for each page that has one of the targets.
fn links(number: usize, targets: &[PageTarget], good: &LastGood) -> Vec<Link> {
    let slug = &good.document().slug;
    let mut links: Vec<Link> = Vec::new();
    for (file, title) in targets.iter().filter_map(|target| good.page_of(target)) {
        let language = good.document_of(file).0.language.clone();
        let link = Link { href: format!("/{slug}/{file}#kessan-at-{number}"), text: title.to_owned(), language };
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// The excerpt that a terminal shows below the message and the place.
fn excerpt(finding: &Diagnostic) -> String {
    let text = diag::human(std::slice::from_ref(finding), false);
    let lines = text.lines().skip(1).skip_while(|line| line.trim_start().starts_with("--> "));
    lines.collect::<Vec<_>>().join("\n").trim_end().to_owned()
}
