//! Reads `translated.toml`: the paragraphs of translations as they were when they were last confirmed.

use super::toml_table::TomlTable;
use crate::{
    diag::Findings,
    model::{ConfirmedTranslation, Release},
};

/// Reads the paragraphs of each language into the original.
pub fn read(keys: &TomlTable, release: &mut Release, findings: &mut Findings) {
    for keys in keys.tables("paragraph", findings) {
        let language = keys.require_text("language", findings);
        let original = keys.require_text("original", findings);
        let translation = keys.require_text("translation", findings);
        keys.finish(findings);
        if let (Some(language), Some(original), Some(translation)) = (language, original, translation) {
            let (original, translation) = (original.value, translation.value);
            release.confirmed.push(ConfirmedTranslation { language: language.value, original, translation });
        }
    }
}
