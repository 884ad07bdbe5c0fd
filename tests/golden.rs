//! Compares whole outputs with snapshots, and repeated builds with each other.
//!
//! `SNAPSHOTS=overwrite cargo test --test golden` writes the files in `tests/golden/` anew: read the difference.

#[path = "support/phases.rs"]
mod phases;
#[path = "support/reread.rs"]
mod reread;
#[path = "support/tree.rs"]
mod tree;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::LazyLock,
};

use kessan::{
    commands::{self, Build},
    figures::Book,
    formats::Format,
    present::{document::Document, present},
    project::Project,
    render::pdf::{PrintAppearance, layout},
};
use snapbox::{assert_data_eq, file, str};

const STARTER: &str = "acme-1q2026";
const RELEASE: &str = "iij-fy2009";

/// A folder that held nothing before `kessan new` and `kessan build` ran in it.
static STARTED: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = empty("starter");
    succeeds(kessan(&folder, &["new", STARTER]));
    succeeds(kessan(&folder, &["build"]));
    folder
});

/// The output folder of the release, built in a process of its own.
static BUILT: LazyLock<PathBuf> = LazyLock::new(|| {
    let output = empty("release");
    succeeds(kessan(home(), &["build", RELEASE, "--output", &output.to_string_lossy()]));
    output
});

