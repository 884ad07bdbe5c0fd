//! Lays out the cover: the lines of the cover template, above the text of the first page.

use super::{
    contents,
    flow_item::FlowItem,
    layout_context::LayoutContext,
    line_box::{self, LineBox},
    page::{Item, PlacedPicture, Rule},
    print_templates::{self, Alignment, TemplateItem},
    structure_tree::{Role, Tree},
    style::Pt,
    text::{self, Line},
};
use crate::present::document::plain;

/// The space below the logo.
const LOGO_GAP: Pt = 8.0;

/// The flow items of the cover, on a portrait or a landscape sheet. A line that equals the title of the release becomes the first
/// heading.
pub fn cover_items(context: &mut LayoutContext, cover: &[TemplateItem], landscape: bool) -> Vec<FlowItem> {
    let width = context.style.text_width(landscape);
    let (mut line_boxes, mut gap): (Vec<LineBox>, Pt) = (Vec::new(), 0.0);
    let mut short_line: Option<ShortLine> = None;
    for part in cover {
        let before = std::mem::take(&mut gap);
        match part {
            TemplateItem::Gap(space) => (gap, short_line) = (before + space, None),
            TemplateItem::Contents { type_size, colour } => {
                line_boxes.extend(contents::line_boxes(context, *type_size, *colour, before));
                short_line = None;
            }
            TemplateItem::Logo => match logo_line(context, before) {
                Some(line) => {
                    line_boxes.push(line);
                    short_line = None;
                }
                None => gap = before,
            },
            TemplateItem::Rule { thickness, colour } => {
                let line = Rule { x: 0.0, y: 0.0, width, thickness: *thickness, colour: *colour };
                line_boxes.push(LineBox {
                    before,
                    height: 2.0,
                    items: vec![Item::Rule(line)],
                    keep_with_next: true,
                    ..LineBox::default()
                });
                short_line = None;
            }
            TemplateItem::Line { alignment, type_size, .. } => {
                let mut lines = cover_line(context, part, width);
                let room = lines.iter().map(|line| line.width).fold(0.0, Pt::max);
                let free = short_line.take().filter(|left| *alignment == Alignment::Right && left.end + room < width);
                lines.iter_mut().for_each(|line| line.align(*alignment, width));
                match (free, lines.len(), line_boxes.last_mut()) {
                    // On the same line as the left-aligned text before it.
                    (Some(left), 1, Some(line_box)) => {
                        line_box.items.extend(lines.remove(0).into_items(0.0, left.baseline))
                    }
                    _ => {
                        let is_short = *alignment == Alignment::Left && lines.len() == 1;
                        short_line = is_short.then_some(ShortLine { end: room, baseline: type_size.baseline() });
                        let stack = line_box::stack(lines, *type_size, 0.0, 0.0, before.max(1.0));
                        line_boxes
                            .extend(stack.into_iter().map(|line_box| LineBox { keep_with_next: true, ..line_box }));
                    }
                }
            }
        }
    }
    if let Some(last) = line_boxes.last_mut() {
        last.keep_with_next = true;
    }
    line_boxes.into_iter().map(FlowItem::LineBox).collect()
}

/// The logo. It is no part of the structure, because the issuer's name is on the cover in words.
fn logo_line(context: &mut LayoutContext, before: Pt) -> Option<LineBox> {
    let (file, height) = context.logo?;
    let index = context.picture(file, "the cover")?;
    let width = height * file.width as Pt / file.height as Pt;
    let picture = Item::Picture(PlacedPicture { index, x: 0.0, y: 0.0, width, height, tag: None });
    Some(LineBox {
        before,
        height: height + LOGO_GAP,
        items: vec![picture],
        keep_with_next: true,
        ..LineBox::default()
    })
}

/// A line with room to its right.
struct ShortLine {
    /// The right end of its text.
    end: Pt,
    baseline: Pt,
}

fn cover_line(context: &mut LayoutContext, part: &TemplateItem, width: Pt) -> Vec<Line> {
    let TemplateItem::Line { font_role, type_size, colour, text, .. } = part else { return Vec::new() };
    let is_title = *text == print_templates::single_line(&plain(&context.document.title));
    if is_title {
        (context.has_title_heading, context.level) = (true, 1);
    }
    let tag = context.tree.add(Tree::ROOT, if is_title { Role::Heading(1) } else { Role::Paragraph });
    let format =
        context.text_format(*type_size, "the cover").with_font(*font_role).with_colour(*colour).with_tag(Some(tag));
    match is_title {
        true => text::break_lines_evenly(context, &context.document.title, format, width),
        false => text::break_lines(context, &print_templates::link_addresses(text), format, width),
    }
}
