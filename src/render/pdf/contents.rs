//! The list of contents: the release's pages by name, each with the sheet that it begins on.

use super::{
    faces::FontRole,
    frame::{Item, Layout, PageOf},
    layout_context::{LayoutContext, TextFormat},
    line_box::LineBox,
    print_templates,
    structure_tree::{Landmark, NodeId, Role, Target, Tree},
    style::{Colour, Pt, Type},
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

/// The list as bands: in three columns or two where the names have room, read down each.
pub fn bands(setter: &mut LayoutContext, set: Type, colour: Colour, before: Pt) -> Vec<LineBox> {
    let pages: Vec<&Page> = setter.document.pages.iter().filter(|page| !page.title.is_empty()).collect();
    let width = setter.style.text_width(false);
    let plain = setter.ink(set, "the contents").coloured(colour);
    let longest = pages.iter().map(|page| setter.width(FontRole::Regular, &page.title, set.size, plain.place));
    let longest = longest.fold(0.0, Pt::max);
    let list = Some(setter.tree.add(Tree::ROOT, Role::Contents));
    let wide = |columns: usize| (width + BETWEEN * set.size) / columns as f32 - BETWEEN * set.size;
    let has_room = |&columns: &usize| {
        let least = longest + (BEFORE_NUMBER + NUMBER) * set.size;
        pages.len().div_ceil(columns) <= LINES && least <= wide(columns)
    };
    let columns = [3, 2].into_iter().find(has_room).unwrap_or(1);
    let mut bands: Vec<LineBox> = Vec::new();
    let lines = if columns == 1 { 1 } else { pages.len().div_ceil(columns).max(1) };
    for (i, page) in pages.into_iter().enumerate() {
        let (column, line) = if columns == 1 { (0, 0) } else { (i / lines, i % lines) };
        if i == 0 || columns == 1 {
            let before = if i == 0 { before } else { 0.0 };
            bands.push(LineBox { before, height: lines as f32 * set.leading, keep: columns > 1, ..LineBox::default() });
        }
        let left = column as f32 * (wide(columns) + BETWEEN * set.size);
        let place = [left, left + wide(columns), line as f32 * set.leading + set.baseline()];
        let items = entry(setter, page, plain, list, place);
        if let Some(band) = bands.last_mut() {
            band.items.extend(items);
        }
    }
    bands
}

/// A name and its number, from the left to the right on a baseline.
fn entry(
    setter: &mut LayoutContext,
    page: &Page,
    ink: TextFormat,
    list: Option<NodeId>,
    [left, right, y]: [Pt; 3],
) -> Vec<Item> {
    let item = setter.tree.below(list, Role::ContentsItem);
    let at = Landmark::Page(page.id.clone());
    let reference = setter.tree.below(item, Role::Reference);
    let tag = setter.tree.below(reference, Role::Link(Target::Landmark(at.clone()), page.title.clone()));
    let name = print_templates::line(&page.title);
    let room = right - left - (BEFORE_NUMBER + NUMBER) * ink.set.size;
    // A space for those who hear or copy it, before the number.
    let name = format!("{} ", text::shortened(setter, &name, ink, room));
    let lines = text::set_plain(setter, &name, ink.tagged(tag), Pt::MAX);
    let mut items: Vec<Item> = lines.into_iter().flat_map(|line| line.at(left, y)).collect();
    items.push(Item::PageOf(PageOf { of: at, right, baseline: y, size: ink.set.size, colour: ink.colour, tag }));
    items
}

/// Puts the numbers in, now that they are known.
pub fn number(setter: &mut LayoutContext, layout: &mut Layout) {
    let Layout { pages, landmarks, .. } = layout;
    for item in pages.iter_mut().flat_map(|page| &mut page.items) {
        let Item::PageOf(wanted) = item else { continue };
        let set = Type { size: wanted.size, leading: wanted.size };
        let ink = setter.ink(set, "the contents").coloured(wanted.colour).tagged(wanted.tag);
        let number = landmarks.get(&wanted.of).map(|spot| (spot.page + 1).to_string()).unwrap_or_default();
        let runs = text::set_plain(setter, &number, ink, Pt::MAX).into_iter().next();
        let width = runs.as_ref().map_or(0.0, |line| line.width);
        let placed = runs.and_then(|line| line.at(wanted.right - width, wanted.baseline).next());
        if let Some(placed) = placed {
            *item = placed;
        }
    }
}