#[test]
fn a_new_release_builds_and_passes_as_written() {
    let output = kessan(&STARTED, &["check"]);
    assert_data_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "kessan: acme-1q2026: no findings; [..] rules had something to look at[..]\n"
    );
    assert!(output.status.success());
    let names: Vec<String> = tree::read(&STARTED.join("output")).into_keys().collect();
    assert_data_eq!(
        names.join("\n"),
        str![[r#"
404.html
acme-1q2026/acme-1q2026.csv
acme-1q2026/acme-1q2026.json
acme-1q2026/acme-1q2026.md
acme-1q2026/acme-1q2026.pdf
acme-1q2026/acme-1q2026.xlsx
acme-1q2026/business-review.html
acme-1q2026/checks.html
acme-1q2026/checks.json
acme-1q2026/financial-statements.html
acme-1q2026/full.html
acme-1q2026/index.html
acme-1q2026/manifest.json
acme-1q2026/outlook.html
acme-1q2026/release.schema.json
acme-1q2026/static/icon.svg
acme-1q2026/static/kessan.js
acme-1q2026/static/style.css
acme-1q2026/static/theme.css
acme-1q2026/tables/cash_flows.csv
acme-1q2026/tables/cash_flows.json
acme-1q2026/tables/equity.csv
acme-1q2026/tables/equity.json
acme-1q2026/tables/forecast.csv
acme-1q2026/tables/forecast.json
acme-1q2026/tables/income.csv
acme-1q2026/tables/income.json
acme-1q2026/tables/position.csv
acme-1q2026/tables/position.json
acme-1q2026/tables/region_chart.csv
acme-1q2026/tables/region_chart.json
acme-1q2026/tables/regions.csv
acme-1q2026/tables/regions.json
acme-1q2026/tables/results.csv
acme-1q2026/tables/results.json
acme-1q2026/tables/segment_chart.csv
acme-1q2026/tables/segment_chart.json
acme-1q2026/tables/segments.csv
acme-1q2026/tables/segments.json
index.html
manifest.json
robots.txt
static/icon.svg
static/kessan.js
static/style.css
static/theme.css
"#]]
    );
}

#[test]
fn markdown_of_the_starter() {
    assert_data_eq!(started("acme-1q2026.md"), file!["golden/starter.md": Text].raw());
}

#[test]
fn page_of_the_starter() {
    assert_data_eq!(started("full.html"), file!["golden/starter.html": Text].raw());
}

#[test]
fn first_page_of_the_starter() {
    assert_data_eq!(started("index.html"), file!["golden/starter-index.html": Text].raw());
}

#[test]
fn pages_are_light() {
    let bytes = |file: &str| fs::metadata(BUILT.join(RELEASE).join(file)).unwrap().len();
    let shared: u64 =
        ["icon.svg", "kessan.js", "style.css", "theme.css"].map(|name| bytes(&format!("static/{name}"))).iter().sum();
    let pages = tree::read(&BUILT.join(RELEASE)).into_keys().filter(|name| name.ends_with(".html")).collect::<Vec<_>>();
    assert!(pages.len() > 15, "{pages:?}");
    for page in pages {
        let most = if page == "full.html" { 500_000 } else { 150_000 };
        assert!(bytes(&page) + shared < most, "{page}: {} and {shared} bytes", bytes(&page));
    }
    let print = bytes(&format!("{RELEASE}.pdf"));
    assert!(print < 400_000, "{print} bytes of print");
}

#[test]
fn printed_pages_of_the_starter() {
    assert_data_eq!(printed(&STARTED, STARTER), file!["golden/starter-pages.txt": Text].raw());
}

#[test]
fn printed_pages_of_the_release() {
    assert_data_eq!(printed(home(), RELEASE), file!["golden/iij-fy2009-pages.txt": Text].raw());
}

/// A release's printed pages, line by line.
fn printed(root: &Path, slug: &str) -> String {
    let project = Project::load(root).0;
    let look = PrintAppearance {
        style: &project.style,
        faces: &project.faces,
        templates: project.templates().unwrap(),
        places: None,
        attachments: &[],
        logo: None,
    };
    let layout = layout(&document(root, slug), &look).unwrap();
    let pages: Vec<String> = layout.pages.iter().map(|page| page.lines().join("\n")).collect();
    pages.join("\n\n=====\n\n") + "\n"
}

#[test]
fn markdown_of_the_release() {
    assert_data_eq!(built("iij-fy2009.md"), file!["golden/iij-fy2009.md": Text].raw());
}

#[test]
fn markdown_read_again_has_every_cell_and_heading_of_the_document() {
    let starter = (document(&STARTED, STARTER), started("acme-1q2026.md"));
    let release = (document(home(), RELEASE), built("iij-fy2009.md"));
    for (document, markdown) in [starter, release] {
        let read = reread::read(&markdown);
        assert_eq!(read.tables, reread::tables(&document), "{}", document.slug);
        assert_eq!(read.headings, reread::headings(&document), "{}", document.slug);
        assert!(!read.paragraphs.is_empty());
    }
}

#[test]
fn the_starter_is_the_same_to_the_byte_in_every_build() {
    same_in_every_build(&STARTED, STARTER, &STARTED.join("output"));
}

#[test]
fn the_release_is_the_same_to_the_byte_in_every_build() {
    same_in_every_build(home(), RELEASE, &BUILT);
}

/// Builds once more in a process of its own and twice in this one, and compares all with what was built before.
fn same_in_every_build(root: &Path, slug: &str, before: &Path) {
    let outputs = ["process", "first", "second"].map(|name| empty(&format!("{slug}-{name}")));
    succeeds(kessan(root, &["build", slug, "--output", &outputs[0].to_string_lossy()]));
    for output in &outputs[1..] {
        let slugs = [slug.to_owned()];
        let request = Build {
            root,
            output,
            output_shown: "output",
            slugs: &slugs,
            formats: &Format::ALL,
            draft: false,
            force: true,
            prune: false,
            summaries: false,
        };
        let report = commands::build(&request, &|_, _| ());
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
    let before = tree::read(before);
    assert!(before.contains_key(&format!("{slug}/{slug}.pdf")));
    outputs.iter().for_each(|output| tree::assert_same(&before, &tree::read(output)));
}

fn home() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// An empty folder of this test's own.
fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn kessan(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kessan")).args(arguments).current_dir(root).output().unwrap()
}

fn succeeds(run: Output) {
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}

fn started(file: &str) -> String {
    fs::read_to_string(STARTED.join("output").join(STARTER).join(file)).unwrap()
}

fn built(file: &str) -> String {
    fs::read_to_string(BUILT.join(RELEASE).join(file)).unwrap()
}

fn document(root: &Path, slug: &str) -> Document {
    let (release, words) = phases::load_release(root, slug);
    present(&Book::new(&release), &words).document
}
