//! Parses the narrative: the Markdown of each page, merged with the dataset, into blocks.

mod emphasis;
mod kept_page;
mod kept_table;
mod pairs;
mod pictures;
mod refused;
mod sentence;
mod text_table;

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeWithOffset};

use emphasis::MaskedText;
use kept_table::present_table;

use super::{
    anchor::anchor_id,
    chart::build_chart,
    context::PresentContext,
    document::{Block, Inline, Page, plain},
    phrases::call_subject,
    record::{Definition, TypedText},
    scripts,
    usage::{Passage, Rendered},
};
use crate::{
    diag::{Diagnostic, Place},
    merge::{Call, Piece, alignment_points, begins_with_call, split_pieces},
    model::{At, NarrativePage, unknown_name},
};

/// The limit on nested lists, quotes and emphasis.
const MAX_DEPTH: usize = 12;

/// The parsed narrative.
#[derive(Debug, Default)]
pub struct ParsedNarrative {
    pub pages: Vec<Page>,
    pub definitions: Vec<Definition>,
    pub typed_texts: Vec<TypedText>,
    pub passages: Vec<Passage>,
    /// The tables shown so far, with the places of their calls.
    tables: Vec<At<String>>,
    /// The anchors taken so far.
    anchors: BTreeSet<String>,
    /// The headings so far: the anchor that each would have if no other had it, and the one that it has.
    headings: Vec<(String, String)>,
}

/// The ids of all notes, by their lower case, because the parser does not tell them apart by it.
struct NoteIds<'a>(BTreeMap<String, BTreeSet<&'a str>>);

/// Parses every page of the release. Mistakes are reported to `context`.
pub fn parse_narrative(context: &PresentContext) -> ParsedNarrative {
    // A table's own id is its anchor, so no heading gets it.
    let tables = context.book.release.tables.iter().map(|table| table.id.value.clone());
    let mut parsed = ParsedNarrative { anchors: tables.collect(), ..ParsedNarrative::default() };
    let release = context.book.release;
    let notes = NoteIds::of(&release.narrative);
    for page in &release.narrative {
        parsed.add_page(context, page, &notes);
    }
    if let Some(pages) = context.pages {
        pages.retain(&release.language.value, |id| release.narrative.iter().any(|page| page.id == id));
    }
    parsed.report_unplaced_tables(context);
    parsed
}

/// The text of a page with its calls replaced, and the definitions of notes that other pages have: the parser only sees a mark if the
/// note is defined on the same page.
fn merge_page(context: &PresentContext, page: &NarrativePage, notes: &NoteIds) -> (String, String) {
    let whole = Place::new(&page.source, page.body..page.source.text.len());
    let merged = context.merge(&whole);
    let elsewhere = notes.elsewhere(&merged);
    (merged, elsewhere)
}

/// Parses a page, which comes after what has been parsed.
fn parse_page(
    context: &PresentContext,
    page: &NarrativePage,
    merged: &str,
    elsewhere: &str,
    parsed: &mut ParsedNarrative,
) -> Page {
    let text = [merged, elsewhere].concat();
    let masked = MaskedText::new(&text);
    let blocks = PageParser {
        context,
        page,
        parsed,
        alignment: alignment_points(&text),
        text: &text,
        masked: &masked,
        length: merged.len(),
        events: Vec::new(),
    }
    .parse();
    let title = page.title.as_ref().map(|title| plain(&context.text(title, &page.id, None)));
    let title = title.or_else(|| first_heading(&blocks)).unwrap_or_else(|| page.id.clone());
    let NarrativePage { id, new_sheet, sheets, form, .. } = page;
    Page { id: id.clone(), title, new_sheet: *new_sheet, sheets: *sheets, form: *form, blocks }
}

impl<'a> NoteIds<'a> {
    fn of(narrative: &'a [NarrativePage]) -> Self {
        let mut ids: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for id in narrative.iter().flat_map(|page| note_ids(&page.source.text)) {
            ids.entry(id.to_lowercase()).or_default().insert(id);
        }
        Self(ids)
    }

    /// Empty definitions of the notes that a merged text has marks of and does not define.
    fn elsewhere(&self, merged: &str) -> String {
        let own: BTreeSet<&str> = note_ids(merged).collect();
        let named: BTreeSet<&str> =
            mark_ids(merged).filter_map(|id| self.0.get(&id.to_lowercase())).flatten().copied().collect();
        named.difference(&own).map(|id| format!("\n\n[^{id}]:\n")).collect()
    }
}

