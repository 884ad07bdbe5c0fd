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
/// Of so many lines at least one has two pairs, or none has: a few among single pairs would look like a mistake.
const LINES_PER_SHARED: usize = 3;

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
    let sides = Sides { whole: area.width, half, gap: NAME_GAP * size };
    let lines = share_lines(&widths, sides);
    let name_width = |side: usize| widest_name(&widths, lines.iter().filter_map(|line| line.get(side)));
    let names = [name_width(0).min(area.width * MAX_NAME_SHARE), name_width(1)];
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

/// The widths that pairs have on a line.
#[derive(Clone, Copy)]
struct Sides {
    whole: Pt,
    half: Pt,
    /// Between a name and its value.
    gap: Pt,
}

/// The pairs of each line, by their numbers: two if both fit into half of it, with the names of each side in one column.
fn share_lines(widths: &[(Pt, Pt)], sides: Sides) -> Vec<Vec<usize>> {
    let all_names = widths.iter().map(|(name, _)| *name).fold(0.0, Pt::max);
    let left = all_names.min(sides.whole * MAX_NAME_SHARE);
    let fits_left = |pair: usize| {
        widths.get(pair).is_some_and(|(name, value)| *name <= left && left + sides.gap + value <= sides.half)
    };
    let mut right: Pt = 0.0;
    loop {
        let fits_right = |pair: usize| {
            widths.get(pair).is_some_and(|(name, value)| name.max(right) + sides.gap + value <= sides.half)
        };
        let mut lines: Vec<Vec<usize>> = Vec::new();
        let mut next = 0;
        while next < widths.len() {
            let count = if fits_left(next) && fits_right(next + 1) { 2 } else { 1 };
            lines.push((next..next + count).collect());
            next += count;
        }
        // A wider column of names at the right leaves less room for the values beside it.
        let names = widest_name(widths, lines.iter().filter_map(|line| line.get(1)));
        if names <= right {
            let shared = lines.iter().filter(|line| line.len() > 1).count();
            let enough = shared * LINES_PER_SHARED >= lines.len();
            return if enough { lines } else { (0..widths.len()).map(|pair| vec![pair]).collect() };
        }
        right = names;
    }
}

fn widest_name<'a>(widths: &[(Pt, Pt)], pairs: impl Iterator<Item = &'a usize>) -> Pt {
    pairs.filter_map(|pair| widths.get(*pair)).map(|(name, _)| *name).fold(0.0, Pt::max)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(widths: &[(Pt, Pt)]) -> Vec<usize> {
        share_lines(widths, Sides { whole: 500.0, half: 240.0, gap: 10.0 }).iter().map(Vec::len).collect()
    }

    #[test]
    fn two_pairs_share_a_line_where_names_and_values_fit_without_a_break() {
        assert_eq!(shared(&[(60.0, 80.0), (60.0, 80.0)]), [2]);
        assert_eq!(shared(&[(60.0, 80.0), (60.0, 180.0)]), [1, 1]);
        // A long name makes the column of names wide for all.
        assert_eq!(shared(&[(60.0, 80.0), (60.0, 80.0), (190.0, 20.0)]), [1, 1, 1]);
        assert_eq!(shared(&[(60.0, 20.0), (60.0, 80.0), (190.0, 20.0)]), [2, 1]);
        // The second line needs the room at the right that the first would take for its value.
        assert_eq!(shared(&[(60.0, 20.0), (60.0, 160.0), (60.0, 20.0), (150.0, 20.0)]), [1, 1, 2]);
    }

    #[test]
    fn one_line_in_four_does_not_have_two_pairs() {
        let (short, long) = ((60.0, 80.0), (60.0, 300.0));
        assert_eq!(shared(&[short, short, long, long]), [2, 1, 1]);
        assert_eq!(shared(&[short, short, long, long, long]), [1, 1, 1, 1, 1]);
    }
}
