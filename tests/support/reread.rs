//! Reads the text of a Markdown document in GitHub's flavour.

use kessan::present::document::{Block, Document, Table, plain};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Tables are rows of cells, the head first. Paragraphs include those of tight list items, not those of quotes and notes.
#[derive(Debug, Default)]
pub struct Read {
    pub tables: Vec<Vec<Vec<String>>>,
    pub headings: Vec<String>,
    pub paragraphs: Vec<String>,
}

/// Reads `markdown`.
pub fn read(markdown: &str) -> Read {
    let mut read = Read::default();
    let mut text = String::new();
    for event in
        Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH)
    {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::Start(Tag::Table(_)) => read.tables.push(Vec::new()),
            Event::Start(Tag::TableHead | Tag::TableRow) => read.tables.last_mut().unwrap().push(Vec::new()),
            Event::Start(Tag::TableCell | Tag::Paragraph | Tag::Item | Tag::Heading { .. }) => text.clear(),
            Event::End(TagEnd::TableCell) => {
                read.tables.last_mut().unwrap().last_mut().unwrap().push(std::mem::take(&mut text));
            }
            Event::End(TagEnd::Heading(_)) => read.headings.push(std::mem::take(&mut text)),
            Event::End(TagEnd::Paragraph | TagEnd::Item) if !text.is_empty() => {
                read.paragraphs.push(std::mem::take(&mut text));
            }
            Event::Start(Tag::FootnoteDefinition(_)) => break,
            _ => {}
        }
    }
    read
}

/// What `read` should find.
pub fn tables(document: &Document) -> Vec<Vec<Vec<String>>> {
    document.pages.iter().flat_map(|page| &page.blocks).filter_map(table).collect()
}

/// What `read` should find.
pub fn headings(document: &Document) -> Vec<String> {
    let blocks = document.pages.iter().flat_map(|page| &page.blocks);
    let headings = blocks.filter_map(|block| match block {
        Block::Heading { text, .. } => Some(plain(text)),
        _ => None,
    });
    std::iter::once(plain(&document.title)).chain(headings).collect()
}

fn table(block: &Block) -> Option<Vec<Vec<String>>> {
    let Block::Table(table) = block else { return None };
    let rows = table.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| cell.text().to_owned());
        std::iter::once(plain(&row.label)).chain(cells).collect()
    });
    Some(std::iter::once(head(table)).chain(rows).collect())
}

fn head(table: &Table) -> Vec<String> {
    let columns = table.columns.iter().map(|column| column.path.join(" / "));
    std::iter::once(plain(&table.head[0][0].text)).chain(columns).collect()
}
