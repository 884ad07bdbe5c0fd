//! Parses pipe tables: tables of text, whose figures come from expressions.

use std::{collections::BTreeMap, ops::Range};

use pulldown_cmark::{Event, Tag, TagEnd};

use super::PageParser;
use crate::{
    diag::Diagnostic,
    present::document::{Block, Cell, Column, HeadCell, Inline, Row, RowKind, Table, plain},
};

impl PageParser<'_, '_, '_, '_> {
    /// Adds the pipe table that has just begun. The first column heads the rows.
    pub(super) fn push_text_table(&mut self, span: &Range<usize>, depth: usize, blocks: &mut Vec<Block>) {
        let mut heads = Vec::new();
        let mut rows = Vec::new();
        while let Some((event, _)) = self.events.pop() {
            match event {
                Event::Start(Tag::TableHead) => heads = self.parse_cells(TagEnd::TableHead, depth),
                Event::Start(Tag::TableRow) => rows.push(self.parse_cells(TagEnd::TableRow, depth)),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        if heads.len() < 2 || rows.is_empty() {
            let finding = Diagnostic::error("narrative", "a table of text has at least two columns and one row");
            return self.context.report(finding.at(&self.place(span), ""));
        }
        let id = self.unique_anchor("text table");
        self.record_passage(span, super::Rendered::Table(id.clone()));
        let head_cell = |text: &Vec<Inline>| HeadCell { text: text.clone(), colspan: 1, rowspan: 1, group: false };
        let column = |text: &Vec<Inline>| Column { path: vec![plain(text)] };
        blocks.push(Block::Table(Box::new(Table {
            id,
            caption: Vec::new(),
            unit_line: Vec::new(),
            head: vec![heads.iter().map(head_cell).collect()],
            columns: heads.iter().skip(1).map(column).collect(),
            rows: (1..).zip(rows).map(|(number, cells)| text_row(number, cells)).collect(),
            landscape: false,
            boxed: self.page.form,
        })));
    }

    fn parse_cells(&mut self, until: TagEnd, depth: usize) -> Vec<Vec<Inline>> {
        let mut cells = Vec::new();
        while let Some((event, _)) = self.events.pop() {
            match event {
                Event::Start(Tag::TableCell) => cells.push(self.parse_inlines(Some(TagEnd::TableCell), depth + 1)),
                Event::End(end) if end == until => break,
                _ => {}
            }
        }
        cells
    }
}

fn text_row(number: usize, cells: Vec<Vec<Inline>>) -> Row {
    let mut cells = cells.into_iter();
    let label = cells.next().unwrap_or_default();
    let cell = |inlines: Vec<Inline>| match plain(&inlines) {
        plain if plain.is_empty() => Cell::Blank,
        plain => Cell::Text { plain, inlines },
    };
    Row {
        id: format!("row-{number}"),
        kind: RowKind::Item,
        indent: 0,
        label,
        cells: cells.map(cell).collect(),
        was: BTreeMap::new(),
    }
}
