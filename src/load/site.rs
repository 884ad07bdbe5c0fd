//! `content/site.toml`: where the releases are published, and what their list is called.

use std::path::Path;

use super::{
    files,
    keys::{self, TomlTable},
};
use crate::{
    diag::{Diagnostic, Findings},
    model::{Address, At, SiteSettings},
};

/// The file, from the root.
pub const SITE: &str = "content/site.toml";

/// Reads what all releases share. Without the file nothing is said.
pub fn site(root: &Path, findings: &mut Findings) -> SiteSettings {
    let mut site = SiteSettings::default();
    if root.join(SITE).symlink_metadata().is_err() {
        return site;
    }
    if let Some(file) = files::file(root, SITE, findings) {
        keys::read(&file, findings, &mut |keys, findings| {
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
    let title = keys.text("title", findings).map(|text| text.value);
    let publisher = keys.text("publisher", findings).map(|text| text.value);
    keys.finish(findings);
    SiteSettings { url, title, publisher, file: None }
}

fn address(text: &At<String>) -> Result<Address, Diagnostic> {
    Address::parse(&text.value).map_err(|expected| {
        let message = format!("`{}` is not the address of a published folder", text.value);
        Diagnostic::error("address", message).at(&text.place, "").note(expected)
    })
}
