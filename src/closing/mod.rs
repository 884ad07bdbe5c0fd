//! Closes a release: loads its dataset, computes its figures, presents them in its language, and checks them.

mod check_report;
mod closed_figures;
mod coverage;
mod kept_closing;
mod prior;
mod stopwatch;

use std::{collections::BTreeSet, path::Path, sync::Arc};

pub use check_report::{CheckReport, CoverageCounts, RelationFamily, ReleaseSummary};
pub use closed_figures::ClosedFigures;
pub use coverage::{Coverage, UncoveredAmount};
pub use kept_closing::KeptClosing;
pub use stopwatch::{Phase, Stopwatch};

pub use crate::check::RuleCount;

use crate::{
    check::{CheckInput, CheckResults, check, diag_suspects},
    diag::{Diagnostic, Findings, Place, Source, Suspect},
    figures::Book,
    filing::{self, Filing},
    import::read_sources,
    load::{self, Editions, KeptDataset},
    model::{Release, SourceReading, Taxonomy, Words},
    present::{Presentation, Presented, document::Document, present_texts_again},
    project::Project,
};

/// A loaded release, with everything that closing it needs.
#[derive(Debug)]
pub struct LoadedRelease {
    pub release: Release,
    /// The prior releases that it names, as far as they could be loaded.
    pub prior: Vec<Release>,
    /// What the workbooks say that its amounts came from, of those that are there.
    pub workbooks: Vec<SourceReading>,
    /// The fixed words of its language.
    pub words: Words,
    /// The release in its other languages, each with the words of the language.
    pub translations: Vec<(Release, Words)>,
    /// The forms of the exchange that it files with.
    taxonomy: Option<Arc<Taxonomy>>,
    /// The findings of loading, in the order of detection.
    pub findings: Findings,
    /// Whether dataset and words were read without an error. A prior release that cannot be read is not an error here.
    is_sound: bool,
}

impl LoadedRelease {
    /// Loads the release in `root`/content/`slug`, with the words of its language from `project`. Errors: the
    /// findings, if too little could be read to continue.
    pub fn load(root: &Path, project: &Project, slug: &str) -> Result<Self, Findings> {
        Self::of_editions(load::editions(root, slug), root, project)
    }

    /// The same, again, with the dataset as it was read the last time, if it has not changed.
    pub fn load_again(root: &Path, project: &Project, slug: &str, kept: &mut KeptDataset) -> Result<Self, Findings> {
        Self::of_editions(load::editions_again(root, slug, kept), root, project)
    }

    fn of_editions(
        (editions, mut findings): (Option<Editions>, Findings),
        root: &Path,
        project: &Project,
    ) -> Result<Self, Findings> {
        let Some(Editions { original: mut release, translations }) = editions else { return Err(findings) };
        project.add_pictures(&mut release);
        if release.language.value.is_empty() && findings.has_errors() {
            return Err(findings);
        }
        let words = project.words(&release.language, &mut findings);
        let mut with_words = |mut release: Release| {
            project.add_pictures(&mut release);
            let words = project.words(&release.language, &mut findings)?;
            Some((release, words))
        };
        let translations = translations.into_iter().filter_map(&mut with_words).collect();
        let Some(words) = words else { return Err(findings) };
        let taxonomy = release.filing.as_ref().and_then(|filing| project.taxonomy(&filing.form, &mut findings));
        let is_sound = !findings.has_errors();
        let prior = prior::load_prior(root, &release, &mut findings);
        let workbooks = read_sources(root, &release);
        let taxonomy = taxonomy.map(Arc::new);
        Ok(Self { release, prior, workbooks, words, translations, taxonomy, findings, is_sound })
    }

    /// The files that the release was loaded from, those of its prior releases included.
    pub fn sources(&self) -> Vec<Arc<Source>> {
        let releases = [&self.release].into_iter().chain(&self.prior);
        releases.flat_map(|release| release.files.iter().chain(&release.picture_files)).map(Arc::clone).collect()
    }
}

/// A translation of a release: the figures of the original, presented in another language.
pub struct Translation<'r> {
    pub book: Book<'r>,
    pub words: &'r Words,
    pub presented: Presentation,
}

impl<'r> Translation<'r> {
    fn new((release, words): &'r (Release, Words), kept: Option<&Presented>) -> Self {
        let book = Book::new(release);
        let presented = present_texts_again(&book, words, kept);
        Self { book, words, presented }
    }
}

