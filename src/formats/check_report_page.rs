//! Renders the check report as the page `checks.html`.

use serde::Serialize;

use crate::{
    closing::{CheckReport, RelationFamily},
    diag::Diagnostic,
    merge::Templates,
    present::{
        document::{Document, plain},
        fill_places,
    },
    render::html::{Head, Shell},
};

/// The values that the template receives.
#[derive(Serialize)]
struct View<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    release: String,
    issuer: &'a str,
    draft: Option<&'a str>,
    relations: usize,
    checks: &'a CheckReport,
}

/// The HTML of the page. Errors: the template fails.
pub(super) fn page(
    checks: &CheckReport,
    document: &Document,
    templates: &Templates,
    shell: &Shell,
) -> Result<String, Diagnostic> {
    let release = plain(&document.title);
    let name = document.words.get("checks_title").map_or("", String::as_str);
    let word =
        |key: &str, fills: &[(&str, &str)]| fill_places(document.words.get(key).map_or("", String::as_str), fills);
    let title = word("page_title", &[("title", name), ("of", &release)]);
    let description =
        word("checks_description", &[("title", name), ("issuer", &document.issuer), ("release", &release)]);
    let head = Head { title, description, ..Head::new(shell, &document.language, &document.words) };
    let count = |family: &RelationFamily| family.exact + family.acknowledged + family.waived + family.broken;
    templates.render(
        "html/checks.html",
        &View {
            head,
            release,
            issuer: &document.issuer,
            draft: document.draft.as_ref().map(|draft| draft.mark.as_str()),
            relations: checks.families.iter().map(count).sum(),
            checks,
        },
    )
}
