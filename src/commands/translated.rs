//! `kessan translated`: records the narrative beside its translations, so that an original that is edited later is reported.

use std::{fmt::Write as _, path::Path};

use super::{
    Report,
    record_file::{quote, write_record},
};
use crate::{
    check::current_translations,
    closing::{Closing, LoadedRelease},
    diag::{Diagnostic, Findings},
    model::ConfirmedTranslation,
    project::{Project, release_folder, select_releases},
};

/// The file of a release that has the record.
const FILE: &str = "translated.toml";
/// Findings that do not stop the record: those it answers, and those about amounts and declarations.
const BLOCKING: [&str; 3] = ["structure", "untranslated", "translation"];

/// The request to record translations.
#[derive(Debug)]
pub struct Translated<'a> {
    pub root: &'a Path,
    /// All releases when empty; those in one language are passed over.
    pub slugs: &'a [String],
}

/// The record that was written for a release.
#[derive(Debug, PartialEq, Eq)]
pub struct TranslationRecord {
    /// Its path from the root.
    pub path: String,
    pub paragraphs: usize,
}

/// Records the paragraphs of the selected releases and their translations as they are now. A release that cannot be read, or
/// whose translations do not have the blocks of the original, is not recorded, and its findings are returned.
pub fn record_translations(request: &Translated) -> (Vec<TranslationRecord>, Report) {
    let mut findings = Findings::new();
    let (project, project_findings) = Project::load(request.root);
    findings.extend(project_findings);
    let mut records = Vec::new();
    for slug in select_releases(request.root, request.slugs, &mut findings) {
        match LoadedRelease::load(request.root, &project, &slug) {
            Ok(loaded) => records.extend(record_release(request.root, &slug, &loaded, &mut findings)),
            Err(errors) => findings.extend(errors),
        }
    }
    (records, Report { findings: findings.sorted(), outcomes: Vec::new() })
}

fn record_release(
    root: &Path,
    slug: &str,
    loaded: &LoadedRelease,
    findings: &mut Findings,
) -> Option<TranslationRecord> {
    if loaded.translations.is_empty() {
        return None;
    }
    let closing = Closing::new(loaded);
    let blocking: Vec<Diagnostic> =
        closing.findings.iter().filter(|finding| BLOCKING.contains(&finding.rule)).cloned().collect();
    if !closing.is_sound() || !blocking.is_empty() {
        let all = || closing.findings.iter().cloned().collect();
        findings.extend(if blocking.is_empty() { all() } else { blocking });
        return None;
    }
    let original = closing.check_input();
    let paragraphs: Vec<ConfirmedTranslation> = closing
        .translations
        .iter()
        .flat_map(|translation| current_translations(&original, &closing.translation_input(translation)))
        .collect();
    let folder = release_folder(slug);
    findings.keep(write_record(root, &folder, FILE, &to_toml(&paragraphs)))?;
    Some(TranslationRecord { path: format!("{folder}/{FILE}"), paragraphs: paragraphs.len() })
}

fn to_toml(paragraphs: &[ConfirmedTranslation]) -> String {
    let mut text = String::from(
        "# Written by `kessan translated`: paragraphs and their translations when these were last confirmed, without figures.\n",
    );
    for ConfirmedTranslation { language, original, translation } in paragraphs {
        let [language, original, translation] = [language, original, translation].map(|text| quote(text));
        _ = write!(
            text,
            "\n[[paragraph]]\nlanguage = {language}\noriginal = {original}\ntranslation = {translation}\n"
        );
    }
    text
}
