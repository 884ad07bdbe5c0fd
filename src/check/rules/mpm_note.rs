//! The note on management-defined performance measures: one place says of each what it is, why and how.
//!
//! **What it checks.** The tables of all `[[mpm]]` are on one page. The note is the section of that page that has them all: from a heading to
//! the next one of the same level or above. Its text
//!
//! - says that such measures give management's view and are not necessarily comparable with those of others
//!   (`management_view`, `not_comparable`);
//! - names each measure by its label, and says in a paragraph with that name what it is useful for (`informative`), and in one how it is
//!   calculated (`calculated`);
//! - says how the tax effect of the items is determined (`tax_effect`).
//!
//! The words are lists of the [words](reference/appearance.md) of the language. Every language of a release is held to this.
//!
//! **Why.** IFRS 18.122 asks for a single note with a statement of that kind; 18.123 for a description of each measure, why it is useful, how it is
//! calculated, and how income tax effects are determined. Readers of a measure look for this in one place.
//!
//! **Example.** `ifrs18/note`, reported as `mpm-note`
//!
//! **How to fix it.** Put the tables under one heading, and write beside them what is missing.

use std::collections::BTreeMap;

use super::super::{
    CheckInput, CheckResults,
    clause::{find_phrase, lower_case_in_place},
};
use crate::{
    diag::{Diagnostic, Place},
    model::{At, Mpm, MpmDisclosure, MpmKind, Node},
    present::{
        Rendered,
        document::{Block, Page, plain},
    },
};

/// Looks at the section with the tables of all measures; returns how many measures there are.
pub fn check(input: &CheckInput, results: &mut CheckResults) -> usize {
    let release = input.book.release;
    let measures: Vec<_> = release.mpms.iter().filter_map(disclosed).collect();
    if release.profit_or_loss.is_none() || measures.is_empty() || !input.shown {
        return 0;
    }
    let Some(note) = note(input, &measures, results) else { return measures.len() };
    let at = note.place(input).unwrap_or(&measures[0].0.figure.place);
    let words = &input.words.prose;
    for (list, what) in [
        (&words.management_view, "that these measures give management's view"),
        (&words.not_comparable, "that these measures are not necessarily comparable with those of others"),
        (&words.tax_effect, "how the tax effect of the items is determined"),
    ] {
        if !note.says(list, None) {
            let finding = Diagnostic::error("mpm-note", format!("the note does not say {what}"));
            results.push(expecting(finding.at(at, ""), list));
        }
    }
    for (mpm, _) in &measures {
        check_measure(input, mpm, &note, results);
    }
    measures.len()
}

fn disclosed(mpm: &Mpm) -> Option<(&Mpm, &MpmDisclosure)> {
    match &mpm.is {
        MpmKind::Measure(disclosure) => Some((mpm, &**disclosure)),
        MpmKind::Not(_) | MpmKind::Dropped(_) => None,
    }
}

fn expecting(finding: Diagnostic, list: &[String]) -> Diagnostic {
    let some: Vec<_> = list.iter().take(3).map(|word| format!("`{word}`")).collect();
    finding.note(format!("it is looked for by words such as {}", some.join(", ")))
}

/// That the note names a measure, and says why and how.
fn check_measure(input: &CheckInput, mpm: &Mpm, note: &NoteText, results: &mut CheckResults) {
    let Some(label) = label(input, mpm) else { return };
    let name = lower_case_in_place(&label.value);
    if !note.paragraphs.iter().any(|text| find_phrase(text, &name).next().is_some()) {
        let message = format!("the note does not name `{}`", label.value);
        results.push(Diagnostic::error("mpm-note", message).at(&mpm.figure.place, ""));
        return;
    }
    let words = &input.words.prose;
    let (why, how) = (format!("why `{}` is useful", label.value), format!("how `{}` is calculated", label.value));
    for (list, what) in [(&words.informative, why), (&words.calculated, how)] {
        if !note.says(list, Some(&name)) {
            let finding = Diagnostic::error("mpm-note", format!("the note does not say {what}"));
            results.push(expecting(finding.at(&mpm.figure.place, ""), list));
        }
    }
}

fn label<'r>(input: &CheckInput<'_, 'r>, mpm: &Mpm) -> Option<&'r At<String>> {
    let Node::Line { name, .. } = &mpm.figure.node else { return None };
    match input.book.release.line(name) {
        Some((_, line)) => Some(&line.label),
        None => input.book.release.measure(name)?.label.as_ref(),
    }
}

