//! Asserts the properties that hold on every page of any release.

use std::collections::{BTreeMap, BTreeSet};

use kessan::{
    present::document::{Block, Cell, Document, Row, RowKind, Table},
    render::pdf::{
        page::{Item, Layout, Page, Rule, TextRun},
        structure_tree::{NodeId, Role, Scope, Target},
    },
};

/// The role of the element that a run belongs to.
fn role<'a>(layout: &'a Layout, run: &TextRun) -> Option<&'a Role> {
    run.tag.map(|tag| &layout.tree.nodes[tag].role)
}

/// The nearest element around `node` that `wanted` accepts.
fn around(layout: &Layout, node: NodeId, wanted: impl Fn(&Role) -> bool) -> Option<NodeId> {
    let mut at = Some(node);
    while let Some(node) = at.filter(|&node| !wanted(&layout.tree.nodes[node].role)) {
        at = layout.tree.nodes[node].parent;
    }
    at
}

/// The cell of a table that a run is in.
pub fn cell_of(layout: &Layout, run: &TextRun) -> Option<NodeId> {
    run.tag.and_then(|tag| around(layout, tag, |role| *role == Role::Cell))
}

/// Where a run's last digit ends, if nothing but closing marks follows it.
fn digit_edge(run: &TextRun) -> Option<f32> {
    let core = run.text.trim_end().trim_end_matches(['%', ')']);
    core.ends_with(|c: char| c.is_ascii_digit()).then_some(())?;
    let mut bytes = 0;
    let mut edge = run.x;
    for glyph in &run.glyphs {
        bytes += usize::from(glyph.bytes);
        if bytes > core.len() {
            break;
        }
        edge += glyph.advance * run.size / 1000.0;
    }
    Some(edge)
}

/// The digits of each column of each table end at one place.
pub fn digits_line_up(layout: &Layout) {
    let mut columns: std::collections::BTreeMap<(NodeId, usize), f32> = Default::default();
    for run in layout.pages.iter().flat_map(Page::runs) {
        let Some(cell) = cell_of(layout, run) else { continue };
        let row = layout.tree.nodes[cell].parent;
        let is_before =
            |node: &NodeId| layout.tree.nodes[*node].parent == row && layout.tree.nodes[*node].role == Role::Cell;
        let column = (0..cell).filter(is_before).count();
        let table = around(layout, cell, |role| *role == Role::Table).expect("a cell is in a table");
        let Some(edge) = digit_edge(run) else { continue };
        let known = *columns.entry((table, column)).or_insert(edge);
        assert!((known - edge).abs() < 0.02, "`{}` ends at {edge}, others in its column at {known}", run.text);
    }
    assert!(columns.len() > 20);
}

/// Nothing leaves the sheet's margins, but for what stands in the upper and lower one on every page.
pub fn inside_the_margins(layout: &Layout, margins: [f32; 4]) {
    let [top, right, bottom, left] = margins;
    for (number, page) in layout.pages.iter().enumerate() {
        for run in page.runs() {
            let furniture = run.tag.is_none() && (run.baseline < top || run.baseline > page.height - bottom);
            assert!(run.x >= left - 0.01, "page {number}: `{}` begins at {}", run.text, run.x);
            let end = run.x + run.width;
            let space = if run.text.ends_with(' ') { run.size } else { 0.0 };
            assert!(end - space <= page.width - right + 0.05, "page {number}: `{}` ends at {end}", run.text);
            let inside = run.baseline > top && run.baseline <= page.height - bottom;
            assert!(inside || furniture, "page {number}: `{}` stands at {}", run.text, run.baseline);
        }
    }
}

