//! The document's blocks become pieces: bands and tables in the order of reading.

use super::{
    band::{self, Anchor, Band},
    faces::Voice,
    frame::{Item, Rule},
    setter::{Ink, Setter},
    style::Pt,
    table::{self, Laid},
    text,
    tree::{NodeId, Role, Tree},
};
use crate::present::document::{Block, Inline, Page, plain};

/// What flows down the pages.
#[derive(Debug)]
pub enum Piece {
    Band(Band),
    Table(Box<Laid>),
    NewSheet,
    /// What follows belongs to this section.
    Section(NodeId),
}

/// Where blocks stand: how far in, how wide, and in which element.
#[derive(Clone, Copy)]
struct Frame<'p> {
    x: Pt,
    width: Pt,
    /// Lists around it.
    depth: usize,
    parent: NodeId,
    place: &'p str,
}

/// The pieces of the whole document, masthead and title first.
pub fn compose(setter: &mut Setter) -> Vec<Piece> {
    let mut pieces = opening(setter);
    for (i, page) in setter.document.pages.iter().enumerate() {
        if page.new_sheet && i > 0 {
            pieces.push(Piece::NewSheet);
        }
        let section = setter.tree.add(Tree::ROOT, Role::Section);
        pieces.push(Piece::Section(section));
        pieces.extend(narrative(setter, page, section));
    }
    pieces
}

/// Masthead and title, with a rule under them.
fn opening(setter: &mut Setter) -> Vec<Piece> {
    let (document, style) = (setter.document, setter.style);
    let width = style.text_width(false);
    let mut bands = Vec::new();
    for (i, line) in document.masthead.iter().enumerate() {
        let tag = setter.tree.add(Tree::ROOT, Role::Paragraph);
        let voice = if i == 0 { Voice::Strong } else { Voice::Regular };
        let ink = setter.ink(style.note, "the masthead").voiced(voice).coloured(style.quiet).tagged(Some(tag));
        let lines = text::set_plain(setter, line, ink, width);
        bands.extend(band::stack(lines, style.note, 0.0, 0.0, 1.0));
    }
    let tag = setter.tree.add(Tree::ROOT, Role::Heading(1));
    let ink = setter.ink(style.title, "the title").voiced(Voice::Strong).coloured(style.accent).tagged(Some(tag));
    let lines = text::set_balanced(setter, &document.title, ink, width);
    bands.extend(band::stack(lines, style.title, 0.0, 0.0, 14.0));
    let line = Rule { x: 0.0, y: 6.0, width, thickness: style.heavy_rule, colour: style.accent };
    bands.push(Band { height: 8.0, items: vec![Item::Rule(line)], ..Band::default() });
    bands.into_iter().map(|band| Piece::Band(Band { keep: true, ..band })).collect()
}

/// The pieces of one narrative page, which is a section.
fn narrative(setter: &mut Setter, page: &Page, section: NodeId) -> Vec<Piece> {
    let place = format!("page `{}`", page.id);
    let width = setter.style.text_width(false);
    let frame = Frame { x: 0.0, width, depth: 0, parent: section, place: &place };
    let mut pieces = blocks(setter, &page.blocks, frame);
    let anchor = Anchor { id: page.id.clone(), heading: None };
    if let Some(Piece::Band(band)) = pieces.first_mut() {
        band.anchors.push(anchor);
    } else {
        pieces.insert(0, Piece::Band(Band { keep: true, anchors: vec![anchor], ..Band::default() }));
    }
    pieces
}

fn blocks(setter: &mut Setter, blocks: &[Block], frame: Frame) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut after_heading = false;
    for block in blocks {
        let mut added = self::block(setter, block, frame);
        if after_heading {
            close_up(&mut added);
        }
        after_heading = matches!(block, Block::Heading { .. });
        pieces.extend(added);
    }
    pieces
}

/// What follows a heading stands closer to it.
fn close_up(pieces: &mut [Piece]) {
    match pieces.first_mut() {
        Some(Piece::Band(band)) => band.before *= 0.5,
        Some(Piece::Table(table)) => table.before *= 0.5,
        _ => {}
    }
}

fn block(setter: &mut Setter, block: &Block, frame: Frame) -> Vec<Piece> {
    match block {
        Block::Heading { level, id, text } => heading(setter, *level, id, text, frame),
        Block::Paragraph { text } => paragraph(setter, text, frame),
        Block::List { start, items } => list(setter, *start, items, frame),
        Block::Quote { blocks } => quote(setter, blocks, frame),
        Block::Rule => vec![rule(setter, frame)],
        Block::Table(table) => {
            let available = if table.landscape { setter.style.text_width(true) } else { frame.width };
            let x = if table.landscape { 0.0 } else { frame.x };
            let laid = table::lay(setter, table, frame.parent, x, available);
            laid.map(|laid| Piece::Table(Box::new(laid))).into_iter().collect()
        }
    }
}

