//! Pieces become pages: what must stay together does, tables are cut, notes stand where they are looked for.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    flow_item::FlowItem,
    frame::{Bookmark, Item, Page, Rule, Spot},
    layout_context::LayoutContext,
    line_box::{self, LineBox},
    source_places,
    structure_tree::{Landmark, NodeId, Tree},
    style::Pt,
    table::{self, LaidTable, Part},
};
use crate::diag::Diagnostic;

/// The space above the notes at a page's foot, with the rule in it.
const FOOT_GAP: Pt = 10.0;
const FOOT_RULE: Pt = 90.0;

/// What fills whole sheets; page furniture is still missing.
#[derive(Debug, Default)]
pub struct Filled {
    pub pages: Vec<Page>,
    pub outline: Vec<Bookmark>,
    pub landmarks: BTreeMap<Landmark, Spot>,
    /// Notes that the structure tree holds already.
    pub told: BTreeSet<usize>,
    /// How much of each page is filled, as a share.
    pub shares: Vec<f32>,
}

/// Places pieces, on new sheets; some notes are told already.
pub fn flow(setter: &mut LayoutContext, pieces: Vec<FlowItem>, told: BTreeSet<usize>) -> Filled {
    let filled = Filled { told, ..Filled::default() };
    let mut flow = Flow { open: None, filled, section: Tree::ROOT, level: 0, turned: false, setter };
    flow.place_all(pieces);
    flow.close();
    if flow.filled.pages.is_empty() {
        flow.turn(false);
        flow.close();
    }
    flow.filled
}

struct Flow<'s, 'd> {
    setter: &'s mut LayoutContext<'d>,
    filled: Filled,
    open: Option<Open>,
    /// Whether bands stand on turned sheets.
    turned: bool,
    /// The section that is being placed, and the level of the heading above.
    section: NodeId,
    level: u8,
}

/// The page being filled.
struct Open {
    page: Page,
    landscape: bool,
    left: Pt,
    top: Pt,
    y: Pt,
    bottom: Pt,
    /// Space owed to what came last.
    owed: Pt,
    /// The notes at its foot, each with the section that it is of.
    foot: BTreeMap<usize, NodeId>,
    foot_height: Pt,
}

impl Open {
    fn room(&self) -> Pt {
        self.bottom - self.foot_height - self.y
    }

    fn whole(&self) -> Pt {
        self.bottom - self.top
    }

    fn is_fresh(&self) -> bool {
        self.y <= self.top
    }

    /// The space above what comes next.
    fn gap(&self, before: Pt) -> Pt {
        if self.is_fresh() { 0.0 } else { before.max(self.owed) }
    }

    fn put(&mut self, items: impl IntoIterator<Item = Item>, x: Pt) {
        let (dx, dy) = (self.left + x, self.y);
        self.page.items.extend(items.into_iter().map(|item| item.moved(dx, dy)));
    }
}

impl Flow<'_, '_> {
    fn place_all(&mut self, pieces: Vec<FlowItem>) {
        let mut group: Vec<LineBox> = Vec::new();
        for piece in pieces {
            match piece {
                FlowItem::Band(band) => {
                    let keep = band.keep;
                    group.push(band);
                    if !keep {
                        self.place_group(std::mem::take(&mut group), None);
                    }
                }
                FlowItem::Table(table) => {
                    let led = !group.is_empty();
                    self.place_group(std::mem::take(&mut group), Some(&table));
                    self.place_table(&table, led);
                }
                FlowItem::Section(section) => self.section = section,
                FlowItem::Turned(turned) => self.turned = turned,
            }
        }
        self.place_group(group, None);
    }

