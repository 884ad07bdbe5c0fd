//! Compares the blocks of two pages and marks in the new ones what changed.

use super::{align::align, marker::Marker, table_marks, texts::likeness};
use crate::present::document::{Block, Inline, Page, Pair, Table, plain};

/// The least likeness of two paragraphs of which one is a change of the other.
const LIKE: f32 = 0.4;
/// The most pairs of paragraphs that are looked at for their likeness.
const MAX_PAIRS: usize = 2_000;

/// Compares a page and marks it.
pub fn mark<'a>(marker: &mut Marker<'a>, old: &'a Page, new: &mut Page) {
    let id = new.id.clone();
    let mut page = PageMark { id: &id, paragraph: 0 };
    if old.title != new.title {
        marker.add_plain_label(&format!("{id} title"), &old.title, &new.title);
    }
    let blocks = std::mem::take(&mut new.blocks);
    new.blocks = marker.mark_blocks(&old.blocks, blocks, &mut page);
}

/// A page while its blocks are compared.
pub struct PageMark<'p> {
    id: &'p str,
    /// The paragraphs so far, of the new page.
    paragraph: usize,
}

impl<'a> Marker<'a> {
    /// Marks blocks in the order of the new page, with those that were deleted where they stood.
    fn mark_blocks(&mut self, old: &'a [Block], new: Vec<Block>, page: &mut PageMark) -> Vec<Block> {
        let keys = |blocks: &[Block]| blocks.iter().map(block_key).collect::<Vec<_>>();
        let stretches = align(&keys(old), &keys(&new));
        let mut marked = Vec::with_capacity(new.len());
        let mut rest = new.into_iter();
        for stretch in stretches {
            let own: Vec<Block> = rest.by_ref().take(stretch.new.len()).collect();
            let before = &old[stretch.old.clone()];
            let partners = if stretch.is_same { (0..own.len()).map(Some).collect() } else { partners(before, &own) };
            let mut done = 0;
            for (block, partner) in own.into_iter().zip(partners) {
                let deleted = partner.map_or(done, |partner| partner.max(done));
                before[done..deleted].iter().for_each(|block| self.add_removed(block, page, &mut marked));
                done = partner.map_or(done, |partner| partner + 1).max(done);
                let block = self.mark_block(partner.and_then(|partner| before.get(partner)), block, page);
                marked.push(block);
            }
            before[done..].iter().for_each(|block| self.add_removed(block, page, &mut marked));
        }
        marked
    }

    fn mark_block(&mut self, old: Option<&'a Block>, new: Block, page: &mut PageMark) -> Block {
        match (old, new) {
            (Some(Block::Paragraph { text: old }), Block::Paragraph { text }) => {
                Block::Paragraph { text: self.mark_text(old, text, &page.next_paragraph()) }
            }
            (None, Block::Paragraph { text }) => {
                Block::Paragraph { text: self.add_text(&text, &page.next_paragraph()) }
            }
            (Some(Block::Heading { text: old, .. }), Block::Heading { level, id, text }) => {
                let text = self.mark_label(old, text, &format!("{} heading `{id}`", page.id));
                Block::Heading { level, id, text }
            }
            (None, Block::Heading { level, id, text }) => {
                Block::Heading { level, text: self.add_text(&text, &format!("{} heading `{id}`", page.id)), id }
            }
            (Some(Block::List { items: old, .. }), Block::List { start, items }) => {
                Block::List { start, items: self.mark_items(old, items, page) }
            }
            (None, Block::List { start, items }) => Block::List { start, items: self.mark_items(&[], items, page) },
            (old, Block::Quote { blocks }) => {
                let old = if let Some(Block::Quote { blocks }) = old { blocks.as_slice() } else { &[] };
                Block::Quote { blocks: self.mark_blocks(old, blocks, page) }
            }
            (old, Block::Pairs { pairs }) => {
                let old = if let Some(Block::Pairs { pairs }) = old { pairs.as_slice() } else { &[] };
                Block::Pairs { pairs: self.mark_pairs(old, pairs, page) }
            }
            (_, Block::Table(mut table)) => {
                self.mark_table(&mut table, page);
                Block::Table(table)
            }
            (_, Block::Chart(mut chart)) => {
                self.mark_table(&mut chart.table, page);
                Block::Chart(chart)
            }
            (Some(Block::Picture(old)), Block::Picture(mut picture)) => {
                if old.page.bytes != picture.page.bytes {
                    self.found.layout.push(format!("{}: picture `{}` replaced", page.id, picture.page.path));
                }
                picture.caption = self.mark_text(&old.caption, picture.caption, &format!("{} picture", page.id));
                Block::Picture(picture)
            }
            (None, Block::Picture(picture)) => {
                self.found.layout.push(format!("{}: picture `{}` added", page.id, picture.page.path));
                Block::Picture(picture)
            }
            (_, block) => block,
        }
    }

