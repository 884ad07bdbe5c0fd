//! Writes the redlines of a comparison: a file for each language, all of them or none.

use std::{fs, path::Path};

use super::{super::words::create_file, Diff, presented::Presented};
use crate::{
    diag::Diagnostic,
    diff::{Changes, front_page},
    formats::{redline_page, redline_pdf},
    present::document::Document,
};

/// Writes the redlines that a request asks for, and returns their paths. `marked` are the documents of the new version. Errors: the
/// new version has no pages, one cannot be rendered, or a file cannot be written; then none is left.
pub fn write(
    request: &Diff,
    new: &Presented,
    changes: &Changes,
    marked: Vec<Document>,
    names: [&str; 2],
) -> Result<Vec<String>, Vec<Diagnostic>> {
    if request.html.is_none() && request.pdf.is_none() {
        return Ok(Vec::new());
    }
    let Presented::Dataset { project, releases, .. } = new else {
        let message = format!("`{}` has no pages, so there is no redline", names[1]);
        let finding = Diagnostic::io("diff", message).note("a built release has only the data");
        return Err(vec![finding.help("name a release or a revision as the second version")]);
    };
    let mut files = Vec::new();
    for ((number, mut document), language) in marked.into_iter().enumerate().zip(&changes.languages) {
        let front = front_page(changes, language, &document, names);
        // The release begins as it would without it.
        document.pages.iter_mut().take(1).for_each(|page| page.new_sheet = true);
        document.pages.insert(0, front);
        let named = |path: &str| if number == 0 { path.to_owned() } else { in_language(path, &document.language) };
        if let Some(path) = request.html {
            files.push((named(path), redline_page(&document, project)?));
        }
        if let Some((path, release)) = request.pdf.zip(releases.get(number)) {
            files.push((named(path), redline_pdf(&document, release, project)?));
        }
    }
    create_all(request.root, &files).map_err(|finding| vec![finding])?;
    Ok(files.into_iter().map(|(path, _)| path).collect())
}

/// The file of a further language: `redline.en.html` beside `redline.html`.
fn in_language(path: &str, language: &str) -> String {
    match path.rsplit_once('.') {
        Some((stem, extension)) if !extension.contains(['/', '\\']) => format!("{stem}.{language}.{extension}"),
        _ => format!("{path}.{language}"),
    }
}

/// Writes all files, or none.
fn create_all(root: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Diagnostic> {
    for (number, (path, bytes)) in files.iter().enumerate() {
        if let Err(finding) = create_file(root, path, bytes) {
            // What was written in this run is this run's to remove.
            files[..number].iter().for_each(|(path, _)| drop(fs::remove_file(root.join(path))));
            return Err(finding);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::in_language;

    #[test]
    fn the_language_stands_before_the_extension() {
        assert_eq!(in_language("a.b/redline.html", "en"), "a.b/redline.en.html");
        assert_eq!(in_language("a.b/redline", "en"), "a.b/redline.en");
    }
}
