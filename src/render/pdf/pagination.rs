//! Places flow items on pages: keeps line boxes together, splits tables, and adds the notes of each page.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    flow_item::FlowItem,
    layout_context::LayoutContext,
    line_box::{self, LineBox},
    page::{Bookmark, Item, Page, Position, Rule},
    source_places,
    structure_tree::{Landmark, NodeId, Tree},
    style::Pt,
    table::{self, TableLayout, TablePart},
};
use crate::diag::Diagnostic;

/// The space above footnotes, which contains a rule, and the length of that rule.
const FOOTNOTE_GAP: Pt = 10.0;
const FOOTNOTE_RULE: Pt = 90.0;

/// Paginated flow items, without page furniture.
#[derive(Debug, Default)]
pub struct PaginatedPages {
    /// The pages in order.
    pub pages: Vec<Page>,
    /// Bookmarks of headings and tables, in order.
    pub outline: Vec<Bookmark>,
    /// The positions of link targets.
    pub landmarks: BTreeMap<Landmark, Position>,
    /// The numbers of the notes that are in the structure tree.
    pub tagged_notes: BTreeSet<usize>,
    /// The filled share of the text height of each page.
    pub fill_ratios: Vec<f32>,
}

/// Paginates flow items, beginning on a new page; `tagged_notes` are already in the structure tree.
pub fn paginate(
    context: &mut LayoutContext,
    flow_items: Vec<FlowItem>,
    tagged_notes: BTreeSet<usize>,
) -> PaginatedPages {
    let paginated = PaginatedPages { tagged_notes, ..PaginatedPages::default() };
    let mut paginator = Paginator { open: None, paginated, section: Tree::ROOT, level: 0, landscape: false, context };
    paginator.place_all(flow_items);
    paginator.close();
    if paginator.paginated.pages.is_empty() {
        paginator.start_page(false);
        paginator.close();
    }
    paginator.paginated
}

struct Paginator<'s, 'd> {
    context: &'s mut LayoutContext<'d>,
    paginated: PaginatedPages,
    open: Option<OpenPage>,
    /// Whether line boxes are placed on landscape sheets.
    landscape: bool,
    /// The current section, and the level of the last heading.
    section: NodeId,
    level: u8,
}

/// The page being filled.
struct OpenPage {
    page: Page,
    landscape: bool,
    left: Pt,
    top: Pt,
    y: Pt,
    bottom: Pt,
    /// The space after the last item.
    space_after: Pt,
    /// The numbers of the notes at its foot, with the section of each.
    footnotes: BTreeMap<usize, NodeId>,
    footnotes_height: Pt,
}

impl OpenPage {
    fn remaining_height(&self) -> Pt {
        self.bottom - self.footnotes_height - self.y
    }

    fn text_height(&self) -> Pt {
        self.bottom - self.top
    }

    fn is_empty(&self) -> bool {
        self.y <= self.top
    }

    /// The space before the next item.
    fn gap(&self, before: Pt) -> Pt {
        if self.is_empty() { 0.0 } else { before.max(self.space_after) }
    }

    fn add(&mut self, items: impl IntoIterator<Item = Item>, x: Pt) {
        let (dx, dy) = (self.left + x, self.y);
        self.page.items.extend(items.into_iter().map(|item| item.translate(dx, dy)));
    }
}

impl Paginator<'_, '_> {
    fn place_all(&mut self, flow_items: Vec<FlowItem>) {
        let mut group: Vec<LineBox> = Vec::new();
        for flow_item in flow_items {
            match flow_item {
                FlowItem::LineBox(line_box) => {
                    let keep_with_next = line_box.keep_with_next;
                    group.push(line_box);
                    if !keep_with_next {
                        self.place_group(std::mem::take(&mut group), None);
                    }
                }
                FlowItem::Table(mut table) => {
                    let is_introduced = !group.is_empty();
                    self.place_group(std::mem::take(&mut group), Some(&table));
                    self.place_table(&mut table, is_introduced);
                }
                FlowItem::Section(section) => self.section = section,
                FlowItem::Landscape(landscape) => self.landscape = landscape,
            }
        }
        self.place_group(group, None);
    }

