//! The figures of a document in the order in which they are read, with what they stand in.

use super::sentences::ends_sentence;
use crate::present::document::{Block, Cell, Document, Inline, Table};

/// What a figure stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// The figures at the head of the first page.
    Headlines,
    /// The title or a heading.
    Heading,
    List,
    Table,
    Chart,
    Text,
}

/// A figure as it is read.
#[derive(Debug, Clone, Copy)]
pub struct ReadFigure<'a> {
    /// The figure's name, `is.total_revenues@fy2009`.
    pub name: &'a str,
    pub setting: Setting,
    /// The number of its page from 1; 0 for the title and the headlines.
    pub page: usize,
    /// The id of its page, or of its table or chart; empty for the title and the headlines.
    pub place: &'a str,
    /// A number that the figures of one list, table, chart or paragraph, and all headlines, have in common.
    pub unit: usize,
    /// A number that the figures of one sentence have in common; every cell has its own.
    pub sentence: usize,
    /// Its number in the document.
    pub at: usize,
}

/// Every figure of the headlines, the title and the pages. Notes, captions and labels are no part of it.
pub fn figures_as_read(document: &Document) -> Vec<ReadFigure<'_>> {
    let mut reader = Reader { figures: Vec::new(), page: 0, place: "", unit: 0, sentence: 0 };
    reader.text(&document.title, Setting::Heading);
    reader.unit += 1;
    for headline in &document.headlines {
        reader.sentence += 1;
        // What it is compared with stands below it.
        reader.inlines(&headline.amount, Setting::Headlines);
    }
    for page in &document.pages {
        (reader.page, reader.place) = (reader.page + 1, &page.id);
        reader.blocks(&page.blocks, None);
    }
    reader.figures
}

struct Reader<'a> {
    figures: Vec<ReadFigure<'a>>,
    page: usize,
    place: &'a str,
    unit: usize,
    sentence: usize,
}

impl<'a> Reader<'a> {
    /// Reads blocks; `list` is the unit of the outermost list around them.
    fn blocks(&mut self, blocks: &'a [Block], list: Option<usize>) {
        for block in blocks {
            match block {
                Block::Heading { text, .. } => self.text(text, Setting::Heading),
                Block::Paragraph { text } => match list {
                    Some(unit) => self.in_unit(unit, |reader| reader.text_of_unit(text, Setting::List)),
                    None => self.text(text, Setting::Text),
                },
                Block::List { items, .. } => {
                    self.unit += 1;
                    let unit = list.unwrap_or(self.unit);
                    items.iter().for_each(|item| self.blocks(item, Some(unit)));
                }
                Block::Quote { blocks } => self.blocks(blocks, list),
                Block::Pairs { pairs } => pairs.iter().for_each(|pair| {
                    self.text(&pair.name, Setting::Text);
                    self.blocks(&pair.value, list);
                }),
                Block::Table(table) => self.table(table, Setting::Table),
                Block::Chart(chart) => self.table(&chart.table, Setting::Chart),
                Block::Rule | Block::Picture(_) => {}
            }
        }
    }

    /// Reads with the number of a unit that has begun before.
    fn in_unit(&mut self, unit: usize, read: impl FnOnce(&mut Self)) {
        let next = std::mem::replace(&mut self.unit, unit);
        read(self);
        self.unit = next;
    }

    fn text(&mut self, text: &'a [Inline], setting: Setting) {
        self.unit += 1;
        self.text_of_unit(text, setting);
    }

    fn text_of_unit(&mut self, text: &'a [Inline], setting: Setting) {
        self.sentence += 1;
        // Most texts are without figures, and long.
        if has_figure(text) {
            self.inlines(text, setting);
        }
    }

    fn inlines(&mut self, text: &'a [Inline], setting: Setting) {
        for inline in text {
            match inline {
                Inline::Figure(figure) => self.figure(&figure.source, setting),
                Inline::Text { text } if ends_sentence(text) => self.sentence += 1,
                Inline::Strong { text }
                | Inline::Emphasis { text }
                | Inline::Link { text, .. }
                | Inline::Revised { text, .. } => self.inlines(text, setting),
                Inline::Text { .. }
                | Inline::Code { .. }
                | Inline::Script { .. }
                | Inline::NoteMark { .. }
                | Inline::LineBreak => {}
            }
        }
    }

    /// Reads a table row by row.
    fn table(&mut self, table: &'a Table, setting: Setting) {
        self.unit += 1;
        let page = std::mem::replace(&mut self.place, &table.id);
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            if let Cell::Number { figure, .. } = cell {
                self.sentence += 1;
                self.figure(&figure.source, setting);
            }
        }
        self.place = page;
    }

    fn figure(&mut self, name: &'a str, setting: Setting) {
        let Self { page, place, unit, sentence, .. } = *self;
        let at = self.figures.len();
        self.figures.push(ReadFigure { name, setting, page, place, unit, sentence, at });
    }
}

fn has_figure(text: &[Inline]) -> bool {
    text.iter().any(|inline| match inline {
        Inline::Figure(_) => true,
        Inline::Strong { text }
        | Inline::Emphasis { text }
        | Inline::Link { text, .. }
        | Inline::Revised { text, .. } => has_figure(text),
        _ => false,
    })
}
