//! schema.org metadata of a page as JSON-LD: the report, its publisher and date, and its files.

use serde::Serialize;

use super::options::{Download, Options};
use crate::present::document::{Document, plain};

const CONTEXT: &str = "https://schema.org";

#[derive(Serialize)]
struct StructuredData<'a, T: Serialize> {
    #[serde(rename = "@context")]
    context: &'a str,
    #[serde(flatten)]
    content: T,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    #[serde(rename = "@type")]
    schema_type: &'static str,
    name: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    date_published: &'a str,
    in_language: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    temporal_coverage: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    about: Organization<'a>,
    publisher: Organization<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    encoding: Vec<File<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Organization<'a> {
    #[serde(rename = "@type")]
    schema_type: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    lei_code: &'a str,
}

/// A file that contains the report.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    #[serde(rename = "@type")]
    schema_type: &'static str,
    encoding_format: &'a str,
    content_url: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PageData<'a> {
    #[serde(rename = "@type")]
    schema_type: &'static str,
    name: &'a str,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    is_part_of: Report<'a>,
}

/// JSON-LD of the whole report, safe within a `script` element.
pub(super) fn report_json_ld(document: &Document, options: &Options) -> String {
    to_json(report_data(document, options, true))
}

/// JSON-LD of one page of the report, safe within a `script` element; `url` is its address, if known.
pub(super) fn page_json_ld(document: &Document, options: &Options, name: &str, url: Option<&str>) -> String {
    let in_language = &document.language;
    to_json(PageData {
        schema_type: "WebPage",
        name,
        in_language,
        url,
        is_part_of: report_data(document, options, false),
    })
}

fn report_data<'a>(document: &'a Document, options: &Options<'a>, with_files: bool) -> Report<'a> {
    let organization = |name, lei_code| Organization { schema_type: "Organization", name, lei_code };
    let publisher = options.publisher.unwrap_or(&document.issuer);
    let is_issuer = publisher == document.issuer;
    let file = |download: &Download<'a>| {
        let base = if download.is_by_language { options.base } else { options.release_base };
        let content_url = format!("{}{}.{}", base?, document.slug, download.extension);
        Some(File { schema_type: "MediaObject", encoding_format: download.media_type, content_url })
    };
    Report {
        schema_type: "Report",
        name: plain(&document.title),
        description: &document.description,
        date_published: &document.date.iso,
        in_language: &document.language,
        temporal_coverage: &document.covers,
        url: options.base,
        about: organization(&document.issuer, &document.lei),
        publisher: organization(publisher, if is_issuer { &document.lei } else { "" }),
        encoding: if with_files { options.downloads.iter().filter_map(file).collect() } else { Vec::new() },
    }
}

/// Serializes as JSON without `<`, which could end the `script` element around it.
fn to_json(content: impl Serialize) -> String {
    // Serializing strings and lists cannot fail.
    serde_json::to_string(&StructuredData { context: CONTEXT, content }).unwrap_or_default().replace('<', "\\u003c")
}
