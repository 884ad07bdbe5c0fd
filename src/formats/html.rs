//! The format `html`: the pages of the release, the check report as a page, and static files.

use std::collections::BTreeMap;

use super::{Files, Format, Publication, ReleaseContent, check_report_page};
use crate::{diag::Diagnostic, present::document::Document, project::Logo, render::html};

pub(super) const FORMAT: Format = Format {
    name: "html",
    title: "HTML",
    media_type: "text/html",
    extension: None,
    has_table_files: false,
    fixed_files: &[],
    write,
};

/// The page of the check report.
pub(super) const CHECK_REPORT_PAGE: &str = "checks.html";

fn write(content: &ReleaseContent, publication: &Publication) -> Result<Files, Vec<Diagnostic>> {
    let Publication { formats, project } = publication;
    let ReleaseContent { document, check_report, .. } = content;
    // Templates that cannot be parsed were reported when the project was loaded.
    let Some(templates) = &project.templates else { return Ok(Files::new()) };
    let downloads: Vec<_> = formats.iter().filter_map(|format| format.download()).collect();
    let with_table_files = formats.iter().filter(|format| format.has_table_files);
    let table_downloads: Vec<_> = with_table_files.filter_map(|format| format.download()).collect();
    let base = project.site.url.as_ref().map(|url| format!("{url}{}/", document.slug));
    let title = project.site.title.as_ref().or(document.words.get("releases")).map_or("", String::as_str);
    let options = html::Options {
        base: base.as_deref(),
        shell: html::Shell::default(),
        publisher: project.site.publisher.as_deref(),
        logo: project.logo.as_ref().map(logo),
        list: Some("../index.html"),
        feed: base.as_ref().filter(|_| document.draft.is_none()).map(|_| html::FeedLink { href: "../feed.xml", title }),
        checks: check_report.published.then_some(CHECK_REPORT_PAGE),
        downloads: &downloads,
        table_downloads: &table_downloads,
    };
    let pages = html::html(document, templates, &options).map_err(|finding| vec![finding]);
    let report =
        check_report_page::page(check_report, document, templates, &options.shell).map_err(|finding| vec![finding]);
    let (pages, report) = combine(pages, report)?;
    let assets = project.page_assets().map(|(path, bytes)| (format!("static/{path}"), bytes.to_vec()));
    let report = (CHECK_REPORT_PAGE.to_owned(), report.into_bytes());
    Ok(pages.into_iter().chain([report]).chain(assets).chain(pictures(document)).collect())
}

/// The files of the release's own pictures; the others are among the static files.
fn pictures(document: &Document) -> BTreeMap<String, Vec<u8>> {
    let files = document.pictures().into_iter().map(|picture| &picture.page);
    let own = files.filter(|file| file.path.starts_with("pictures/"));
    own.map(|file| (file.path.clone(), file.bytes.to_vec())).collect()
}

/// The logo at its height on pages; a point of print is 4/3 pixels.
fn logo(logo: &Logo) -> html::LogoView<'_> {
    let height = u32::from(logo.height) * 4 / 3;
    let width = (logo.page.width * height).div_ceil(logo.page.height);
    html::LogoView { src: &logo.page.path, width, height }
}

/// Both values, or the findings of both.
fn combine<A, B>(a: Result<A, Vec<Diagnostic>>, b: Result<B, Vec<Diagnostic>>) -> Result<(A, B), Vec<Diagnostic>> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err(a.err().into_iter().chain(b.err()).flatten().collect()),
    }
}