/// The ids of lines that begin with `[^id]:`.
fn note_ids(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| line.strip_prefix("[^")?.split_once("]:").map(|(id, _)| id))
}

/// What stands between `[^` and `]`.
fn mark_ids(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("[^").filter_map(|(at, mark)| text[at + mark.len()..].split(']').next())
}

fn first_heading(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Heading { text, .. } => Some(plain(text)),
        _ => None,
    })
}

impl ParsedNarrative {
    fn report_unplaced_tables(&self, context: &PresentContext) {
        // A translation may have some of the pages only.
        if context.book.release.is_translation() {
            return;
        }
        // The call for the table may be among those that failed, or on a page that could not be read.
        if context.book.release.is_incomplete() || context.has_reported(&["template", "unknown-table"]) {
            return;
        }
        for spec in &context.book.release.tables {
            if !self.tables.iter().any(|placed| placed.value == spec.id.value) {
                let what = if spec.chart.is_some() { "chart" } else { "table" };
                let message = format!("the {what} `{}` is on no page", spec.id.value);
                let help = format!("write `{{{{ \"{}\" | {what} }}}}` in a paragraph of its own", spec.id.value);
                context.report(Diagnostic::error("unplaced-table", message).at(&spec.place, "").help(help));
            }
        }
    }
}

/// Parses the Markdown events of one page into blocks.
struct PageParser<'a, 't, 'p, 'r> {
    context: &'a PresentContext<'p, 'r>,
    page: &'a NarrativePage,
    parsed: &'t mut ParsedNarrative,
    text: &'a str,
    /// The same for the parser.
    masked: &'a MaskedText<'a>,
    /// The length of the page's own text; empty note definitions follow it.
    length: usize,
    /// Where positions of the merged text and of the file agree, `(merged, file)`.
    alignment: Vec<(usize, usize)>,
    /// The events to come, last first.
    events: Vec<(Event<'a>, std::ops::Range<usize>)>,
}

impl<'a> PageParser<'a, '_, '_, '_> {
    fn parse(mut self) -> Vec<Block> {
        // What is refused by name must be known.
        let refused = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS | Options::ENABLE_GFM;
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_DEFINITION_LIST | refused;
        let escaped = |at: usize| self.text.get(..at).is_some_and(|before| before.ends_with('\\'));
        let events = Parser::new_ext(&self.masked.text, options).into_offset_iter();
        let parser = events.map(|(event, span)| match self.masked.restore(event) {
            Event::Text(text) if escaped(span.start) => {
                (Event::Text(scripts::escape(&text).map_or(text, |text| text.into())), span)
            }
            event => (event, span),
        });
        self.events = TextMergeWithOffset::new(parser).collect();
        self.events.reverse();
        self.parse_blocks(None, 0)
    }

    /// The place in the page's file of a span of merged text.
    fn place(&self, span: &std::ops::Range<usize>) -> Place {
        let after = self.alignment.partition_point(|(merged, _)| *merged <= span.start);
        let point = after.checked_sub(1).and_then(|before| self.alignment.get(before));
        let (merged, source) = point.copied().unwrap_or((0, self.page.body));
        let start = (source + (span.start - merged)).min(self.page.source.text.len());
        let next = self.alignment.get(after).map(|(merged, _)| *merged);
        let end = span.end.min(next.unwrap_or(span.end));
        let end = (start + (end - span.start)).min(self.page.source.text.len());
        Place::new(&self.page.source, start..end)
    }

    /// Records the block made from a span of merged text.
    fn record_passage(&mut self, span: &std::ops::Range<usize>, rendered: Rendered) {
        let [start, end] = [span.start, span.end].map(|at| self.place(&(at..at)).start);
        let at = Place::new(&self.page.source, start..end.max(start));
        self.parsed.passages.push(Passage { page: self.page.id.clone(), at, rendered });
    }

