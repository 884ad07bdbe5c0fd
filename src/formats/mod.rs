//! The output formats of a closed release: one file for each format, and its row in [`Format::ALL`].

mod check_report_page;
mod content;
mod csv;
mod html;
mod json;
mod markdown;
mod pdf;
mod print_sources;
mod redline;
mod release_card;
mod release_list;
mod xbrl;
mod xlsx;

use std::fmt;

pub(crate) use crate::render::html::same_page;
pub(crate) use content::{Former, ReleaseContent};
pub(crate) use html::{page_paths, write_page};
pub(crate) use redline::{redline_page, redline_pdf};
pub(crate) use release_card::release_card;
pub(crate) use release_list::release_list;

use crate::{
    closing::{Closing, Stopwatch},
    diag::{Diagnostic, Findings},
    parallel,
    project::Project,
    render::html::Download,
    site::{self, Site},
};

/// An output format.
pub struct Format {
    /// Its name on the command line and in manifests.
    pub name: &'static str,
    /// Its name for readers, where the language of a release has no word `format_<extension>`.
    title: &'static str,
    /// The media type of its files.
    media_type: &'static str,
    /// The extension of the release's file, `acme-1q2026.<extension>`; `None` for the format that is a folder of pages.
    extension: Option<&'static str>,
    /// Whether each language of the release has files of its own, `en/acme-1q2026.<extension>`; otherwise one file has all.
    is_by_language: bool,
    /// Whether each table also has its own file, `tables/<table>.<extension>`.
    has_table_files: bool,
    /// Whether a release has it.
    is_of: fn(&ReleaseContent) -> bool,
    /// The paths of its other files.
    other_files: fn(&ReleaseContent) -> Vec<String>,
    /// Writes all files of the format, in the order of [`Format::paths`] unless that is empty.
    write: fn(&ReleaseContent, &Publication) -> Result<Files, Vec<Diagnostic>>,
}

/// The context of writing a format; formats link to each other.
pub(crate) struct Publication<'a> {
    /// All formats that the release is published in.
    pub formats: &'a [&'static Format],
    /// Templates, styles and settings.
    pub project: &'a Project,
    /// Whether pages name the figures in their text, for the preview.
    pub names_figures: bool,
    /// How many formats are written at the same time.
    pub threads: usize,
}

impl<'a> Publication<'a> {
    /// In the output, on one thread.
    pub(crate) fn of(formats: &'a [&'static Format], project: &'a Project) -> Self {
        Self { formats, project, names_figures: false, threads: 1 }
    }
}

/// Paths in the release's folder, with `/` between folders, and contents of files.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// The check report as JSON, which every release has in any format.
const CHECK_REPORT: &str = "checks.json";
/// The first page.
const FIRST_PAGE: &str = "index.html";

impl Format {
    /// The site.
    pub const HTML: &Self = &html::FORMAT;
    /// The printed release.
    pub const PDF: &Self = &pdf::FORMAT;
    /// The Markdown file.
    pub const MARKDOWN: &Self = &markdown::FORMAT;

    /// Every format, in display order.
    pub const ALL: [&Self; 7] =
        [Self::HTML, Self::PDF, Self::MARKDOWN, &xlsx::FORMAT, &csv::FORMAT, &json::FORMAT, &xbrl::FORMAT];

