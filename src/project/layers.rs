//! Layers the files under `templates/`: the project's own over the built-in ones.

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
    /// The files with this name, the built-in one first. Only the last template is used, while data files are merged.
    pub(super) fn sources(&self, name: &str) -> Vec<Arc<Source>> {
        let own = self.files.get(name);
        let path = format!("{TEMPLATES}/{name}");
        let lower = built_in::text(&path).filter(|text| own.is_none_or(|own| own.text != *text));
        lower.map(|text| Source::new(path, text)).into_iter().chain(own.cloned()).collect()
    }
}
