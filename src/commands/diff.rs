//! `kessan diff`: what changed between two versions of a release, causes first, and a redline of the new one.

mod built_release;
mod checkout;
mod git;
mod presented;
mod redlines;
mod version;

use std::path::Path;

use serde::Serialize;

use crate::{
    diag::{Diagnostic, Findings},
    diff::{self, Changes, Comparison, Edition, Entries, Origins, Side},
};
use presented::{Loaded, Presented};
use version::pair;

/// The request for a comparison.
#[derive(Debug)]
pub struct Diff<'a> {
    pub root: &'a Path,
    /// A release, a built `<release>.json`, or a git revision.
    pub old: &'a str,
    /// The same; the release of the project by default.
    pub new: Option<&'a str>,
    /// Files to write redlines to, relative to the project's folder.
    pub html: Option<&'a str>,
    pub pdf: Option<&'a str>,
}

/// What a comparison found, and the files that it wrote.
#[derive(Debug, Serialize)]
pub struct DiffReport {
    pub old: String,
    pub new: String,
    #[serde(flatten)]
    pub changes: Changes,
    pub written: Vec<String>,
}

/// Compares two versions. Errors: one of them cannot be read as a whole, they have nothing in common, or a redline cannot be
/// written; then nothing is written.
pub fn diff(request: &Diff) -> Result<DiffReport, Vec<Diagnostic>> {
    let [old, new] = pair(request.root, request.old, request.new).map_err(|finding| vec![finding])?;
    let redlines = [request.html, request.pdf].into_iter().flatten();
    redlines
        .map(|path| check_free(request.root, path))
        .collect::<Result<Vec<_>, _>>()
        .map_err(|finding| vec![finding])?;
    let is_same = old.is_same(&new);
    let mut findings = Findings::new();
    let loaded_new = findings.keep_all(Loaded::new(&new));
    let loaded_old = if is_same { None } else { findings.keep_all(Loaded::new(&old)) };
    let (Some(loaded_new), false) = (loaded_new, findings.has_errors()) else { return Err(findings.sorted()) };
    let presented_new = Presented::new(&loaded_new)?;
    let presented_old = loaded_old.as_ref().map(Presented::new).transpose()?;
    let new_side = side(new.name(), &presented_new);
    let old_side = side(old.name(), presented_old.as_ref().unwrap_or(&presented_new));
    if !diff::is_comparable(&old_side, &new_side) {
        let message = format!("`{}` and `{}` have almost no line, table or page in common", old.name(), new.name());
        return Err(vec![Diagnostic::error("diff", message)]);
    }
    let Comparison { changes, marked } = diff::compare(&old_side, &new_side);
    let written = redlines::write(request, &presented_new, &changes, marked, [old.name(), new.name()])?;
    Ok(DiffReport { old: old.name().to_owned(), new: new.name().to_owned(), changes, written })
}

fn check_free(root: &Path, path: &str) -> Result<(), Diagnostic> {
    match root.join(path).symlink_metadata() {
        Ok(_) => Err(Diagnostic::io("output", format!("`{path}` exists, so it is not replaced"))),
        Err(_) => Ok(()),
    }
}

/// A version as it is compared.
fn side<'a>(name: &'a str, presented: &'a Presented) -> Side<'a> {
    match presented {
        Presented::Dataset { book, presentation, words, translations, .. } => {
            let original = Edition { document: &presentation.document, words: Some(words) };
            let others = translations
                .iter()
                .map(|(presentation, words)| Edition { document: &presentation.document, words: Some(words) });
            Side {
                name,
                entries: Entries::of_release(book),
                editions: std::iter::once(original).chain(others).collect(),
                origins: Origins::Book { book, uses: &presentation.uses },
            }
        }
        Presented::Built(document) => Side {
            name,
            entries: Entries::of_data(&document.data, &document.date.iso),
            editions: vec![Edition { document, words: None }],
            origins: Origins::Data,
        },
    }
}
