//! Sheaves: narrative pages that follow each other on the same sheets, set a little smaller where that spares a sparse sheet.

use std::{collections::BTreeSet, ops::Range};

use super::{
    blocks,
    flow::{Filled, flow},
    frame::{Layout, Spot},
    layout_context::LayoutContext,
    print_templates::Part,
    running_heads, source_places,
    style::Style,
    table::TableFamilies,
};
use crate::{diag::Diagnostic, merge::Templates, present::document::Page};

/// A sheet filled less than this is sparse.
const SPARSE: f32 = 0.6;
/// How much smaller type may be in order to spare a sheet: a reader should not see a statement in another size than the next.
const GIVE: f32 = 0.1;
/// How much larger type may be than the space alone allows, because its lines and heads are fewer.
const FEWER_LINES: f32 = 0.08;
/// In a longer sheaf a sparse sheet does not matter so much.
const LONG: usize = 12;

/// Lays out all sheaves, one behind the other; page furniture is still missing.
pub fn lay(setter: &mut LayoutContext, templates: &Templates) -> Layout {
    let cover = running_heads::cover(setter, templates);
    let kin = TableFamilies::of(setter);
    let mut layout = Layout::default();
    let mut told = BTreeSet::new();
    for pages in sheaves(&setter.document.pages) {
        let mut filled = sheaf(setter, &kin, &cover, pages, &told);
        told = std::mem::take(&mut filled.told);
        append(&mut layout, filled);
    }
    layout.tree = std::mem::take(&mut setter.tree);
    layout
}

/// The narrative pages from each new sheet to the next. There is always one sheaf: it bears the title.
fn sheaves(pages: &[Page]) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut all: Vec<Range<usize>> = Vec::new();
    for (i, page) in pages.iter().enumerate().skip(1) {
        if page.new_sheet {
            all.push(start..i);
            start = i;
        }
    }
    all.push(start..pages.len());
    all
}

fn append(layout: &mut Layout, filled: Filled) {
    let before = layout.pages.len();
    let moved = |spot: Spot| Spot { page: spot.page + before, ..spot };
    layout.pages.extend(filled.pages);
    layout.outline.extend(filled.outline.into_iter().map(|mut bookmark| {
        bookmark.spot = moved(bookmark.spot);
        bookmark
    }));
    for (landmark, spot) in filled.landmarks {
        layout.landmarks.entry(landmark).or_insert(moved(spot));
    }
}

/// Lays out one sheaf, in the largest type that makes good use of its sheets.
fn sheaf(
    setter: &mut LayoutContext,
    kin: &TableFamilies,
    cover: &[Part],
    pages: Range<usize>,
    told: &BTreeSet<usize>,
) -> Filled {
    let (mark, findings) = (setter.mark(), setter.findings.len());
    let first = set(setter, kin, cover, pages.clone(), told, 0);
    let asked = setter.document.pages.get(pages.start).and_then(|page| page.sheets).map(usize::from);
    let Some((most, least)) = wanted(&first, asked).filter(|_| setter.findings.len() == findings) else { return first };
    let own = setter.rewind(mark);
    // What is set smaller takes less space, and by so many fewer lines even less; larger steps need not be tried.
    let guess = most as f32 / first.shares.iter().sum::<f32>() + FEWER_LINES;
    let height = |style: &Style| style.scale * style.tightness;
    let tried = |&step: &usize| setter.styles[step].scale >= least && height(&setter.styles[step]) <= guess;
    for step in (1..setter.styles.len()).filter(tried).collect::<Vec<_>>() {
        let smaller = set(setter, kin, cover, pages.clone(), told, step);
        if smaller.pages.len() <= most {
            return smaller;
        }
        setter.rewind(mark);
    }
    setter.restore(own);
    if let (Some(asked), Some(page)) = (asked, setter.document.pages.get(pages.start)) {
        let part = source_places::Part::Page(&page.id).to_string();
        let message = format!("{part} does not fit {asked} sheets, not even in the smallest type");
        setter.report(&part, Diagnostic::error("layout", message));
    }
    first
}

/// How many sheets a sheaf should take, and how small its type may be for that; none when it is well as it is.
fn wanted(first: &Filled, asked: Option<usize>) -> Option<(usize, f32)> {
    let count = first.pages.len();
    match asked {
        Some(asked) => (count > asked).then_some((asked, 0.0)),
        None if !(2..=LONG).contains(&count) || first.shares.iter().all(|share| *share > SPARSE) => None,
        None => Some((count - 1, 1.0 - GIVE)),
    }
}

fn set(
    setter: &mut LayoutContext,
    kin: &TableFamilies,
    cover: &[Part],
    pages: Range<usize>,
    told: &BTreeSet<usize>,
    step: usize,
) -> Filled {
    setter.use_style(step);
    let pieces = blocks::compose(setter, kin, cover, pages);
    let filled = flow(setter, pieces, told.clone());
    setter.use_style(0);
    filled
}
