//! TOML to Release: reads a release's folder, and reports every mistake in it at once.

mod cycles;
mod file_names;
mod files;
mod keys;
mod measures;
mod print_style;
mod relations;
mod release;
mod resolve;
mod site;
mod statements;
mod syntax;
mod tables;
mod theme;
mod words;

use std::{path::Path, sync::Arc};

use crate::{
    diag::{Diagnostic, Findings, Place, Source},
    model::{NarrativePage, Release},
};
use keys::TomlTable;
pub use print_style::print_style;
pub use site::{SITE, site};
pub use theme::theme;
pub use words::words;

/// Reads `<root>/content/<slug>/`. There is no release when its folder cannot be read; otherwise what could be read is
/// given, together with what is wrong with the rest.
pub fn release(root: &Path, slug: &str) -> (Option<Release>, Findings) {
    let mut findings = Findings::new();
    let Some(folder) = files::folder(root, slug, &mut findings) else {
        return (None, findings);
    };
    let mut release = release::release(slug, folder.settings.as_ref(), &mut findings);
    release.files = folder.sources().map(Arc::clone).collect();
    let mut torn = folder.torn || release.is_torn();
    let mut each = |list: &[files::File], read: &mut dyn FnMut(&mut TomlTable, &mut Findings)| {
        for file in list {
            torn |= !keys::read(file, &mut findings, &mut *read);
        }
    };
    each(&folder.statements, &mut |keys, findings| statements::read(keys, &mut release, findings));
    each(&folder.measures, &mut |keys, findings| measures::read(keys, &mut release, findings));
    each(&folder.relations, &mut |keys, findings| relations::read(keys, &mut release, findings));
    each(&folder.tables, &mut |keys, findings| tables::read(keys, &mut release, findings));
    release.narrative = folder.narrative.iter().map(|file| narrative(file, &mut findings)).collect();
    if torn {
        release.unread.insert(Release::ANY.to_owned());
    }
    resolve::references(&release, &mut findings);
    file_names::file_names(&release, &mut findings);
    (Some(release), findings)
}

/// The files of `<root>/content/<slug>/`, read and not looked into, and what is wrong with the folder.
pub fn dataset(root: &Path, slug: &str) -> (Vec<Arc<Source>>, Findings) {
    let mut findings = Findings::new();
    let folder = files::folder(root, slug, &mut findings).unwrap_or_default();
    (folder.sources().map(Arc::clone).collect(), findings)
}

/// Reads a narrative file's front matter; its Markdown stays as it is.
fn narrative(file: &files::File, findings: &mut Findings) -> NarrativePage {
    const FENCE: &str = "+++";
    const MARK: char = '\u{feff}';
    // Some editors begin a file with a byte order mark; it is no text.
    let text = file.source.text.trim_start_matches(MARK);
    let begin = file.source.text.len() - text.len();
    let mut page = NarrativePage {
        id: file.stem.clone(),
        title: None,
        period: None,
        new_sheet: false,
        sheets: None,
        source: Arc::clone(&file.source),
        body: begin,
    };
    let Some(rest) = text.strip_prefix(FENCE) else {
        return page;
    };
    let Some(end) = rest.find("\n+++") else {
        let place = Place::new(&file.source, begin..begin + FENCE.len());
        findings
            .push(Diagnostic::error("syntax", "the front matter has no end").at(&place, "no closing `+++` follows"));
        page.body = file.source.text.len();
        return page;
    };
    let matter = begin + FENCE.len()..begin + FENCE.len() + end + 1;
    page.body = matter.end + FENCE.len();
    keys::read_part(file, matter, findings, &mut |keys, findings| {
        page.title = keys.text("title", findings);
        page.period = keys.text("period", findings);
        page.new_sheet = keys.flag("new_sheet", findings).unwrap_or(false);
        page.sheets = keys.count("sheets", 99, findings).filter(|sheets| *sheets > 0);
    });
    page
}
