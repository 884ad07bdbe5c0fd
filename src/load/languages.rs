//! Reads the languages of a release, and what a translation says of itself.

use super::{
    files::File,
    toml_table::{self, ALL, TomlTable},
};
use crate::{
    diag::{Diagnostic, Findings},
    model::{Release, TranslationDifference, portability_problem},
};

/// The languages that the settings of a release name, the original's first; none if they cannot be read.
pub fn languages(file: Option<&File>) -> Vec<String> {
    let mut languages = Vec::new();
    if let Some(file) = file {
        // Mistakes are reported when all settings are read.
        toml_table::parse_file(file, &mut Findings::new(), &mut |keys, findings| {
            let release = keys.table("release", findings);
            let named = release.map(|release| release.lines("language", findings)).unwrap_or_default();
            for language in named.into_iter().map(|language| language.value) {
                if is_language_tag(&language) && !languages.contains(&language) {
                    languages.push(language);
                }
            }
        });
    }
    languages
}

/// Whether a text has the form of a language tag (BCP 47), which is also the name of a folder: `en`, `zh-Hant`.
pub fn is_language_tag(text: &str) -> bool {
    let is_subtag = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let primary = text.split('-').next().unwrap_or_default();
    matches!(primary.len(), 2 | 3)
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && text.split('-').all(is_subtag)
}

/// Reads the languages, and what the translation that is being read says of itself.
pub fn read_languages(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    keys.require("language", findings);
    let named = keys.lines("language", findings);
    for (index, language) in named.iter().enumerate() {
        let message = if !is_language_tag(&language.value) {
            format!("`{}` is not a language tag such as `en`", language.value)
        } else if language.value == ALL {
            format!("`{ALL}` means all languages in a text by language, and is none itself")
        } else if let Some(problem) = portability_problem(&language.value) {
            format!("`{}` cannot be the folder of a language: {problem}", language.value)
        } else if named[..index].iter().any(|known| known.value == language.value) {
            format!("the language `{}` is named twice", language.value)
        } else {
            continue;
        };
        findings.push(Diagnostic::error("language", message).at(&language.place, ""));
    }
    let (edition, languages) = (keys.edition_index(), keys.edition_languages());
    let place = |language: &String| named.iter().find(|named| named.value == *language).cloned();
    release.languages = languages.iter().filter_map(place).collect();
    let Some(language) = release.languages.get(edition) else { return };
    release.language = language.clone();
    for (index, language) in languages.iter().enumerate().skip(1) {
        let Some(table) = keys.value(language).and_then(|value| value.table(findings)) else { continue };
        let pages = table.value("pages").map(|_| table.texts("pages", findings));
        let is_delayed = table.flag("delayed", findings).unwrap_or(false);
        let differences = table.tables("differs", findings);
        let differences = differences.iter().filter_map(|keys| difference(keys, findings)).collect();
        table.finish(findings);
        if index == edition {
            (release.translated_pages, release.is_delayed, release.differences) = (pages, is_delayed, differences);
        }
    }
}

fn difference(keys: &TomlTable, findings: &mut Findings) -> Option<TranslationDifference> {
    let page = keys.require_text("page", findings);
    let figure = keys.value("figure").map(|_| keys.require_figure("figure", findings));
    let reason = keys.require_localized("reason", findings);
    keys.finish(findings);
    let place = keys.first_line();
    Some(TranslationDifference {
        page: page?,
        figure: figure.map_or(Some(None), |figure| figure.map(Some))?,
        reason: reason?,
        place,
    })
}
