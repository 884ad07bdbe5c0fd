//! What a page is, in schema.org's terms, for programs: the report, who published it and when, and the files that hold it.

use serde::Serialize;

use super::options::{Download, Options};
use crate::present::document::{Document, plain};

const CONTEXT: &str = "https://schema.org";

#[derive(Serialize)]
struct StructuredData<'a, T: Serialize> {
    #[serde(rename = "@context")]
    context: &'a str,
    #[serde(flatten)]
    thing: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    #[serde(rename = "@type")]
    is: &'static str,
    name: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    date_published: &'a str,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    about: Organization<'a>,
    publisher: Organization<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    encoding: Vec<File<'a>>,
}

#[derive(Serialize)]
struct Organization<'a> {
    #[serde(rename = "@type")]
    is: &'static str,
    name: &'a str,
}

/// A file that holds the report.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    #[serde(rename = "@type")]
    is: &'static str,
    encoding_format: &'a str,
    content_url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part<'a> {
    #[serde(rename = "@type")]
    is: &'static str,
    name: &'a str,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    is_part_of: Report<'a>,
}

/// The whole report, as JSON-LD that may be in a `script` element.
pub(super) fn report(document: &Document, options: &Options) -> String {
    written(whole(document, options, true))
}

/// A page of the report, `name`, at its address where that is known.
pub(super) fn part(document: &Document, options: &Options, name: &str, url: Option<&str>) -> String {
    let in_language = &document.language;
    written(Part { is: "WebPage", name, in_language, url, is_part_of: whole(document, options, false) })
}

fn whole<'a>(document: &'a Document, options: &Options<'a>, with_files: bool) -> Report<'a> {
    let organization = |name| Organization { is: "Organization", name };
    let file = |download: &Download<'a>| {
        let content_url = format!("{}{}.{}", options.base?, document.slug, download.extension);
        Some(File { is: "MediaObject", encoding_format: download.media_type, content_url })
    };
    Report {
        is: "Report",
        name: plain(&document.title),
        description: &document.description,
        date_published: &document.date.iso,
        in_language: &document.language,
        url: options.base,
        about: organization(&document.issuer),
        publisher: organization(options.publisher.unwrap_or(&document.issuer)),
        encoding: if with_files { options.downloads.iter().filter_map(file).collect() } else { Vec::new() },
    }
}

/// JSON in which no `<` could end the element that it is in.
fn written(thing: impl Serialize) -> String {
    // A value of texts and lists always serialises.
    serde_json::to_string(&StructuredData { context: CONTEXT, thing }).unwrap_or_default().replace('<', "\\u003c")
}
