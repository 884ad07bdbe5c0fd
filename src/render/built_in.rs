//! The templates and static files that are in the binary, for projects that do not bring their own.

/// Path from the project's root (`templates/html/page.html`, `static/style.css`) and text, in the order of the paths.
pub const FILES: &[(&str, &str)] = &[
    ("static/kessan.js", include_str!("../../static/kessan.js")),
    ("static/style.css", include_str!("../../static/style.css")),
    ("templates/html/base.html", include_str!("../../templates/html/base.html")),
    ("templates/html/blocks.html", include_str!("../../templates/html/blocks.html")),
    ("templates/html/chart.html", include_str!("../../templates/html/chart.html")),
    ("templates/html/checks.html", include_str!("../../templates/html/checks.html")),
    ("templates/html/full.html", include_str!("../../templates/html/full.html")),
    ("templates/html/headlines.html", include_str!("../../templates/html/headlines.html")),
    ("templates/html/index.html", include_str!("../../templates/html/index.html")),
    ("templates/html/notes.html", include_str!("../../templates/html/notes.html")),
    ("templates/html/page.html", include_str!("../../templates/html/page.html")),
    ("templates/html/release.html", include_str!("../../templates/html/release.html")),
    ("templates/html/shell.html", include_str!("../../templates/html/shell.html")),
    ("templates/html/table.html", include_str!("../../templates/html/table.html")),
    ("templates/print/cover.txt", include_str!("../../templates/print/cover.txt")),
    ("templates/print/foot.txt", include_str!("../../templates/print/foot.txt")),
    ("templates/print/head.txt", include_str!("../../templates/print/head.txt")),
    ("templates/print/style.toml", include_str!("../../templates/print/style.toml")),
    ("templates/site/404.html", include_str!("../../templates/site/404.html")),
    ("templates/site/feed.xml", include_str!("../../templates/site/feed.xml")),
    ("templates/site/robots.txt", include_str!("../../templates/site/robots.txt")),
    ("templates/site/sitemap.xml", include_str!("../../templates/site/sitemap.xml")),
    ("templates/theme.toml", include_str!("../../templates/theme.toml")),
    ("templates/words/en.toml", include_str!("../../templates/words/en.toml")),
    ("templates/words/ja.toml", include_str!("../../templates/words/ja.toml")),
];

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

#[cfg(test)]
mod tests {
    use std::path::Path;

    /// Every file under `folder`, as paths from the root.
    fn listing(root: &Path, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(root.join(folder)).unwrap();
        entries
            .flat_map(|entry| {
                let entry = entry.unwrap();
                let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
                if entry.file_type().unwrap().is_dir() { listing(root, &path) } else { vec![path] }
            })
            .collect()
    }

    #[test]
    fn every_file_of_the_folders_is_in_the_binary() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut on_disk = [listing(root, "static"), listing(root, "templates")].concat();
        // Faces and their licence are carried by the PDF writer.
        on_disk.retain(|path| !path.starts_with("static/fonts/"));
        on_disk.sort();
        let built_in: Vec<_> = super::FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(built_in, on_disk);
    }
}