/// No two texts share a place.
pub fn nothing_overlaps(layout: &Layout) {
    let sides = |run: &TextRun| {
        let seen = run.width - if run.text.ends_with(' ') { 0.3 * run.size } else { 0.0 };
        (run.x + 0.05, run.x + seen - 0.05, run.baseline - 0.65 * run.size, run.baseline + 0.15 * run.size)
    };
    for page in &layout.pages {
        let runs: Vec<&TextRun> = page.runs().filter(|run| !run.text.trim().is_empty()).collect();
        for (i, a) in runs.iter().enumerate() {
            for b in &runs[i + 1..] {
                let ((al, ar, at, ab), (bl, br, bt, bb)) = (sides(a), sides(b));
                let apart = ar <= bl || br <= al || ab <= bt || bb <= at;
                assert!(apart, "`{}` and `{}` overlap", a.text, b.text);
            }
        }
    }
}

/// Every page with a mark has the note.
pub fn notes_where_their_marks_are(layout: &Layout) {
    let mut marks = 0;
    for page in &layout.pages {
        for run in page.runs() {
            if let Some(Role::Link(Target::Note(number), _)) = role(layout, run) {
                assert!(page.notes.contains_key(number), "note {number} is not on the page of `{}`", run.text);
                marks += 1;
            }
        }
    }
    assert!(marks > 0);
}

/// Below each heading something of its section stands on the same page.
pub fn no_heading_alone(layout: &Layout) {
    for bookmark in &layout.outline {
        let page = &layout.pages[bookmark.position.page];
        let is_text = |run: &&TextRun| {
            !matches!(role(layout, run), None | Some(Role::Heading(_) | Role::Note(_) | Role::NoteLabel))
        };
        let below = page.runs().filter(is_text).any(|run| run.baseline > bookmark.position.y + 20.0);
        assert!(below, "`{}` stands alone", bookmark.text);
    }
}

/// The tables of a document that are printed as such.
fn tables(document: &Document) -> Vec<&Table> {
    let blocks = document.pages.iter().flat_map(|page| &page.blocks);
    blocks.filter_map(|block| if let Block::Table(table) = block { Some(&**table) } else { None }).collect()
}

/// The printed rows of each table in order, each with the page that it begins on.
fn rows(layout: &Layout) -> Vec<Vec<(NodeId, usize)>> {
    let mut pages: BTreeMap<NodeId, usize> = BTreeMap::new();
    for (number, page) in layout.pages.iter().enumerate() {
        for item in &page.items {
            let tag = match item {
                Item::Text(run) => run.tag,
                Item::Empty(tag) => Some(*tag),
                _ => None,
            };
            if let Some(row) = tag.and_then(|tag| around(layout, tag, |role| *role == Role::Row)) {
                pages.entry(row).or_insert(number);
            }
        }
    }
    let nodes = layout.tree.nodes.iter().enumerate();
    let bodies: Vec<NodeId> = nodes.filter(|(_, node)| node.role == Role::Body).map(|(id, _)| id).collect();
    let of = |body: NodeId| pages.iter().filter(move |(row, _)| layout.tree.nodes[**row].parent == Some(body));
    bodies.into_iter().map(|body| of(body).map(|(row, page)| (*row, *page)).collect()).collect()
}

/// No row is lost or out of order: each stands on one line with its figures from left to right.
pub fn every_row_in_order(document: &Document, layout: &Layout) {
    let (tables, rows) = (tables(document), rows(layout));
    assert_eq!(tables.len(), rows.len());
    for (table, rows) in tables.iter().zip(rows) {
        assert_eq!(table.rows.len(), rows.len(), "rows of `{}`", table.id);
        for (row, (node, page)) in table.rows.iter().zip(rows) {
            let is_cell =
                |run: &&TextRun| cell_of(layout, run).is_some_and(|cell| layout.tree.nodes[cell].parent == Some(node));
            let cells: Vec<&TextRun> = layout.pages[page].runs().filter(is_cell).collect();
            let shown: Vec<&str> = cells.iter().map(|run| run.text.as_str()).collect();
            let wanted: Vec<&str> = row.cells.iter().map(Cell::text).filter(|text| !text.is_empty()).collect();
            assert_eq!(shown, wanted, "`{}` of `{}`", row.id, table.id);
            assert!(
                cells
                    .windows(2)
                    .all(|pair| pair[0].x + pair[0].width <= pair[1].x && pair[0].baseline == pair[1].baseline)
            );
        }
    }
}

