//! Lays out blocks of the document as flow items: line boxes and tables in reading order.

use std::ops::Range;

use super::{
    charts::{self, ChartArea},
    cover,
    faces::FontRole,
    flow_item::FlowItem,
    keep_together::KeepTogether,
    layout_context::{LayoutContext, TextFormat},
    line_box::{self, Anchor, LineBox},
    page::{Item, PlacedPicture, Rule},
    pairs::{self, PairArea},
    print_templates::TemplateItem,
    source_places,
    structure_tree::{Landmark, NodeId, Role, Tree},
    style::Pt,
    table::{self, TableArea, TableFamilies},
    text,
};
use crate::present::document::{Block, Chart, Inline, Page, Picture, plain};

/// Where blocks are placed: indent, width and parent element.
#[derive(Clone, Copy)]
struct Region<'p> {
    x: Pt,
    width: Pt,
    /// How many lists contain it.
    depth: usize,
    parent: NodeId,
    place: &'p str,
    families: &'p TableFamilies,
}

/// The longest line on a landscape sheet, in the type size; longer lines are hard to read.
const MAX_LINE_LENGTH: f32 = 56.0;

/// The size of a pixel of a picture, in points, and the height of a picture as a share of the sheet.
const PIXEL: Pt = 0.75;
const MAX_PICTURE_HEIGHT: f32 = 0.55;
/// The space between a picture and its caption.
const PICTURE_GAP: Pt = 4.0;

/// The flow items of some narrative pages, with the cover before the first, laid out for the sheet that it is on.
pub fn compose(
    context: &mut LayoutContext,
    families: &TableFamilies,
    cover: &[TemplateItem],
    pages: Range<usize>,
) -> Vec<FlowItem> {
    let (mark, findings) = (context.checkpoint(), context.findings.len());
    let flow_items = compose_on(context, families, cover, pages.clone(), false);
    if pages.start > 0 || !begins_landscape(&flow_items) {
        return flow_items;
    }
    context.rewind(mark);
    context.findings.truncate(findings);
    compose_on(context, families, cover, pages, true)
}

/// Whether what is kept together with the cover is on a landscape sheet.
fn begins_landscape(flow_items: &[FlowItem]) -> bool {
    let mut landscape = false;
    for flow_item in flow_items {
        match flow_item {
            FlowItem::Landscape(next) => landscape = *next,
            FlowItem::Table(table) => return table.landscape,
            FlowItem::LineBox(line_box) if !line_box.keep_with_next => return landscape,
            FlowItem::LineBox(_) | FlowItem::Section(_) => {}
        }
    }
    landscape
}

/// The flow items, with the cover laid out for a portrait or a landscape sheet.
fn compose_on(
    context: &mut LayoutContext,
    families: &TableFamilies,
    cover: &[TemplateItem],
    pages: Range<usize>,
    landscape: bool,
) -> Vec<FlowItem> {
    let mut flow_items = if pages.start == 0 { cover::cover_items(context, cover, landscape) } else { Vec::new() };
    for page in context.document.pages.get(pages).unwrap_or_default() {
        let section = context.tree.add(Tree::ROOT, Role::Section);
        flow_items.push(FlowItem::Section(section));
        flow_items.extend(narrative_page(context, families, page, section));
    }
    flow_items
}

/// The flow items of one narrative page, which is a section in the structure tree.
fn narrative_page(
    context: &mut LayoutContext,
    families: &TableFamilies,
    page: &Page,
    section: NodeId,
) -> Vec<FlowItem> {
    context.use_form(page.form);
    let place = source_places::DocumentPart::Page(&page.id).to_string();
    let width = context.style.text_width(false);
    let mut flow_items = Vec::new();
    for section_blocks in split_at_headings(&page.blocks) {
        let landscape = is_landscape(section_blocks);
        let longest = MAX_LINE_LENGTH * context.style.body.size;
        let width = if landscape { context.style.text_width(true).min(longest) } else { width };
        let region = Region { x: 0.0, width, depth: 0, parent: section, place: &place, families };
        flow_items.push(FlowItem::Landscape(landscape));
        flow_items.extend(layout_blocks(context, section_blocks, region));
    }
    add_page_anchor(page, &mut flow_items);
    context.use_form(false);
    flow_items
}

