//! Texts that say why something is useful to investors, and what they are about.

use std::collections::BTreeSet;

use super::{CheckInput, FigureNames, clause::find_phrase, phrase_search::PhraseSearch, showing::Showing};
use crate::{
    model::{Node, ProseWords, Rows, parse_formula},
    present::document::{Block, Document, Inline, Table, note_marks, plain},
};

/// The texts of a release that say why something is useful to investors.
pub struct Reasons<'a> {
    /// Each with all that it may be about: itself, and the heading and the texts of its section.
    texts: Vec<String>,
    /// The ids of notes that say it.
    notes: BTreeSet<&'a str>,
    /// Texts that refer to such notes: what they say, and the figures in them.
    marked: Vec<MarkedText<'a>>,
    /// Tables with the ids of rows that refer to such a note; without rows if the caption or a head does.
    tables: Vec<(&'a str, Option<&'a str>)>,
}

/// A text that refers to a note.
struct MarkedText<'a> {
    text: String,
    figures: BTreeSet<&'a str>,
}

impl<'a> Reasons<'a> {
    /// Looks at the pages and the notes of a release.
    pub fn new(input: &CheckInput<'a, '_>) -> Self {
        let (document, words) = (&input.presented.document, WhyWords::new(&input.words.prose));
        let mut reasons = Self { texts: Vec::new(), notes: BTreeSet::new(), marked: Vec::new(), tables: Vec::new() };
        for note in &document.notes {
            let text = lower(&note.text);
            if words.are_in(&text) {
                reasons.notes.insert(&note.id);
                reasons.texts.push(text);
            }
        }
        reasons.read_pages(document, &words);
        reasons
    }

    /// Whether one of the texts is about a figure: it has one of its labels, or stands as a note to what shows it.
    pub fn has_any(&self, labels: &BTreeSet<String>, shown: &[Showing]) -> bool {
        let is_named = |text: &String| labels.iter().any(|label| find_phrase(text, label).next().is_some());
        let is_noted = |showing: &Showing| match &showing.used.cell {
            Some(cell) => self
                .tables
                .iter()
                .any(|(table, row)| *table == &*showing.used.place && row.is_none_or(|row| row == &*cell.row)),
            None => self.marked.iter().any(|marked| marked.figures.contains(showing.used.name())),
        };
        self.texts.iter().any(is_named)
            || self.marked.iter().any(|marked| is_named(&marked.text))
            || shown.iter().any(is_noted)
    }

    fn read_pages(&mut self, document: &'a Document, why: &WhyWords) {
        for page in &document.pages {
            let mut section = Section::default();
            for text in texts_of(&page.blocks) {
                if text.is_heading {
                    self.end_section(std::mem::take(&mut section));
                }
                let words = lower(text.inlines);
                section.says_why |= !text.is_heading && why.are_in(&words);
                section.text += &words;
                section.text.push('\n');
                if note_marks(text.inlines).iter().any(|(_, id)| self.notes.contains(id)) {
                    self.marked.push(MarkedText { text: words, figures: figures_in(text.inlines) });
                }
            }
            self.end_section(section);
        }
        for (_, table) in document.tables() {
            self.read_table(table);
        }
    }

    fn end_section(&mut self, section: Section) {
        if section.says_why {
            self.texts.push(section.text);
        }
    }

    fn read_table(&mut self, table: &'a Table) {
        let notes = &self.notes;
        let has_mark = |inlines: &[Inline]| note_marks(inlines).iter().any(|(_, id)| notes.contains(id));
        let heads = table.head.iter().flatten().map(|cell| cell.text.as_slice());
        let is_of_all = [table.caption.as_slice(), &table.unit_line].into_iter().chain(heads).any(has_mark);
        let rows = table
            .rows
            .iter()
            .filter(|row| has_mark(&row.label) || row.cells.iter().any(|cell| has_mark(cell.inlines())));
        let found: Vec<_> = rows.map(|row| (table.id.as_str(), Some(row.id.as_str()))).collect();
        self.tables.extend(is_of_all.then_some((table.id.as_str(), None)));
        self.tables.extend(found);
    }
}