    /// The format with this name. Errors: there is none.
    pub fn by_name(name: &str) -> Result<&'static Self, String> {
        Self::ALL.into_iter().find(|format| format.name == name).ok_or_else(|| format!("no output format `{name}`"))
    }

    /// The file that a release always has in this format, by which the format is recognized in a folder.
    pub(crate) fn main_file(&self, slug: &str) -> String {
        self.extension.map_or_else(|| FIRST_PAGE.to_owned(), |extension| format!("{slug}.{extension}"))
    }

    /// How pages link to the format's files; `None` for the format that is the pages, and for one that the release does not have.
    fn download(&self, content: &ReleaseContent) -> Option<Download<'static>> {
        let &Self { title, media_type, .. } = self;
        let extension = self.extension.filter(|_| (self.is_of)(content));
        extension.map(|extension| Download { extension, title, media_type, is_by_language: self.is_by_language })
    }

    /// The paths of the format's files; empty for pages, whose paths are only known after writing.
    pub(crate) fn paths(&self, content: &ReleaseContent) -> Vec<String> {
        let document = &content.document;
        let Some(extension) = self.extension.filter(|_| (self.is_of)(content)) else { return Vec::new() };
        let file = format!("{}.{extension}", document.slug);
        let editions = content.editions().into_iter().take(if self.is_by_language { usize::MAX } else { 1 });
        let releases: Vec<String> = editions.map(|edition| edition.path(&file)).collect();
        let tables = document.tables().into_iter().filter(|_| self.has_table_files);
        let tables = tables.map(|(_, table)| format!("tables/{}.{extension}", table.id));
        releases.into_iter().chain(tables).chain((self.other_files)(content)).collect()
    }

    /// Writes the format's files. Errors: the findings of the writer.
    pub(crate) fn write(&self, content: &ReleaseContent, publication: &Publication) -> Result<Files, Vec<Diagnostic>> {
        (self.write)(content, publication)
    }

    /// Combines the contents of the format's files with [`Format::paths`].
    fn zip_with_paths(&self, content: &ReleaseContent, files: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Files {
        self.paths(content).into_iter().zip(files.into_iter().map(Into::into)).collect()
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// The findings of print that need no layout, for a release whose PDF is not written.
pub(crate) fn check_print(closing: &Closing, project: &Project) -> Vec<Diagnostic> {
    pdf::check(closing, project)
}

/// Writes the `selected` formats of a release, each a phase, and its check report; other formats can be written later. Errors: the
/// findings of all selected formats.
pub(crate) fn write_release(
    content: &ReleaseContent,
    selected: &[&'static Format],
    publication: &Publication,
    stopwatch: &mut Stopwatch,
) -> Result<Site, Vec<Diagnostic>> {
    // Print takes as long as all others, so it begins first.
    let mut in_order = selected.to_vec();
    in_order.sort_by_key(|format| *format != Format::PDF);
    let measured = stopwatch.another();
    let written = parallel::map_on_threads(publication.threads, &in_order, &|_, _| (), |format| {
        let mut stopwatch = measured.another();
        let files = format.write(content, publication);
        stopwatch.lap(format.name);
        (files, stopwatch)
    });
    let mut written: Vec<_> = in_order.iter().zip(written).collect();
    written.sort_by_key(|(written, _)| selected.iter().position(|format| format == *written));
    let (mut findings, mut files) = (Findings::new(), Files::new());
    for (_, (of_format, measured)) in written {
        files.extend(findings.keep_all(of_format).unwrap_or_default());
        stopwatch.add(measured);
    }
    stopwatch.skip();
    let site = findings.keep_all(site_of(content, files));
    site.filter(|_| findings.is_empty()).ok_or_else(|| findings.sorted())
}

/// The files of the site of a release that are neither pages, which [`write_page`] writes, nor downloads. Errors: as of
/// [`write_release`].
pub(crate) fn write_beside_pages(content: &ReleaseContent, project: &Project) -> Result<Site, Vec<Diagnostic>> {
    site_of(content, html::files_beside_pages(content, project))
}

/// The site of these files and the check report. Errors: a file cannot be in it.
fn site_of(content: &ReleaseContent, files: Files) -> Result<Site, Vec<Diagnostic>> {
    let (mut site, mut findings) = (Site::new(), Findings::new());
    let report = (CHECK_REPORT.to_owned(), site::to_json(&content.check_report));
    for (path, bytes) in files.into_iter().chain([report]) {
        findings.keep(site.insert(path, bytes));
    }
    if findings.is_empty() { Ok(site) } else { Err(findings.sorted()) }
}