    /// Places bands that stay together, and together with the opening of the table behind them.
    fn place_group(&mut self, group: Vec<LineBox>, table: Option<&LaidTable>) {
        if group.is_empty() {
            return;
        }
        self.face(table.map_or(self.turned, |table| table.landscape));
        let own = line_box::height(&group);
        let notes: BTreeSet<usize> = group.iter().flat_map(|band| band.notes.iter().copied()).collect();
        let foot = self.foot_with(&notes);
        let (room, whole) = self.open.as_ref().map_or((0.0, 0.0), |open| (open.bottom - foot - open.y, open.whole()));
        let first = group.first().map_or(0.0, |band| band.before);
        let gap = self.open.as_ref().map_or(0.0, |open| open.gap(first)) - first;
        let behind = table.map_or(0.0, |table| {
            let before = own + gap + table.before;
            table.before + table::opening(table, room - before, whole - own - table.before)
        });
        if own + gap + behind > room {
            self.turn_unless_fresh();
        }
        for band in group {
            self.place_band(band);
        }
    }

    fn place_band(&mut self, band: LineBox) {
        let notes: BTreeSet<usize> = band.notes.iter().copied().collect();
        let foot = self.foot_with(&notes);
        if self.open.as_ref().is_some_and(|open| open.y + open.gap(band.before) + band.height > open.bottom - foot) {
            self.turn_unless_fresh();
        }
        let foot = self.foot_with(&notes);
        let page = self.filled.pages.len();
        let Some(open) = &mut self.open else { return };
        open.y += open.gap(band.before);
        open.owed = 0.0;
        for anchor in band.anchors {
            let spot = Spot { page, y: open.y };
            if let Some((level, text)) = anchor.heading {
                self.level = level;
                self.filled.outline.push(Bookmark { level, text, spot });
            }
            self.filled.landmarks.entry(anchor.at).or_insert(spot);
        }
        open.put(band.items, 0.0);
        open.y += band.height;
        for note in notes {
            if !open.page.notes.contains_key(&note) {
                open.foot.entry(note).or_insert(self.section);
            }
        }
        open.foot_height = foot;
    }

    /// How high the page's foot would be with these notes too. What stands under a table of the page is not said again.
    fn foot_with(&mut self, notes: &BTreeSet<usize>) -> Pt {
        let Some(open) = &self.open else { return 0.0 };
        let (told, width) = (&open.page.notes, self.setter.style.text_width(open.landscape));
        let all: BTreeSet<usize> =
            open.foot.keys().chain(notes).copied().filter(|number| !told.contains_key(number)).collect();
        if all.iter().eq(open.foot.keys()) {
            return open.foot_height;
        }
        if all.is_empty() {
            return 0.0;
        }
        let heights = all.iter().map(|&number| line_box::height(&line_box::note(self.setter, number, width, None)));
        FOOT_GAP + heights.sum::<Pt>()
    }

    /// Places a table in as many parts as it needs. One that bands lead to begins right behind them: they found it room.
    fn place_table(&mut self, table: &LaidTable, led: bool) {
        self.face(table.landscape);
        let mut start = 0;
        while start < table.rows.len() || start == 0 {
            let Some(open) = &self.open else { return };
            let gap = if start == 0 { open.gap(table.before) } else { 0.0 };
            let room = open.room() - gap;
            let wanted = if start == 0 && !led { table::opening(table, room, open.whole()) } else { 0.0 };
            let fresh = open.is_fresh();
            if wanted > room && !fresh {
                self.turn(table.landscape);
                continue;
            }
            let part = match table::cut(table, start, room) {
                Some(part) => part,
                None if fresh => self.too_high(table, start),
                None => {
                    self.turn(table.landscape);
                    continue;
                }
            };
            self.place_part(table, &part, gap);
            start = part.rows.end;
            if start >= table.rows.len() {
                break;
            }
            self.turn(table.landscape);
        }
    }

    /// A part of one row that is higher than a page with its head: a finding, for it would be cut off.
    fn too_high(&mut self, table: &LaidTable, row: usize) -> Part {
        let part = source_places::Part::Table(&table.id).to_string();
        let message = format!("row {} of {part} is higher than a page with the table's head", row + 1);
        self.setter.report(&part, Diagnostic::error("layout", message));
        table.part(row..(row + 1).min(table.rows.len()))
    }

