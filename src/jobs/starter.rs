//! The release that `kessan new` lays out: small, complete, and commented so that it teaches the dataset.

/// The starter's files by their path within the release's folder, copied as they are.
pub(super) const FILES: &[(&str, &str)] =
    &[("release.toml", include_str!("starter/release.toml")), ("01-summary.md", include_str!("starter/01-summary.md"))];

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    #[test]
    fn every_file_of_the_folder_is_in_the_table() {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/jobs/starter");
        let (mut found, mut folders) = (BTreeSet::new(), vec![home.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.insert(path.strip_prefix(&home).unwrap().to_string_lossy().replace('\\', "/"));
                }
            }
        }
        let listed: BTreeSet<String> = super::FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(found, listed);
    }
}
