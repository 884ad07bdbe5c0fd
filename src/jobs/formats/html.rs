//! The release as pages, and what they need beside them.

use super::{Files, Format, ReleaseContent};
use crate::{
    diag::Diagnostic,
    jobs::{Project, check_report},
    render::html,
};

/// The check report.
pub(super) const CHECKS: &str = "checks.html";

/// The pages, the check report and static files; links lead to the other `forms`.
pub(super) fn write(whole: &ReleaseContent, forms: &[Format], project: &Project) -> Result<Files, Vec<Diagnostic>> {
    let ReleaseContent { document, checks, .. } = whole;
    // Templates that cannot be parsed were told when the project was loaded.
    let Some(templates) = &project.templates else { return Ok(Files::new()) };
    let downloads: Vec<&str> = forms.iter().filter_map(|form| form.ending()).collect();
    let table_downloads: Vec<&str> = forms.iter().filter_map(|form| form.table_ending()).collect();
    let base = project.site.url.as_ref().map(|url| format!("{url}{}/", document.slug));
    let title = project.site.title.as_ref().or(document.words.get("releases")).map_or("", String::as_str);
    let options = html::Options {
        base: base.as_deref(),
        shell: html::Shell::default(),
        publisher: project.site.publisher.as_deref(),
        list: Some("../index.html"),
        feed: base.as_ref().filter(|_| document.draft.is_none()).map(|_| html::FeedLink { href: "../feed.xml", title }),
        checks: checks.published.then_some(CHECKS),
        downloads: &downloads,
        table_downloads: &table_downloads,
    };
    let pages = html::html(document, templates, &options).map_err(|finding| vec![finding]);
    let report = check_report::page(checks, document, templates, &options.shell).map_err(|finding| vec![finding]);
    let (pages, report) = both(pages, report)?;
    let assets = project.page_assets().map(|(path, bytes)| (format!("static/{path}"), bytes.to_vec()));
    Ok(pages.into_iter().chain([(CHECKS.to_owned(), report.into_bytes())]).chain(assets).collect())
}

/// Both values, or the mistakes in either.
fn both<A, B>(a: Result<A, Vec<Diagnostic>>, b: Result<B, Vec<Diagnostic>>) -> Result<(A, B), Vec<Diagnostic>> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err(a.err().into_iter().chain(b.err()).flatten().collect()),
    }
}
