//! The notes of one page: those it refers to, in the document's order and under the document's numbers, with links back.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{anchors::Anchors, inline::inlines, words::filled_word};
use crate::{
    diag::Diagnostic,
    present::document::{Block, Document, Inline, Note, Table},
};

/// A note with the ways back to where this page refers to it.
#[derive(Debug, Serialize)]
pub(super) struct NoteView {
    id: String,
    number: usize,
    html: String,
    back: Vec<BackView>,
}

/// A link back to a reference; `label` is what a screen reader says.
#[derive(Debug, Serialize)]
struct BackView {
    href: String,
    label: String,
}

/// Note numbers and the occurrences that are on a page.
type Marks = BTreeMap<usize, Vec<usize>>;

/// The notes of a release by their numbers.
pub(super) type NoteIndex<'a> = BTreeMap<usize, &'a Note>;

pub(super) fn note_index(document: &Document) -> NoteIndex<'_> {
    document.notes.iter().rev().map(|note| (note.number, note)).collect()
}

/// The notes that `title` and `blocks` refer to, and those that these notes refer to.
pub(super) fn notes(
    document: &Document,
    index: &NoteIndex,
    title: &[Inline],
    blocks: &[&[Block]],
    anchors: &Anchors,
) -> Result<Vec<NoteView>, Diagnostic> {
    let mut marks = Marks::new();
    in_inlines(title, &mut marks);
    blocks.iter().for_each(|blocks| in_blocks(blocks, &mut marks));
    follow(index, &mut marks);
    let listed = marks.iter().filter_map(|(number, occurrences)| Some((index.get(number)?, occurrences)));
    listed
        .map(|(note, occurrences)| {
            Ok(NoteView {
                id: note.id.clone(),
                number: note.number,
                html: inlines(&note.text, anchors),
                back: occurrences.iter().map(|n| back(document, &note.id, *n)).collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

fn back(document: &Document, id: &str, occurrence: usize) -> Result<BackView, Diagnostic> {
    let label = filled_word(&document.words, "back_to_reference", &[("number", &occurrence.to_string())])?;
    Ok(BackView { href: format!("#noteref-{id}-{occurrence}"), label })
}

/// Adds the marks in the text of every note listed so far, until there is no further note.
fn follow(index: &NoteIndex, marks: &mut Marks) {
    let mut seen: BTreeSet<usize> = marks.keys().copied().collect();
    let mut waiting: Vec<usize> = seen.iter().copied().collect();
    while let Some(number) = waiting.pop() {
        let mut found = Marks::new();
        index.get(&number).iter().for_each(|note| in_inlines(&note.text, &mut found));
        for (number, occurrences) in found {
            marks.entry(number).or_default().extend(occurrences);
            waiting.extend(seen.insert(number).then_some(number));
        }
    }
}

fn in_blocks(blocks: &[Block], marks: &mut Marks) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } => in_inlines(text, marks),
            Block::List { items, .. } => items.iter().for_each(|item| in_blocks(item, marks)),
            Block::Quote { blocks } => in_blocks(blocks, marks),
            Block::Rule => {}
            Block::Chart(chart) => in_table(&chart.table, marks),
            Block::Table(table) => in_table(table, marks),
        }
    }
}

fn in_table(table: &Table, marks: &mut Marks) {
    let heads = table.head.iter().flatten().map(|cell| &cell.text);
    let labels = table.rows.iter().map(|row| &row.label);
    for text in [&table.caption, &table.unit_line].into_iter().chain(heads).chain(labels) {
        in_inlines(text, marks);
    }
}

fn in_inlines(inlines: &[Inline], marks: &mut Marks) {
    for inline in inlines {
        match inline {
            Inline::NoteMark { number, occurrence, .. } => marks.entry(*number).or_default().push(*occurrence),
            Inline::Strong { text } | Inline::Emphasis { text } | Inline::Link { text, .. } => in_inlines(text, marks),
            Inline::Text { .. } | Inline::Figure(_) | Inline::Code { .. } | Inline::LineBreak => {}
        }
    }
}
