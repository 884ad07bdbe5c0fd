//! The document's blocks become pieces: bands and tables in the order of reading.

use std::ops::Range;

use super::{
    cover,
    faces::FontRole,
    figure::{self, Room},
    flow_item::FlowItem,
    frame::{Item, Rule},
    keep_together::KeepTogether,
    layout_context::{LayoutContext, TextFormat},
    line_box::{self, Anchor, LineBox},
    print_templates::Part,
    source_places,
    structure_tree::{Landmark, NodeId, Role, Tree},
    style::Pt,
    table::{self, Space, TableFamilies},
    text,
};
use crate::present::document::{Block, Chart, Inline, Page, plain};

/// Where blocks stand: how far in, how wide, and in which element.
#[derive(Clone, Copy)]
struct Frame<'p> {
    x: Pt,
    width: Pt,
    /// Lists around it.
    depth: usize,
    parent: NodeId,
    place: &'p str,
    kin: &'p TableFamilies,
}

/// The longest line on a turned sheet, in the size of its type: longer ones are hard to read.
const LONGEST_LINE: f32 = 56.0;

/// The pieces of some narrative pages; the cover stands before the first.
pub fn compose(setter: &mut LayoutContext, kin: &TableFamilies, cover: &[Part], pages: Range<usize>) -> Vec<FlowItem> {
    let mut pieces = if pages.start == 0 { cover::opening(setter, cover) } else { Vec::new() };
    for page in setter.document.pages.get(pages).unwrap_or_default() {
        let section = setter.tree.add(Tree::ROOT, Role::Section);
        pieces.push(FlowItem::Section(section));
        pieces.extend(narrative(setter, kin, page, section));
    }
    pieces
}

/// The pieces of one narrative page, which is a section.
fn narrative(setter: &mut LayoutContext, kin: &TableFamilies, page: &Page, section: NodeId) -> Vec<FlowItem> {
    let place = source_places::Part::Page(&page.id).to_string();
    let width = setter.style.text_width(false);
    let mut pieces = Vec::new();
    for stretch in stretches(&page.blocks) {
        let turned = is_turned(stretch);
        let longest = LONGEST_LINE * setter.style.body.size;
        let width = if turned { setter.style.text_width(true).min(longest) } else { width };
        let frame = Frame { x: 0.0, width, depth: 0, parent: section, place: &place, kin };
        pieces.push(FlowItem::Turned(turned));
        pieces.extend(blocks(setter, stretch, frame));
    }
    begin(page, &mut pieces);
    pieces
}

/// Marks where a page begins. In the outline, as in the list of contents, it goes by its name and its headings stand below
/// it; one that stands above all others says the same as the name.
fn begin(page: &Page, pieces: &mut Vec<FlowItem>) {
    let named = !page.title.is_empty();
    let mut headings: Vec<&mut Anchor> = pieces.iter_mut().filter_map(FlowItem::anchors).flatten().collect();
    headings.retain(|anchor| anchor.heading.is_some());
    let levels: Vec<u8> =
        headings.iter().filter_map(|anchor| anchor.heading.as_ref()).map(|(level, _)| *level).collect();
    let stands_first = matches!(page.blocks.first(), Some(Block::Heading { .. }));
    let is_above = levels.split_first().is_some_and(|(first, others)| others.iter().all(|other| other > first));
    for (i, anchor) in headings.into_iter().enumerate().filter(|_| named) {
        match &mut anchor.heading {
            heading if i == 0 && stands_first && is_above => *heading = None,
            Some((level, _)) => *level = level.saturating_add(1),
            None => {}
        }
    }
    let anchor = Anchor { at: Landmark::Page(page.id.clone()), heading: named.then(|| (1, page.title.clone())) };
    match pieces.iter_mut().find(|piece| !matches!(piece, FlowItem::Turned(_))) {
        Some(FlowItem::Band(band)) => band.anchors.insert(0, anchor),
        _ => pieces.insert(0, FlowItem::Band(LineBox { keep: true, anchors: vec![anchor], ..LineBox::default() })),
    }
}

