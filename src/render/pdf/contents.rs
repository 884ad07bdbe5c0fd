//! The list of contents: the release's pages by name, each with the sheet that it begins on.

use super::{
    faces::FontRole,
    layout_context::{LayoutContext, TextFormat},
    line_box::LineBox,
    page::{Item, Layout, PageReference},
    print_templates,
    structure_tree::{Landmark, NodeId, Role, Target, Tree},
    style::{Colour, Pt, TypeSize},
    text,
};
use crate::present::document::Page;

/// The space between columns and before numbers, in the type size.
const BETWEEN: f32 = 2.6;
const BEFORE_NUMBER: f32 = 1.2;
/// Room for a number of three digits.
const NUMBER: f32 = 1.8;
/// More lines than these are set in one column, which may be cut.
const LINES: usize = 20;

/// The list as line boxes: in three columns or two where the names have room, read down each.
pub fn line_boxes(context: &mut LayoutContext, type_size: TypeSize, colour: Colour, before: Pt) -> Vec<LineBox> {
    let pages: Vec<&Page> = context.document.pages.iter().filter(|page| !page.title.is_empty()).collect();
    let width = context.style.text_width(false);
    let plain = context.text_format(type_size, "the contents").with_colour(colour);
    let longest = pages.iter().map(|page| context.width(FontRole::Regular, &page.title, type_size.size, plain.place));
    let longest = longest.fold(0.0, Pt::max);
    let list = Some(context.tree.add(Tree::ROOT, Role::Contents));
    let wide = |columns: usize| (width + BETWEEN * type_size.size) / columns as f32 - BETWEEN * type_size.size;
    let has_room = |&columns: &usize| {
        let least = longest + (BEFORE_NUMBER + NUMBER) * type_size.size;
        pages.len().div_ceil(columns) <= LINES && least <= wide(columns)
    };
    let columns = [3, 2].into_iter().find(has_room).unwrap_or(1);
    let mut line_boxes: Vec<LineBox> = Vec::new();
    let lines = if columns == 1 { 1 } else { pages.len().div_ceil(columns).max(1) };
    for (i, page) in pages.into_iter().enumerate() {
        let (column, line) = if columns == 1 { (0, 0) } else { (i / lines, i % lines) };
        if i == 0 || columns == 1 {
            let before = if i == 0 { before } else { 0.0 };
            line_boxes.push(LineBox {
                before,
                height: lines as f32 * type_size.leading,
                keep_with_next: columns > 1,
                ..LineBox::default()
            });
        }
        let left = column as f32 * (wide(columns) + BETWEEN * type_size.size);
        let place = [left, left + wide(columns), line as f32 * type_size.leading + type_size.baseline()];
        let items = entry(context, page, plain, list, place);
        if let Some(line_box) = line_boxes.last_mut() {
            line_box.items.extend(items);
        }
    }
    line_boxes
}

/// A name and its number, from the left to the right on a baseline.
fn entry(
    context: &mut LayoutContext,
    page: &Page,
    format: TextFormat,
    list: Option<NodeId>,
    [left, right, y]: [Pt; 3],
) -> Vec<Item> {
    let item = context.tree.below(list, Role::ContentsItem);
    let at = Landmark::Page(page.id.clone());
    let reference = context.tree.below(item, Role::Reference);
    let tag = context.tree.below(reference, Role::Link(Target::Landmark(at.clone()), page.title.clone()));
    let name = print_templates::line(&page.title);
    let room = right - left - (BEFORE_NUMBER + NUMBER) * format.type_size.size;
    // A space for those who hear or copy it, before the number.
    let name = format!("{} ", text::truncate(context, &name, format, room));
    let lines = text::break_plain_text(context, &name, format.with_tag(tag), Pt::MAX);
    let mut items: Vec<Item> = lines.into_iter().flat_map(|line| line.at(left, y)).collect();
    items.push(Item::PageReference(PageReference {
        of: at,
        right,
        baseline: y,
        size: format.type_size.size,
        colour: format.colour,
        tag,
    }));
    items
}

/// Puts the numbers in, now that they are known.
pub fn fill_page_numbers(context: &mut LayoutContext, layout: &mut Layout) {
    let Layout { pages, landmarks, .. } = layout;
    for item in pages.iter_mut().flat_map(|page| &mut page.items) {
        let Item::PageReference(wanted) = item else { continue };
        let type_size = TypeSize { size: wanted.size, leading: wanted.size };
        let format = context.text_format(type_size, "the contents").with_colour(wanted.colour).with_tag(wanted.tag);
        let number = landmarks.get(&wanted.of).map(|position| (position.page + 1).to_string()).unwrap_or_default();
        let runs = text::break_plain_text(context, &number, format, Pt::MAX).into_iter().next();
        let width = runs.as_ref().map_or(0.0, |line| line.width);
        let placed = runs.and_then(|line| line.at(wanted.right - width, wanted.baseline).next());
        if let Some(placed) = placed {
            *item = placed;
        }
    }
}
