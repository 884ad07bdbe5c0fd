//! The format `html`: the pages of the release, the check report as a page, and static files.

use std::collections::BTreeMap;

use super::{Files, Format, Publication, ReleaseContent, check_report_page, content::Edition};
use crate::{
    diag::{Diagnostic, Findings},
    merge::Templates,
    project::{Logo, Project},
    render::html,
};

pub(super) const FORMAT: Format = Format {
    name: "html",
    title: "HTML",
    media_type: "text/html",
    extension: None,
    is_by_language: true,
    has_table_files: false,
    is_of: |_| true,
    other_files: |_| Vec::new(),
    write,
};

/// The page of the check report.
pub(super) const CHECK_REPORT_PAGE: &str = "checks.html";

fn write(content: &ReleaseContent, publication: &Publication) -> Result<Files, Vec<Diagnostic>> {
    let project = publication.project;
    // Templates that cannot be parsed were reported when the project was loaded.
    let Some(templates) = project.templates() else { return Ok(Files::new()) };
    let (mut files, mut findings) = (Files::new(), Findings::new());
    let editions = content.editions();
    for edition in &editions {
        let pages = pages(edition, &editions, content, publication, templates, None);
        files.extend(findings.keep_all(pages).unwrap_or_default());
    }
    if !findings.is_empty() {
        return Err(findings.sorted());
    }
    Ok(files.into_iter().chain(files_beside_pages(content, project)).collect())
}

/// The files of the format that are no pages.
pub(crate) fn files_beside_pages(content: &ReleaseContent, project: &Project) -> Files {
    let assets = project.page_assets().map(|(path, bytes)| (format!("static/{path}"), bytes.to_vec()));
    assets.chain(pictures(&content.editions())).collect()
}

/// The paths of all pages, by which [`write_page`] writes them. Errors: two pages would be the same file.
pub(crate) fn page_paths(content: &ReleaseContent) -> Result<Vec<String>, Diagnostic> {
    let mut paths = vec![CHECK_REPORT_PAGE.to_owned()];
    for edition in content.editions() {
        let files = html::page_files(edition.document)?;
        paths.extend(files.into_iter().map(|file| edition.path(&file)));
    }
    Ok(paths)
}

/// A page, with the bytes that the whole format has; none if there is no such page. Errors: the findings of the page.
pub(crate) fn write_page(
    content: &ReleaseContent,
    publication: &Publication,
    path: &str,
) -> Result<Option<Vec<u8>>, Vec<Diagnostic>> {
    let Some(templates) = publication.project.templates() else { return Ok(None) };
    let editions = content.editions();
    let own = |edition: &&Edition| {
        let folder = edition.path("");
        path.strip_prefix(&folder).is_some_and(|file| !file.contains('/'))
    };
    let Some(edition) = editions.iter().find(own) else { return Ok(None) };
    let file = path.rsplit('/').next();
    let pages = pages(edition, &editions, content, publication, templates, file)?;
    Ok(pages.into_iter().next().map(|(_, bytes)| bytes))
}

