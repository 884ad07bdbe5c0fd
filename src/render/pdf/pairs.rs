//! Lays out names with their values beside them: two pairs on a line where they have room.

use super::{
    flow_item::FlowItem,
    layout_context::LayoutContext,
    line_box::LineBox,
    structure_tree::{NodeId, Role},
    style::Pt,
    text::{self, Line},
};
use crate::present::document::{Block, Inline, Pair};

/// The space between a name and its value, and between two pairs on a line, in the type size.
const NAME_GAP: f32 = 1.0;
const PAIR_GAP: f32 = 1.6;
/// The most of the width that names take.
const MAX_NAME_SHARE: f32 = 0.4;

/// Where pairs are placed.
#[derive(Clone, Copy)]
pub struct PairArea<'p> {
    /// The left edge, from the left margin.
    pub x: Pt,
    pub width: Pt,
    pub parent: NodeId,
    pub place: &'p str,
}

/// The line boxes of pairs, one for each line.
pub fn layout_pairs(context: &mut LayoutContext, pairs: &[Pair], area: PairArea) -> Vec<FlowItem> {
    let list = context.tree.add(area.parent, Role::List(false));
    let widths = measure(context, pairs, area.place);
    let size = context.style.body.size;
    let half = (area.width - PAIR_GAP * size) / 2.0;
    let lines = share_lines(&widths, half, NAME_GAP * size);
    let name_width = |side: usize, room: Pt| {
        let of_line = |line: &[usize]| line.get(side).and_then(|pair| widths.get(*pair)).map_or(0.0, |(name, _)| *name);
        lines.iter().map(|line| of_line(line)).fold(0.0, Pt::max).min(room * MAX_NAME_SHARE)
    };
    let names = [name_width(0, area.width), name_width(1, half)];
    let mut line_boxes = Vec::new();
    for line in &lines {
        let mut line_box = LineBox { before: context.style.paragraph_gap * 0.4, ..LineBox::default() };
        for ((&number, name), left) in line.iter().zip(names).zip([0.0, half + PAIR_GAP * size]) {
            let Some(pair) = pairs.get(number) else { continue };
            let width = if line.len() > 1 { half } else { area.width };
            let area = PairArea { x: area.x + left, width, parent: list, ..area };
            layout_pair(context, pair, name, area, &mut line_box);
        }
        line_boxes.push(line_box);
    }
    if let Some(first) = line_boxes.first_mut() {
        first.before = context.style.paragraph_gap;
    }
    line_boxes.into_iter().map(FlowItem::LineBox).collect()
}

/// The widths of each name and value without line breaks.
fn measure(context: &mut LayoutContext, pairs: &[Pair], place: &str) -> Vec<(Pt, Pt)> {
    let format = context.text_format(context.style.body, place);
    let mut width = |inlines: &[Inline]| text::content_widths(context, inlines, format).1;
    let of_pair = |pair: &Pair| {
        let values: Vec<Pt> = paragraphs(pair).map(&mut width).collect();
        (width(&pair.name), values.into_iter().fold(0.0, Pt::max))
    };
    pairs.iter().map(of_pair).collect()
}

/// The pairs of each line, by their numbers: two if both fit into half of it.
fn share_lines(widths: &[(Pt, Pt)], half: Pt, gap: Pt) -> Vec<Vec<usize>> {
    let widest = widths.iter().map(|(name, _)| *name).fold(0.0, Pt::max).min(half * MAX_NAME_SHARE);
    let fits = |number: usize| widths.get(number).is_some_and(|(name, value)| name.max(widest) + gap + value <= half);
    let mut lines = Vec::new();
    let mut next = 0;
    while next < widths.len() {
        let count = if fits(next) && fits(next + 1) { 2 } else { 1 };
        lines.push((next..next + count).collect());
        next += count;
    }
    lines
}

fn layout_pair(context: &mut LayoutContext, pair: &Pair, name_width: Pt, area: PairArea, line_box: &mut LineBox) {
    let type_size = context.style.body;
    let item = context.tree.add(area.parent, Role::Item);
    let label = context.tree.add(item, Role::ItemLabel);
    let format = context.text_format(type_size, area.place);
    let names = text::break_lines(context, &pair.name, format.with_tag(Some(label)), name_width);
    place_lines(names, area.x, type_size.leading, type_size.baseline(), line_box);
    let body = context.tree.add(item, Role::ItemBody);
    let gap = NAME_GAP * type_size.size;
    let mut values = Vec::new();
    for inlines in paragraphs(pair) {
        let width = area.width - name_width - gap;
        values.extend(text::break_lines(context, inlines, format.with_tag(Some(body)), width));
    }
    place_lines(values, area.x + name_width + gap, type_size.leading, type_size.baseline(), line_box);
}

/// Adds lines at `x`, and makes the line box high enough for them.
fn place_lines(lines: Vec<Line>, x: Pt, leading: Pt, baseline: Pt, line_box: &mut LineBox) {
    line_box.height = line_box.height.max(lines.len() as f32 * leading);
    for (number, mut line) in lines.into_iter().enumerate() {
        line_box.notes.append(&mut line.notes);
        line_box.items.extend(line.into_items(x, baseline + number as f32 * leading));
    }
}

fn paragraphs(pair: &Pair) -> impl Iterator<Item = &[Inline]> {
    pair.value
        .iter()
        .filter_map(|block| if let Block::Paragraph { text } = block { Some(text.as_slice()) } else { None })
}