/// Adds the anchor of a page. The outline lists the page by its title, with its headings one level below. A first heading above
/// all others repeats the title, and is omitted.
fn add_page_anchor(page: &Page, flow_items: &mut Vec<FlowItem>) {
    let named = !page.title.is_empty();
    let mut headings: Vec<&mut Anchor> = flow_items.iter_mut().filter_map(FlowItem::anchors).flatten().collect();
    headings.retain(|anchor| anchor.heading.is_some());
    let levels: Vec<u8> =
        headings.iter().filter_map(|anchor| anchor.heading.as_ref()).map(|(level, _)| *level).collect();
    let begins_with_heading = matches!(page.blocks.first(), Some(Block::Heading { .. }));
    let is_above = levels.split_first().is_some_and(|(first, others)| others.iter().all(|other| other > first));
    for (i, anchor) in headings.into_iter().enumerate().filter(|_| named) {
        match &mut anchor.heading {
            heading if i == 0 && begins_with_heading && is_above => *heading = None,
            Some((level, _)) => *level = level.saturating_add(1),
            None => {}
        }
    }
    let anchor = Anchor { at: Landmark::Page(page.id.clone()), heading: named.then(|| (1, page.title.clone())) };
    match flow_items.iter_mut().find(|flow_item| !matches!(flow_item, FlowItem::Landscape(_))) {
        Some(FlowItem::LineBox(line_box)) => line_box.anchors.insert(0, anchor),
        _ => flow_items.insert(
            0,
            FlowItem::LineBox(LineBox { keep_with_next: true, anchors: vec![anchor], ..LineBox::default() }),
        ),
    }
}

/// Splits blocks before each heading.
fn split_at_headings(blocks: &[Block]) -> impl Iterator<Item = &[Block]> {
    blocks.chunk_by(|_, next| !matches!(next, Block::Heading { .. }))
}

/// Whether a section is on landscape sheets: it has tables, and all of them are landscape.
fn is_landscape(section_blocks: &[Block]) -> bool {
    let mut tables =
        section_blocks.iter().filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
    tables.next().is_some_and(|first| first.landscape) && tables.all(|table| table.landscape)
}

fn layout_blocks(context: &mut LayoutContext, blocks: &[Block], region: Region) -> Vec<FlowItem> {
    let mut flow_items = Vec::new();
    let mut keep_together = KeepTogether::default();
    let mut groups = blocks.chunk_by(|one, next| matches!((one, next), (Block::Chart(_), Block::Chart(_)))).peekable();
    while let Some(group) = groups.next() {
        let mut added = self::layout_group(context, group, region);
        keep_together.apply(&mut flow_items, &mut added, group, groups.peek().copied());
        flow_items.extend(added);
    }
    flow_items
}

/// Lays out adjacent charts, or a single block.
fn layout_group(context: &mut LayoutContext, group: &[Block], region: Region) -> Vec<FlowItem> {
    let charts: Vec<&Chart> =
        group.iter().filter_map(|block| if let Block::Chart(chart) = block { Some(&**chart) } else { None }).collect();
    if !charts.is_empty() {
        let room = ChartArea { x: region.x, width: region.width, parent: region.parent };
        return charts::chart_items(context, &charts, room);
    }
    group.iter().flat_map(|single| layout_block(context, single, region)).collect()
}

