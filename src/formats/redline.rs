//! A redline as one HTML page or as PDF: the same pages as a build's, of a document in which changes are marked.

use super::print_sources::PrintSources;
use crate::{
    diag::Diagnostic,
    model::Release,
    present::document::{Document, PictureFile},
    project::Project,
    render::{html, pdf},
};

/// The bytes of the page, which needs no other file. Errors: a template fails.
pub(crate) fn redline_page(document: &Document, project: &Project) -> Result<Vec<u8>, Vec<Diagnostic>> {
    // Templates that cannot be parsed were reported when the project was loaded.
    let Some(templates) = project.templates() else { return Ok(Vec::new()) };
    let sheet = |name: &str| {
        let file = project.assets.get(name).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        file.unwrap_or_default()
    };
    // The text of a style sheet within a page ends with the first tag that ends it.
    let stylesheet = (without_faces(&sheet("theme.css")) + &sheet("style.css")).replace("</", "<\\/");
    html::redline(document, templates, &stylesheet).map_err(|finding| vec![finding])
}

/// A style sheet without the files of faces, which are not in the page.
fn without_faces(css: &str) -> String {
    let mut parts = css.split("@font-face");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |css, part| css + part.split_once('}').map_or("", |(_, rest)| rest))
}

/// The bytes of the PDF. Errors: as for that of a build.
pub(crate) fn redline_pdf(
    document: &Document,
    release: &Release,
    project: &Project,
) -> Result<Vec<u8>, Vec<Diagnostic>> {
    let Some(templates) = project.templates() else { return Ok(Vec::new()) };
    let logo = project.logo.as_ref().map(|logo| (PictureFile::from(&logo.print), f32::from(logo.height)));
    let logo = logo.as_ref().map(|(file, height)| (file, *height));
    let (style, faces) = (&project.style, &project.faces);
    let PrintSources { places, .. } = PrintSources::new(release);
    let places = Some(&places);
    pdf::pdf(document, &pdf::PrintAppearance { style, faces, templates, places, attachments: &[], logo })
}

#[cfg(test)]
mod tests {
    use super::without_faces;

    #[test]
    fn files_of_faces_are_left_out() {
        let css = "a\n@font-face { src: url(\"x\"); }\n\n@font-face { src: url(\"y\"); }\n:root { --b: c; }\n";
        assert_eq!(without_faces(css), "a\n\n\n\n:root { --b: c; }\n");
    }
}
