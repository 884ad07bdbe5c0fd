//! Makes the changed files in memory and reads the dataset from them, so that nothing is written which would not be read as
//! meant.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use super::{
    super::file_splice::{Splice, spliced},
    changes::Change,
    splice::splices,
};
use crate::{
    diag::{Diagnostic, Findings, Source},
    load::{Texts, WrittenText},
};

/// A file of the dataset before and after the change.
#[derive(Debug)]
pub struct ChangedFile {
    pub before: Arc<Source>,
    pub after: Arc<Source>,
}

/// The files that change, in the order of the texts. Findings: translations that the dataset would not take.
pub fn changed_files(texts: &Texts, changes: &[Change], language: &str, findings: &mut Findings) -> Vec<ChangedFile> {
    let languages: Vec<&str> = texts.languages.iter().map(|known| known.value.as_str()).collect();
    let (mut files, mut written) = (Vec::new(), Vec::new());
    let mut rest: Vec<&Change> = changes.iter().collect();
    for text in &texts.texts {
        let before = &text.place.source;
        let here: Vec<&Change> = rest.extract_if(.., |change| change.text.place.source.path == before.path).collect();
        if !here.is_empty() {
            let (after, ranges) = applied(&before.text, &here, &languages, language);
            let after = Source::new(before.path.clone(), after);
            written.extend(ranges.into_iter().map(|(range, change)| (before.path.clone(), range, change)));
            files.push(ChangedFile { before: Arc::clone(before), after });
        }
    }
    if !files.is_empty() {
        try_reading(texts, changes, &files, &written, language, findings);
    }
    files
}

/// A text with the changes made, and where each of them is then.
fn applied<'c>(
    text: &str,
    changes: &[&'c Change<'c>],
    languages: &[&str],
    language: &str,
) -> (String, Vec<(Range<usize>, &'c Change<'c>)>) {
    let mut all: Vec<(Splice, &Change)> = Vec::new();
    for change in changes {
        all.extend(splices(change, languages, language).into_iter().map(|splice| (splice, *change)));
    }
    spliced(text, all)
}

/// Reports, at the rows of the changes, what reading the changed dataset finds, and every text that is not read as meant.
fn try_reading(
    texts: &Texts,
    changes: &[Change],
    files: &[ChangedFile],
    written: &[(String, Range<usize>, &Change)],
    language: &str,
    findings: &mut Findings,
) {
    let after: Vec<Arc<Source>> = files.iter().map(|file| Arc::clone(&file.after)).collect();
    let (read, found) = texts.with(&after);
    for finding in found {
        let place = finding.place.as_ref().map(|(place, _)| place);
        let change = place.and_then(|place| {
            let is_here = |(path, range, _): &&(String, Range<usize>, &Change)| {
                *path == place.source.path && (range.start..=range.end).contains(&place.start)
            };
            written.iter().find(is_here).map(|(_, _, change)| *change)
        });
        findings.push(match change {
            Some(change) => finding.at(&change.place, "the dataset does not take this translation"),
            None => Diagnostic { place: None, ..finding },
        });
    }
    let Some(read) = read else { return };
    let changed: BTreeMap<&str, &Change> = changes.iter().map(|change| (change.text.id.as_str(), change)).collect();
    let read: BTreeMap<&str, &WrittenText> = read.texts.iter().map(|text| (text.id.as_str(), text)).collect();
    for text in &texts.texts {
        let change = changed.get(text.id.as_str()).copied();
        if !read.get(text.id.as_str()).is_some_and(|read| is_as_meant(text, read, change, texts, language)) {
            let finding = Diagnostic::error("csv", format!("the translation of `{}` cannot be put here", text.id));
            findings.push(finding.at(&text.place, "").help("write it by hand"));
        }
    }
}

/// Whether a text reads in every language as before, and in that of a change as the change says.
fn is_as_meant(
    before: &WrittenText,
    after: &WrittenText,
    change: Option<&Change>,
    texts: &Texts,
    language: &str,
) -> bool {
    let entry = |text: &WrittenText, at: usize, language: &str| {
        let entry = if at == 0 { text.original(language) } else { text.translation(language) };
        entry.map(|entry| entry.text.value.clone())
    };
    texts.languages.iter().enumerate().all(|(at, known)| {
        let wanted = change.filter(|_| known.value == language).map(|change| change.translation.clone());
        entry(after, at, &known.value) == wanted.or_else(|| entry(before, at, &known.value))
    })
}
