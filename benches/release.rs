//! Measures the time of each phase of a whole release, and the memory: `cargo bench`.

#[path = "../tests/support/phases.rs"]
mod phases;

use std::path::Path;

use divan::{AllocProfiler, Bencher, black_box};
use kessan::{
    check::{CheckInput, check},
    commands::{self, Build},
    diag::Findings,
    figures::Book,
    formats::Format,
    merge::Templates,
    model::{Release, Words},
    present::{document::Document, present},
    project::Project,
    render::{built_in, csv, html, json, markdown::markdown, pdf, xlsx},
    site,
};

/// Counts every allocation; costs a few nanoseconds each.
#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const SLUG: &str = "iij-fy2009";

fn main() {
    divan::main();
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn loaded() -> (Release, Words) {
    phases::load_release(root(), SLUG)
}

fn document() -> Document {
    let (release, words) = loaded();
    present(&Book::new(&release), &words).document
}

#[divan::bench]
fn load() -> Option<Release> {
    kessan::load::release(root(), SLUG).0
}

fn look(project: &Project) -> pdf::PrintAppearance<'_> {
    let templates = project.templates().unwrap();
    pdf::PrintAppearance {
        style: &project.style,
        faces: &project.faces,
        templates,
        places: None,
        attachments: &[],
        logo: None,
    }
}

/// Templates, fixed words and static files.
#[divan::bench]
fn project() -> (Project, Findings) {
    Project::load(root())
}

/// The figures included, from an empty book.
#[divan::bench(name = "present")]
fn presenting(bencher: Bencher) {
    let (release, words) = loaded();
    bencher.bench_local(|| present(&Book::new(black_box(&release)), &words).document);
}

/// With the figures that presenting has worked out.
#[divan::bench(name = "check")]
fn checking(bencher: Bencher) {
    let (release, words) = loaded();
    let book = Book::new(&release);
    let presented = present(&book, &words);
    let checked = CheckInput::new(&book, &words, &presented, true);
    bencher.bench_local(|| check(black_box(&checked), &[], true, None));
}

#[divan::bench(name = "html")]
fn pages(bencher: Bencher) {
    let document = document();
    let templates = Templates::new(built_in::templates()).unwrap();
    let options = html::Options {
        base: None,
        release_base: None,
        root: "",
        languages: &[],
        feed: None,
        shell: html::Shell::default(),
        publisher: None,
        logo: None,
        list: Some("../index.html"),
        checks: None,
        checks_language: "en",
        downloads: &[
            html::Download { extension: "pdf", title: "PDF", media_type: "application/pdf", is_by_language: true },
            html::Download { extension: "md", title: "Markdown", media_type: "text/markdown", is_by_language: true },
        ],
        table_downloads: &[html::Download {
            extension: "csv",
            title: "CSV",
            media_type: "text/csv",
            is_by_language: false,
        }],
        names_figures: false,
    };
    bencher.bench_local(|| html::html(black_box(&document), &templates, &options).unwrap());
}

#[divan::bench(name = "markdown")]
fn text(bencher: Bencher) {
    let document = document();
    bencher.bench_local(|| markdown(black_box(&document)));
}

#[divan::bench(name = "pdf")]
fn print(bencher: Bencher) {
    let (document, project) = (document(), Project::load(root()).0);
    bencher.bench_local(|| pdf::pdf(black_box(&document), &look(&project)).unwrap());
}

/// The pages of the PDF alone, before they are painted.
#[divan::bench]
fn pdf_layout(bencher: Bencher) {
    let (document, project) = (document(), Project::load(root()).0);
    bencher.bench_local(|| pdf::layout(black_box(&document), &look(&project)).unwrap());
}

/// Every table, and the release.
#[divan::bench(name = "csv")]
fn comma_separated(bencher: Bencher) {
    let document = document();
    let tables =
        || document.tables().into_iter().map(|(_, table)| csv::table(&(&document).into(), table)).collect::<Vec<_>>();
    bencher.bench_local(|| (tables(), csv::release(black_box(&(&document).into()))));
}

#[divan::bench(name = "json")]
fn for_programs(bencher: Bencher) {
    let document = document();
    bencher.bench_local(|| site::to_json(&json::release(black_box(&(&document).into()))));
}

#[divan::bench(name = "xlsx")]
fn workbook(bencher: Bencher) {
    let document = document();
    bencher.bench_local(|| xlsx::workbook(black_box(&(&document).into())).unwrap());
}

/// All formats, written to a folder.
#[divan::bench]
fn build(bencher: Bencher) {
    let output = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    let slugs = [SLUG.to_owned()];
    let formats = &Format::ALL;
    let request = Build {
        root: root(),
        output: &output,
        output_shown: "output",
        slugs: &slugs,
        formats,
        draft: false,
        force: true,
        prune: false,
        summaries: false,
    };
    bencher.bench_local(|| {
        let report = commands::build(&request, &|_, _| ());
        assert!(report.outcomes.iter().all(|outcome| outcome.written.is_some()), "{:?}", report.findings);
    });
}