/// What stands from one heading to the next.
fn stretches(blocks: &[Block]) -> impl Iterator<Item = &[Block]> {
    blocks.chunk_by(|_, next| !matches!(next, Block::Heading { .. }))
}

/// Whether a stretch stands on turned sheets: it has tables, and all of them do. Their notes stay with them.
fn is_turned(stretch: &[Block]) -> bool {
    let mut tables =
        stretch.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    tables.next().is_some_and(|first| first.landscape) && tables.all(|table| table.landscape)
}

fn blocks(setter: &mut LayoutContext, blocks: &[Block], frame: Frame) -> Vec<FlowItem> {
    let mut pieces = Vec::new();
    let mut ties = KeepTogether::default();
    let mut groups = blocks.chunk_by(|one, next| matches!((one, next), (Block::Chart(_), Block::Chart(_)))).peekable();
    while let Some(group) = groups.next() {
        let mut added = self::group(setter, group, frame);
        ties.tie(&mut pieces, &mut added, group, groups.peek().copied());
        pieces.extend(added);
    }
    pieces
}

/// Charts that follow each other, or a single block.
fn group(setter: &mut LayoutContext, group: &[Block], frame: Frame) -> Vec<FlowItem> {
    let charts: Vec<&Chart> =
        group.iter().filter_map(|block| if let Block::Chart(chart) = block { Some(&**chart) } else { None }).collect();
    if !charts.is_empty() {
        let room = Room { x: frame.x, width: frame.width, parent: frame.parent };
        return figure::figures(setter, &charts, room);
    }
    group.iter().flat_map(|single| block(setter, single, frame)).collect()
}

fn block(setter: &mut LayoutContext, block: &Block, frame: Frame) -> Vec<FlowItem> {
    match block {
        Block::Heading { level, id, text } => heading(setter, *level, id, text, frame),
        Block::Paragraph { text } => paragraph(setter, text, frame),
        Block::List { start, items } => list(setter, *start, items, frame),
        Block::Quote { blocks } => quote(setter, blocks, frame),
        Block::Rule => vec![rule(setter, frame)],
        Block::Chart(_) => group(setter, std::slice::from_ref(block), frame),
        Block::Table(table) => {
            let available = if table.landscape { setter.style.text_width(true) } else { frame.width };
            let x = if table.landscape { 0.0 } else { frame.x };
            let laid = table::lay(setter, table, Space { x, available, parent: frame.parent, kin: frame.kin });
            laid.map(|laid| FlowItem::Table(Box::new(laid))).into_iter().collect()
        }
    }
}

fn heading(setter: &mut LayoutContext, level: u8, id: &str, text: &[Inline], frame: Frame) -> Vec<FlowItem> {
    let style = setter.style;
    // No level of the structure is skipped on the way down (PDF/UA 7.4.2).
    setter.level = level.saturating_add(u8::from(setter.titled)).clamp(1, setter.level + 1).min(6);
    let tag = setter.tree.add(frame.parent, Role::Heading(setter.level));
    let colour = if level <= 2 { style.accent } else { style.ink };
    let set = style.heading(level);
    let ink = setter.ink(set, frame.place).voiced(FontRole::Strong).coloured(colour).tagged(Some(tag));
    let lines = text::set_balanced(setter, text, ink, frame.width);
    let mut bands = line_box::stack(lines, set, frame.x, 0.0, style.heading_gap(level));
    if let Some(first) = bands.first_mut() {
        first.anchors.push(Anchor { at: Landmark::Block(id.to_owned()), heading: Some((level, plain(text))) });
    }
    bands.into_iter().map(|band| FlowItem::Band(LineBox { keep: true, ..band })).collect()
}

