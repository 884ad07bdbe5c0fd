//! The notes that one page refers to, in the order and with the numbers of the document, with links back.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{anchors::Anchors, inline::inlines, words::format_word};
use crate::{
    diag::Diagnostic,
    present::document::{Block, Chart, Document, Inline, Note, Table},
};

/// A note with links back to the places where this page refers to it.
#[derive(Debug, Serialize)]
pub(super) struct NoteView {
    id: String,
    number: usize,
    /// Its mark, where it is not its number.
    mark: String,
    html: String,
    back: Vec<BackLinkView>,
}

/// A link back to a reference; `label` is its text for screen readers.
#[derive(Debug, Serialize)]
struct BackLinkView {
    href: String,
    label: String,
}

/// What a page shows that may refer to notes.
#[derive(Default)]
pub(super) struct Shown<'a> {
    pub title: &'a [Inline],
    pub blocks: &'a [&'a [Block]],
    /// Charts of other pages, which it repeats.
    pub charts: &'a [&'a Chart],
}

/// Note numbers with their occurrences on a page.
type Marks = BTreeMap<usize, Vec<usize>>;

/// The notes of a release by their numbers.
pub(super) type NoteIndex<'a> = BTreeMap<usize, &'a Note>;

/// Indexes the notes of a release by number.
pub(super) fn note_index(document: &Document) -> NoteIndex<'_> {
    document.notes.iter().rev().map(|note| (note.number, note)).collect()
}

/// The notes that a page refers to, and the notes that these refer to in turn.
pub(super) fn notes(
    document: &Document,
    index: &NoteIndex,
    shown: Shown,
    anchors: &Anchors,
) -> Result<Vec<NoteView>, Diagnostic> {
    let mut marks = Marks::new();
    collect_from_inlines(shown.title, &mut marks);
    let mut collect = |block: &Block| collect_from_block(block, anchors, &mut marks);
    shown.blocks.iter().flat_map(|blocks| blocks.iter()).for_each(&mut collect);
    shown.charts.iter().for_each(|chart| collect_from_chart(chart, anchors, &mut marks));
    collect_from_notes(index, &mut marks);
    let referenced = marks.iter().filter_map(|(number, occurrences)| Some((index.get(number)?, occurrences)));
    referenced
        .map(|(note, occurrences)| {
            Ok(NoteView {
                id: note.id.clone(),
                number: note.number,
                mark: note.mark.clone().unwrap_or_default(),
                html: inlines(&note.text, anchors),
                back: occurrences.iter().map(|n| back_link(document, &note.id, *n)).collect::<Result<_, _>>()?,
            })
        })
        .collect()
}

fn back_link(document: &Document, id: &str, occurrence: usize) -> Result<BackLinkView, Diagnostic> {
    let label = format_word(&document.words, "back_to_reference", &[("number", &occurrence.to_string())])?;
    Ok(BackLinkView { href: format!("#noteref-{id}-{occurrence}"), label })
}

/// Adds the marks in the texts of the referenced notes, until no further note is found.
fn collect_from_notes(index: &NoteIndex, marks: &mut Marks) {
    let mut visited: BTreeSet<usize> = marks.keys().copied().collect();
    let mut pending: Vec<usize> = visited.iter().copied().collect();
    while let Some(number) = pending.pop() {
        let mut found = Marks::new();
        index.get(&number).iter().for_each(|note| collect_from_inlines(&note.text, &mut found));
        for (number, occurrences) in found {
            marks.entry(number).or_default().extend(occurrences);
            pending.extend(visited.insert(number).then_some(number));
        }
    }
}

fn collect_from_block(block: &Block, anchors: &Anchors, marks: &mut Marks) {
    let mut collect = |block: &Block| collect_from_block(block, anchors, marks);
    match block {
        Block::List { items, .. } => items.iter().flatten().for_each(&mut collect),
        Block::Quote { blocks } => blocks.iter().for_each(&mut collect),
        Block::Pairs { pairs } => {
            for pair in pairs {
                collect_from_inlines(&pair.name, marks);
                pair.value.iter().for_each(|block| collect_from_block(block, anchors, marks));
            }
        }
        Block::Heading { text, .. } | Block::Paragraph { text } => collect_from_inlines(text, marks),
        Block::Picture(picture) => collect_from_inlines(&picture.caption, marks),
        Block::Rule => {}
        Block::Chart(chart) => collect_from_chart(chart, anchors, marks),
        Block::Table(table) => collect_from_table(table, marks),
    }
}

fn collect_from_chart(chart: &Chart, anchors: &Anchors, marks: &mut Marks) {
    if !anchors.hides_chart_tables() {
        return collect_from_table(&chart.table, marks);
    }
    collect_from_inlines(&chart.table.caption, marks);
    collect_from_inlines(&chart.table.unit_line, marks);
    chart.table.label_marks().for_each(|mark| collect_from_inlines(std::slice::from_ref(mark), marks));
}

fn collect_from_table(table: &Table, marks: &mut Marks) {
    table.texts().for_each(|text| collect_from_inlines(text, marks));
}

fn collect_from_inlines(inlines: &[Inline], marks: &mut Marks) {
    for inline in inlines {
        match inline {
            Inline::NoteMark { number, occurrence, .. } => marks.entry(*number).or_default().push(*occurrence),
            Inline::Strong { text }
            | Inline::Emphasis { text }
            | Inline::Link { text, .. }
            | Inline::Revised { text, .. } => collect_from_inlines(text, marks),
            Inline::Text { .. }
            | Inline::Figure(_)
            | Inline::Code { .. }
            | Inline::Script { .. }
            | Inline::LineBreak => {}
        }
    }
}
