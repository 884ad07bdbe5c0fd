//! Reads `content/site.toml`: the address, title and publisher of the site.

use std::path::Path;

use super::{
    files,
    toml_table::{self, TomlTable},
};
use crate::{
    diag::{Diagnostic, Findings},
    model::{Address, At, SiteSettings},
};

/// The path of the file below the root.
pub const SITE: &str = "content/site.toml";

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