    /// Places line boxes that must be kept together, and with the opening of the table after them.
    fn place_group(&mut self, group: Vec<LineBox>, table: Option<&TableLayout>) {
        if group.is_empty() {
            return;
        }
        self.ensure_page(table.map_or(self.landscape, |table| table.landscape));
        let group_height = line_box::height(&group);
        let notes: BTreeSet<usize> = group.iter().flat_map(LineBox::footnotes).collect();
        let foot = self.footnotes_height_with(&notes);
        let (room, text_height) =
            self.open.as_ref().map_or((0.0, 0.0), |open| (open.bottom - foot - open.y, open.text_height()));
        let first = group.first().map_or(0.0, |line_box| line_box.before);
        let gap = self.open.as_ref().map_or(0.0, |open| open.gap(first)) - first;
        let opening = table.map_or(0.0, |table| {
            let before = group_height + gap + table.before;
            table.before + table::opening_height(table, room - before, text_height - group_height - table.before)
        });
        if group_height + gap + opening > room {
            self.start_page_unless_empty();
        }
        for line_box in group {
            self.place_line_box(line_box);
        }
    }

    fn place_line_box(&mut self, line_box: LineBox) {
        let notes: BTreeSet<usize> = line_box.footnotes().collect();
        let foot = self.footnotes_height_with(&notes);
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.y + open.gap(line_box.before) + line_box.height > open.bottom - foot)
        {
            self.start_page_unless_empty();
        }
        let foot = self.footnotes_height_with(&notes);
        let page = self.paginated.pages.len();
        let Some(open) = &mut self.open else { return };
        open.y += open.gap(line_box.before);
        open.space_after = 0.0;
        for anchor in line_box.anchors {
            let position = Position { page, y: open.y };
            if let Some((level, text)) = anchor.heading {
                self.level = level;
                self.paginated.outline.push(Bookmark { level, text, position });
            }
            self.paginated.landmarks.entry(anchor.at).or_insert(position);
        }
        open.add(line_box.items, 0.0);
        let below = line_box.own_notes;
        open.y += line_box.height - below.map_or(0.0, |area| area.height);
        for note in notes {
            if !open.page.notes.contains_key(&note) {
                open.footnotes.entry(note).or_insert(self.section);
            }
        }
        open.footnotes_height = foot;
        if let Some(area) = below {
            let notes: BTreeSet<usize> = line_box.notes.into_iter().collect();
            notes.iter().for_each(|&number| self.place_note(number, self.section, area.x, area.width));
            self.remove_footnotes(&notes);
        }
    }

    /// Removes footnotes that now stand above on the page.
    fn remove_footnotes(&mut self, placed: &BTreeSet<usize>) {
        let foot = self.footnotes_height_with(&BTreeSet::new());
        if let Some(open) = &mut self.open {
            open.footnotes.retain(|number, _| !placed.contains(number));
            open.footnotes_height = foot;
        }
    }

    /// The height of the footnotes if these notes are added. Notes already under a table of the page are not repeated.
    fn footnotes_height_with(&mut self, notes: &BTreeSet<usize>) -> Pt {
        let Some(open) = &self.open else { return 0.0 };
        let (placed, width) = (&open.page.notes, self.context.style.text_width(open.landscape));
        let all: BTreeSet<usize> =
            open.footnotes.keys().chain(notes).copied().filter(|number| !placed.contains_key(number)).collect();
        if all.iter().eq(open.footnotes.keys()) {
            return open.footnotes_height;
        }
        if all.is_empty() {
            return 0.0;
        }
        let heights = all.iter().map(|&number| line_box::note_height(self.context, number, width));
        FOOTNOTE_GAP + heights.sum::<Pt>()
    }

    /// Places a table in as many parts as necessary. For an introduced table, `place_group` has already ensured that its opening
    /// fits.
    fn place_table(&mut self, table: &mut TableLayout, is_introduced: bool) {
        self.ensure_page(table.landscape);
        let mut start = 0;
        while start < table.rows.len() || start == 0 {
            let Some(open) = &self.open else { return };
            let gap = if start == 0 { open.gap(table.before) } else { 0.0 };
            let room = open.remaining_height() - gap;
            let wanted =
                if start == 0 && !is_introduced { table::opening_height(table, room, open.text_height()) } else { 0.0 };
            let is_empty = open.is_empty();
            if wanted > room && !is_empty {
                self.start_page(table.landscape);
                continue;
            }
            let part = match table::next_part(table, start, room) {
                Some(part) => part,
                None if is_empty => self.report_row_too_high(table, start),
                None => {
                    self.start_page(table.landscape);
                    continue;
                }
            };
            self.place_part(table, &part, gap);
            start = part.rows.end;
            if start >= table.rows.len() {
                break;
            }
            self.start_page(table.landscape);
        }
    }

    /// Reports a row that does not fit on a page together with the head, and returns a part with that row.
    fn report_row_too_high(&mut self, table: &TableLayout, row: usize) -> TablePart {
        let part = source_places::DocumentPart::Table(&table.id).to_string();
        let message = format!("row {} of {part} is higher than a page with the table's head", row + 1);
        self.context.report(&part, Diagnostic::error("layout", message));
        table.part(row..(row + 1).min(table.rows.len()))
    }

    /// Places a part of a table: caption, head, rows, and the notes that they refer to. The items of the rows are moved.
    fn place_part(&mut self, table: &mut TableLayout, part: &TablePart, gap: Pt) {
        let page = self.paginated.pages.len();
        let Some(open) = &mut self.open else { return };
        open.y += gap;
        if part.rows.start == 0 {
            let position = Position { page, y: open.y };
            self.paginated.landmarks.entry(Landmark::Block(table.id.clone())).or_insert(position);
            if !table.name.is_empty() {
                let (level, text) = (self.level.saturating_add(1), table.name.clone());
                self.paginated.outline.push(Bookmark { level, text, position });
            }
        }
        for line_box in table.head_line_boxes(part.rows.start) {
            open.y += line_box.before;
            open.add(line_box.items.iter().cloned(), table.x);
            open.y += line_box.height;
        }
        for (_, line_box) in table.rows.get_mut(part.rows.clone()).unwrap_or_default() {
            open.y += line_box.before;
            open.add(std::mem::take(&mut line_box.items), table.x);
            open.y += line_box.height;
        }
        if !(table.ends_with_total && part.rows.end == table.rows.len()) {
            open.add(table.foot.items.iter().cloned(), table.x);
        }
        open.y += table.foot.height + if part.notes.is_empty() { 0.0 } else { table::NOTE_GAP };
        open.space_after = table.after;
        for &number in &part.notes {
            self.place_note(number, self.section, table.x, table.width);
        }
        self.remove_footnotes(&part.notes);
    }

    /// Places a note; only its first copy is in the structure tree.
    fn place_note(&mut self, number: usize, section: NodeId, x: Pt, width: Pt) {
        let parent = self.paginated.tagged_notes.insert(number).then_some(section);
        let line_boxes = line_box::note(self.context, number, width, parent);
        let Some(open) = &mut self.open else { return };
        open.page.notes.entry(number).or_insert(open.y);
        for line_box in line_boxes {
            open.y += line_box.before;
            open.add(line_box.items, x);
            open.y += line_box.height;
        }
    }

    /// Ensures that a page of this orientation is open.
    fn ensure_page(&mut self, landscape: bool) {
        match &self.open {
            Some(open) if open.landscape == landscape => {}
            _ => self.start_page(landscape),
        }
    }

    fn start_page_unless_empty(&mut self) {
        if let Some(landscape) = self.open.as_ref().filter(|open| !open.is_empty()).map(|open| open.landscape) {
            self.start_page(landscape);
        }
    }

    /// Closes the current page and opens the next.
    fn start_page(&mut self, landscape: bool) {
        self.close();
        let (width, height) = self.context.style.sheet(landscape);
        let [top, _, bottom, left] = self.context.style.margins(landscape);
        let page = Page { width, height, items: Vec::new(), notes: Default::default() };
        let bottom = height - bottom;
        let footnotes = BTreeMap::new();
        self.open = Some(OpenPage {
            page,
            landscape,
            left,
            top,
            y: top,
            bottom,
            space_after: 0.0,
            footnotes,
            footnotes_height: 0.0,
        });
    }

    /// Finishes the current page by placing its footnotes.
    fn close(&mut self) {
        let Some(open) = &mut self.open else { return };
        self.paginated.fill_ratios.push((open.y + open.footnotes_height - open.top) / open.text_height());
        let numbers = std::mem::take(&mut open.footnotes);
        if !numbers.is_empty() {
            open.y = open.bottom - open.footnotes_height + FOOTNOTE_GAP;
            let (y, style) = (open.y - FOOTNOTE_GAP * 0.35, self.context.style);
            let rule = Rule { x: open.left, y, width: FOOTNOTE_RULE, thickness: style.hairline, colour: style.quiet };
            open.page.items.push(Item::Rule(rule));
            let width = style.text_width(open.landscape);
            for (number, section) in numbers {
                self.place_note(number, section, 0.0, width);
            }
        }
        self.paginated.pages.extend(self.open.take().map(|open| open.page));
    }
}
