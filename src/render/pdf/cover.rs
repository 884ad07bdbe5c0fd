//! What stands above the first page's text: the lines of the cover's template, set.

use super::{
    contents,
    flow_item::FlowItem,
    frame::{Item, Rule},
    layout_context::LayoutContext,
    line_box::{self, LineBox},
    print_templates::{self, Part, Side},
    structure_tree::{Role, Tree},
    style::Pt,
    text::{self, Line},
};
use crate::present::document::plain;

/// What stands above the first page's text. The line that is the release's title heads the document.
pub fn opening(setter: &mut LayoutContext, cover: &[Part]) -> Vec<FlowItem> {
    let width = setter.style.text_width(false);
    let (mut bands, mut gap): (Vec<LineBox>, Pt) = (Vec::new(), 0.0);
    let mut beside: Option<Beside> = None;
    for part in cover {
        let before = std::mem::take(&mut gap);
        match part {
            Part::Gap(space) => (gap, beside) = (before + space, None),
            Part::Contents { set, colour } => {
                bands.extend(contents::bands(setter, *set, *colour, before));
                beside = None;
            }
            Part::Rule { thickness, colour } => {
                let line = Rule { x: 0.0, y: 0.0, width, thickness: *thickness, colour: *colour };
                bands.push(LineBox {
                    before,
                    height: 2.0,
                    items: vec![Item::Rule(line)],
                    keep: true,
                    ..LineBox::default()
                });
                beside = None;
            }
            Part::Line { side, set, .. } => {
                let mut lines = cover_line(setter, part, width);
                let room = lines.iter().map(|line| line.width).fold(0.0, Pt::max);
                let free = beside.take().filter(|left| *side == Side::Right && left.end + room < width);
                lines.iter_mut().for_each(|line| line.aside(*side, width));
                match (free, lines.len(), bands.last_mut()) {
                    // Right of what stands on the left, on its line.
                    (Some(left), 1, Some(band)) => band.items.extend(lines.remove(0).at(0.0, left.baseline)),
                    _ => {
                        let is_short = *side == Side::Left && lines.len() == 1;
                        beside = is_short.then_some(Beside { end: room, baseline: set.baseline() });
                        let stack = line_box::stack(lines, *set, 0.0, 0.0, before.max(1.0));
                        bands.extend(stack.into_iter().map(|band| LineBox { keep: true, ..band }));
                    }
                }
            }
        }
    }
    if let Some(last) = bands.last_mut() {
        last.keep = true;
    }
    bands.into_iter().map(FlowItem::Band).collect()
}

/// A line that has room beside it: where it ends, and its baseline.
struct Beside {
    end: Pt,
    baseline: Pt,
}

fn cover_line(setter: &mut LayoutContext, part: &Part, width: Pt) -> Vec<Line> {
    let Part::Line { voice, set, colour, text, .. } = part else { return Vec::new() };
    let is_title = *text == print_templates::line(&plain(&setter.document.title));
    if is_title {
        (setter.titled, setter.level) = (true, 1);
    }
    let tag = setter.tree.add(Tree::ROOT, if is_title { Role::Heading(1) } else { Role::Paragraph });
    let ink = setter.ink(*set, "the cover").voiced(*voice).coloured(*colour).tagged(Some(tag));
    match is_title {
        true => text::set_balanced(setter, &setter.document.title, ink, width),
        false => text::set(setter, &print_templates::linked(text), ink, width),
    }
}
