//! Loads a release from its TOML files and reports all mistakes at once.

mod cycles;
mod file_name_check;
mod files;
mod measures;
mod name_check;
mod nil_mark;
mod pasted;
mod picture;
mod print_style;
mod relations;
mod release;
mod site;
mod statements;
mod syntax;
mod tables;
mod theme;
mod toml_table;
mod words;

use std::{path::Path, sync::Arc};

use crate::{
    diag::{Diagnostic, Findings, Place, Source},
    model::{NarrativePage, Release},
};
pub use picture::picture;
pub use print_style::print_style;
pub use site::{SITE, site};
pub use theme::theme;
use toml_table::TomlTable;
pub use words::words;

/// Loads `<root>/content/<slug>/`. Returns no release if its folder cannot be read; otherwise what could be read, with
/// findings about the rest.
pub fn release(root: &Path, slug: &str) -> (Option<Release>, Findings) {
    let mut findings = Findings::new();
    let Some(folder) = files::read_folder(root, slug, &mut findings) else {
        return (None, findings);
    };
    let mut release = release::release(slug, folder.settings.as_ref(), &mut findings);
    release.files = folder.sources().map(Arc::clone).collect();
    let mut torn = folder.is_incomplete || release.is_incomplete();
    let mut each = |list: &[files::File], read: &mut dyn FnMut(&mut TomlTable, &mut Findings)| {
        for file in list {
            torn |= !toml_table::parse_file(file, &mut findings, &mut *read);
        }
    };
    each(&folder.statements, &mut |keys, findings| statements::read(keys, &mut release, findings));
    each(&folder.measures, &mut |keys, findings| measures::read(keys, &mut release, findings));
    each(&folder.relations, &mut |keys, findings| relations::read(keys, &mut release, findings));
    each(&folder.tables, &mut |keys, findings| tables::read(keys, &mut release, findings));
    release.narrative = folder.narrative.iter().map(|file| narrative(file, &mut findings)).collect();
    for picture in folder.pictures {
        let path = format!("pictures/{}", picture.name);
        release.pictures.insert(picture.name, self::picture(path, picture.bytes));
        release.picture_files.push(picture.source);
    }
    if torn {
        release.unread.insert(Release::ANY.to_owned());
    }
    name_check::check_names(&release, &mut findings);
    file_name_check::check_file_names(&release, &mut findings);
    (Some(release), findings)
}

/// Reads the files of `<root>/content/<slug>/` without parsing them; with findings about the folder.
pub fn dataset(root: &Path, slug: &str) -> (Vec<Arc<Source>>, Findings) {
    let mut findings = Findings::new();
    let folder = files::read_folder(root, slug, &mut findings).unwrap_or_default();
    let pictures = folder.pictures.iter().map(|picture| &picture.source);
    (folder.sources().chain(pictures).map(Arc::clone).collect(), findings)
}

/// Reads the front matter of a narrative file; the Markdown is not parsed.
fn narrative(file: &files::File, findings: &mut Findings) -> NarrativePage {
    const FENCE: &str = "+++";
    const MARK: char = '\u{feff}';
    // Skip a byte order mark, which some editors write.
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
    toml_table::parse_part(file, matter, findings, &mut |keys, findings| {
        page.title = keys.text("title", findings);
        page.period = keys.text("period", findings);
        page.new_sheet = keys.flag("new_sheet", findings).unwrap_or(false);
        page.sheets = keys.count("sheets", 99, findings).filter(|sheets| *sheets > 0);
    });
    page
}
