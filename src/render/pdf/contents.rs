//! The list of contents: titles of the narrative pages, each with the number of its first sheet.

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

/// The space between columns, and before numbers, in the type size.
const COLUMN_GAP: f32 = 2.6;
const NUMBER_GAP: f32 = 1.2;
/// The width of a number of three digits, in the type size.
const NUMBER_WIDTH: f32 = 1.8;
/// The most lines of a column; a longer list has one column, which may be split between sheets.
const MAX_LINES: usize = 20;

/// The list as line boxes, in three or two columns if the titles fit, read column by column.
pub fn line_boxes(context: &mut LayoutContext, type_size: TypeSize, colour: Colour, before: Pt) -> Vec<LineBox> {
    let pages: Vec<&Page> = context.document.pages.iter().filter(|page| !page.title.is_empty()).collect();
    let width = context.style.text_width(false);
    let plain = context.text_format(type_size, "the contents").with_colour(colour);
    let longest = pages.iter().map(|page| context.width(FontRole::Regular, &page.title, type_size.size, plain.place));
    let longest = longest.fold(0.0, Pt::max);
    let list = Some(context.tree.add(Tree::ROOT, Role::Contents));
    let column_width =
        |columns: usize| (width + COLUMN_GAP * type_size.size) / columns as f32 - COLUMN_GAP * type_size.size;
    let fits = |&columns: &usize| {
        let least = longest + (NUMBER_GAP + NUMBER_WIDTH) * type_size.size;
        pages.len().div_ceil(columns) <= MAX_LINES && least <= column_width(columns)
    };
    let columns = [3, 2].into_iter().find(fits).unwrap_or(1);
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
        let left = column as f32 * (column_width(columns) + COLUMN_GAP * type_size.size);
        let place = [left, left + column_width(columns), line as f32 * type_size.leading + type_size.baseline()];
        let items = entry_items(context, page, plain, list, place);
        if let Some(line_box) = line_boxes.last_mut() {
            line_box.items.extend(items);
        }
    }
    line_boxes
}

/// The items of an entry: title and number, between left and right on the baseline `y`.
fn entry_items(
    context: &mut LayoutContext,
    page: &Page,
    format: TextFormat,
    list: Option<NodeId>,
    [left, right, y]: [Pt; 3],
) -> Vec<Item> {
    let item = context.tree.add_below(list, Role::ContentsItem);
    let at = Landmark::Page(page.id.clone());
    let reference = context.tree.add_below(item, Role::Reference);
    let tag = context.tree.add_below(reference, Role::Link(Target::Landmark(at.clone()), page.title.clone()));
    let name = print_templates::single_line(&page.title);
    let room = right - left - (NUMBER_GAP + NUMBER_WIDTH) * format.type_size.size;
    // A space before the number, for screen readers and copied text.
    let name = format!("{} ", text::truncate(context, &name, format, room));
    let lines = text::break_plain_text(context, &name, format.with_tag(tag), Pt::MAX);
    let mut items: Vec<Item> = lines.into_iter().flat_map(|line| line.into_items(left, y)).collect();
    items.push(Item::PageReference(PageReference {
        landmark: at,
        right,
        baseline: y,
        size: format.type_size.size,
        colour: format.colour,
        tag,
    }));
    items
}

/// Replaces page references by page numbers, after pagination.
pub fn fill_page_numbers(context: &mut LayoutContext, layout: &mut Layout) {
    let Layout { pages, landmarks, .. } = layout;
    for item in pages.iter_mut().flat_map(|page| &mut page.items) {
        let Item::PageReference(reference) = item else { continue };
        let type_size = TypeSize { size: reference.size, leading: reference.size };
        let format =
            context.text_format(type_size, "the contents").with_colour(reference.colour).with_tag(reference.tag);
        let number =
            landmarks.get(&reference.landmark).map(|position| (position.page + 1).to_string()).unwrap_or_default();
        let runs = text::break_plain_text(context, &number, format, Pt::MAX).into_iter().next();
        let width = runs.as_ref().map_or(0.0, |line| line.width);
        let number_item = runs.and_then(|line| line.into_items(reference.right - width, reference.baseline).next());
        if let Some(number_item) = number_item {
            *item = number_item;
        }
    }
}
