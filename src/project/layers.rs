//! The files under `templates/`, the project's own over the built-in ones.

use std::{collections::BTreeMap, sync::Arc};

use crate::{diag::Source, render::built_in};

/// The folder of templates that a project may override.
pub(super) const TEMPLATES: &str = "templates";

/// Every file under `templates/` by its path there (`html/page.html`, `words/en.toml`), the project's over the built-in one.
#[derive(Debug, Default)]
pub(super) struct Layers {
    pub(super) files: BTreeMap<String, Arc<Source>>,
}

impl Layers {
    /// The files of one name, the project's last. Of templates only the last is used; data files are merged.
    pub(super) fn of(&self, name: &str) -> Vec<Arc<Source>> {
        let own = self.files.get(name);
        let path = format!("{TEMPLATES}/{name}");
        let lower = built_in::text(&path).filter(|text| own.is_none_or(|own| own.text != *text));
        lower.map(|text| Source::new(path, text)).into_iter().chain(own.cloned()).collect()
    }
}
