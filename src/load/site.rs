//! Reads `content/site.toml`: the address, title and publisher of the site.

use std::path::Path;

use super::{
    files,
    languages::is_language_tag,
    toml_table::{self, TomlTable},
};
use crate::{
    diag::{Diagnostic, Findings},
    model::{Address, At, SiteSettings, TextByLanguage},
};

/// The path of the file below the root.
pub const SITE: &str = "content/site.toml";

/// The key of a text of all languages.
const ALL: &str = "all";

/// Reads the settings of the site; empty settings without the file.
pub fn site(root: &Path, findings: &mut Findings) -> SiteSettings {
    let mut site = SiteSettings::default();
    if root.join(SITE).symlink_metadata().is_err() {
        return site;
    }
    if let Some(file) = files::read_file(root, SITE, findings) {
        toml_table::parse_file(&file, findings, &mut |keys, findings| {
            if let Some(keys) = keys.table("site", findings) {
                site = settings(&keys, findings);
            }
        });
        site.file = Some(file.source);
    }
    site
}

fn settings(keys: &TomlTable, findings: &mut Findings) -> SiteSettings {
    let url = keys.text("url", findings).and_then(|text| findings.keep(address(&text)));
    let title = text_by_language(keys, "title", findings);
    let publisher = text_by_language(keys, "publisher", findings);
    keys.finish(findings);
    SiteSettings { url, title, publisher, file: None }
}

/// A text, or a table of texts by language.
fn text_by_language(keys: &TomlTable, key: &'static str, findings: &mut Findings) -> TextByLanguage {
    let mut texts = TextByLanguage::default();
    let Some(value) = keys.value(key) else { return texts };
    if !value.is_table() {
        texts.all = value.text(findings).map(|text| text.value);
        return texts;
    }
    for (language, value) in value.table(findings).map(|table| table.entries()).unwrap_or_default() {
        let text = value.text(findings).map(|text| text.value);
        if language.value == ALL {
            texts.all = text;
        } else if is_language_tag(&language.value) {
            texts.by_language.extend(text.map(|text| (language.value, text)));
        } else {
            let message = format!("`{}` is not a language tag such as `en`", language.value);
            findings.push(Diagnostic::error("language", message).at(&language.place, ""));
        }
    }
    texts
}

fn address(text: &At<String>) -> Result<Address, Diagnostic> {
    Address::parse(&text.value).map_err(|expected| {
        let message = format!("`{}` is not the address of a published folder", text.value);
        Diagnostic::error("address", message).at(&text.place, "").note(expected)
    })
}
