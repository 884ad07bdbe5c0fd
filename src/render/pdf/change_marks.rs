//! The marks of a redline in print: deleted text is struck through, inserted text underlined, and a bar in the margin stands beside
//! every line that has either.

use super::{
    layout_context::LayoutContext,
    page::{Item, Layout, Page, Rule, TextRun},
    style::{Pt, Style},
};
use crate::present::document::Revision;

/// Where the lines stand, from the baseline down, and how thick they are, in the type size.
const STRIKE: f32 = -0.27;
const UNDERLINE: f32 = 0.17;
const THICKNESS: f32 = 0.055;
/// The space that a bar covers above and below a baseline, in the type size.
const BAR_ABOVE: f32 = 0.9;
const BAR_BELOW: f32 = 0.35;
/// The thickness of a bar, and its distance from the text.
const BAR_WIDTH: Pt = 1.5;
const BAR_DISTANCE: Pt = 9.0;
/// Bars that are no further apart are one.
const BAR_GAP: Pt = 3.0;

/// Adds the marks to every page, outside the structure tree.
pub fn add_change_marks(context: &LayoutContext, layout: &mut Layout) {
    for page in &mut layout.pages {
        let [_, _, _, left] = context.style.margins(page.width > page.height);
        let lines: Vec<Rule> = page.runs().filter_map(|run| line(run, context.style)).collect();
        let bars = bars(page).into_iter().map(|(top, bottom)| Rule {
            x: left - BAR_DISTANCE,
            y: (top + bottom) / 2.0,
            width: BAR_WIDTH,
            thickness: bottom - top,
            colour: context.style.alarm,
        });
        page.items.extend(lines.into_iter().chain(bars).map(Item::Rule));
    }
}

/// The line through a run, or under it.
fn line(run: &TextRun, style: &Style) -> Option<Rule> {
    let (offset, colour) = match run.revision? {
        Revision::Deleted => (STRIKE, style.alarm),
        Revision::Inserted => (UNDERLINE, style.accent),
    };
    let thickness = THICKNESS * run.size;
    Some(Rule { x: run.x, y: run.baseline + offset * run.size, width: run.width, thickness, colour })
}

/// The top and bottom of each bar, from the top of the page down.
fn bars(page: &Page) -> Vec<(Pt, Pt)> {
    let revised = page.runs().filter(|run| run.revision.is_some());
    let mut spans: Vec<(Pt, Pt)> =
        revised.map(|run| (run.baseline - BAR_ABOVE * run.size, run.baseline + BAR_BELOW * run.size)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut bars: Vec<(Pt, Pt)> = Vec::new();
    for (top, bottom) in spans {
        match bars.last_mut() {
            Some(last) if top <= last.1 + BAR_GAP => last.1 = last.1.max(bottom),
            _ => bars.push((top, bottom)),
        }
    }
    bars
}