/// On each page of a table its heads stand above its rows; but for the first time, outside the structure tree.
pub fn heads_on_every_page_of_a_table(layout: &Layout) {
    for rows in rows(layout) {
        let Some(&(first, begins)) = rows.first() else { continue };
        let table = around(layout, first, |role| *role == Role::Table);
        let is_head = |run: &&TextRun| {
            matches!(role(layout, run), Some(Role::HeadCell { scope: Scope::Column, .. }))
                && run.tag.and_then(|tag| around(layout, tag, |role| *role == Role::Table)) == table
        };
        let heads: Vec<&TextRun> = layout.pages[begins].runs().filter(is_head).collect();
        let later: BTreeSet<usize> = rows.iter().map(|(_, page)| *page).filter(|page| *page > begins).collect();
        for page in later {
            for head in &heads {
                let again =
                    layout.pages[page].runs().find(|run| run.tag.is_none() && run.text == head.text && run.x == head.x);
                assert!(again.is_some(), "`{}` is missing on page {page}", head.text);
            }
        }
    }
}

/// Whether a row of a table is a sum of rows above it.
fn adds_up(row: &Row, index: usize) -> bool {
    let sums = row.cells.iter().filter_map(|cell| match cell {
        Cell::Number { number, .. } => Some(&number.sums),
        Cell::Blank | Cell::Mark { .. } | Cell::Text { .. } => None,
    });
    sums.flatten().any(|sum| sum.parts.iter().all(|part| part.row < index))
}

/// A total that adds up what stands above it never begins a part of a table.
pub fn totals_below_their_parts(document: &Document, layout: &Layout) {
    let mut totals = 0;
    for (table, rows) in tables(document).iter().zip(rows(layout)) {
        for (index, row) in table.rows.iter().enumerate().filter(|(index, row)| adds_up(row, *index)) {
            assert_eq!(rows[index - 1].1, rows[index].1, "`{}` of `{}` has left its parts", row.id, table.id);
            totals += 1;
        }
    }
    assert!(totals > 10);
}

/// What adds up rows above it has a rule over each figure, and a total two more below.
pub fn sums_are_ruled(document: &Document, layout: &Layout) {
    let mut ruled = BTreeMap::new();
    for (table, rows) in tables(document).iter().zip(rows(layout)) {
        for (index, row) in table.rows.iter().enumerate().filter(|(index, row)| adds_up(row, *index)) {
            let below = match row.kind {
                RowKind::Heading | RowKind::Item => continue,
                RowKind::Subtotal => 0,
                RowKind::Total => 2,
            };
            let (node, page) = rows[index];
            let label = of_row(layout, node, page, |role| matches!(role, Role::HeadCell { .. }));
            for run in of_row(layout, node, page, |role| *role == Role::Cell) {
                let edge = digit_edge(run).unwrap_or(run.x + run.width) - 1.0;
                let rules = |from: f32, to: f32| {
                    let is_here =
                        |rule: &Rule| rule.x < edge && edge < rule.x + rule.width && from < rule.y && rule.y < to;
                    let items = layout.pages[page].items.iter();
                    items.filter(|item| matches!(item, Item::Rule(rule) if is_here(rule))).count()
                };
                let (top, foot) = (label.iter().map(|run| run.baseline).fold(run.baseline, f32::min), run.baseline);
                let description = format!("`{}` of `{}` of `{}`", run.text, row.id, table.id);
                assert_eq!(rules(top - 1.3 * run.size, top - 0.8 * run.size), 1, "above {description}");
                assert!(
                    below == 0 || rules(foot + 0.3 * run.size, foot + 0.85 * run.size) == below,
                    "below {description}"
                );
            }
            *ruled.entry(below).or_insert(0) += 1;
        }
    }
    assert!(ruled.len() == 2 && ruled.values().all(|count| *count > 3), "{ruled:?}");
}