fn layout_block(context: &mut LayoutContext, block: &Block, region: Region) -> Vec<FlowItem> {
    match block {
        Block::Heading { level, id, text } => layout_heading(context, *level, id, text, region),
        Block::Paragraph { text } => layout_paragraph(context, text, region),
        Block::List { start, items } => layout_list(context, *start, items, region),
        Block::Quote { blocks } => layout_quote(context, blocks, region),
        Block::Pairs { pairs } => {
            let Region { x, width, parent, place, .. } = region;
            pairs::layout_pairs(context, pairs, PairArea { x, width, parent, place })
        }
        Block::Rule => vec![layout_rule(context, region)],
        Block::Picture(picture) => layout_picture(context, picture, region),
        Block::Chart(_) => layout_group(context, std::slice::from_ref(block), region),
        Block::Table(table) => {
            let available = if table.landscape { context.style.text_width(true) } else { region.width };
            let x = if table.landscape { 0.0 } else { region.x };
            let layout = table::layout_table(
                context,
                table,
                TableArea { x, available, parent: region.parent, families: region.families },
            );
            layout.map(|layout| FlowItem::Table(Box::new(layout))).into_iter().collect()
        }
    }
}

fn layout_heading(context: &mut LayoutContext, level: u8, id: &str, text: &[Inline], region: Region) -> Vec<FlowItem> {
    let style = context.style;
    // Heading levels must not be skipped (PDF/UA 7.4.2).
    context.level = level.saturating_add(u8::from(context.has_title_heading)).clamp(1, context.level + 1).min(6);
    let tag = context.tree.add(region.parent, Role::Heading(context.level));
    let colour = if level <= 2 { style.accent } else { style.ink };
    let type_size = style.heading(level);
    let format = context
        .text_format(type_size, region.place)
        .with_font(FontRole::Strong)
        .with_colour(colour)
        .with_tag(Some(tag));
    let lines = text::break_lines_evenly(context, text, format, region.width);
    let mut line_boxes = line_box::stack(lines, type_size, region.x, 0.0, style.heading_gap(level));
    if let Some(first) = line_boxes.first_mut() {
        first.anchors.push(Anchor { at: Landmark::Block(id.to_owned()), heading: Some((level, plain(text))) });
    }
    line_boxes.into_iter().map(|line_box| FlowItem::LineBox(LineBox { keep_with_next: true, ..line_box })).collect()
}

fn layout_paragraph(context: &mut LayoutContext, text: &[Inline], region: Region) -> Vec<FlowItem> {
    let style = context.style;
    let tag = context.tree.add(region.parent, Role::Paragraph);
    let format = context.text_format(style.body, region.place).with_font(FontRole::Text).with_tag(Some(tag));
    let lines = text::break_running_lines(context, text, format, region.width);
    let mut line_boxes = line_box::stack(lines, style.body, region.x, 0.0, style.paragraph_gap);
    // A paragraph that ends with a colon introduces the next block.
    if let Some(last) = line_boxes.last_mut() {
        last.keep_with_next = plain(text).trim_end().ends_with([':', '：']);
    }
    line_boxes.into_iter().map(FlowItem::LineBox).collect()
}

fn layout_quote(context: &mut LayoutContext, inner: &[Block], region: Region) -> Vec<FlowItem> {
    let parent = context.tree.add(region.parent, Role::Quote);
    let indent = context.style.list_indent;
    layout_blocks(context, inner, Region { x: region.x + indent, width: region.width - 2.0 * indent, parent, ..region })
}

fn layout_rule(context: &LayoutContext, region: Region) -> FlowItem {
    let style = context.style;
    let line = Rule { x: region.x, y: 0.0, width: region.width, thickness: style.hairline, colour: style.quiet };
    let gap = style.paragraph_gap;
    FlowItem::LineBox(LineBox {
        before: gap,
        height: gap,
        items: vec![Item::Rule(line).translate(0.0, gap / 2.0)],
        ..LineBox::default()
    })
}

