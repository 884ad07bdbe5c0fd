//! What holds on every page, whatever the release says.

use kessan::render::pdf::{
    frame::{Layout, Page, Run},
    tree::{NodeId, Role, Target},
};

/// The role of the element that a run belongs to.
fn role<'a>(layout: &'a Layout, run: &Run) -> Option<&'a Role> {
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

/// Where a run's last digit ends, if nothing but closing marks follows it.
fn digit_edge(run: &Run) -> Option<f32> {
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
    for run in layout.pages.iter().flat_map(Page::runs).filter(|run| role(layout, run) == Some(&Role::Cell)) {
        let cell = run.tag.expect("it has a role");
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
    let sides = |run: &Run| {
        let seen = run.width - if run.text.ends_with(' ') { 0.3 * run.size } else { 0.0 };
        (run.x + 0.05, run.x + seen - 0.05, run.baseline - 0.65 * run.size, run.baseline + 0.15 * run.size)
    };
    for page in &layout.pages {
        let runs: Vec<&Run> = page.runs().filter(|run| !run.text.trim().is_empty()).collect();
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
    assert!(marks > 4);
}

/// Below each heading something of its section stands on the same page.
pub fn no_heading_alone(layout: &Layout) {
    for bookmark in &layout.outline {
        let page = &layout.pages[bookmark.spot.page];
        let is_text =
            |run: &&Run| !matches!(role(layout, run), None | Some(Role::Heading(_) | Role::Note(_) | Role::NoteLabel));
        let below = page.runs().filter(is_text).any(|run| run.baseline > bookmark.spot.y + 20.0);
        assert!(below, "`{}` stands alone", bookmark.text);
    }
}
