//! Reads the pages of the narrative: originals, `01-summary.md`, and their translations, `01-summary.en.md`.

use std::sync::Arc;

use super::{
    files::File,
    toml_table::{self, unknown_language},
};
use crate::{
    diag::{Diagnostic, Findings, Place, nearest},
    model::{At, NarrativePage, Release},
};

/// Reads the pages of all editions of a release, the original's first. The Markdown is not parsed.
pub fn read(files: &[File], releases: &mut [Release], findings: &mut Findings) {
    let Some((original, translations)) = releases.split_first_mut() else { return };
    let languages: Vec<String> = original.languages.iter().map(|language| language.value.clone()).collect();
    let language_of = |file: &File| {
        let (_, tag) = file.stem.rsplit_once('.').filter(|_| languages.len() > 1)?;
        languages.iter().find(|language| *language == tag)
    };
    let (translated, own): (Vec<&File>, Vec<&File>) = files.iter().partition(|file| language_of(file).is_some());
    for file in own {
        match unknown_translation(file, &languages) {
            Some(finding) => findings.push(finding),
            None => original.narrative.push(page(file, findings)),
        }
    }
    for release in translations {
        let language = release.language.value.clone();
        let suffix = format!(".{language}");
        let mut pages: Vec<NarrativePage> = Vec::new();
        for file in translated.iter().filter(|file| language_of(file) == Some(&language)) {
            let Some(id) = file.stem.strip_suffix(&suffix) else { continue };
            let page = NarrativePage { id: id.to_owned(), ..page(file, findings) };
            check_translation(&page, original, &pages, &language, findings);
            pages.push(page);
        }
        release.narrative = translated_pages(original, release, pages, findings);
    }
    let wrong = translated.into_iter().filter(|file| language_of(file) == languages.first());
    for file in wrong {
        let message = format!("`{}` is in the language of the original", file.source.path);
        let finding = Diagnostic::error("translation", message).at(&Place::new(&file.source, 0..0), "");
        findings.push(finding.help("the original has no language in its name: `NN-name.md`"));
    }
}

/// The finding for a page whose name ends like that of a translation, in a language that the release does not have.
fn unknown_translation(file: &File, languages: &[String]) -> Option<Diagnostic> {
    let (_, tag) = file.stem.rsplit_once('.').filter(|_| languages.len() > 1)?;
    if let Some(language) = languages.iter().find(|language| language.eq_ignore_ascii_case(tag)) {
        let message = format!("`{}` has the language `{tag}` in its name, expected `{language}`", file.source.path);
        return Some(Diagnostic::error("language", message).at(&Place::new(&file.source, 0..0), ""));
    }
    let is_tag = tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase());
    let name = At::new(tag.to_owned(), Place::new(&file.source, 0..0));
    is_tag.then(|| unknown_language(&name, languages))
}

/// Reports a translation without an original, a second translation of a page, and settings that only the original has.
fn check_translation(
    page: &NarrativePage,
    original: &Release,
    earlier: &[NarrativePage],
    language: &str,
    findings: &mut Findings,
) {
    let (place, path) = (Place::new(&page.source, 0..0), &page.source.path);
    if !original.narrative.iter().any(|known| known.id == page.id) {
        let finding = Diagnostic::error("translation", format!("`{path}` translates no page"));
        let near = nearest(&page.id, original.narrative.iter().map(|page| page.id.as_str()));
        let label = near.map(|near| format!("did you mean `{near}.{language}`?"));
        findings.push(finding.at(&place, label.unwrap_or_default()).note(format!("there is no page `{}`", page.id)));
    }
    if let Some(first) = earlier.iter().find(|known| known.id == page.id) {
        let message = format!("`{}` and `{path}` are both the page `{}` in `{language}`", first.source.path, page.id);
        findings.push(Diagnostic::error("translation", message).at(&place, "").help("remove one of them"));
    }
    let set = [
        ("period", page.period.is_some()),
        ("new_sheet", page.new_sheet),
        ("sheets", page.sheets.is_some()),
        ("form", page.form),
    ];
    for (key, _) in set.iter().filter(|(_, is_set)| *is_set) {
        let finding = Diagnostic::error("translation", format!("a translation has the `{key}` of the original"));
        findings.push(finding.at(&page.first_line(), "").help(format!("remove `{key}`")));
    }
}

/// The pages of a translation in the order of the original, with its settings. Findings: pages that are missing, or that
/// `pages` does not name.
fn translated_pages(
    original: &Release,
    release: &Release,
    pages: Vec<NarrativePage>,
    findings: &mut Findings,
) -> Vec<NarrativePage> {
    check_page_names(original, release, findings);
    let language = &release.language.value;
    let named = release.translated_pages.as_ref();
    let mut found = Vec::new();
    for known in &original.narrative {
        let is_wanted = named.is_none_or(|names| names.iter().any(|name| name.value == known.id));
        match pages.iter().find(|page| page.id == known.id) {
            Some(page) if is_wanted => found.push(NarrativePage {
                period: known.period.clone(),
                new_sheet: known.new_sheet,
                sheets: known.sheets,
                form: known.form,
                ..page.clone()
            }),
            Some(page) => {
                let message = format!("`{}` is not among the pages of `{language}`", page.source.path);
                let finding = Diagnostic::error("translation", message).at(&Place::new(&page.source, 0..0), "");
                findings.push(finding.help(format!("add `{}` to `pages` in `[release.{language}]`", known.id)));
            }
            // It may be the page that could not be read.
            None if is_wanted && !release.is_incomplete() => findings.push(untranslated_page(known, language)),
            None => {}
        }
    }
    found
}

/// Reports names in the `pages` of a translation that are no pages.
fn check_page_names(original: &Release, release: &Release, findings: &mut Findings) {
    let pages = || original.narrative.iter().map(|page| page.id.as_str());
    for name in release.translated_pages.iter().flatten().filter(|name| !pages().any(|id| id == name.value)) {
        let near = nearest(&name.value, pages()).map(|near| format!("did you mean `{near}`?"));
        let finding = Diagnostic::error("page", format!("there is no page `{}`", name.value));
        findings.push(finding.at(&name.place, near.unwrap_or_default()));
    }
    let named = release.translated_pages.as_deref().unwrap_or_default();
    for (index, name) in named.iter().enumerate() {
        if let Some(first) = named[..index].iter().find(|known| known.value == name.value) {
            let finding = Diagnostic::error("page", format!("the page `{}` is named twice", name.value));
            findings.push(finding.at(&name.place, "again here").with(&first.place, "first here"));
        }
    }
}

fn untranslated_page(page: &NarrativePage, language: &str) -> Diagnostic {
    let message = format!("the page `{}` is not translated into `{language}`", page.id);
    let path = page.source.path.trim_end_matches(".md");
    let list = format!("list the pages that are translated in `[release.{language}] pages`");
    let finding = Diagnostic::error("untranslated", message).at(&page.first_line(), "");
    finding.help(format!("write `{path}.{language}.md`, or {list}"))
}

/// Reads the front matter of a page; the Markdown is not parsed.
fn page(file: &File, findings: &mut Findings) -> NarrativePage {
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
        form: false,
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
    toml_table::parse_part(file, matter, &[], findings, &mut |keys, findings| {
        page.title = keys.text("title", findings);
        page.period = keys.text("period", findings);
        page.new_sheet = keys.flag("new_sheet", findings).unwrap_or(false);
        page.form = keys.flag("form", findings).unwrap_or(false);
        page.sheets = keys.count("sheets", 99, findings).filter(|sheets| *sheets > 0);
    });
    page
}
