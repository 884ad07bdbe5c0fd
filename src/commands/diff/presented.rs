//! A version of a release, loaded and presented: all that a comparison needs, without the checks.

use std::path::Path;

use super::{built_release, version::Version};
use crate::{
    closing::LoadedRelease,
    diag::{Diagnostic, Findings, Level},
    figures::Book,
    model::{Release, Words},
    present::{Presentation, document::Document, present},
    project::Project,
};

/// A version, loaded.
pub enum Loaded {
    Dataset { name: Option<String>, project: Box<Project>, release: Box<LoadedRelease> },
    Built(Box<Document>),
}

/// A version, presented in its languages.
pub enum Presented<'r> {
    Dataset {
        project: &'r Project,
        /// In each language, the original first.
        releases: Vec<&'r Release>,
        book: Box<Book<'r>>,
        presentation: Box<Presentation>,
        words: &'r Words,
        translations: Vec<(Presentation, &'r Words)>,
    },
    Built(&'r Document),
}

impl Loaded {
    /// Loads a version. Errors: what makes it unreadable; what the checks would find is no matter here.
    pub fn new(version: &Version) -> Result<Self, Vec<Diagnostic>> {
        match version {
            Version::Release { root, slug, .. } => Self::dataset(root, slug, None),
            Version::Revision { checkout, slug, name } => Self::dataset(&checkout.root, slug, Some(name)),
            Version::Built { name, bytes } => {
                let document = built_release::read(name, bytes).map_err(|finding| vec![finding])?;
                Ok(Self::Built(Box::new(document)))
            }
        }
    }

    fn dataset(root: &Path, slug: &str, name: Option<&str>) -> Result<Self, Vec<Diagnostic>> {
        let (project, mut findings) = Project::load(root);
        match LoadedRelease::load(root, &project, slug) {
            Ok(release) => {
                // A prior release is not compared, so that it need not be there.
                findings.extend(release.findings.iter().filter(|finding| finding.rule != "comparatives").cloned());
                if findings.has_errors() {
                    return Err(errors_in(findings, name));
                }
                let name = name.map(str::to_owned);
                Ok(Self::Dataset { name, project: Box::new(project), release: Box::new(release) })
            }
            Err(found) => {
                findings.extend(found);
                Err(errors_in(findings, name))
            }
        }
    }
}

impl<'r> Presented<'r> {
    /// Presents a version. Errors: figures, tables or texts that cannot be.
    pub fn new(loaded: &'r Loaded) -> Result<Self, Vec<Diagnostic>> {
        let (name, project, loaded) = match loaded {
            Loaded::Dataset { name, project, release } => (name.as_deref(), project, release),
            Loaded::Built(document) => return Ok(Self::Built(document)),
        };
        let book = Box::new(Book::new(&loaded.release));
        let mut presentation = Box::new(present(&book, &loaded.words));
        let mut findings = std::mem::take(&mut presentation.findings);
        let mut translations = Vec::new();
        for (release, words) in &loaded.translations {
            let mut presentation = present(&Book::new(release), words);
            findings.extend(std::mem::take(&mut presentation.findings));
            translations.push((presentation, words));
        }
        if findings.has_errors() {
            return Err(errors_in(findings, name));
        }
        let others = loaded.translations.iter().map(|(release, _)| release);
        let releases = std::iter::once(&loaded.release).chain(others).collect();
        Ok(Self::Dataset { project, releases, book, presentation, words: &loaded.words, translations })
    }
}

/// The errors, with the revision that they are in: its files have the paths of those at hand.
fn errors_in(findings: Findings, revision: Option<&str>) -> Vec<Diagnostic> {
    let errors = findings.sorted().into_iter().filter(|finding| finding.level == Level::Error);
    let told = errors.map(|finding| match revision {
        Some(revision) => finding.note(format!("in the revision `{revision}`")),
        None => finding,
    });
    told.collect()
}
