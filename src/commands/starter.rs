//! The starter release of `kessan new`: small, complete, and commented so that it teaches the dataset.

/// The starter's files by their path within the release's folder, copied as they are.
pub(super) const FILES: &[(&str, &str)] = &[
    ("01-highlights.md", include_str!("starter/01-highlights.md")),
    ("02-business-review.md", include_str!("starter/02-business-review.md")),
    ("03-outlook.md", include_str!("starter/03-outlook.md")),
    ("04-financial-statements.md", include_str!("starter/04-financial-statements.md")),
    ("measures.toml", include_str!("starter/measures.toml")),
    ("relations.toml", include_str!("starter/relations.toml")),
    ("release.toml", include_str!("starter/release.toml")),
    ("statements/cash-flows.toml", include_str!("starter/statements/cash-flows.toml")),
    ("statements/equity.toml", include_str!("starter/statements/equity.toml")),
    ("statements/forecast.toml", include_str!("starter/statements/forecast.toml")),
    ("statements/full-year.toml", include_str!("starter/statements/full-year.toml")),
    ("statements/income.toml", include_str!("starter/statements/income.toml")),
    ("statements/position.toml", include_str!("starter/statements/position.toml")),
    ("statements/regions.toml", include_str!("starter/statements/regions.toml")),
    ("statements/segments.toml", include_str!("starter/statements/segments.toml")),
    ("statements/shares.toml", include_str!("starter/statements/shares.toml")),
    ("tables/review.toml", include_str!("starter/tables/review.toml")),
    ("tables/statements.toml", include_str!("starter/tables/statements.toml")),
    ("tables/summary.toml", include_str!("starter/tables/summary.toml")),
];

/// `content/site.toml`, created with the first release.
pub(super) const SITE: &str = include_str!("starter/site.toml");

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    #[test]
    fn every_file_of_the_folder_is_in_the_table() {
        let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands/starter");
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
        let listed = super::FILES.iter().map(|(path, _)| (*path).to_owned()).chain(["site.toml".to_owned()]);
        let listed: BTreeSet<String> = listed.collect();
        assert_eq!(found, listed);
    }
}
