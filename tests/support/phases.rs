//! Runs the phases one by one, for tests and benchmarks that need what is between them.

use std::path::Path;

use kessan::{
    diag::Findings,
    load,
    model::{Release, Words},
    project::Project,
};

/// The release `slug` under `root` and the fixed words of its language. Panics where something is wrong with them.
pub fn load_release(root: &Path, slug: &str) -> (Release, Words) {
    let (release, mut findings) = load::release(root, slug);
    let words = release.as_ref().and_then(|release| words(root, release, &mut findings));
    let loaded = release.zip(words);
    loaded.unwrap_or_else(|| panic!("{slug} cannot be loaded: {:?}", findings.sorted()))
}

fn words(root: &Path, release: &Release, findings: &mut Findings) -> Option<Words> {
    let (project, _) = Project::load(root);
    project.words(&release.language, findings)
}
