//! Tables, charts and pages as they are signed: what is printed, in each language.

use std::collections::BTreeMap;

use super::{
    super::{
        CheckInput,
        translated_blocks::{Shape, TextBlock, text_blocks},
    },
    line::{SignedLine, file_hash},
};
use crate::{
    diag::Place,
    present::document::{Cell, Document, Inline, Page, Table},
};

/// A release in one language, as it is printed.
pub struct Printed<'i, 'a, 'r> {
    input: &'i CheckInput<'a, 'r>,
    /// What follows the names of lines in a translation: ` (en)`.
    mark: String,
    tables: BTreeMap<&'i str, &'i Table>,
    /// Where the rows of tables are written, by table and row.
    rows: BTreeMap<(&'i str, &'i str), &'i Place>,
}

impl<'i, 'a, 'r> Printed<'i, 'a, 'r> {
    pub fn new(input: &'i CheckInput<'a, 'r>) -> Self {
        let release = input.book.release;
        let mark = if release.is_translation() { format!(" ({})", release.language.value) } else { String::new() };
        let tables = input.presented.document.tables();
        let tables = tables.into_iter().map(|(_, table)| (table.id.as_str(), table)).collect();
        let mut rows = BTreeMap::new();
        for used in &input.presented.uses {
            if let Some(cell) = &used.cell {
                rows.entry((&*used.place, &*cell.row)).or_insert(&used.at);
            }
        }
        Self { input, mark, tables, rows }
    }

    fn document(&self) -> &'i Document {
        &self.input.presented.document
    }

    /// The name of a line: in a translation with its language.
    fn key(&self, key: &str) -> String {
        format!("{key}{}", self.mark)
    }

    /// A table or the numbers of a chart: what stands above it, then its rows; nothing if it is on no page.
    pub fn table_lines(&self, id: &str) -> Vec<SignedLine> {
        let Some(table) = self.tables.get(id) else { return Vec::new() };
        let spec = self.input.book.release.tables.iter().find(|spec| spec.id.value == id);
        let place = spec.map(|spec| &spec.id.place);
        let mut lines = Vec::new();
        let mut add = |key: &str, value: String, place| {
            if !value.is_empty() {
                lines.push(SignedLine::new(self.key(key), value, place));
            }
        };
        add("caption", with_notes(&table.caption), place);
        add("unit line", with_notes(&table.unit_line), place);
        for (number, cells) in (1..).zip(&table.head) {
            let heads: Vec<_> = cells.iter().map(|cell| with_notes(&cell.text)).collect();
            add(&format!("head {number}"), heads.join(" | "), place);
        }
        for row in &table.rows {
            let cells = row.cells.iter().map(|cell| match cell {
                Cell::Text { inlines, .. } => with_notes(inlines),
                Cell::Blank | Cell::Number { .. } | Cell::Mark { .. } => {
                    format!("{}{}", cell.text(), with_notes(cell.inlines()))
                }
            });
            let texts: Vec<_> = std::iter::once(with_notes(&row.label)).chain(cells).collect();
            let at = self.rows.get(&(id, row.id.as_str())).copied();
            add(&format!("row {}", row.id), texts.join(" | "), at.or(place));
        }
        lines
    }

    /// A page: its texts in their order with its tables; the first one after what the release has above it. Nothing if there is
    /// no such page.
    pub fn page_lines(&self, id: &str) -> Vec<SignedLine> {
        let pages = &self.document().pages;
        let Some(index) = pages.iter().position(|page| page.id == id) else { return Vec::new() };
        let page = &pages[index];
        let mut lines = if index == 0 { self.cover_lines() } else { Vec::new() };
        lines.push(SignedLine::new(self.key("page title"), &page.title, None));
        for block in text_blocks(self.input, page) {
            lines.extend(self.block_lines(&block));
        }
        lines.extend(self.picture_lines(page));
        lines
    }

    fn cover_lines(&self) -> Vec<SignedLine> {
        let (document, release) = (self.document(), self.input.book.release);
        let line = |key: &str, text: &str, place| SignedLine::new(self.key(key), text, place);
        let mut lines = vec![
            line("title", &with_notes(&document.title), Some(&release.title.place)),
            line("issuer", &document.issuer, Some(&release.issuer.place)),
            line("date", &document.date.text, None),
        ];
        let masthead = document.masthead.iter().zip(&release.masthead);
        lines.extend(masthead.map(|(text, at)| line("masthead", text, Some(&at.place))));
        lines.extend(document.headlines.iter().zip(&release.headlines).map(|(headline, at)| {
            let parts = [&headline.label, &headline.amount, &headline.change].map(|part| with_notes(part));
            line("headline", &parts.join(" | "), Some(&at.place))
        }));
        lines
    }

    fn block_lines(&self, block: &TextBlock) -> Vec<SignedLine> {
        let place = block.passage.map(|passage| &passage.at);
        let name = match block.shape {
            Shape::Table(id) | Shape::Chart(id) => return self.lines_of_table_in_page(id, place),
            Shape::TextTable { .. } => return self.lines_of_text_table(block),
            Shape::Heading(_) => String::from("heading"),
            Shape::Note(id) => format!("note {id}"),
            Shape::Picture => String::from("picture caption"),
            Shape::Name => String::from("name"),
            Shape::Paragraph => String::from("paragraph"),
            Shape::List { .. } | Shape::Item | Shape::Quote | Shape::Pairs(_) | Shape::Rule => return Vec::new(),
        };
        vec![SignedLine::new(self.key(&name), with_notes(block.text), place)]
    }

    /// A table of text, which has the id that the document gives it.
    fn lines_of_text_table(&self, block: &TextBlock) -> Vec<SignedLine> {
        let place = block.passage.map(|passage| &passage.at);
        let id = block.passage.and_then(|passage| passage.table());
        id.map(|id| self.lines_of_table_in_page(id, place)).unwrap_or_default()
    }

    fn lines_of_table_in_page(&self, id: &str, place: Option<&Place>) -> Vec<SignedLine> {
        let lines = self.table_lines(id).into_iter();
        lines
            .map(|line| SignedLine {
                key: format!("{id} {}", line.key),
                place: line.place.or_else(|| place.cloned()),
                ..line
            })
            .collect()
    }

    /// The pictures of a page: the files, and what they show.
    fn picture_lines(&self, page: &Page) -> Vec<SignedLine> {
        let lines = page.pictures().into_iter().map(|picture| {
            let value = format!("{} {}", file_hash(&picture.page.bytes), picture.alt);
            SignedLine::new(self.key(&format!("picture {}", picture.page.path)), value, None)
        });
        lines.collect()
    }
}

/// The text of inlines with the notes that they refer to, and where links lead.
fn with_notes(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } | Inline::Script { text, .. } => out.push_str(text),
            Inline::Figure(figure) => out.push_str(&figure.text),
            Inline::Strong { text } | Inline::Emphasis { text } => out.push_str(&with_notes(text)),
            Inline::Link { href, text } => out.push_str(&format!("{} <{href}>", with_notes(text))),
            Inline::NoteMark { id, .. } => out.push_str(&format!("[^{id}]")),
            Inline::LineBreak => out.push(' '),
            // What is signed is a release, and no redline.
            Inline::Revised { text, .. } => out.push_str(&with_notes(text)),
        }
    }
    out
}
