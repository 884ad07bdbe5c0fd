//! Structure of translations: a page and its translation have the same blocks in the same order, and the same notes at the
//! same places.
//!
//! **What it checks.** Headings of the same level, paragraphs, lists with as many items, tables, charts and pictures follow one
//! another in the original and in each translation. A block refers to the same notes in both. A page that differs on purpose
//! is declared with its reason, `[[release.en.differs]]` with `page`, and is reported once it no longer differs.
//! Where one block is left over, it is named: among paragraphs, the one without which the others state the same figures.
//!
//! **Why.** A paragraph that is added at the last minute is easily forgotten in the other language. Readers of both languages
//! are to get the same information at the same moment.
//!
//! **Example.** `languages/structure`
//!
//! **How to fix it.** Translate the block that is missing, or remove the one that is left over.

use std::collections::BTreeSet;

use super::super::{
    CheckResults,
    translated_blocks::{Shape, TextBlock, TranslatedPage},
    translation::TranslationInput,
};
use crate::{
    diag::Diagnostic,
    present::{FigureUse, document::note_marks},
};

/// Compares the blocks of each page.
pub fn check(input: &TranslationInput, results: &mut CheckResults) -> usize {
    for page in &input.pages {
        let (pairs, difference) = page.pairs();
        if let Some(difference) = difference {
            if let Some(declared) = input.declared_difference(page.id, None) {
                results.used_differences.insert(declared);
            } else if let Some((is_translation, at)) =
                page.added_block(|is_translation, block| stated(input, is_translation, block))
            {
                report_added(input, page, is_translation, at, results);
            } else {
                let describe = |block: Option<&TextBlock>| {
                    block.map_or_else(|| String::from("nothing more"), |block| block.shape.describe())
                };
                let (own, other) = (describe(difference.original), describe(difference.translation));
                let message = format!("the original has {own} where the translation has {other}");
                report(page, message, difference.original, difference.translation, results);
            }
        }
        for (original, translation) in pairs {
            if let (Shape::Picture, [own, other]) =
                (original.shape, [original, translation].map(|block| block.text.is_empty()))
                && own != other
            {
                let (has, lacks) = if other { ("original", "translation") } else { ("translation", "original") };
                let message = format!("the picture has a caption in the {has}, in the {lacks} it has none");
                report(page, message, Some(original), Some(translation), results);
            }
            let [own, other] = [original, translation].map(notes);
            let only = |a: &BTreeSet<&str>, b: &BTreeSet<&str>| a.difference(b).next().map(|id| (*id).to_owned());
            let message = match (only(&own, &other), only(&other, &own)) {
                (Some(id), _) => format!("the translation does not refer to the note `{id}`, the original does"),
                (_, Some(id)) => format!("the original does not refer to the note `{id}`, the translation does"),
                (None, None) => continue,
            };
            report(page, message, Some(original), Some(translation), results);
        }
    }
    input.pages.iter().map(|page| page.original.len()).sum()
}

fn report(
    page: &TranslatedPage,
    message: String,
    original: Option<&TextBlock>,
    translation: Option<&TextBlock>,
    results: &mut CheckResults,
) {
    let mut finding = Diagnostic::error("structure", message);
    if let Some(place) = page.place(translation) {
        finding = finding.at(place, "");
    }
    if let Some(place) = page.original_place(original) {
        finding = finding.with(place, "the original");
    }
    results.push(finding);
}

/// Reports a block that only one of the languages has.
fn report_added(
    input: &TranslationInput,
    page: &TranslatedPage,
    is_translation: bool,
    at: usize,
    results: &mut CheckResults,
) {
    let (own, other) = match is_translation {
        false => (&page.original, &page.translation),
        true => (&page.translation, &page.original),
    };
    let Some(block) = own.get(at) else { return };
    let lacks = if is_translation { input.original } else { input.translation };
    let language = &lacks.book.release.language.value;
    let message = format!("{} is not in `{language}`", block.shape.describe());
    let (place, expected) = match is_translation {
        false => (page.original_place(Some(block)), page.place(other.get(at))),
        true => (page.place(Some(block)), page.original_place(other.get(at))),
    };
    let mut finding = Diagnostic::error("structure", message);
    if let Some(place) = place {
        finding = finding.at(place, "");
    }
    if let Some(expected) = expected {
        let label = if at < other.len() { "expected before this" } else { "expected behind this" };
        finding = finding.with(expected, label);
    }
    results.push(finding);
}

/// What a block states: its figures and notes.
fn stated<'a>(input: &TranslationInput<'_, 'a, '_>, is_translation: bool, block: &TextBlock<'a>) -> BTreeSet<&'a str> {
    let figures = &input.figures[usize::from(is_translation)];
    let uses = block.passage.map(|passage| figures.within(&passage.at)).unwrap_or_default();
    let notes = note_marks(block.text).into_iter().map(|(_, id)| id);
    uses.into_iter().map(FigureUse::name).chain(notes).collect()
}

/// The ids of the notes that a block refers to.
fn notes<'a>(block: &'a TextBlock) -> BTreeSet<&'a str> {
    note_marks(block.text).into_iter().map(|(_, id)| id).collect()
}
