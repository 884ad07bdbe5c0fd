//! Compares the rows of a file of translations with the texts of a dataset: what changes, and which rows cannot be taken.

use std::collections::BTreeMap;

use super::{columns::Row, placeholders::Placeholders};
use crate::{
    diag::{Diagnostic, Findings, Place, nearest},
    import::csv_rows::{Cell, MAX_FINDINGS},
    load::{Texts, WrittenText},
    model::ReservedCharacter,
    render::csv::unprotected,
};

/// The most comparisons with known ids to find the nearest one to an unknown one.
const MAX_COMPARISONS: usize = 1_000_000;

/// What begins a statement and a comment in a text.
const STATEMENTS: [&str; 2] = ["{%", "{#"];

/// A text whose translation changes.
#[derive(Debug)]
pub struct Change<'t> {
    pub text: &'t WrittenText,
    pub translation: String,
    /// The cell of the translation.
    pub place: Place,
    /// Whether the text had another translation.
    pub is_replaced: bool,
}

/// The translations that differ from those of today; blank ones change nothing. Findings: ids that are unknown or stand twice,
/// originals that differ from those of today, translations that cannot be right.
pub fn changes<'t>(rows: &[Row], texts: &'t Texts, language: &str, findings: &mut Findings) -> Vec<Change<'t>> {
    let known: BTreeMap<&str, &WrittenText> = texts.texts.iter().map(|text| (text.id.as_str(), text)).collect();
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    let (mut unknown, mut changes) = (0, Vec::new());
    // A row of other columns alone, such as a comment, says nothing of a text.
    let is_blank =
        |row: &&Row| [&row.id, &row.original, &row.translation].iter().all(|cell| cell.text.trim().is_empty());
    for row in rows.iter().filter(|row| !is_blank(row)) {
        if findings.len() >= MAX_FINDINGS {
            let message = format!("more than {MAX_FINDINGS} mistakes; the rows from here on were not read");
            findings.push(Diagnostic::error("csv", message).at(&row.id.place, ""));
            break;
        }
        let id = unprotected(row.id.text.trim());
        let Some(text) = known.get(id) else {
            unknown += known.len();
            let names = known.keys().copied().take(if unknown > MAX_COMPARISONS { 0 } else { known.len() });
            findings.push(unknown_id(id, &row.id.place, names));
            continue;
        };
        if let Some(first) = seen.insert(id, &row.id.place) {
            let finding = Diagnostic::error("csv", format!("`{id}` stands twice"));
            findings.push(finding.at(&row.id.place, "").with(first, "first here"));
            seen.insert(id, first);
            continue;
        }
        let is_current = check_original(text, &row.original, texts.original(), findings);
        let change = change(text, &row.translation, texts.original(), language, findings);
        changes.extend(change.filter(|_| is_current));
    }
    changes
}

fn unknown_id<'a>(id: &str, place: &Place, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    if id.is_empty() {
        return Diagnostic::error("csv", "a row without an id").at(place, "");
    }
    let label = nearest(id, known).map(|near| format!("did you mean `{near}`?"));
    Diagnostic::error("csv", format!("no text of the release has the id `{id}`")).at(place, label.unwrap_or_default())
}

/// Whether the original of a row is that of the dataset.
fn check_original(text: &WrittenText, cell: &Cell, original: &str, findings: &mut Findings) -> bool {
    let Some(entry) = text.original(original) else { return false };
    if unprotected(&cell.text) == entry.text.value.replace("\r\n", "\n") {
        return true;
    }
    let message = format!("the original of `{}` is not that of the dataset", text.id);
    let finding = Diagnostic::error("csv", message).at(&cell.place, format!("the dataset has `{}`", entry.text.value));
    let finding = finding.with(&entry.text.place, "written here");
    findings.push(finding.note("it was changed in one of the two since the file was written"));
    false
}

/// The change that a cell makes. Findings: it cannot be the translation of its text.
fn change<'t>(
    text: &'t WrittenText,
    cell: &Cell,
    original: &str,
    language: &str,
    findings: &mut Findings,
) -> Option<Change<'t>> {
    let new = unprotected(&cell.text);
    let old = text.translation(language).map(|entry| entry.text.value.replace("\r\n", "\n"));
    let original = &text.original(original)?.text.value;
    if new.trim().is_empty() || old.as_deref() == Some(new) {
        return None;
    }
    let known = findings.len();
    check_letters(new, original, &cell.place, findings);
    check_placeholders(new, [Some(original.as_str()), old.as_deref()], &cell.place, findings);
    let is_replaced = old.is_some();
    let change = Change { text, translation: new.to_owned(), place: cell.place.clone(), is_replaced };
    (findings.len() == known).then_some(change)
}

/// Reports characters that no text may have, and those that stand for letters that an encoding lacked.
fn check_letters(new: &str, original: &str, place: &Place, findings: &mut Findings) {
    // A byte order mark is none at the beginning of a cell.
    if let Some(found) = ReservedCharacter::find(&format!(" {new}")) {
        findings.push(found.at(place));
    }
    let statement = STATEMENTS.iter().find(|mark| new.contains(**mark) && !original.contains(**mark));
    if let Some(mark) = statement {
        let finding = Diagnostic::error("csv", format!("`{mark}` begins a statement or comment of templates"));
        findings.push(finding.at(place, "").help("remove it"));
    }
    let lost = [char::REPLACEMENT_CHARACTER.to_string(), String::from("??")];
    if let Some(lost) = lost.iter().find(|lost| new.contains(lost.as_str()) && !original.contains(lost.as_str())) {
        let finding = Diagnostic::error("csv", format!("`{lost}` stands for letters that were lost"));
        findings.push(finding.at(place, "").note("the file was saved in an encoding that does not have them"));
    }
}

/// Reports placeholders that differ from those of the original, and from those of the translation that is replaced.
fn check_placeholders(new: &str, allowed: [Option<&str>; 2], place: &Place, findings: &mut Findings) {
    let new = Placeholders::of(new);
    let mut allowed = allowed.into_iter().flatten().map(Placeholders::of);
    let Some(original) = allowed.next() else { return };
    if new == original || allowed.any(|allowed| new == allowed) {
        return;
    }
    let quoted = |names: Vec<&str>| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let (lost, strange) = (original.beyond(&new).collect::<Vec<_>>(), new.beyond(&original).collect::<Vec<_>>());
    let message = match (lost.is_empty(), strange.is_empty()) {
        (false, true) => format!("the translation lacks {}", quoted(lost)),
        (true, _) => format!("the translation has {}, which the original lacks", quoted(strange)),
        (false, false) => format!("the translation has {} instead of {}", quoted(strange), quoted(lost)),
    };
    let finding = Diagnostic::error("csv", message).at(place, "");
    findings.push(finding.help("keep what stands in braces as it is; its place may change"));
}