/// The section that has the tables of all measures.
struct NoteText<'d> {
    /// Its heading, if it has one.
    heading: Option<&'d str>,
    /// Its paragraphs in lower case.
    paragraphs: Vec<String>,
}

impl NoteText<'_> {
    /// Whether a paragraph has one of some words, and a name if one is given; a language without such words says nothing.
    fn says(&self, words: &[String], name: Option<&str>) -> bool {
        let has = |text: &str, phrase: &str| find_phrase(text, phrase).next().is_some();
        let says = |text: &&String| name.is_none_or(|name| has(text, name)) && words.iter().any(|word| has(text, word));
        words.is_empty() || self.paragraphs.iter().any(|text| says(&text))
    }

    fn place<'p>(&self, input: &'p CheckInput) -> Option<&'p Place> {
        let heading = self.heading?;
        let is_it = |rendered: &Rendered| matches!(rendered, Rendered::Heading(id) if id == heading);
        input.presented.passages.iter().find(|passage| is_it(&passage.rendered)).map(|passage| &passage.at)
    }
}

/// The smallest section with all tables of the measures; none if they are on several pages or nowhere.
fn note<'d>(
    input: &CheckInput<'d, '_>,
    measures: &[(&Mpm, &MpmDisclosure)],
    results: &mut CheckResults,
) -> Option<NoteText<'d>> {
    let tables = input.presented.document.tables().into_iter();
    let pages: BTreeMap<&str, &Page> = tables.map(|(page, table)| (table.id.as_str(), page)).collect();
    let mut first: Option<(&'d Page, &At<String>)> = None;
    for (_, disclosure) in measures {
        // A table that no page has is reported elsewhere.
        let page = *pages.get(disclosure.table.value.as_str())?;
        match first {
            None => first = Some((page, &disclosure.table)),
            Some((known, table)) if known.id != page.id => {
                let message =
                    format!("`{}` and `{}` are on two pages, not in one note", table.value, disclosure.table.value);
                results.push(
                    Diagnostic::error("mpm-note", message).at(&disclosure.table.place, "").with(&table.place, ""),
                );
                return None;
            }
            Some(_) => {}
        }
    }
    let tables: Vec<&str> = measures.iter().map(|(_, disclosure)| disclosure.table.value.as_str()).collect();
    Some(smallest_section(&first?.0.blocks, &tables))
}

/// The shortest run of blocks, from a heading to the next of its level or above, that has all tables; all blocks if none has.
fn smallest_section<'d>(blocks: &'d [Block], tables: &[&str]) -> NoteText<'d> {
    let is_due = |block: &Block| table_id(block).is_some_and(|id| tables.contains(&id));
    let (first, last) = (blocks.iter().position(is_due), blocks.iter().rposition(is_due));
    let mut lowest = u8::MAX;
    for (start, block) in blocks.iter().enumerate().take(first.unwrap_or(0)).rev() {
        // Only a heading above those below it begins a section that is still open at the table.
        let Block::Heading { level, id, .. } = block else { continue };
        if *level >= lowest {
            continue;
        }
        lowest = *level;
        let rest = &blocks[start + 1..];
        let ends = |other: &Block| matches!(other, Block::Heading { level: next, .. } if next <= level);
        let section = &rest[..rest.iter().position(ends).unwrap_or(rest.len())];
        if last.is_none_or(|last| last <= start + section.len()) {
            return NoteText { heading: Some(id), paragraphs: paragraphs(section) };
        }
    }
    NoteText { heading: None, paragraphs: paragraphs(blocks) }
}

fn table_id(block: &Block) -> Option<&str> {
    match block {
        Block::Table(table) => Some(&table.id),
        Block::Chart(chart) => Some(&chart.table.id),
        _ => None,
    }
}

/// The texts of blocks in lower case, those within lists and quotes too.
fn paragraphs(blocks: &[Block]) -> Vec<String> {
    let mut found = Vec::new();
    for block in blocks {
        match block {
            Block::Paragraph { text } => found.push(lower_case_in_place(&plain(text))),
            Block::List { items, .. } => items.iter().for_each(|item| found.extend(paragraphs(item))),
            Block::Quote { blocks } => found.extend(paragraphs(blocks)),
            Block::Pairs { pairs } => pairs.iter().for_each(|pair| {
                let value = paragraphs(&pair.value).join(" ");
                found.push(lower_case_in_place(&format!("{} {value}", plain(&pair.name))));
            }),
            Block::Heading { .. } | Block::Rule | Block::Table(_) | Block::Chart(_) | Block::Picture(_) => {}
        }
    }
    found
}