    /// The blocks up to the end of `until`.
    fn parse_blocks(&mut self, until: Option<TagEnd>, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some((event, span)) = self.events.pop() {
            match event {
                Event::End(end) if Some(end) == until => break,
                Event::Start(_) if depth > MAX_DEPTH => {
                    self.report_error("nested too deeply", &span);
                    self.skip();
                }
                Event::Start(tag) if !is_inline(&tag) => self.parse_block(tag, span, depth, &mut blocks),
                Event::Rule => blocks.push(Block::Rule),
                // A tight list item holds its text without a paragraph.
                Event::End(_) => {}
                text => {
                    let start = span.start;
                    self.events.push((text, span));
                    let text = self.parse_inlines(None, depth + 1);
                    let end = match self.events.last() {
                        Some((Event::End(_), item)) => item.end,
                        Some((_, next)) => next.start,
                        None => self.length,
                    };
                    self.push_paragraph(text, &(start..end), &mut blocks);
                }
            }
        }
        blocks
    }

    fn parse_block(&mut self, tag: Tag<'a>, span: std::ops::Range<usize>, depth: usize, blocks: &mut Vec<Block>) {
        let end = tag.to_end();
        match tag {
            Tag::Paragraph => {
                if let Some(call) = self.lone_table_call() {
                    self.skip();
                    return self.push_table(&call, &span, blocks);
                }
                if self.is_lone_picture() {
                    return self.push_picture(&span, depth, blocks);
                }
                let text = self.parse_inlines(Some(end), depth + 1);
                self.push_paragraph(text, &span, blocks);
            }
            Tag::Heading { level, .. } => {
                let text = self.parse_inlines(Some(end), depth + 1);
                let id = self.unique_anchor(&plain(&text));
                self.record_passage(&span, Rendered::Heading(id.clone()));
                blocks.push(Block::Heading { level: heading_level(level), id, text });
            }
            Tag::BlockQuote(None) => blocks.push(Block::Quote { blocks: self.parse_blocks(Some(end), depth + 1) }),
            Tag::List(start) => blocks.push(Block::List { start, items: self.parse_items(end, depth) }),
            Tag::CodeBlock(_) | Tag::HtmlBlock => {
                let is_code = end == TagEnd::CodeBlock;
                let text = self.raw_text(end);
                if is_code {
                    let text = self.reject_calls(&text, &span);
                    let text = vec![Inline::Text { text: text.trim_end().to_owned() }];
                    self.push_paragraph(text, &span, blocks);
                } else {
                    self.report_html_block(&text, &span);
                }
            }
            Tag::FootnoteDefinition(id) => self.parse_definition(&id, &span, depth),
            Tag::Table(_) => self.push_text_table(&span, depth, blocks),
            Tag::DefinitionList => self.push_pairs(depth, blocks),
            tag => {
                self.report_refused(&tag, &span);
                self.skip();
            }
        }
    }

    fn push_paragraph(&mut self, text: Vec<Inline>, span: &std::ops::Range<usize>, blocks: &mut Vec<Block>) {
        if !text.is_empty() {
            self.record_passage(span, Rendered::Paragraph(plain(&text)));
            blocks.push(Block::Paragraph { text });
        }
    }

