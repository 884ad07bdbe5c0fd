//! The panel that the preview adds to every page: the findings, with links to where they are to be seen.

use serde::Serialize;

use super::{atlas::Spot, held::Good};
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
    pub of: String,
    pub edition: u64,
    pub title: String,
    /// What else there is to say.
    pub told: Option<&'static str>,
    pub is_open: bool,
    pub errors: usize,
    pub warnings: usize,
    pub findings: Vec<Told>,
    /// Every release, where the panel is about all.
    pub releases: Vec<Listed>,
}

/// A finding as the panel tells it.
#[derive(Debug, Serialize)]
pub(super) struct Told {
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
    pub slug: String,
    pub errors: usize,
    pub warnings: usize,
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

    /// A page that holds nothing else.
    pub(super) fn alone(&self, panel: &Panel) -> String {
        self.0.render(ALONE, panel).unwrap_or_default()
    }
}

impl Panel {
    /// The panel of some findings: all that matter on a page, each with its spots on the pages of `good`.
    pub(super) fn of(findings: &[(&Diagnostic, &[Spot])], good: Option<&Good>) -> Self {
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

fn told(number: usize, finding: &Diagnostic, spots: &[Spot], good: Option<&Good>) -> Told {
    let parts = finding.message.split('`').enumerate();
    let parts = parts.map(|(index, text)| Part { text: text.to_owned(), is_code: index % 2 == 1 });
    Told {
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
fn links(number: usize, spots: &[Spot], good: &Good) -> Vec<Link> {
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