/// Lays out a picture as a figure with alternative text, and its caption below it on the same sheet. It is shown at its own size
/// where that fits.
fn layout_picture(context: &mut LayoutContext, picture: &Picture, region: Region) -> Vec<FlowItem> {
    let style = context.style;
    let Some(index) = context.picture(&picture.print, region.place) else { return Vec::new() };
    let [width, height] = [picture.print.width, picture.print.height].map(|pixels| pixels as Pt * PIXEL);
    let room = MAX_PICTURE_HEIGHT * style.sheet.size().1;
    let scale = (region.width / width).min(room / height).min(1.0);
    let (width, height) = (width * scale, height * scale);
    let tag = Some(context.tree.add(region.parent, Role::Figure(picture.alt.clone())));
    let item = Item::Picture(PlacedPicture { index, x: region.x, y: 0.0, width, height, tag });
    let tag = (!picture.caption.is_empty()).then(|| context.tree.add(region.parent, Role::Paragraph));
    let format = context.text_format(style.note, region.place).with_font(FontRole::Italic).with_tag(tag);
    let lines = text::break_lines(context, &picture.caption, format, region.width);
    let mut line_boxes = vec![LineBox { before: style.table_gap, height, items: vec![item], ..LineBox::default() }];
    line_boxes.extend(line_box::stack(lines, style.note, region.x, 0.0, PICTURE_GAP));
    let count = line_boxes.len();
    for (number, line_box) in (1..).zip(&mut line_boxes) {
        line_box.keep_with_next = number < count;
    }
    line_boxes.push(LineBox { height: style.table_gap / 2.0, ..LineBox::default() });
    line_boxes.into_iter().map(FlowItem::LineBox).collect()
}

fn layout_list(context: &mut LayoutContext, start: Option<u64>, items: &[Vec<Block>], region: Region) -> Vec<FlowItem> {
    let list = context.tree.add(region.parent, Role::List(start.is_some()));
    let mark = |i: u64| match (start, region.depth % 2) {
        (Some(first), _) => format!("{}.", first.saturating_add(i)),
        (None, 0) => "•".to_owned(),
        (None, _) => "–".to_owned(),
    };
    let marks: Vec<String> = (0..).map(mark).take(items.len()).collect();
    let size = context.style.body.size;
    let widest = marks.iter().map(|mark| context.width(FontRole::Text, mark, size, region.place)).fold(0.0, Pt::max);
    let indent = context.style.list_indent.max(widest + 0.45 * size);
    let mut flow_items = Vec::new();
    for (mark, item) in marks.iter().zip(items) {
        let parent = context.tree.add(list, Role::Item);
        flow_items.extend(self::layout_item(context, mark, item, indent, Region { parent, ..region }));
    }
    flow_items
}

/// Lays out a list item: indented blocks, and the marker beside their first line.
fn layout_item(context: &mut LayoutContext, mark: &str, inner: &[Block], indent: Pt, region: Region) -> Vec<FlowItem> {
    let style = context.style;
    let label = context.tree.add(region.parent, Role::ItemLabel);
    let parent = context.tree.add(region.parent, Role::ItemBody);
    let format = context.text_format(style.body, region.place).with_font(FontRole::Text).with_tag(Some(label));
    let mark = text::break_plain_text(context, mark, format, region.width).into_iter().next().unwrap_or_default();
    let body_region =
        Region { x: region.x + indent, width: region.width - indent, depth: region.depth + 1, parent, ..region };
    let mut flow_items = layout_blocks(context, inner, body_region);
    let x = region.x + indent - mark.width - 0.45 * style.body.size;
    let items = mark.into_items(x, style.body.baseline());
    match flow_items.first_mut() {
        Some(FlowItem::LineBox(first)) => {
            first.before = first.before.min(style.paragraph_gap * 0.6);
            first.items.splice(0..0, items);
        }
        _ => flow_items.insert(0, FlowItem::LineBox(marker_line(items.collect(), format))),
    }
    flow_items
}

/// A line box for the marker of an item that does not begin with text.
fn marker_line(items: Vec<Item>, format: TextFormat) -> LineBox {
    LineBox { height: format.type_size.leading, items, keep_with_next: true, ..LineBox::default() }
}