    /// Places a part of a table: its caption and head, its rows, and the notes they have marks of.
    fn place_part(&mut self, table: &LaidTable, part: &Part, gap: Pt) {
        let page = self.filled.pages.len();
        let Some(open) = &mut self.open else { return };
        open.y += gap;
        if part.rows.start == 0 {
            let spot = Spot { page, y: open.y };
            self.filled.landmarks.entry(Landmark::Block(table.id.clone())).or_insert(spot);
            if !table.name.is_empty() {
                let (level, text) = (self.level.saturating_add(1), table.name.clone());
                self.filled.outline.push(Bookmark { level, text, spot });
            }
        }
        let rows = table.rows.get(part.rows.clone()).unwrap_or_default();
        for band in table.top(part.rows.start).iter().chain(rows.iter().map(|(_, band)| band)) {
            open.y += band.before;
            open.put(band.items.iter().cloned(), table.x);
            open.y += band.height;
        }
        if !(table.closed && part.rows.end == table.rows.len()) {
            open.put(table.foot.items.iter().cloned(), table.x);
        }
        open.y += table.foot.height + if part.notes.is_empty() { 0.0 } else { table::NOTE_GAP };
        open.owed = self.setter.style.table_gap;
        for &number in &part.notes {
            self.place_note(number, self.section, table.x, table.width);
        }
        let foot = self.foot_with(&BTreeSet::new());
        if let Some(open) = &mut self.open {
            open.foot.retain(|number, _| !part.notes.contains(number));
            open.foot_height = foot;
        }
    }

    /// Places a note; the first copy is the one that the structure tree holds.
    fn place_note(&mut self, number: usize, section: NodeId, x: Pt, width: Pt) {
        let parent = self.filled.told.insert(number).then_some(section);
        let bands = line_box::note(self.setter, number, width, parent);
        let Some(open) = &mut self.open else { return };
        open.page.notes.entry(number).or_insert(open.y);
        for band in bands {
            open.y += band.before;
            open.put(band.items, x);
            open.y += band.height;
        }
    }

    /// Makes sure that a page is open, turned or not.
    fn face(&mut self, landscape: bool) {
        match &self.open {
            Some(open) if open.landscape == landscape => {}
            _ => self.turn(landscape),
        }
    }

    fn turn_unless_fresh(&mut self) {
        if let Some(landscape) = self.open.as_ref().filter(|open| !open.is_fresh()).map(|open| open.landscape) {
            self.turn(landscape);
        }
    }

    /// Closes the page and opens the next.
    fn turn(&mut self, landscape: bool) {
        self.close();
        let (width, height) = self.setter.style.sheet(landscape);
        let [top, _, bottom, left] = self.setter.style.margins(landscape);
        let page = Page { width, height, items: Vec::new(), notes: Default::default() };
        let bottom = height - bottom;
        let foot = BTreeMap::new();
        self.open = Some(Open { page, landscape, left, top, y: top, bottom, owed: 0.0, foot, foot_height: 0.0 });
    }

    /// Finishes the page with the notes at its foot.
    fn close(&mut self) {
        let Some(open) = &mut self.open else { return };
        self.filled.shares.push((open.y + open.foot_height - open.top) / open.whole());
        let numbers = std::mem::take(&mut open.foot);
        if !numbers.is_empty() {
            open.y = open.bottom - open.foot_height + FOOT_GAP;
            let (y, style) = (open.y - FOOT_GAP * 0.35, self.setter.style);
            let rule = Rule { x: open.left, y, width: FOOT_RULE, thickness: style.hairline, colour: style.quiet };
            open.page.items.push(Item::Rule(rule));
            let width = style.text_width(open.landscape);
            for (number, section) in numbers {
                self.place_note(number, section, 0.0, width);
            }
        }
        self.filled.pages.extend(self.open.take().map(|open| open.page));
    }
}