fn paragraph(setter: &mut LayoutContext, text: &[Inline], frame: Frame) -> Vec<FlowItem> {
    let style = setter.style;
    let tag = setter.tree.add(frame.parent, Role::Paragraph);
    let ink = setter.ink(style.body, frame.place).voiced(FontRole::Text).tagged(Some(tag));
    let lines = text::set(setter, text, ink, frame.width);
    let mut bands = line_box::stack(lines, style.body, frame.x, 0.0, style.paragraph_gap);
    // "As follows:" stays with what follows.
    if let Some(last) = bands.last_mut() {
        last.keep = plain(text).trim_end().ends_with([':', '：']);
    }
    bands.into_iter().map(FlowItem::Band).collect()
}

fn quote(setter: &mut LayoutContext, inner: &[Block], frame: Frame) -> Vec<FlowItem> {
    let parent = setter.tree.add(frame.parent, Role::Quote);
    let indent = setter.style.list_indent;
    blocks(setter, inner, Frame { x: frame.x + indent, width: frame.width - 2.0 * indent, parent, ..frame })
}

fn rule(setter: &LayoutContext, frame: Frame) -> FlowItem {
    let style = setter.style;
    let line = Rule { x: frame.x, y: 0.0, width: frame.width, thickness: style.hairline, colour: style.quiet };
    let gap = style.paragraph_gap;
    FlowItem::Band(LineBox {
        before: gap,
        height: gap,
        items: vec![Item::Rule(line).moved(0.0, gap / 2.0)],
        ..LineBox::default()
    })
}

fn list(setter: &mut LayoutContext, start: Option<u64>, items: &[Vec<Block>], frame: Frame) -> Vec<FlowItem> {
    let list = setter.tree.add(frame.parent, Role::List(start.is_some()));
    let mark = |i: u64| match (start, frame.depth % 2) {
        (Some(first), _) => format!("{}.", first.saturating_add(i)),
        (None, 0) => "•".to_owned(),
        (None, _) => "–".to_owned(),
    };
    let marks: Vec<String> = (0..).map(mark).take(items.len()).collect();
    let size = setter.style.body.size;
    let widest = marks.iter().map(|mark| setter.width(FontRole::Text, mark, size, frame.place)).fold(0.0, Pt::max);
    let indent = setter.style.list_indent.max(widest + 0.45 * size);
    let mut pieces = Vec::new();
    for (mark, item) in marks.iter().zip(items) {
        let parent = setter.tree.add(list, Role::Item);
        pieces.extend(self::item(setter, mark, item, indent, Frame { parent, ..frame }));
    }
    pieces
}

/// An item: its mark beside the first line of its blocks, which are indented.
fn item(setter: &mut LayoutContext, mark: &str, inner: &[Block], indent: Pt, frame: Frame) -> Vec<FlowItem> {
    let style = setter.style;
    let label = setter.tree.add(frame.parent, Role::ItemLabel);
    let parent = setter.tree.add(frame.parent, Role::ItemBody);
    let ink = setter.ink(style.body, frame.place).voiced(FontRole::Text).tagged(Some(label));
    let mark = text::set_plain(setter, mark, ink, frame.width).into_iter().next().unwrap_or_default();
    let inside = Frame { x: frame.x + indent, width: frame.width - indent, depth: frame.depth + 1, parent, ..frame };
    let mut pieces = blocks(setter, inner, inside);
    let x = frame.x + indent - mark.width - 0.45 * style.body.size;
    let items = mark.at(x, style.body.baseline());
    match pieces.first_mut() {
        Some(FlowItem::Band(first)) => {
            first.before = first.before.min(style.paragraph_gap * 0.6);
            first.items.splice(0..0, items);
        }
        _ => pieces.insert(0, FlowItem::Band(lone_mark(items.collect(), ink))),
    }
    pieces
}

/// The mark of an item that does not begin with text.
fn lone_mark(items: Vec<Item>, ink: TextFormat) -> LineBox {
    LineBox { height: ink.set.leading, items, keep: true, ..LineBox::default() }
}
