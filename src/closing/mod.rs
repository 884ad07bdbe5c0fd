//! Closing a release: its dataset loaded, its figures computed, presented in its language, and checked.

mod check_report;
mod coverage;
mod prior;

use std::{path::Path, sync::Arc};

pub use check_report::{CheckReport, CoverageCounts, RelationFamily, ReleaseSummary};
pub use coverage::{Coverage, UncoveredAmount};

use crate::{
    check::{CheckInput, CheckResults, check, diag_suspects},
    diag::{Findings, Source, Suspect},
    figures::Book,
    load,
    model::{Release, Words},
    present::{Presentation, present},
    project::Project,
};

/// A release as its dataset says it, with everything that closing it takes.
#[derive(Debug)]
pub struct LoadedRelease {
    pub release: Release,
    /// The releases published before it that it names and that could be loaded.
    pub prior: Vec<Release>,
    /// The fixed words of its language.
    pub words: Words,
    /// What loading found wrong, in the order it was found.
    pub findings: Findings,
    /// Whether dataset and words were read without an error; a prior release that cannot be read does not count.
    is_sound: bool,
}

impl LoadedRelease {
    /// Loads the release in `root`/content/`slug`, with the words of its language from `project`. Errors: the findings,
    /// where too little could be read to go on.
    pub fn load(root: &Path, project: &Project, slug: &str) -> Result<Self, Findings> {
        let (release, mut findings) = load::release(root, slug);
        let Some(release) = release else { return Err(findings) };
        if release.language.value.is_empty() && findings.has_errors() {
            return Err(findings);
        }
        let Some(words) = project.words(&release.language, &mut findings) else { return Err(findings) };
        let is_sound = !findings.has_errors();
        let prior = prior::load_prior(root, &release, &mut findings);
        Ok(Self { release, prior, words, findings, is_sound })
    }

    /// The files that the release was loaded from, those of its prior releases included.
    pub fn sources(&self) -> Vec<Arc<Source>> {
        let releases = [&self.release].into_iter().chain(&self.prior);
        releases.flat_map(|release| &release.files).map(Arc::clone).collect()
    }
}

/// A closed release: every figure computed, presented as a document, and held to every rule.
pub struct Closing<'r> {
    pub loaded: &'r LoadedRelease,
    pub book: Book<'r>,
    pub presented: Presentation,
    pub results: CheckResults,
    /// Everything found from loading to checking, in the order it was found.
    pub findings: Findings,
    /// Whether every figure, table and text could be presented.
    is_presented: bool,
}

impl<'r> Closing<'r> {
    /// Closes a loaded release. It is closed in spite of findings, so that one run reports all of them.
    pub fn new(loaded: &'r LoadedRelease) -> Self {
        let book = Book::new(&loaded.release);
        let mut presented = present(&book, &loaded.words);
        let not_presented = std::mem::take(&mut presented.findings);
        let is_presented = !not_presented.has_errors();
        let mut closing = Self {
            loaded,
            book,
            presented,
            results: CheckResults::default(),
            findings: loaded.findings.clone(),
            is_presented,
        };
        closing.results = check(&closing.check_input(), loaded.is_sound);
        closing.findings.extend(std::mem::take(&mut closing.results.findings));
        closing.findings.extend(not_presented);
        closing
    }

    /// What rules look at.
    pub fn check_input(&self) -> CheckInput<'_, 'r> {
        let Self { loaded, book, presented, is_presented, .. } = self;
        CheckInput { book, earlier: &loaded.prior, words: &loaded.words, presented, shown: *is_presented }
    }

    /// Whether everything in the release could be read and presented, whatever the rules found.
    pub fn is_sound(&self) -> bool {
        self.loaded.is_sound && self.is_presented
    }

    /// Entered amounts that may be the wrong ones, best first for each group of relations that break together.
    pub fn suspects(&self) -> Vec<Suspect> {
        diag_suspects(&self.book, &self.results.suspects)
    }
}
