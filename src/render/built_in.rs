//! The templates and static files that are compiled into the binary, for projects without their own.

/// Paths from the project's root (`templates/html/page.html`, `static/style.css`) and texts, sorted by path: every file of
/// the two folders in this repository except fonts. `build.rs` writes the table.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/built_in_files.rs"));

/// The SHA-256 of every file of the two folders, fonts included, by its path. `build.rs` works them out.
const HASHES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/built_in_hashes.rs"));

/// The SHA-256 of a built-in file in hexadecimal, by its path from the project's root.
pub fn sha256(path: &str) -> Option<&'static str> {
    HASHES.iter().find(|(known, _)| *known == path).map(|(_, hash)| *hash)
}

/// The text of a built-in file, by its path from the project's root.
pub fn text(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(known, _)| *known == path).map(|(_, text)| *text)
}

/// Whether a file under `templates/` is a template, by its extension.
pub fn is_template(name: &str) -> bool {
    [".html", ".txt", ".xml"].iter().any(|end| name.ends_with(end))
}

/// The built-in templates: names relative to `templates/`, and texts.
pub fn templates() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix("templates/")?;
        is_template(name).then_some((name, *text))
    })
}