/// Under each head of a group of columns runs a rule, from its first column to its last.
pub fn groups_are_ruled(layout: &Layout) {
    let mut groups: BTreeMap<(usize, NodeId), Vec<&TextRun>> = BTreeMap::new();
    for (number, page) in layout.pages.iter().enumerate() {
        for run in page.runs() {
            let group = |role: &Role| matches!(role, Role::HeadCell { scope: Scope::Column, columns: 2.., .. });
            if let Some(cell) = run.tag.and_then(|tag| around(layout, tag, group)) {
                groups.entry((number, cell)).or_default().push(run);
            }
        }
    }
    assert!(!groups.is_empty());
    for ((page, _), lines) in groups {
        let last = lines.iter().map(|run| run.baseline).fold(0.0, f32::max);
        let left = lines.iter().map(|run| run.x).fold(f32::MAX, f32::min);
        let right = lines.iter().map(|run| run.x + run.width).fold(0.0, f32::max);
        let spans = |rule: &Rule| {
            rule.x <= left + 0.1 && rule.x + rule.width >= right - 0.1 && (last..last + lines[0].size).contains(&rule.y)
        };
        let is_ruled = layout.pages[page].items.iter().any(|item| matches!(item, Item::Rule(rule) if spans(rule)));
        assert!(is_ruled, "no rule under `{}` on page {page}", lines[0].text);
    }
}

/// Figures stand on the last line of their row's label; gives how many labels have several.
pub fn figures_beside_the_last_line_of_their_label(layout: &Layout) -> usize {
    let mut long = 0;
    for (node, page) in rows(layout).into_iter().flatten() {
        let lines = of_row(layout, node, page, |role| matches!(role, Role::HeadCell { scope: Scope::Row, .. }));
        let last = lines.iter().map(|run| run.baseline).fold(0.0, f32::max);
        long += usize::from(lines.iter().any(|run| run.baseline < last));
        for run in of_row(layout, node, page, |role| *role == Role::Cell).iter().filter(|_| !lines.is_empty()) {
            assert_eq!(run.baseline, last, "`{}` is not beside the end of its label", run.text);
        }
    }
    long
}

/// The texts of a row's cells of some role, on its page; marks and links within them too.
fn of_row(layout: &Layout, row: NodeId, page: usize, wanted: impl Fn(&Role) -> bool) -> Vec<&TextRun> {
    let is_of = |run: &&TextRun| {
        let cell = run.tag.and_then(|tag| around(layout, tag, &wanted));
        cell.is_some_and(|cell| layout.tree.nodes[cell].parent == Some(row))
    };
    layout.pages[page].runs().filter(is_of).collect()
}

/// No type is smaller.
pub fn nothing_is_too_small(layout: &Layout, least: f32) {
    for run in layout.pages.iter().flat_map(Page::runs) {
        assert!(run.size >= least, "`{}` is set in {} points", run.text, run.size);
    }
}

/// No line of a paragraph stands alone at the foot or the head of a page.
pub fn no_line_alone(layout: &Layout) {
    let mut lines: BTreeMap<(NodeId, usize), BTreeSet<i32>> = BTreeMap::new();
    for (number, page) in layout.pages.iter().enumerate() {
        for run in page.runs() {
            let paragraph = run.tag.and_then(|tag| around(layout, tag, |role| *role == Role::Paragraph));
            if let Some(paragraph) = paragraph {
                // Marks and links share the baseline of their line.
                lines.entry((paragraph, number)).or_default().insert((run.baseline * 10.0).round() as i32);
            }
        }
    }
    for ((paragraph, page), here) in &lines {
        let goes_on = lines.contains_key(&(*paragraph, page + 1));
        let comes_from = page.checked_sub(1).is_some_and(|before| lines.contains_key(&(*paragraph, before)));
        assert!(here.len() > 1 || !(goes_on || comes_from), "a line of a paragraph stands alone on page {page}");
    }
}
