//! Whether pages and tables can be files of their own, on every system that a release may be published from or read on.

use std::collections::BTreeMap;

use crate::{
    diag::{Diagnostic, Findings, Place},
    model::{Release, fold_name, portability_problem},
};

/// The pages that a release has besides those of its narrative.
const PAGES_OF_EVERY_RELEASE: [&str; 3] = ["index", "full", "checks"];

/// Reports every page and table that cannot have a file.
pub fn check_file_names(release: &Release, findings: &mut Findings) {
    check_page_names(release, findings);
    check_table_names(release, findings);
}

/// Every table can have a file of its own.
fn check_table_names(release: &Release, findings: &mut Findings) {
    for table in &release.tables {
        let id = &table.id;
        if let Some(why) = portability_problem(&id.value) {
            let message = format!("`{}` cannot be the name of a table's file: {why}", id.value);
            findings.push(Diagnostic::error("file-name", message).at(&id.place, "").help("rename the table"));
        }
    }
}

/// Every page has a file of its own, on systems that ignore case too. The first is the landing page, whatever its name.
fn check_page_names(release: &Release, findings: &mut Findings) {
    let mut files: BTreeMap<String, &str> = BTreeMap::new();
    for page in &release.narrative {
        let path = page.source.path.as_str();
        let at = Place::new(&page.source, 0..0);
        let same = files.insert(fold_name(&page.id), path);
        let own = PAGES_OF_EVERY_RELEASE.iter().find(|own| **own == fold_name(&page.id));
        let message = match (same, own) {
            (Some(first), _) => format!("`{first}` and `{path}` would be the same page `{}.html`", page.id),
            (None, Some(own)) if files.len() > 1 => {
                format!("`{path}` would be the page `{own}.html`, which every release has")
            }
            _ => continue,
        };
        findings.push(Diagnostic::error("duplicate-id", message).at(&at, "").help("rename it"));
    }
    for page in &release.narrative {
        if let Some(why) = portability_problem(&page.id) {
            let message = format!("`{}` cannot be a page: {why}", page.source.path);
            findings.push(Diagnostic::error("page", message).at(&Place::new(&page.source, 0..0), "").help("rename it"));
        }
    }
}
