//! The blocks of a page beside those of its translation.

use std::collections::BTreeSet;

use super::CheckInput;
use crate::{
    diag::Place,
    present::{
        Passage, Rendered,
        document::{Block, Cell, Inline, Page, Row, Table},
    },
};

/// A page of the original and its translation, block by block in the order of reading, then their notes.
pub struct TranslatedPage<'a> {
    pub id: &'a str,
    pub original: Vec<TextBlock<'a>>,
    pub translation: Vec<TextBlock<'a>>,
}

/// A block of a page, or the beginning of one that has blocks of its own.
#[derive(Debug)]
pub struct TextBlock<'a> {
    pub shape: Shape<'a>,
    /// The text of a heading, paragraph or note.
    pub text: &'a [Inline],
    /// Where it is written; none of blocks that only hold others.
    pub passage: Option<&'a Passage>,
    /// The texts of the cells of a table of text, row by row, and the words that say what a picture shows.
    pub parts: Vec<&'a [Inline]>,
    pub alt: &'a str,
}

/// What a block is, whatever its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape<'a> {
    Heading(u8),
    Paragraph,
    /// A list, its first number if it is numbered, and how many items it has.
    List {
        start: Option<u64>,
        items: usize,
    },
    Item,
    Quote,
    /// Names with values: how many.
    Pairs(usize),
    /// A name, before its value.
    Name,
    Rule,
    Table(&'a str),
    /// A table of text in the narrative.
    TextTable {
        columns: usize,
        rows: usize,
    },
    Chart(&'a str),
    Picture,
    Note(&'a str),
}

impl Shape<'_> {
    /// The block in words.
    pub fn describe(self) -> String {
        match self {
            Self::Heading(level) => format!("a heading of level {level}"),
            Self::Paragraph => String::from("a paragraph"),
            Self::List { start: Some(1), items } => format!("a numbered list with {items} items"),
            Self::List { start: Some(first), items } => format!("a list with {items} items from number {first}"),
            Self::List { start: None, items } => format!("a list with {items} items"),
            Self::Item => String::from("an item of a list"),
            Self::Quote => String::from("a quotation"),
            Self::Pairs(count) => format!("a list of {count} names with values"),
            Self::Name => String::from("a name with its value"),
            Self::Rule => String::from("a rule"),
            Self::Table(id) => format!("the table `{id}`"),
            Self::TextTable { columns, rows } => format!("a table of {rows} rows and {columns} columns of text"),
            Self::Chart(id) => format!("the chart `{id}`"),
            Self::Picture => String::from("a picture"),
            Self::Note(id) => format!("the note `{id}`"),
        }
    }
}

impl<'a> TextBlock<'a> {
    /// A block without a text of its own.
    fn new(shape: Shape<'a>) -> Self {
        Self { shape, text: &[], passage: None, parts: Vec::new(), alt: "" }
    }
}

impl<'a> TranslatedPage<'a> {
    /// The pages that a translation has.
    pub fn all(original: &'a CheckInput, translation: &'a CheckInput) -> Vec<Self> {
        let pages = &original.presented.document.pages;
        let pair = |page: &'a Page| {
            let own = pages.iter().find(|original| original.id == page.id)?;
            let (original, translation) = (text_blocks(original, own), text_blocks(translation, page));
            Some(Self { id: &page.id, original, translation })
        };
        translation.presented.document.pages.iter().filter_map(pair).collect()
    }

    /// The blocks that correspond, up to the first that differ; and those, if any.
    pub fn pairs(&self) -> (Vec<(&TextBlock<'a>, &TextBlock<'a>)>, Option<Difference<'_, 'a>>) {
        let same = |(own, other): &(&TextBlock, &TextBlock)| own.shape == other.shape;
        let pairs: Vec<_> = self.original.iter().zip(&self.translation).take_while(same).collect();
        let next = (self.original.get(pairs.len()), self.translation.get(pairs.len()));
        let difference =
            (next.0.is_some() || next.1.is_some()).then_some(Difference { original: next.0, translation: next.1 });
        (pairs, difference)
    }

    /// The one block that, left out, makes the blocks behind the first difference correspond: whether it is of the translation, and its
    /// position. Among blocks of the same kind it is the one without which most of the others state the same; `states` gives what a
    /// block states.
    pub fn added_block<S: PartialEq + Default>(
        &self,
        states: impl Fn(bool, &TextBlock<'a>) -> S,
    ) -> Option<(bool, usize)> {
        let first = self.pairs().0.len();
        let sides = [false, true].map(|is_translation| {
            let (longer, shorter) = match is_translation {
                false => (&self.original, &self.translation),
                true => (&self.translation, &self.original),
            };
            (is_translation, longer, shorter)
        });
        let rest = |(_, longer, shorter): (bool, &[TextBlock], &[TextBlock])| {
            let behind = longer.get(first + 1..)?.iter().zip(shorter.get(first..)?);
            let same = behind.take_while(|(own, other)| own.shape == other.shape).count();
            let is_whole = longer.len() == first + 1 && shorter.len() == first;
            (same > 0 || is_whole).then_some(same)
        };
        let found = sides.into_iter().filter_map(|side| Some((rest((side.0, side.1, side.2))?, side)));
        let (_, (is_translation, longer, shorter)) = found.max_by_key(|(same, _)| *same)?;
        let shape = longer.get(first)?.shape;
        let run = longer[..first].iter().rev().take_while(|block| block.shape == shape).count();
        let score = |left_out: &usize| {
            let pairs = (first - run..first).map(|at| (at + usize::from(at >= *left_out), at));
            let pairs = pairs
                .map(|(own, other)| (states(is_translation, &longer[own]), states(!is_translation, &shorter[other])));
            pairs.filter(|(own, other)| own == other && *own != S::default()).count()
        };
        // Of several that are as good, the last one.
        (first - run..=first).max_by_key(score).map(|at| (is_translation, at))
    }

    /// Where a block of the translation is written, or the last one before it.
    pub fn place(&self, block: Option<&TextBlock>) -> Option<&'a Place> {
        place(&self.translation, block)
    }

    /// Where a block of the original is written, or the last one before it.
    pub fn original_place(&self, block: Option<&TextBlock>) -> Option<&'a Place> {
        place(&self.original, block)
    }
}

