//! A release's forms: what one whole release is written as, each form by itself, at once or when it is asked for.

mod data;
mod html;
mod pdf;
mod release_card;
mod release_list;

pub(super) use pdf::PrintSources;
pub(super) use release_card::card;
pub(super) use release_list::list;

use super::{Project, check_report::CheckReport};
use crate::{
    diag::{Diagnostic, Findings},
    present::document::Document,
    render::{json, markdown::markdown},
    site::{self, Site},
};

/// A form that releases are published in, in the order to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Html,
    Pdf,
    Markdown,
    Xlsx,
    Csv,
    Json,
}

/// A release that is whole: everything that its forms are made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ReleaseContent {
    pub document: Document,
    pub checks: CheckReport,
    pub behind: PrintSources,
}

/// Files by their paths in the release's folder.
pub(super) type Files = Vec<(String, Vec<u8>)>;

/// The check report for programs; it is part of every release, whatever its forms.
const CHECKS: &str = "checks.json";

impl Format {
    /// Every form.
    pub const ALL: [Self; 6] = [Self::Html, Self::Pdf, Self::Markdown, Self::Xlsx, Self::Csv, Self::Json];

    /// The form's name, for the command line and for manifests.
    pub fn word(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Pdf => "pdf",
            Self::Markdown => "markdown",
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }

    /// The output format of this name. Errors: there is none.
    pub fn of_word(word: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|format| format.word() == word).ok_or_else(|| format!("no output format `{word}`"))
    }

    /// The file by which a release in this form is known, in its folder.
    pub(super) fn mark(self, slug: &str) -> String {
        self.ending().map_or_else(|| String::from("index.html"), |end| format!("{slug}.{end}"))
    }

    /// The ending of the form's file, where it is one that stands beside the pages.
    fn ending(self) -> Option<&'static str> {
        match self {
            Self::Html => None,
            Self::Pdf => Some("pdf"),
            Self::Markdown => Some("md"),
            Self::Xlsx => Some("xlsx"),
            Self::Csv => Some("csv"),
            Self::Json => Some("json"),
        }
    }

    /// The ending of the form's file of each table, where it has one.
    fn table_ending(self) -> Option<&'static str> {
        self.ending().filter(|_| matches!(self, Self::Csv | Self::Json))
    }

    /// The paths of the form's files, where these are known before it is made.
    pub(super) fn paths(self, whole: &ReleaseContent) -> Vec<String> {
        let document = &whole.document;
        let release = self.ending().map(|end| format!("{}.{end}", document.slug));
        let tables = self
            .table_ending()
            .into_iter()
            .flat_map(|end| document.tables().into_iter().map(move |(_, table)| format!("tables/{}.{end}", table.id)));
        let schema = (self == Self::Json).then(|| json::SCHEMA_FILE.to_owned());
        release.into_iter().chain(tables).chain(schema).collect()
    }

    /// Writes the form; `forms` are all that the release is published in, for what leads from one to the other.
    pub(super) fn write(
        self,
        whole: &ReleaseContent,
        forms: &[Self],
        project: &Project,
    ) -> Result<Files, Vec<Diagnostic>> {
        match self {
            Self::Html => html::write(whole, forms, project),
            Self::Pdf => pdf::write(whole, project),
            Self::Markdown => Ok(named(self, whole, [markdown(&whole.document)])),
            Self::Xlsx => data::xlsx(whole),
            Self::Csv => Ok(data::csv(whole)),
            Self::Json => Ok(data::json(whole)),
        }
    }
}

/// Writes the release in the forms asked for. Every form is tried, so that the mistakes in all of them are told.
pub(super) fn release(whole: &ReleaseContent, forms: &[Format], project: &Project) -> Result<Site, Vec<Diagnostic>> {
    some(whole, forms, forms, project)
}

/// Writes some of the `forms` that the release is published in; the others can be written when they are asked for.
pub(super) fn some(
    whole: &ReleaseContent,
    some: &[Format],
    forms: &[Format],
    project: &Project,
) -> Result<Site, Vec<Diagnostic>> {
    let (mut site, mut findings) = (Site::new(), Findings::new());
    let written = some.iter().filter_map(|form| findings.keep_all(form.write(whole, forms, project)));
    let files: Vec<_> = written.flatten().chain([(CHECKS.to_owned(), site::json(&whole.checks))]).collect();
    for (path, bytes) in files {
        findings.keep(site.insert(path, bytes));
    }
    if findings.is_empty() { Ok(site) } else { Err(findings.sorted()) }
}

/// A form's files under their paths.
fn named(form: Format, whole: &ReleaseContent, files: impl IntoIterator<Item = impl Into<Vec<u8>>>) -> Files {
    form.paths(whole).into_iter().zip(files.into_iter().map(Into::into)).collect()
}