/// A closed release: its figures are computed, presented as a document, and checked by every rule.
pub struct Closing<'r> {
    pub loaded: &'r LoadedRelease,
    pub book: Book<'r>,
    pub presented: Presentation,
    /// The release in its other languages.
    pub translations: Vec<Translation<'r>>,
    pub results: CheckResults,
    /// What is filed with an exchange.
    pub filing: Option<Filing>,
    /// All findings from loading to checking, in the order of detection.
    pub findings: Findings,
    /// Whether every figure, table and text could be presented.
    is_presented: bool,
}

impl<'r> Closing<'r> {
    /// The documents of all its languages, that of the original first.
    pub fn documents(&self) -> impl Iterator<Item = &Document> {
        let translations = self.translations.iter().map(|translation| &translation.presented.document);
        std::iter::once(&self.presented.document).chain(translations)
    }

    /// Closes a loaded release. Findings do not stop it, so that one run reports all of them.
    pub fn new(loaded: &'r LoadedRelease) -> Self {
        Self::again(loaded, None, &mut Stopwatch::stopped())
    }

    /// The same with what was kept of the same dataset in the same words, and measured.
    pub fn again(loaded: &'r LoadedRelease, kept: Option<&KeptClosing>, stopwatch: &mut Stopwatch) -> Self {
        let (presented_before, relations) = (kept.map(|kept| &kept.presented), kept.map(|kept| &kept.relations));
        let book = Book::new(&loaded.release);
        let mut presented = present_texts_again(&book, &loaded.words, presented_before);
        let translations =
            loaded.translations.iter().map(|translation| Translation::new(translation, presented_before));
        let mut translations: Vec<_> = translations.collect();
        let mut presentation_findings = std::mem::take(&mut presented.findings);
        let mut seen: BTreeSet<_> = presentation_findings.iter().map(identity).collect();
        for translation in &mut translations {
            // What is wrong with a figure is wrong in every language.
            let found = std::mem::take(&mut translation.presented.findings);
            presentation_findings.extend(found.into_iter().filter(|finding| seen.insert(identity(finding))));
        }
        let is_presented = !presentation_findings.has_errors();
        stopwatch.lap("present");
        let mut closing = Self {
            loaded,
            book,
            presented,
            translations,
            results: CheckResults::default(),
            filing: None,
            findings: loaded.findings.clone(),
            is_presented,
        };
        let translations: Vec<_> =
            closing.translations.iter().map(|translation| closing.translation_input(translation)).collect();
        closing.results = check(&closing.check_input(), &translations, loaded.is_sound, relations);
        closing.findings.extend(std::mem::take(&mut closing.results.findings));
        closing.findings.extend(presentation_findings);
        stopwatch.lap("check");
        if let Some(taxonomy) = &loaded.taxonomy
            && is_presented
        {
            let (filing, findings) =
                filing::file(&closing.book, &loaded.words, &closing.presented, taxonomy, loaded.is_sound);
            closing.filing = filing;
            closing.findings.extend(findings);
            stopwatch.lap("file");
        }
        closing
    }

    /// The input of the rules.
    pub fn check_input(&self) -> CheckInput<'_, 'r> {
        let Self { loaded, book, presented, is_presented, .. } = self;
        let input = CheckInput::new(book, &loaded.words, presented, *is_presented);
        input.compared_with(&loaded.prior, &loaded.workbooks)
    }

    /// The input of the rules for a translation.
    pub fn translation_input<'a>(&'a self, translation: &'a Translation<'r>) -> CheckInput<'a, 'r> {
        let Translation { book, words, presented } = translation;
        let input = CheckInput::new(book, words, presented, self.is_presented);
        input.compared_with(&self.loaded.prior, &self.loaded.workbooks)
    }

    /// Whether everything in the release could be read and presented. Findings of rules do not count.
    pub fn is_sound(&self) -> bool {
        self.loaded.is_sound && self.is_presented
    }

    /// Entered amounts that may be wrong, the most likely first for each group of relations that break together.
    pub fn suspects(&self) -> Vec<Suspect> {
        diag_suspects(&self.book, &self.results.suspects)
    }
}

/// What makes two findings the same one.
fn identity(finding: &Diagnostic) -> (&'static str, String, Option<Place>) {
    (finding.rule, finding.message.clone(), finding.place.as_ref().map(|(place, _)| place.clone()))
}