/// The first blocks of a page that do not correspond; none where one of the languages has no more.
#[derive(Debug)]
pub struct Difference<'p, 'a> {
    pub original: Option<&'p TextBlock<'a>>,
    pub translation: Option<&'p TextBlock<'a>>,
}

/// Where a block is written: at itself, at the next one with a text, or at the last one.
fn place<'a>(blocks: &[TextBlock<'a>], block: Option<&TextBlock>) -> Option<&'a Place> {
    let from = block.and_then(|block| blocks.iter().position(|known| std::ptr::eq(known, block)));
    let next = from.and_then(|from| blocks[from..].iter().find_map(|block| block.passage));
    next.or_else(|| blocks.iter().rev().find_map(|block| block.passage)).map(|passage| &passage.at)
}

/// The blocks of a page in the order of reading, then the notes that it defines.
pub fn text_blocks<'a>(input: &'a CheckInput, page: &'a Page) -> Vec<TextBlock<'a>> {
    let passages = || input.presented.passages.iter().filter(|passage| passage.page == page.id);
    let mut own = passages().filter(|passage| !matches!(passage.rendered, Rendered::Note(_)));
    let mut blocks = Vec::new();
    let tables: BTreeSet<&str> = input.book.release.tables.iter().map(|table| table.id.value.as_str()).collect();
    collect_blocks(&page.blocks, &tables, &mut own, &mut blocks);
    let notes = &input.presented.document.notes;
    let mut defined: Vec<(&str, &Passage)> =
        passages().filter_map(|passage| Some((note_id(passage)?, passage))).collect();
    defined.sort_by_key(|(id, _)| *id);
    blocks.extend(defined.into_iter().map(|(id, passage)| {
        let text = notes.iter().find(|note| note.id == id).map_or(&[][..], |note| note.text.as_slice());
        TextBlock { text, passage: Some(passage), ..TextBlock::new(Shape::Note(id)) }
    }));
    blocks
}

fn note_id(passage: &Passage) -> Option<&str> {
    match &passage.rendered {
        Rendered::Note(id) => Some(id),
        _ => None,
    }
}

/// Adds the blocks; `tables` are those of the dataset, `passages` those of the page that remain.
fn collect_blocks<'a>(
    blocks: &'a [Block],
    tables: &BTreeSet<&str>,
    passages: &mut impl Iterator<Item = &'a Passage>,
    found: &mut Vec<TextBlock<'a>>,
) {
    for block in blocks {
        match block {
            Block::Heading { level, text, .. } => {
                found.push(TextBlock { text, passage: passages.next(), ..TextBlock::new(Shape::Heading(*level)) });
            }
            Block::Paragraph { text } => {
                found.push(TextBlock { text, passage: passages.next(), ..TextBlock::new(Shape::Paragraph) });
            }
            Block::List { start, items } => {
                let shape = Shape::List { start: *start, items: items.len() };
                found.push(TextBlock::new(shape));
                for item in items {
                    found.push(TextBlock::new(Shape::Item));
                    collect_blocks(item, tables, passages, found);
                }
            }
            Block::Quote { blocks } => {
                found.push(TextBlock::new(Shape::Quote));
                collect_blocks(blocks, tables, passages, found);
            }
            Block::Pairs { pairs } => {
                found.push(TextBlock::new(Shape::Pairs(pairs.len())));
                for pair in pairs {
                    found.push(TextBlock { text: &pair.name, ..TextBlock::new(Shape::Name) });
                    collect_blocks(&pair.value, tables, passages, found);
                }
            }
            Block::Rule => found.push(TextBlock::new(Shape::Rule)),
            Block::Picture(picture) => {
                // Only a caption is a text that has a place.
                let passage = if picture.caption.is_empty() { None } else { passages.next() };
                found.push(TextBlock {
                    text: &picture.caption,
                    passage,
                    alt: &picture.alt,
                    ..TextBlock::new(Shape::Picture)
                });
            }
            Block::Table(table) => {
                let shape = match tables.contains(table.id.as_str()) {
                    true => Shape::Table(&table.id),
                    false => Shape::TextTable { columns: table.columns.len() + 1, rows: table.rows.len() },
                };
                let parts = match shape {
                    Shape::TextTable { .. } => cells(table),
                    _ => Vec::new(),
                };
                found.push(TextBlock { passage: passages.next(), parts, ..TextBlock::new(shape) });
            }
            Block::Chart(chart) => {
                found.push(TextBlock { passage: passages.next(), ..TextBlock::new(Shape::Chart(&chart.table.id)) });
            }
        }
    }
}

/// The texts of the cells of a table of text, its heads first.
fn cells(table: &Table) -> Vec<&[Inline]> {
    let heads = table.head.iter().flatten().map(|head| head.text.as_slice());
    heads.chain(table.rows.iter().flat_map(cells_of_row)).collect()
}

fn cells_of_row(row: &Row) -> impl Iterator<Item = &[Inline]> {
    let cells = row.cells.iter().map(|cell| match cell {
        Cell::Text { inlines, .. } => inlines.as_slice(),
        _ => &[],
    });
    [row.label.as_slice()].into_iter().chain(cells)
}
