//! One release from its folder to its site in memory: load, figures, present, check, render.

use std::{path::Path, sync::Arc};

use super::{
    Format, Outcome, Project, Written,
    check_report::checks,
    formats::{self, PrintSources, ReleaseContent},
    select::folders,
};
use crate::{
    check::{CheckInput, CheckResults, check, suspected},
    diag::{Diagnostic, Findings, Level, Source, Suspect, count, nearest},
    figures::Book,
    load,
    model::{Release, Words},
    present::{document::Draft, present},
    site::{ReleaseCard, Site},
};

/// A release as far as it could be made.
pub(super) struct BuiltRelease {
    /// None when it could not be loaded or rendered.
    pub site: Option<(Site, ReleaseCard)>,
    /// The files that it was made from, those of the releases it is compared with included.
    pub dataset: Vec<Arc<Source>>,
    pub findings: Findings,
    pub suspects: Vec<Suspect>,
    pub studied: Option<super::ReleaseSummary>,
}

/// Makes a release's site. It is rendered in spite of findings, so that mistakes in templates show in the same run.
pub(super) fn make(root: &Path, project: &Project, slug: &str, forms: &[Format], draft: bool) -> BuiltRelease {
    let (made, mut findings) = prepare(root, project, slug, draft, dataset);
    let (suspects, made, dataset) = made.map_or_else(Default::default, |made| (made.suspects, made.whole, made.also));
    let studied = made.as_ref().map(in_short);
    let site = made.and_then(|whole| {
        let site = findings.keep_all(formats::release(&whole, forms, project))?;
        let card = formats::card(&whole.document, &site);
        Some((site, card))
    });
    BuiltRelease { site, dataset, findings, suspects, studied }
}

/// The files that a studied release was made from.
fn dataset(studied: &Studied) -> Vec<Arc<Source>> {
    let releases = [studied.checked.book.release].into_iter().chain(studied.checked.earlier);
    releases.flat_map(|release| &release.files).map(Arc::clone).collect()
}

/// What is said of a release that was studied.
pub(super) fn in_short(whole: &ReleaseContent) -> super::ReleaseSummary {
    let ReleaseContent { document, checks, .. } = whole;
    super::ReleaseSummary {
        slug: document.slug.clone(),
        relations: checks.families.clone(),
        coverage: super::CoverageCounts { entered: checks.coverage.entered, covered: checks.coverage.covered },
    }
}

impl BuiltRelease {
    /// The outcome of the release, and what was found.
    pub(super) fn outcome(self, slug: &str, written: Option<Written>) -> (Outcome, Vec<Diagnostic>) {
        let Self { suspects, studied, findings, .. } = self;
        let found = findings.sorted();
        let (errors, warnings) = (count(&found, Level::Error), count(&found, Level::Warning));
        (Outcome { slug: slug.to_owned(), errors, warnings, suspects, studied, written }, found)
    }
}

/// A release with everything that is known of it.
pub(super) struct Studied<'a, 'r> {
    pub checked: CheckInput<'a, 'r>,
    pub ledger: CheckResults,
    /// Whether everything in it could be read and shown.
    pub sound: bool,
}

/// Loads, works out, presents and checks the release under `root`/content/`slug`, in the language of the project's
/// words, and hands it over. Nothing comes back when it cannot be loaded.
pub(super) fn study<T>(
    root: &Path,
    project: &Project,
    slug: &str,
    then: impl FnOnce(Studied) -> T,
) -> (Option<T>, Findings) {
    let (release, mut findings) = load::release(root, slug);
    let Some(release) = release else { return (None, findings) };
    if release.language.value.is_empty() && findings.has_errors() {
        return (None, findings);
    }
    let words = project.words(&release.language, &mut findings);
    let Some(words) = words else { return (None, findings) };
    let sound = !findings.has_errors();
    let earlier = earlier(root, &release, &mut findings);
    let book = Book::new(&release);
    let mut presented = present(&book, &words);
    let shown = std::mem::take(&mut presented.findings);
    let checked =
        CheckInput { book: &book, earlier: &earlier, words: &words, presented: &presented, shown: !shown.has_errors() };
    let mut ledger = check(&checked, sound);
    findings.extend(std::mem::take(&mut ledger.findings));
    findings.extend(shown);
    let sound = sound && checked.shown;
    (Some(then(Studied { checked, ledger, sound })), findings)
}

/// The releases published earlier that a release names. What is wrong with them is theirs to tell.
fn earlier(root: &Path, release: &Release, findings: &mut Findings) -> Vec<Release> {
    let mut earlier = Vec::new();
    for slug in &release.prior {
        if slug.value == release.slug {
            let finding = Diagnostic::error("comparatives", "a release is not prior to itself");
            findings.push(finding.at(&slug.place, "name the folder of the one published before"));
            continue;
        }
        let (found, wrong) = load::release(root, &slug.value);
        match found {
            Some(found) if !wrong.has_errors() => earlier.push(found),
            found => {
                let message = format!("the prior release `{}` cannot be read", slug.value);
                let finding = Diagnostic::error("comparatives", message).at(&slug.place, "");
                let is_named =
                    |other: &String| *other == release.slug || release.prior.iter().any(|prior| prior.value == *other);
                let others: Vec<_> =
                    folders(root).unwrap_or_default().into_iter().filter(|other| !is_named(other)).collect();
                let near = nearest(&slug.value, others.iter().map(String::as_str));
                findings.push(match (found, near) {
                    (Some(_), _) => finding.help(format!("mend what `kessan check {}` finds", slug.value)),
                    (None, Some(near)) => finding.help(format!("did you mean `{near}`?")),
                    (None, None) => finding.help(format!("it would be the folder `content/{}`", slug.value)),
                });
            }
        }
    }
    earlier
}

/// What a study leaves behind: whom to blame and, of a release that is whole, what its forms are made of.
pub(super) struct Prepared<T> {
    pub suspects: Vec<Suspect>,
    pub whole: Option<ReleaseContent>,
    /// What was asked for beside.
    pub also: T,
}

/// Studies the release, for its forms and for what `also` wants of it. With `draft`, a document with findings at error
/// level carries the mark.
pub(super) fn prepare<T>(
    root: &Path,
    project: &Project,
    slug: &str,
    draft: bool,
    also: impl FnOnce(&Studied) -> T,
) -> (Option<Prepared<T>>, Findings) {
    let (made, findings) = study(root, project, slug, |studied| {
        let CheckInput { book, words, presented, .. } = studied.checked;
        let is_whole = !book.release.is_torn();
        let whole = is_whole.then(|| ReleaseContent {
            document: presented.document.clone(),
            checks: checks(slug, &studied),
            behind: PrintSources::new(book.release),
        });
        (suspected(book, &studied.ledger.suspects), whole, words.clone(), also(&studied))
    });
    let made = made.map(|(suspects, mut whole, words, also)| {
        if let Some(whole) = whole.as_mut().filter(|_| draft && findings.has_errors()) {
            whole.document.draft = Some(mark(findings.clone().sorted().len(), &words));
        }
        Prepared { suspects, whole, also }
    });
    (made, findings)
}

fn mark(findings: usize, words: &Words) -> Draft {
    let key = if findings == 1 { "draft_one" } else { "draft" };
    let pattern = words.words.get(key).map_or("DRAFT", String::as_str);
    Draft { findings, mark: pattern.replace("{findings}", &findings.to_string()) }
}