    fn parse_items(&mut self, until: TagEnd, depth: usize) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some((event, _)) = self.events.pop() {
            match event {
                Event::Start(Tag::Item) => items.push(self.parse_blocks(Some(TagEnd::Item), depth + 1)),
                Event::End(end) if end == until => break,
                _ => {}
            }
        }
        items
    }

    fn parse_definition(&mut self, id: &str, span: &std::ops::Range<usize>, depth: usize) {
        let passages = self.parsed.passages.len();
        let blocks = self.parse_blocks(Some(TagEnd::FootnoteDefinition), depth + 1);
        // A note is one passage, whatever it consists of.
        self.parsed.passages.truncate(passages);
        if span.start >= self.length {
            return;
        }
        let mut text: Vec<Inline> = Vec::new();
        for block in blocks {
            let Block::Paragraph { text: more } = block else {
                self.report_error("a note is paragraphs of text", span);
                continue;
            };
            if !text.is_empty() {
                text.push(Inline::LineBreak);
            }
            text.extend(more);
        }
        if text.iter().any(|inline| matches!(inline, Inline::NoteMark { .. })) {
            self.report_error("a note cannot refer to another note", span);
            text.retain(|inline| !matches!(inline, Inline::NoteMark { .. }));
        }
        let at = At::new(id.to_owned(), self.place(&(span.start..span.start + id.len() + 3)));
        self.record_passage(span, Rendered::Note(id.to_owned()));
        self.parsed.definitions.push(Definition { id: at, text });
    }

    /// The call, if the paragraph that begins here is one call of `table` or `chart` and nothing else.
    fn lone_table_call(&self) -> Option<Call> {
        let mut next_events = self.events.iter().rev();
        let (Some((Event::Text(text), _)), Some((Event::End(TagEnd::Paragraph), _))) =
            (next_events.next(), next_events.next())
        else {
            return None;
        };
        let text = text.trim();
        if !begins_with_call(text) {
            return None;
        }
        match split_pieces(text).as_slice() {
            [Piece::Call(call)] if ["table", "chart"].contains(&call.filter.as_str()) => Some(call.clone()),
            _ => None,
        }
    }

    /// Builds the table or chart of a call, once in the release.
    fn push_table(&mut self, call: &Call, span: &std::ops::Range<usize>, blocks: &mut Vec<Block>) {
        let at = call.span.clone().map_or_else(|| self.place(span), |span| Place::new(&self.page.source, span));
        let release = self.context.book.release;
        let Some(spec) = release.tables.iter().find(|table| table.id.value == call.subject) else {
            if release.is_unread(&call.subject) {
                return;
            }
            let known = release.tables.iter().map(|table| table.id.value.as_str());
            let at = call_subject(call, &at);
            return self.context.report(unknown_name("unknown-table", "table", &call.subject, &at, known));
        };
        if let Some(first) = self.parsed.tables.iter().find(|placed| placed.value == call.subject) {
            let finding = Diagnostic::error("duplicate-id", format!("the table `{}` is defined twice", call.subject));
            return self.context.report(finding.at(&at, "again here").with(&first.place, "first here"));
        }
        self.parsed.tables.push(At::new(call.subject.clone(), at));
        self.record_passage(span, Rendered::Table(call.subject.clone()));
        let mut table = present_table(self.context, spec);
        table.boxed = spec.boxed.unwrap_or(self.page.form && spec.chart.is_none());
        let (is_chart, wants_chart) = (spec.chart.is_some(), call.filter == "chart");
        if is_chart != wants_chart {
            let what = if is_chart { "chart" } else { "table" };
            let finding = Diagnostic::error("unknown-table", format!("`{}` is a {what}", call.subject));
            self.context.report(finding.at(&self.place(span), format!("write `| {what}`")));
        }
        blocks.push(match spec.chart {
            Some(spec) => Block::Chart(Box::new(build_chart(self.context, spec, table))),
            None => Block::Table(Box::new(table)),
        });
    }

    fn raw_text(&mut self, until: TagEnd) -> String {
        let mut text = String::new();
        while let Some((event, _)) = self.events.pop() {
            match event {
                Event::End(end) if end == until => break,
                Event::Text(more) | Event::Html(more) | Event::InlineHtml(more) => text.push_str(&more),
                _ => {}
            }
        }
        text
    }

    /// An anchor for a heading that no other heading or table has.
    fn unique_anchor(&mut self, text: &str) -> String {
        let base = anchor_id(text, "section");
        let id = unique_anchor(&mut self.parsed.anchors, &base);
        self.parsed.headings.push((base, id.clone()));
        id
    }

    /// Reports an error at the first line of a span.
    fn report_error(&self, message: &str, span: &std::ops::Range<usize>) {
        let place = self.place(span);
        let first = place.text().find('\n').map_or(place.end, |len| place.start + len);
        self.context.report(Diagnostic::error("narrative", message).at(&Place { end: first, ..place }, ""));
    }

    /// Skips all events up to the end of the element that has just begun.
    fn skip(&mut self) {
        let mut open = 1_usize;
        while let Some((event, _)) = self.events.pop() {
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open -= 1,
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
    }
}

/// The first of `base`, `base-2` and so on that is not taken, which is taken then.
fn unique_anchor(anchors: &mut BTreeSet<String>, base: &str) -> String {
    let mut id = base.to_owned();
    let mut number = 2;
    while !anchors.insert(id.clone()) {
        id = format!("{base}-{number}");
        number += 1;
    }
    id
}

/// Whether an element is part of a line of text.
fn is_inline(tag: &Tag) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn heading_level(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
