//! What a document is made of: its pictures, charts and tables, and the texts of a table.

use std::collections::{BTreeMap, BTreeSet};

use super::{Block, Cell, Chart, Document, Inline, Page, Picture, Row, Table, note_marks, plain};

/// What an empty block or cell is taken to be as text, in bytes.
const PART: usize = 32;

impl Document {
    /// The pictures of all pages, in the order of the release.
    pub fn pictures(&self) -> Vec<&Picture> {
        self.pages.iter().flat_map(Page::pictures).collect()
    }

    /// Every table, those of charts included, with the page it is on, in the order of the release.
    pub fn tables(&self) -> Vec<(&Page, &Table)> {
        let mut found = Vec::new();
        for page in &self.pages {
            each_block(&page.blocks, &mut |block| match block {
                Block::Table(table) => found.push((page, &**table)),
                Block::Chart(chart) => found.push((page, &chart.table)),
                _ => {}
            });
        }
        found
    }
}

impl Page {
    /// How much there is to write of it: about the bytes of its texts, with some more for each of its parts.
    pub fn size(&self) -> usize {
        let of = |inlines: &[Inline]| plain(inlines).len();
        let mut size = 0;
        each_block(&self.blocks, &mut |block| {
            size += PART;
            size += match block {
                Block::Heading { text, .. } | Block::Paragraph { text, .. } => of(text),
                Block::Table(table) => table.size(),
                Block::Chart(chart) => chart.table.size(),
                Block::Pairs { pairs } => pairs.iter().map(|pair| of(&pair.name)).sum(),
                Block::List { .. } | Block::Quote { .. } | Block::Rule | Block::Picture(_) => 0,
            };
        });
        size
    }

    /// The pictures of the page, in its order.
    pub fn pictures(&self) -> Vec<&Picture> {
        let mut found = Vec::new();
        each_block(&self.blocks, &mut |block| {
            if let Block::Picture(picture) = block {
                found.push(&**picture);
            }
        });
        found
    }

    /// The charts of the page, in its order.
    pub fn charts(&self) -> Vec<&Chart> {
        let mut found = Vec::new();
        each_block(&self.blocks, &mut |block| {
            if let Block::Chart(chart) = block {
                found.push(&**chart);
            }
        });
        found
    }

    /// The tables of the page, those of charts included, to be changed.
    pub fn tables_mut(&mut self) -> Vec<&mut Table> {
        let mut found = Vec::new();
        collect_tables_mut(&mut self.blocks, &mut found);
        found
    }
}

/// Every block of a page, those within lists, quotes and pairs too, in its order.
fn each_block<'a>(blocks: &'a [Block], see: &mut dyn FnMut(&'a Block)) {
    for block in blocks {
        see(block);
        match block {
            Block::List { items, .. } => items.iter().for_each(|item| each_block(item, see)),
            Block::Quote { blocks } => each_block(blocks, see),
            Block::Pairs { pairs } => pairs.iter().for_each(|pair| each_block(&pair.value, see)),
            Block::Heading { .. }
            | Block::Paragraph { .. }
            | Block::Rule
            | Block::Table(_)
            | Block::Chart(_)
            | Block::Picture(_) => {}
        }
    }
}

fn collect_tables_mut<'a>(blocks: &'a mut [Block], found: &mut Vec<&'a mut Table>) {
    for block in blocks {
        match block {
            Block::Table(table) => found.push(table),
            Block::Chart(chart) => found.push(&mut chart.table),
            Block::List { items, .. } => items.iter_mut().for_each(|item| collect_tables_mut(item, found)),
            Block::Quote { blocks } => collect_tables_mut(blocks, found),
            Block::Pairs { pairs } => pairs.iter_mut().for_each(|pair| collect_tables_mut(&mut pair.value, found)),
            Block::Heading { .. } | Block::Paragraph { .. } | Block::Rule | Block::Picture(_) => {}
        }
    }
}

