//! The templates and static files that are in the binary, for projects that do not bring their own.

/// Path from the project's root (`templates/html/page.html`, `static/style.css`) and text, in the order of the paths: every
/// file of the two folders in this repository, fonts apart. The table is written by `build.rs`.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/built_in_files.rs"));

/// The text of a file, by its path from the project's root.
pub fn text(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// Whether a file under `templates/` is one, by its name.
pub fn is_template(name: &str) -> bool {
    [".html", ".txt", ".xml"].iter().any(|end| name.ends_with(end))
}

/// Names under `templates/` and texts of the files that are templates.
pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("templates/")?;
        is_template(name).then_some((name, *text))
    })
}