    fn mark_items(&mut self, old: &'a [Vec<Block>], new: Vec<Vec<Block>>, page: &mut PageMark) -> Vec<Vec<Block>> {
        let key = |item: &Vec<Block>| item.iter().map(block_key).collect::<Vec<_>>();
        let (old_keys, new_keys): (Vec<_>, Vec<_>) = (old.iter().map(key).collect(), new.iter().map(key).collect());
        let mut rest = new.into_iter();
        let mut marked = Vec::new();
        for stretch in align(&old_keys, &new_keys) {
            let before = &old[stretch.old.clone()];
            for (number, item) in rest.by_ref().take(stretch.new.len()).enumerate() {
                let old = before.get(number).map_or(&[][..], Vec::as_slice);
                marked.push(self.mark_blocks(old, item, page));
            }
            for item in before.iter().skip(stretch.new.len()) {
                let mut removed = Vec::new();
                item.iter().for_each(|block| self.add_removed(block, page, &mut removed));
                marked.push(removed);
            }
        }
        marked
    }

    fn mark_pairs(&mut self, old: &'a [Pair], new: Vec<Pair>, page: &mut PageMark) -> Vec<Pair> {
        let pair = |(number, Pair { name, value }): (usize, Pair)| {
            let known = old.iter().find(|old| plain(&old.name) == plain(&name)).or(old.get(number));
            let place = format!("{} `{}`", page.id, plain(&name));
            match known {
                Some(old) => Pair {
                    name: self.mark_label(&old.name, name, &place),
                    value: self.mark_blocks(&old.value, value, page),
                },
                None => Pair { name: self.add_text(&name, &place), value: self.mark_blocks(&[], value, page) },
            }
        };
        new.into_iter().enumerate().map(pair).collect()
    }

    /// Compares a table with the old one of the same id, wherever that was.
    fn mark_table(&mut self, table: &mut Table, page: &PageMark) {
        match self.old_tables.get(table.id.as_str()).copied() {
            Some((old_page, old)) => {
                if old_page.id != page.id {
                    let line = format!("table `{}` moved from `{}` to `{}`", table.id, old_page.id, page.id);
                    self.found.layout.push(line);
                }
                table_marks::mark(self, old, table);
            }
            None => {
                self.found.layout.push(format!("table `{}` added to `{}`", table.id, page.id));
                table_marks::mark_added(table);
            }
        }
    }

    /// Adds what was deleted, as the redline shows it.
    fn add_removed(&mut self, block: &'a Block, page: &PageMark, marked: &mut Vec<Block>) {
        match block {
            Block::Paragraph { text } => {
                let place = format!("{} after ¶{}", page.id, page.paragraph);
                marked.push(Block::Paragraph { text: self.remove_text(text, &place) });
            }
            Block::Heading { id, text, .. } => {
                let place = format!("{} heading `{id}`", page.id);
                marked.push(Block::Paragraph { text: self.remove_text(text, &place) });
            }
            Block::List { start, items } => {
                let mut items = items.iter().map(|item| self.removed_blocks(item, page)).collect::<Vec<_>>();
                items.retain(|item| !item.is_empty());
                marked.push(Block::List { start: *start, items });
            }
            Block::Quote { blocks } => marked.push(Block::Quote { blocks: self.removed_blocks(blocks, page) }),
            Block::Pairs { pairs } => {
                for pair in pairs {
                    let place = format!("{} `{}`", page.id, plain(&pair.name));
                    marked.push(Block::Paragraph { text: self.remove_text(&pair.name, &place) });
                    marked.extend(self.removed_blocks(&pair.value, page));
                }
            }
            Block::Table(table) => marked.extend(self.removed_table(table, page)),
            Block::Chart(chart) => marked.extend(self.removed_table(&chart.table, page)),
            Block::Picture(picture) => {
                self.found.layout.push(format!("{}: picture `{}` removed", page.id, picture.page.path))
            }
            Block::Rule => {}
        }
    }