impl Document {
    /// The anchors of headings, tables, charts and rows, with the number of their page, counted from 0.
    pub fn anchors(&self) -> BTreeMap<String, usize> {
        let mut anchors = BTreeMap::new();
        for (number, page) in self.pages.iter().enumerate() {
            let mut add = |name: String| _ = anchors.insert(name, number);
            page.blocks.iter().for_each(|block| add_anchors(block, &mut add));
        }
        anchors
    }
}

fn add_anchors(block: &Block, add: &mut impl FnMut(String)) {
    let mut add_table = |table: &Table| {
        add(table.id.clone());
        table.rows.iter().for_each(|row| add(format!("{}.{}", table.id, row.id)));
    };
    match block {
        Block::Heading { id, .. } => add(id.clone()),
        Block::List { items, .. } => items.iter().flatten().for_each(|block| add_anchors(block, add)),
        Block::Quote { blocks } => blocks.iter().for_each(|block| add_anchors(block, add)),
        Block::Table(table) => add_table(table),
        Block::Chart(chart) => add_table(&chart.table),
        Block::Pairs { .. } | Block::Paragraph { .. } | Block::Rule | Block::Picture(_) => {}
    }
}

impl Row {
    /// Its label, then what its cells hold of text.
    fn texts(&self) -> impl Iterator<Item = &[Inline]> {
        std::iter::once(self.label.as_slice()).chain(self.cells.iter().map(Cell::inlines))
    }
}

impl Table {
    fn size(&self) -> usize {
        let figures = self.rows.iter().flat_map(|row| &row.cells).map(|cell| PART + cell.text().len());
        self.texts().map(|text| plain(text).len()).chain(figures).sum()
    }

    /// The notes it refers to: number and id, in order of their numbers.
    pub fn notes(&self) -> BTreeMap<usize, &str> {
        self.texts().flat_map(note_marks).collect()
    }

    /// Every text that may refer to a note, in the order of reading: caption, heads, then each row with its cells.
    pub fn texts(&self) -> impl Iterator<Item = &[Inline]> {
        let heads = self.head.iter().flatten().map(|cell| cell.text.as_slice());
        [self.caption.as_slice(), &self.unit_line].into_iter().chain(heads).chain(self.rows.iter().flat_map(Row::texts))
    }

    /// The first mark of each note that the heads and labels refer to.
    pub fn label_marks(&self) -> impl Iterator<Item = &Inline> {
        let heads = self.head.iter().flatten().map(|cell| &cell.text);
        let texts = heads.chain(self.rows.iter().map(|row| &row.label));
        let mut visited = BTreeSet::new();
        texts.flatten().filter(move |inline| match inline {
            Inline::NoteMark { number, .. } => visited.insert(*number),
            _ => false,
        })
    }

    /// Whether a column holds words and no figures or marks for them, so that it is aligned like text.
    pub fn is_text_column(&self, column: usize) -> bool {
        let cells = || self.rows.iter().filter_map(|row| row.cells.get(column));
        let has_figure = |cell: &Cell| matches!(cell, Cell::Number { .. } | Cell::Mark { .. });
        cells().any(|cell| matches!(cell, Cell::Text { .. })) && !cells().any(has_figure)
    }

    /// Whether a row is the sum of rows above it, so that a rule belongs over its figures. A total whose parts are below it,
    /// or not in the table, is not.
    pub fn adds_rows_above(&self, row: usize) -> bool {
        let cells = self.rows.get(row).into_iter().flat_map(|row| &row.cells);
        let numbers = cells.filter_map(|cell| match cell {
            Cell::Number { number, .. } => Some(number),
            Cell::Blank | Cell::Mark { .. } | Cell::Text { .. } => None,
        });
        numbers.flat_map(|number| &number.sums).any(|sum| sum.parts.iter().all(|part| part.row < row))
    }
}
