//! The content of a closed release for its output formats, as an owned value, so that formats can be written later.

use super::print_sources::PrintSources;
use crate::{
    closing::{CheckReport, Closing},
    diag::Findings,
    model::Words,
    present::document::{Document, Draft},
};

/// The input of all output formats of a release.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ReleaseContent {
    pub document: Document,
    pub check_report: CheckReport,
    pub print: PrintSources,
}

impl ReleaseContent {
    /// The content of a closed release, and its findings; no content if parts of the dataset could not be read. With `draft`, a
    /// document with errors gets the draft label.
    pub(crate) fn new(closing: Closing, draft: bool) -> (Option<Self>, Findings) {
        let release = closing.book.release;
        if release.is_incomplete() {
            return (None, closing.findings);
        }
        let (check_report, print) = (CheckReport::new(&closing), PrintSources::new(release));
        let Closing { loaded, presented, findings, .. } = closing;
        let mut document = presented.document;
        if draft && findings.has_errors() {
            document.draft = Some(draft_mark(findings.clone().sorted().len(), &loaded.words));
        }
        (Some(Self { document, check_report, print }), findings)
    }
}

fn draft_mark(findings: usize, words: &Words) -> Draft {
    let key = if findings == 1 { "draft_one" } else { "draft" };
    let pattern = words.words.get(key).map_or("DRAFT", String::as_str);
    Draft { findings, mark: pattern.replace("{findings}", &findings.to_string()) }
}