/// What stands below one heading, with the heading.
#[derive(Default)]
struct Section {
    text: String,
    says_why: bool,
}

/// A heading, a paragraph or a name beside its value.
struct PageText<'a> {
    inlines: &'a [Inline],
    is_heading: bool,
}

fn texts_of(blocks: &[Block]) -> Vec<PageText<'_>> {
    let mut found = Vec::new();
    collect_texts(blocks, &mut found);
    found
}

fn collect_texts<'a>(blocks: &'a [Block], found: &mut Vec<PageText<'a>>) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } => found.push(PageText { inlines: text, is_heading: true }),
            Block::Paragraph { text } => found.push(PageText { inlines: text, is_heading: false }),
            Block::List { items, .. } => items.iter().for_each(|item| collect_texts(item, found)),
            Block::Quote { blocks } => collect_texts(blocks, found),
            Block::Pairs { pairs } => pairs.iter().for_each(|pair| {
                found.push(PageText { inlines: &pair.name, is_heading: false });
                collect_texts(&pair.value, found);
            }),
            Block::Rule | Block::Table(_) | Block::Chart(_) | Block::Picture(_) => {}
        }
    }
}

fn lower(inlines: &[Inline]) -> String {
    plain(inlines).to_lowercase()
}

/// The words for what is useful and for those whom it is useful to.
struct WhyWords<'a> {
    prose: &'a ProseWords,
    /// All of them; few texts have any.
    search: PhraseSearch,
}

impl<'a> WhyWords<'a> {
    fn new(prose: &'a ProseWords) -> Self {
        Self { prose, search: PhraseSearch::all(prose.informative.iter().chain(&prose.investors)) }
    }

    /// Whether a text in lower case has a word of either kind.
    fn are_in(&self, text: &str) -> bool {
        let has = |words: &[String]| words.iter().any(|word| find_phrase(text, word).next().is_some());
        let is_any = self.search.find(text).next().is_some();
        is_any && has(&self.prose.investors) && has(&self.prose.informative)
    }
}

/// The names of the figures in a text.
fn figures_in(inlines: &[Inline]) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for inline in inlines {
        match inline {
            Inline::Figure(figure) => _ = found.insert(figure.source.as_str()),
            Inline::Strong { text }
            | Inline::Emphasis { text }
            | Inline::Link { text, .. }
            | Inline::Revised { text, .. } => found.extend(figures_in(text)),
            _ => {}
        }
    }
    found
}

/// The labels of a figure in lower case: its own, and those that rows and headlines give it, without what is in brackets at their end.
pub fn labels(input: &CheckInput, names: &FigureNames) -> BTreeSet<String> {
    let release = input.book.release;
    let lines = names.iter().filter_map(|name| release.line(name)).map(|(_, line)| &line.label);
    let measures = names.iter().filter_map(|name| release.measure(name)?.label.as_ref());
    let rows = release.tables.iter().filter_map(|table| match &table.rows {
        Rows::List(rows) => Some(rows),
        Rows::Lines { .. } => None,
    });
    let is_own = |name: &str| names.contains(name);
    let of_rows = rows.flatten().filter(|row| row.keys.line.as_ref().is_some_and(|line| is_own(&line.value)));
    let of_headlines = release.headlines.iter().filter(|headline| {
        let figure = parse_formula(&headline.figure.value, &headline.figure.place);
        figure.is_ok_and(|figure| match &figure.node {
            Node::Line { name, .. } => is_own(name),
            Node::In(inner, _) => matches!(&inner.node, Node::Line { name, .. } if is_own(name)),
            _ => false,
        })
    });
    let given =
        of_rows.filter_map(|row| row.label.as_ref()).chain(of_headlines.filter_map(|headline| headline.label.as_ref()));
    let all = lines.chain(measures).chain(given).map(|label| without_brackets(&label.value).to_lowercase());
    all.filter(|label| !label.is_empty()).collect()
}

/// A label without brackets at its end, "Adjusted EBITDA (1)".
fn without_brackets(label: &str) -> &str {
    let label = label.trim();
    let end = label.ends_with([')', '）']).then(|| label.rfind(['(', '（'])).flatten();
    label[..end.unwrap_or(label.len())].trim()
}
