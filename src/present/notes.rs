//! Numbers the notes in the order in which the document first refers to them.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    chart::number_labels,
    context::PresentContext,
    document::{Block, Cell, Inline, Note, Page, Table},
    record::Definition,
    table_head::from_left_to_right,
};
use crate::{
    diag::{Diagnostic, Place},
    model::Typesetting,
};

/// Numbers the note marks of the pages and returns the notes they refer to, in that order. Reports marks without a text
/// and texts without a mark.
pub fn number_notes(pages: &mut [Page], definitions: &[Definition], context: &PresentContext) -> Vec<Note> {
    let texts = definitions_by_id(definitions, context);
    let typesetting = &context.words.typesetting;
    let mut numbering = Numbering { texts: &texts, typesetting, order: Vec::new(), references: BTreeMap::new() };
    for page in pages.iter_mut() {
        numbering.number_blocks(&mut page.blocks);
    }
    report_unmatched(&texts, &numbering.order, context);
    let notes = numbering.order.iter().zip(1..).filter_map(|(id, number)| {
        let references = numbering.references.get(id).copied().unwrap_or(0);
        let mark = typesetting.mark(number);
        Some(Note { id: id.clone(), number, mark, text: texts.get(id)?.text.clone(), references })
    });
    notes.collect()
}

fn definitions_by_id<'a>(definitions: &'a [Definition], context: &PresentContext) -> BTreeMap<String, &'a Definition> {
    let mut texts: BTreeMap<String, &Definition> = BTreeMap::new();
    for definition in definitions {
        if let Some(first) = texts.insert(definition.id.value.clone(), definition) {
            let message = format!("the note `{}` has two texts", definition.id.value);
            let finding = Diagnostic::error("duplicate-id", message).at(&definition.id.place, "again here");
            context.report(finding.with(&first.id.place, "first here"));
        }
    }
    texts
}

fn report_unmatched(texts: &BTreeMap<String, &Definition>, used: &[String], context: &PresentContext) {
    let mut reported: BTreeSet<String> = BTreeSet::new();
    for mark in context.note_marks() {
        if !texts.contains_key(&mark.value) && reported.insert(mark.value.clone()) {
            report_missing_text(&mark.value, &mark.place, texts.keys().map(String::as_str), context);
        }
    }
    for (id, definition) in texts.iter().filter(|(id, _)| !used.contains(id) && !context.is_refused_mark(id)) {
        let message = format!("nothing refers to the note `{id}`");
        context.report(Diagnostic::error("note", message).at(&definition.id.place, ""));
    }
}

/// Reports a mark that has no text.
pub fn report_missing_text<'a>(id: &str, at: &Place, known: impl Iterator<Item = &'a str>, context: &PresentContext) {
    let near = crate::diag::nearest(id, known).map_or(String::new(), |near| format!("did you mean `{near}`?"));
    let finding = Diagnostic::error("note", format!("the note `{id}` has no text")).at(at, near);
    context.report(finding.help(format!("write `[^{id}]: …` on a line of its own in the narrative")));
}

struct Numbering<'a> {
    texts: &'a BTreeMap<String, &'a Definition>,
    typesetting: &'a Typesetting,
    order: Vec<String>,
    references: BTreeMap<String, usize>,
}

impl Numbering<'_> {
    fn number_blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph { text } => self.number_inlines(text),
                Block::List { items, .. } => items.iter_mut().for_each(|item| self.number_blocks(item)),
                Block::Quote { blocks } => self.number_blocks(blocks),
                Block::Pairs { pairs } => {
                    for pair in pairs {
                        self.number_inlines(&mut pair.name);
                        self.number_blocks(&mut pair.value);
                    }
                }
                Block::Table(table) => self.number_table(table),
                Block::Chart(chart) => {
                    self.number_table(&mut chart.table);
                    number_labels(chart, |id| Some(self.order.iter().position(|known| known == id)? + 1));
                }
                Block::Picture(picture) => self.number_inlines(&mut picture.caption),
                Block::Rule => {}
            }
        }
    }

    fn number_table(&mut self, table: &mut Table) {
        self.number_inlines(&mut table.caption);
        self.number_inlines(&mut table.unit_line);
        for [row, at] in from_left_to_right(&table.head) {
            let cell = table.head.get_mut(row).and_then(|row| row.get_mut(at));
            cell.into_iter().for_each(|cell| self.number_inlines(&mut cell.text));
        }
        for row in &mut table.rows {
            self.number_inlines(&mut row.label);
            row.cells.iter_mut().filter_map(Cell::inlines_mut).for_each(|marked| self.number_inlines(marked));
        }
    }

    /// Numbers the marks of a text and removes those without a note.
    fn number_inlines(&mut self, inlines: &mut Vec<Inline>) {
        inlines.retain(|inline| !matches!(inline, Inline::NoteMark { id, .. } if !self.texts.contains_key(id)));
        for inline in inlines {
            match inline {
                Inline::Strong { text } | Inline::Emphasis { text } | Inline::Link { text, .. } => {
                    self.number_inlines(text)
                }
                Inline::NoteMark { number, id, occurrence, mark } => {
                    if !self.order.contains(id) {
                        self.order.push(id.clone());
                    }
                    *number = self.order.iter().position(|known| known == id).map_or(0, |at| at + 1);
                    let count = self.references.entry(id.clone()).or_default();
                    *count += 1;
                    *occurrence = *count;
                    *mark = self.typesetting.mark(*number);
                }
                _ => {}
            }
        }
    }
}
