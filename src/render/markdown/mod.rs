//! The release as one GitHub-flavoured Markdown document.

mod escape;
mod inline;
mod table;

use inline::{Context, inlines};

use crate::present::document::{Block, Chart, Document, Inline, Note, Pair, Picture, note_marks};

/// The whole file: draft label, masthead, title, pages in order, note definitions.
pub fn markdown(document: &Document) -> String {
    let mut parts = Vec::new();
    if let Some(draft) = &document.draft {
        parts.push(format!("> **{}**", escape::text(&draft.mark)));
    }
    parts.extend(document.masthead.iter().map(|line| escape::line_start(&escape::text(line))));
    parts.push(heading(0, &document.title));
    for page in &document.pages {
        parts.extend(blocks(&page.blocks));
    }
    parts.extend(document.notes.iter().map(note_definition));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n") + "\n"
}

/// The blocks as Markdown, in order, to be joined with blank lines.
fn blocks(blocks: &[Block]) -> Vec<String> {
    // Two adjacent lists would be parsed as one, so every second list has other markers.
    let mut alternate = false;
    let mut out = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let after_list = number.checked_sub(1).and_then(|before| blocks.get(before));
        alternate = matches!(after_list, Some(Block::List { .. } | Block::Pairs { .. })) && !alternate;
        out.push(match block {
            Block::Heading { level, text, .. } => heading(*level, text),
            Block::Paragraph { text } => inlines(text, Context::Paragraph),
            Block::List { start, items } => list(*start, items, alternate),
            Block::Quote { blocks: inner } => quote(&blocks_text(inner)),
            Block::Pairs { pairs } => self::pairs(pairs, alternate),
            // Dashes or stars after a list marker would make the marker part of the rule.
            Block::Rule => "___".to_owned(),
            Block::Table(table) => table::table(table),
            Block::Picture(picture) => picture_text(picture),
            Block::Chart(chart) => quote(&chart_text(chart)),
        });
    }
    out
}

fn blocks_text(inner: &[Block]) -> String {
    let mut parts = blocks(inner);
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// A chart in words, then its labels that have notes.
fn chart_text(chart: &Chart) -> String {
    let noted = chart.table.texts().filter(|text| !note_marks(text).is_empty());
    let noted: Vec<_> = noted.map(|text| inlines(text, Context::Line)).collect();
    let alt = escape::text(&chart.alt);
    if noted.is_empty() { alt } else { format!("{alt}\n\n{}", noted.join("; ")) }
}

/// A picture, and its caption as a paragraph below it.
fn picture_text(picture: &Picture) -> String {
    let image = format!("![{}]({})", escape::text(&picture.alt), picture.page.path);
    let caption = inlines(&[Inline::Emphasis { text: picture.caption.clone() }], Context::Paragraph);
    if caption.is_empty() { image } else { format!("{image}\n\n{caption}") }
}

/// A heading, one level below the title of the document; Markdown has six levels.
fn heading(level: u8, text: &[Inline]) -> String {
    let marks = "#".repeat(usize::from(level.saturating_add(1).min(6)));
    format!("{marks} {}", escape::heading_end(&inlines(text, Context::Line)))
}

/// A list; without blank lines between items if each is one paragraph.
fn list(start: Option<u64>, items: &[Vec<Block>], alternate: bool) -> String {
    let tight = items.iter().all(|item| matches!(item.as_slice(), [] | [Block::Paragraph { .. }]));
    // Markdown allows at most nine digits.
    let first = start.unwrap_or_default().min(999_999_999 - items.len() as u64);
    let texts = items.iter().zip(first..).map(|(item, number)| {
        let mark = match (start, alternate) {
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            (Some(_), false) => format!("{number}. "),
            (Some(_), true) => format!("{number}) "),
        };
        let indented = indent(&blocks_text(item), mark.len());
        format!("{mark}{}", indented.trim_start()).trim_end().to_owned()
    });
    texts.collect::<Vec<_>>().join(if tight { "\n" } else { "\n\n" })
}

/// Names and values as a list, with the names in bold.
fn pairs(pairs: &[Pair], alternate: bool) -> String {
    let mark = if alternate { "* " } else { "- " };
    let texts = pairs.iter().map(|pair| {
        let name = inlines(&[Inline::Strong { text: pair.name.clone() }], Context::Line);
        let value = indent(&blocks_text(&pair.value), mark.len());
        format!("{mark}{name} {}", value.trim_start()).trim_end().to_owned()
    });
    let tight = pairs.iter().all(|pair| pair.value.len() <= 1);
    texts.collect::<Vec<_>>().join(if tight { "\n" } else { "\n\n" })
}

fn quote(text: &str) -> String {
    text.lines().map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

fn note_definition(note: &Note) -> String {
    let text = indent(&inlines(&note.text, Context::Paragraph), 4);
    format!("[^{}]: {}", note.id, text.trim_start())
}

/// Indents every line that is not blank by `by` spaces.
fn indent(text: &str, by: usize) -> String {
    let lines =
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!("{}{line}", " ".repeat(by)) });
    lines.collect::<Vec<_>>().join("\n")
}
