//! Explains a figure of the current snapshot in a panel, and lists the figures that nothing guards.

use serde::Serialize;

use super::{last_good::LastGood, page_target::PageTarget, release_state::ReleaseState, snapshot::Snapshot};
use crate::{
    commands::{Explanation, FigureLocation, explain_figure},
    diag::Diagnostic,
    server::Status,
    site,
};

/// The folder of the panels: `/_preview/figure/<release>/<edition>/<figure>`. The edition is that of the page that asks, the figure
/// is named as `kessan explain` takes it.
pub(super) const FIGURE: &str = "/_preview/figure/";
/// The folder of the lists: `/_preview/unguarded/<release>/<edition>`.
pub(super) const UNGUARDED: &str = "/_preview/unguarded/";

/// Why a figure is not explained.
#[derive(Debug)]
pub(super) struct Refusal {
    pub status: Status,
    pub message: String,
}

const MALFORMED: &str = "The address names no release, edition and figure.";
const NO_RELEASE: &str = "There is no such release.";
const CHANGED: &str = "The release has changed since this page was loaded. Load the page again.";
const NOT_CURRENT: &str = "The release cannot be read at present, so its figures cannot be explained.";

/// The view of a panel.
#[derive(Debug, Default, Serialize)]
pub(super) struct FigureView {
    /// Why there is no explanation; empty if there is one.
    refusal: String,
    explanation: Option<Explanation>,
    /// One for each place that shows the figure.
    places: Vec<PlaceLink>,
}

/// Where the pages show a figure.
#[derive(Debug, Default, Serialize)]
struct PlaceLink {
    /// The address of the page, with the element if that has an id; empty if no page shows it.
    href: String,
    /// The title of the page.
    title: String,
    /// The language of the page.
    language: String,
    /// The target as JSON, for the script.
    target: String,
}

/// The view of the panel at a path below [`FIGURE`]. Errors: the path is malformed, the page that asks is not current, or there is
/// no such figure.
pub(super) fn explain(snapshot: &Snapshot, path: &str) -> Result<FigureView, Refusal> {
    let (page, figure) = split_page(path)?;
    let state = current_state(snapshot, page)?;
    let (figures, map, good) = state.explained().ok_or_else(|| Refusal::new(Status::Conflict, NOT_CURRENT))?;
    let explanation =
        figures.read(|sources| explain_figure(sources, figure)).map_err(|found| Refusal::unknown(&found))?;
    let link = |place: &FigureLocation| match map.target_of_use(place.used) {
        Some(target) => PlaceLink::new(target, good),
        None => whole_page(place, good).map(|target| PlaceLink::new(&target, good)).unwrap_or_default(),
    };
    let places = explanation.shown.iter().map(link).collect();
    Ok(FigureView { explanation: Some(explanation), places, ..FigureView::default() })
}

/// The names and cells of the figures that nothing guards, as JSON, for a path below [`UNGUARDED`]. Errors: as of [`explain`].
pub(super) fn unguarded(snapshot: &Snapshot, path: &str) -> Result<Vec<u8>, Refusal> {
    let page = path.split_once('/').ok_or_else(|| Refusal::new(Status::BadRequest, MALFORMED))?;
    let state = current_state(snapshot, page)?;
    let (figures, ..) = state.explained().ok_or_else(|| Refusal::new(Status::Conflict, NOT_CURRENT))?;
    Ok(figures.read(|sources| site::to_json(&sources.unguarded())))
}

/// The page that shows a figure outside of its narrative, among the key figures.
fn whole_page(place: &FigureLocation, good: &LastGood) -> Option<PageTarget> {
    let page = place.place.strip_prefix("page ")?.to_owned();
    let language = place.language.clone().unwrap_or_else(|| good.document().language.clone());
    Some(PageTarget { id: String::new(), language, column: None, page, text: String::new() })
}

/// Release and edition of the page that asks, and the figure.
fn split_page(path: &str) -> Result<((&str, &str), &str), Refusal> {
    let mut parts = path.splitn(3, '/');
    match (parts.next(), parts.next(), parts.next().filter(|figure| !figure.trim().is_empty())) {
        (Some(slug), Some(edition), Some(figure)) => Ok(((slug, edition), figure)),
        _ => Err(Refusal::new(Status::BadRequest, MALFORMED)),
    }
}

/// The state of a release, if its page of this edition is current.
fn current_state<'s>(snapshot: &'s Snapshot, (slug, edition): (&str, &str)) -> Result<&'s ReleaseState, Refusal> {
    let edition: u64 = edition.parse().map_err(|_| Refusal::new(Status::BadRequest, MALFORMED))?;
    let state = snapshot.releases.get(slug).ok_or_else(|| Refusal::new(Status::NotFound, NO_RELEASE))?;
    if state.explained().is_none() {
        return Err(Refusal::new(Status::Conflict, NOT_CURRENT));
    }
    match snapshot.edition_of(state) == edition {
        true => Ok(state),
        false => Err(Refusal::new(Status::Conflict, CHANGED)),
    }
}

impl Refusal {
    fn new(status: Status, message: &str) -> Self {
        Self { status, message: message.to_owned() }
    }

    /// The figure cannot be explained, because of these findings.
    fn unknown(findings: &[Diagnostic]) -> Self {
        let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        Self { status: Status::NotFound, message: messages.join("; ") }
    }
}

impl FigureView {
    /// The panel that says why there is no explanation.
    pub(super) fn refused(refusal: String) -> Self {
        Self { refusal, ..Self::default() }
    }
}

impl PlaceLink {
    fn new(target: &PageTarget, good: &LastGood) -> Self {
        let Some((file, title)) = good.page_of(target) else { return Self::default() };
        let fragment = if target.id.is_empty() { String::new() } else { format!("#{}", target.id) };
        Self {
            href: format!("/{}/{file}{fragment}", good.document().slug),
            title: title.to_owned(),
            language: target.language.clone(),
            target: String::from_utf8_lossy(&site::to_json(target)).trim_end().to_owned(),
        }
    }
}
