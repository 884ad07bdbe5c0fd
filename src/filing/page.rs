//! The blocks of the page that is filed.

use super::{Builder, fact::Span};
use crate::present::document;

/// A block of the page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Heading { level: u8, text: Vec<Span> },
    Paragraph(Vec<Span>),
    Table(Table),
}

/// A table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub caption: Vec<Span>,
    /// Whether it holds words, not numbers.
    pub is_of_words: bool,
    pub head: Vec<Vec<HeadCell>>,
    pub rows: Vec<Row>,
}

/// A cell of a table's head.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadCell {
    pub text: Vec<Span>,
    pub colspan: usize,
    pub rowspan: usize,
}

/// A row: its label, then its cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub label: Vec<Span>,
    pub cells: Vec<Vec<Span>>,
}

impl Builder<'_, '_> {
    /// What stands above the first page of a release: its title and its day.
    pub(super) fn head(&mut self, document: &document::Document) -> [Block; 2] {
        let title = self.spans(&document.title, "");
        let date = self.spans(&[document::Inline::Text { text: document.date.text.clone() }], "");
        [Block::Heading { level: 0, text: title }, Block::Paragraph(date)]
    }

    /// The blocks of the page with their facts; pictures are left out.
    pub(super) fn blocks(&mut self, blocks: &[document::Block], page: &str) -> Vec<Block> {
        let mut filed = Vec::new();
        for block in blocks {
            match block {
                document::Block::Heading { level, text, .. } => {
                    filed.push(Block::Heading { level: *level, text: self.spans(text, page) });
                }
                document::Block::Paragraph { text } => filed.push(Block::Paragraph(self.spans(text, page))),
                document::Block::List { items, .. } => {
                    items.iter().for_each(|item| filed.extend(self.blocks(item, page)));
                }
                document::Block::Quote { blocks } => filed.extend(self.blocks(blocks, page)),
                document::Block::Pairs { pairs } => filed.push(self.pairs(pairs, page)),
                document::Block::Table(table) => filed.push(self.table(table)),
                document::Block::Chart(chart) => filed.push(self.table(&chart.table)),
                document::Block::Rule | document::Block::Picture(_) => {}
            }
        }
        filed
    }

    /// Names with their values as a table.
    fn pairs(&mut self, pairs: &[document::Pair], page: &str) -> Block {
        let rows = pairs.iter().map(|pair| {
            let label = self.spans(&pair.name, page);
            let mut value = Vec::new();
            for block in self.blocks(&pair.value, page) {
                if let Block::Paragraph(spans) | Block::Heading { text: spans, .. } = block {
                    value.extend((!value.is_empty()).then_some(Span::LineBreak));
                    value.extend(spans);
                }
            }
            Row { label, cells: vec![value] }
        });
        Block::Table(Table { rows: rows.collect(), is_of_words: true, ..Table::default() })
    }

    fn table(&mut self, table: &document::Table) -> Block {
        let id = &table.id;
        let mut caption = self.spans(&table.caption, id);
        let unit_line = self.spans(&table.unit_line, id);
        if !caption.is_empty() && !unit_line.is_empty() {
            caption.push(Span::LineBreak);
        }
        caption.extend(unit_line);
        let head = table.head.iter().map(|row| {
            let cell = |cell: &document::HeadCell| HeadCell {
                text: self.spans(&cell.text, id),
                colspan: cell.colspan,
                rowspan: cell.rowspan,
            };
            row.iter().map(cell).collect()
        });
        let head = head.collect();
        let rows = table.rows.iter().map(|row| {
            let label = self.spans(&row.label, id);
            Row { label, cells: row.cells.iter().map(|cell| self.cell(cell, id)).collect() }
        });
        Block::Table(Table { caption, is_of_words: false, head, rows: rows.collect() })
    }
}
