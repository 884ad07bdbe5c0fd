//! Measures a comparison of the first release with itself and with a copy, beside one check of it: `cargo bench --bench diff`. With
//! itself it must take less than 1.5 times a check.

use std::path::{Path, PathBuf};

use divan::Bencher;
use kessan::commands::{Check, Diff, check, diff};

#[path = "../tests/support/copy.rs"]
mod copy;

const SLUG: &str = "iij-fy2009";

fn main() {
    divan::main();
}

/// A project with the release twice.
fn project() -> PathBuf {
    let root = std::env::temp_dir().join(format!("kessan-bench-diff-{}", std::process::id()));
    let release = Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(SLUG);
    for slug in [SLUG, "copy"] {
        copy::copy(&release, &root.join("content").join(slug));
    }
    root
}

#[divan::bench]
fn one_check(bencher: Bencher) {
    let root = project();
    bencher.bench_local(|| {
        check(&Check { root: &root, slugs: &[SLUG.to_owned()], counts: false, ends_process: false }, &|_, _| {})
    });
}

#[divan::bench(args = [SLUG, "copy"])]
fn comparison_with(bencher: Bencher, new: &str) {
    let root = project();
    let request = Diff { root: &root, old: SLUG, new: Some(new), html: None, pdf: None };
    bencher.bench_local(|| diff(&request).map(|report| report.changes.is_empty()));
}