/// The pages of an edition, and the check report with those of the original; or only one file of these.
fn pages(
    edition: &Edition,
    editions: &[Edition],
    content: &ReleaseContent,
    publication: &Publication,
    templates: &Templates,
    only: Option<&str>,
) -> Result<Files, Vec<Diagnostic>> {
    let Publication { formats, project, names_figures, .. } = publication;
    let (document, check_report, root) = (edition.document, &content.check_report, edition.root());
    let downloads: Vec<_> = formats.iter().filter_map(|format| format.download(content)).collect();
    let with_table_files = formats.iter().filter(|format| format.has_table_files);
    let table_downloads: Vec<_> = with_table_files.filter_map(|format| format.download(content)).collect();
    let release_base = project.site.url.as_ref().map(|url| format!("{url}{}/", document.slug));
    let base = release_base.as_ref().map(|base| edition.path_below(base));
    // The original is in the list of all releases, whatever the language of that is; a translation in that of its language.
    let is_original = !edition.is_translation;
    let list = format!("{root}../{}", html::list_file(is_original, &document.language));
    let feed = format!("{root}../{}", html::feed_file(is_original, &document.language));
    let (assets, checks) = (format!("{root}static"), format!("{root}{CHECK_REPORT_PAGE}"));
    let logo_file = project.logo.as_ref().map(|logo| format!("{root}{}", logo.page.path));
    let languages = languages(edition, editions, release_base.as_deref());
    let site = &project.site;
    let words = || document.words.get("releases").map(String::as_str);
    let title = site.title.in_language(&document.language).or_else(words).unwrap_or_default();
    let options = html::Options {
        base: base.as_deref(),
        release_base: release_base.as_deref(),
        root,
        shell: html::Shell { assets: &assets, ..html::Shell::default() },
        languages: &languages,
        publisher: site.publisher.in_language(&document.language),
        logo: project.logo.as_ref().zip(logo_file.as_deref()).map(|(logo, src)| logo_view(logo, src)),
        list: Some(&list),
        feed: base.as_ref().filter(|_| document.draft.is_none()).map(|_| html::FeedLink { href: &feed, title }),
        checks: check_report.published.then_some(checks.as_str()),
        checks_language: &content.document.language,
        downloads: &downloads,
        table_downloads: &table_downloads,
        names_figures: *names_figures,
    };
    let pages = match only {
        None => html::html(document, templates, &options),
        Some(file) => html::page(document, templates, &options, file)
            .map(|page| page.into_iter().map(|bytes| (file.to_owned(), bytes)).collect()),
    };
    let pages = pages.map_err(|finding| vec![finding]);
    let mut files: Files = Vec::new();
    if edition.is_translation || only.is_some_and(|file| file != CHECK_REPORT_PAGE) {
        files.extend(pages?);
    } else {
        let report = check_report_page::page(check_report, document, templates, &options.shell);
        let (pages, report) = combine(pages, report.map_err(|finding| vec![finding]))?;
        files.extend(pages.into_iter().chain([(CHECK_REPORT_PAGE.to_owned(), report.into_bytes())]));
    }
    Ok(files.into_iter().map(|(file, bytes)| (edition.path(&file), bytes)).collect())
}

/// The languages of the release as pages link to them; none if there is only one.
fn languages<'a>(edition: &Edition, editions: &[Edition<'a>], base: Option<&str>) -> Vec<html::LanguageLink<'a>> {
    if editions.len() == 1 {
        return Vec::new();
    }
    let link = |other: &Edition<'a>| html::LanguageLink {
        document: other.document,
        folder: format!("{}{}", edition.root(), other.path("")),
        base: base.map(|base| other.path_below(base)),
        is_own: other.document.language == edition.document.language,
    };
    editions.iter().map(link).collect()
}

/// The files of the release's own pictures; the others are among the static files.
fn pictures(editions: &[Edition]) -> BTreeMap<String, Vec<u8>> {
    let files = editions.iter().flat_map(|edition| edition.document.pictures()).map(|picture| &picture.page);
    let own = files.filter(|file| file.path.starts_with("pictures/"));
    own.map(|file| (file.path.clone(), file.bytes.to_vec())).collect()
}

/// The logo at its height on pages; a point of print is 4/3 pixels.
fn logo_view<'a>(logo: &Logo, src: &'a str) -> html::LogoView<'a> {
    let height = u32::from(logo.height) * 4 / 3;
    let width = (logo.page.width * height).div_ceil(logo.page.height);
    html::LogoView { src, width, height }
}

/// Both values, or the findings of both.
fn combine<A, B>(a: Result<A, Vec<Diagnostic>>, b: Result<B, Vec<Diagnostic>>) -> Result<(A, B), Vec<Diagnostic>> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (a, b) => Err(a.err().into_iter().chain(b.err()).flatten().collect()),
    }
}
