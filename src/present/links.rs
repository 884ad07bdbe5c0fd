//! Links within the release, which must lead to something that its readers have.

use super::{context::PresentContext, document::Document};
use crate::diag::{Diagnostic, nearest};

/// Reports the links whose anchor is on no page.
pub fn report_dead_links(document: &Document, context: &PresentContext) {
    let links = context.links();
    if links.is_empty() {
        return;
    }
    let mut anchors = document.anchors();
    anchors.extend(document.notes.iter().map(|note| (format!("note-{}", note.id), 0)));
    for link in links.iter().filter(|link| !anchors.contains_key(&link.value)) {
        let near = nearest(&link.value, anchors.keys().map(String::as_str));
        let label = near.map_or(String::new(), |near| format!("did you mean `#{near}`?"));
        let message = format!("there is no heading, table or row `{}`", link.value);
        context.report(Diagnostic::error("link", message).at(&link.place, label));
    }
}
