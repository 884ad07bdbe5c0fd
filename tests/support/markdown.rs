//! Reads the built Markdown document: its pipe tables, and its text without them.

use super::reading::{Reading, Row, Table, tidy, tidy_cell};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Reads the document in order. A table's caption is the bold opening of the last paragraph that has one, or the last heading.
pub fn read(document: &str) -> Reading {
    let mut reader = Reader::default();
    for event in Parser::new_ext(document, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        reader.event(event);
    }
    reader.flush();
    reader.reading
}

#[derive(Default)]
struct Reader {
    reading: Reading,
    text: String,
    /// Whether the block is a heading, or a paragraph that opens in bold.
    title: bool,
    caption: Option<String>,
    in_strong: bool,
    cells: Vec<String>,
    in_table: bool,
}

impl Reader {
    fn event(&mut self, event: Event) {
        match event {
            Event::Text(text) | Event::Code(text) => self.text.push_str(&text),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.line_break(),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.line_break(),
            Event::Start(Tag::Strong) => {
                self.in_strong = true;
                self.title |= !self.in_table && self.text.trim().is_empty();
            }
            Event::End(TagEnd::Strong) => {
                if self.title && self.in_strong && !self.in_table {
                    self.caption = Some(tidy(&self.text));
                }
                self.in_strong = false;
            }
            Event::Start(Tag::Table(_)) => {
                self.flush();
                self.in_table = true;
                self.reading.tables.push(Table { caption: self.caption.clone(), ..Table::default() });
            }
            Event::End(TagEnd::Table) => self.in_table = false,
            Event::End(TagEnd::TableCell) => self.cells.push(std::mem::take(&mut self.text)),
            Event::End(TagEnd::TableHead | TagEnd::TableRow) => self.row(),
            Event::Start(Tag::Heading { .. }) => {
                self.flush();
                self.title = true;
            }
            Event::End(TagEnd::Heading(_)) => {
                self.caption = Some(tidy(&self.text));
                self.flush();
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::FootnoteDefinition(_))
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::FootnoteDefinition) => self.flush(),
            _ => {}
        }
    }

    fn line_break(&mut self) {
        if self.in_table {
            self.text.push(' ');
        } else {
            let title = self.title;
            self.flush();
            self.title = title;
        }
    }

    fn flush(&mut self) {
        self.reading.push(&self.text, self.title);
        self.text.clear();
        self.title = false;
    }

    fn row(&mut self) {
        let mut cells = std::mem::take(&mut self.cells).into_iter();
        let label = tidy(&cells.next().unwrap_or_default());
        let Some(table) = self.reading.tables.last_mut() else { return };
        if table.columns.is_empty() {
            table.columns = cells.map(|cell| tidy(&cell)).collect();
        } else {
            table.rows.push(Row { label, cells: cells.map(|cell| tidy_cell(&cell)).collect() });
        }
    }
}

#[cfg(test)]
const SAMPLE: &str = "# Results

Revenues were JPY1\\
million[^a].

- *One*
- Two

**CAPEX** (JPY in millions)

|  | FY2008 / % | FY2009 / % |
|---|--:|--:|
| ASSETS |  |  |
| **Cash**[^a] | (1.5%) | - |

[^a]: A note.
";

#[test]
fn a_pipe_table_takes_its_caption_from_the_bold_line() {
    let expected = Table {
        caption: Some("CAPEX".into()),
        columns: vec!["FY2008 / %".into(), "FY2009 / %".into()],
        rows: vec![
            Row { label: "ASSETS".into(), cells: vec![String::new(), String::new()] },
            Row { label: "Cash".into(), cells: vec!["(1.5%)".into(), "-".into()] },
        ],
    };
    assert_eq!(read(SAMPLE).tables, [expected]);
}

#[test]
fn text_is_read_in_blocks_with_notes_and_without_marks() {
    let texts: Vec<String> = read(SAMPLE).blocks.into_iter().map(|block| block.text).collect();
    assert_eq!(
        texts,
        ["Results", "Revenues were JPY1", "million.", "One", "Two", "CAPEX (JPY in millions)", "A note."]
    );
}