fn heading(setter: &mut Setter, level: u8, id: &str, text: &[Inline], frame: Frame) -> Vec<Piece> {
    let style = setter.style;
    // The release's title is the first level of the structure, and no level is skipped on the way down (PDF/UA 7.4.2).
    setter.level = level.saturating_add(1).min(setter.level + 1).min(6);
    let tag = setter.tree.add(frame.parent, Role::Heading(setter.level));
    let colour = if level <= 2 { style.accent } else { style.ink };
    let set = style.heading(level);
    let ink = setter.ink(set, frame.place).voiced(Voice::Strong).coloured(colour).tagged(Some(tag));
    let lines = text::set_balanced(setter, text, ink, frame.width);
    let mut bands = band::stack(lines, set, frame.x, 0.0, style.heading_gap(level));
    if let Some(first) = bands.first_mut() {
        first.anchors.push(Anchor { id: id.to_owned(), heading: Some((level, plain(text))) });
    }
    bands.into_iter().map(|band| Piece::Band(Band { keep: true, ..band })).collect()
}

fn paragraph(setter: &mut Setter, text: &[Inline], frame: Frame) -> Vec<Piece> {
    let style = setter.style;
    let tag = setter.tree.add(frame.parent, Role::Paragraph);
    let ink = setter.ink(style.body, frame.place).tagged(Some(tag));
    let lines = text::set(setter, text, ink, frame.width);
    let mut bands = band::stack(lines, style.body, frame.x, 0.0, style.paragraph_gap);
    // "As follows:" stays with what follows.
    if let Some(last) = bands.last_mut() {
        last.keep = plain(text).trim_end().ends_with([':', '：']);
    }
    bands.into_iter().map(Piece::Band).collect()
}

fn quote(setter: &mut Setter, inner: &[Block], frame: Frame) -> Vec<Piece> {
    let parent = setter.tree.add(frame.parent, Role::Quote);
    let indent = setter.style.list_indent;
    blocks(setter, inner, Frame { x: frame.x + indent, width: frame.width - 2.0 * indent, parent, ..frame })
}

fn rule(setter: &Setter, frame: Frame) -> Piece {
    let style = setter.style;
    let line = Rule { x: frame.x, y: 0.0, width: frame.width, thickness: style.hairline, colour: style.quiet };
    let gap = style.paragraph_gap;
    Piece::Band(Band {
        before: gap,
        height: gap,
        items: vec![Item::Rule(line).moved(0.0, gap / 2.0)],
        ..Band::default()
    })
}

fn list(setter: &mut Setter, start: Option<u64>, items: &[Vec<Block>], frame: Frame) -> Vec<Piece> {
    let list = setter.tree.add(frame.parent, Role::List(start.is_some()));
    let mut pieces = Vec::new();
    for (i, item) in (0..).zip(items) {
        let number = start.unwrap_or(1).saturating_add(i);
        let mark = match (start, frame.depth % 2) {
            (Some(_), _) => format!("{number}."),
            (None, 0) => "•".to_owned(),
            (None, _) => "–".to_owned(),
        };
        let element = setter.tree.add(list, Role::Item);
        pieces.extend(self::item(setter, &mark, item, Frame { parent: element, ..frame }));
    }
    pieces
}

/// An item: its mark beside the first line of its blocks.
fn item(setter: &mut Setter, mark: &str, inner: &[Block], frame: Frame) -> Vec<Piece> {
    let style = setter.style;
    let label = setter.tree.add(frame.parent, Role::ItemLabel);
    let parent = setter.tree.add(frame.parent, Role::ItemBody);
    let ink = setter.ink(style.body, frame.place).tagged(Some(label));
    let mark = text::set_plain(setter, mark, ink, frame.width).into_iter().next().unwrap_or_default();
    let indent = style.list_indent.max(mark.width + 0.4 * style.body.size);
    let inside = Frame { x: frame.x + indent, width: frame.width - indent, depth: frame.depth + 1, parent, ..frame };
    let mut pieces = blocks(setter, inner, inside);
    let x = frame.x + indent - mark.width - 0.45 * style.body.size;
    let items = mark.at(x, style.body.baseline());
    match pieces.first_mut() {
        Some(Piece::Band(first)) => {
            first.before = first.before.min(style.paragraph_gap * 0.6);
            first.items.splice(0..0, items);
        }
        _ => pieces.insert(0, Piece::Band(lone_mark(items.collect(), ink))),
    }
    pieces
}

/// The mark of an item that does not begin with text.
fn lone_mark(items: Vec<Item>, ink: Ink) -> Band {
    Band { height: ink.set.leading, items, keep: true, ..Band::default() }
}