    fn removed_blocks(&mut self, blocks: &'a [Block], page: &PageMark) -> Vec<Block> {
        let mut removed = Vec::new();
        blocks.iter().for_each(|block| self.add_removed(block, page, &mut removed));
        removed
    }

    /// The table with everything in it deleted; nothing if it only moved.
    fn removed_table(&mut self, table: &Table, page: &PageMark) -> Option<Block> {
        if self.new_tables.contains(&table.id) {
            return None;
        }
        self.found.layout.push(format!("table `{}` removed from `{}`", table.id, page.id));
        Some(Block::Table(Box::new(table_marks::removed(table))))
    }
}

impl PageMark<'_> {
    fn next_paragraph(&mut self) -> String {
        self.paragraph += 1;
        format!("{} ¶{}", self.id, self.paragraph)
    }
}

/// What a block is recognized by: its text without its figures, or its id.
fn block_key(block: &Block) -> String {
    match block {
        Block::Heading { level, text, .. } => format!("h{level} {}", masked(text)),
        Block::Paragraph { text } => format!("p {}", masked(text)),
        Block::List { items, .. } => {
            format!("l {}", items.iter().flatten().map(block_key).collect::<Vec<_>>().join("\n"))
        }
        Block::Quote { blocks } => format!("q {}", blocks.iter().map(block_key).collect::<Vec<_>>().join("\n")),
        Block::Pairs { pairs } => format!("d {}", pairs.iter().map(|pair| masked(&pair.name)).collect::<String>()),
        Block::Rule => String::from("r"),
        Block::Table(table) => format!("t {}", table.id),
        Block::Chart(chart) => format!("c {}", chart.table.id),
        Block::Picture(picture) => format!("i {}", picture.page.path),
    }
}

/// The text with the same sign for each figure.
fn masked(text: &[Inline]) -> String {
    let mut out = String::new();
    for inline in text {
        match inline {
            Inline::Figure(_) => out.push(char::REPLACEMENT_CHARACTER),
            Inline::Strong { text } | Inline::Emphasis { text } | Inline::Link { text, .. } => {
                out.push_str(&masked(text))
            }
            other => out.push_str(&plain(std::slice::from_ref(other))),
        }
    }
    out
}

/// For each new block that block of the old ones that it is a change of, in the same order.
fn partners(old: &[Block], new: &[Block]) -> Vec<Option<usize>> {
    let searches = old.len().saturating_mul(new.len()) <= MAX_PAIRS;
    let mut from = 0;
    let partner = |block: &Block| {
        let mut candidates = (from..old.len()).filter(|at| is_same_kind(&old[*at], block));
        let found = if searches { candidates.find(|at| is_like(&old[*at], block)) } else { candidates.next() };
        from = found.map_or(from, |found| found + 1);
        found
    };
    new.iter().map(partner).collect()
}

fn is_same_kind(old: &Block, new: &Block) -> bool {
    match (old, new) {
        (Block::Table(old), Block::Table(new)) => old.id == new.id,
        (Block::Chart(old), Block::Chart(new)) => old.table.id == new.table.id,
        _ => std::mem::discriminant(old) == std::mem::discriminant(new),
    }
}

fn is_like(old: &Block, new: &Block) -> bool {
    match (old, new) {
        (Block::Paragraph { text: old }, Block::Paragraph { text: new })
        | (Block::Heading { text: old, .. }, Block::Heading { text: new, .. }) => likeness(old, new) >= LIKE,
        _ => true,
    }
}
