//! What stands on every page and belongs to none: running head, page numbers, the draft's mark.

use super::{
    faces::FontRole,
    frame::{Item, Layout, Page, Rule, Stamp},
    layout_context::{LayoutContext, TextFormat},
    print_templates::{self, Part, Side, View},
    style::Pt,
    text,
};
use crate::{diag::Diagnostic, merge::Templates};

/// Between two texts on one side, in their size.
const GAP: f32 = 0.95;
/// How far a rule stands under the running head's baseline.
const UNDER: Pt = 5.0;

/// The parts of the cover; a template that fails is a finding.
pub fn cover(setter: &mut LayoutContext, templates: &Templates) -> Vec<Part> {
    let plain = (setter.style.body, setter.style.ink);
    let parts = print_templates::parts(templates, "cover", &View::new(setter.document), setter.style, plain);
    kept(setter, parts)
}

/// Adds the furniture to every page. It is outside the structure tree.
pub fn furnish(setter: &mut LayoutContext, layout: &mut Layout, templates: &Templates) {
    let mut view = View::new(setter.document);
    view.pages = layout.pages.len();
    for (i, page) in layout.pages.iter_mut().enumerate() {
        let landscape = page.width > page.height;
        let [_, right, _, left] = setter.style.margins(landscape);
        let sides = (left, page.width - right);
        view.page = i + 1;
        let (head, foot) = (setter.style.head, page.height - setter.style.foot);
        for (name, baseline) in [("head", head), ("foot", foot)].into_iter().skip(usize::from(i == 0)) {
            let plain = (setter.style.furniture, setter.style.quiet);
            let parts = print_templates::parts(templates, name, &view, setter.style, plain);
            let Some(parts) = parts.map_err(|finding| setter.findings.push(finding)).ok() else { return };
            line(setter, page, &parts, sides, baseline);
        }
        stamp(setter, page);
        banner(setter, page, sides);
    }
}

fn kept(setter: &mut LayoutContext, parts: Result<Vec<Part>, Diagnostic>) -> Vec<Part> {
    parts.map_err(|finding| setter.findings.push(finding)).unwrap_or_default()
}

fn ink(setter: &LayoutContext, voice: FontRole) -> TextFormat<'static> {
    setter.ink(setter.style.furniture, "the running head").voiced(voice).coloured(setter.style.quiet)
}

/// One line of furniture: texts on the right, then those in the middle and on the left in the room that is left.
/// A text too long for its room ends in an ellipsis.
fn line(setter: &mut LayoutContext, page: &mut Page, parts: &[Part], (mut left, mut right): (Pt, Pt), baseline: Pt) {
    let (start, end) = (left, right);
    for wanted in [Side::Right, Side::Centre, Side::Left] {
        for part in parts {
            let Part::Line { side, voice, set, colour, text } = part else { continue };
            if *side != wanted || text.is_empty() {
                continue;
            }
            let ink = TextFormat { set: *set, ..ink(setter, *voice).coloured(*colour) };
            let text = text::shortened(setter, text, ink, right - left);
            let width = setter.width(ink.voice, &text, set.size, ink.place);
            let x = match side {
                Side::Left => left,
                Side::Centre => (start + end - width) / 2.0,
                Side::Right => right - width,
            };
            put(setter, page, &text, ink, x, baseline);
            match side {
                Side::Left => left += width + GAP * set.size,
                Side::Centre => right = right.min(x - GAP * set.size),
                Side::Right => right -= width + GAP * set.size,
            }
        }
    }
    for part in parts {
        if let Part::Rule { thickness, colour } = part {
            let (y, width) = (baseline + UNDER, end - start);
            page.items.push(Item::Rule(Rule { x: start, y, width, thickness: *thickness, colour: *colour }));
        }
    }
}

/// The longest that the word across a draft may be, as a share of the page's diagonal.
const ACROSS: f32 = 0.7;
/// How much of the alarm's colour it has: text over it stays as readable as on white.
const TINT: f32 = 0.11;

/// A word across each page of a draft, behind everything else.
fn stamp(setter: &mut LayoutContext, page: &mut Page) {
    if setter.document.draft.is_none() {
        return;
    }
    let word = setter.word("draft_across", "DRAFT");
    let (diagonal, angle) = (page.width.hypot(page.height), (page.height / page.width).atan());
    let wide = setter.width(FontRole::Strong, word, 1.0, "the mark of a draft").max(0.1);
    let size = (ACROSS * diagonal / wide).min(page.width.min(page.height) * 0.4);
    let mut ink = ink(setter, FontRole::Strong).coloured(setter.style.alarm.tint(TINT));
    ink.set.size = size;
    // From where its middle comes to stand in the page's: half its length back, and a third of its height down.
    let (back, down) = (wide * size / 2.0, size * 0.33);
    let x = page.width / 2.0 - back * angle.cos() + down * angle.sin();
    let y = page.height / 2.0 + back * angle.sin() + down * angle.cos();
    let runs = text::set_plain(setter, word, ink, Pt::MAX).into_iter().flat_map(|line| line.at(x, y));
    let stamps =
        runs.filter_map(|item| if let Item::Run(run) = item { Some(Item::Stamp(Stamp { run, angle })) } else { None });
    page.items.splice(0..0, stamps);
}

/// A draft says so at the top of each page.
fn banner(setter: &mut LayoutContext, page: &mut Page, (left, right): (Pt, Pt)) {
    let Some(draft) = &setter.document.draft else { return };
    let mut strong = ink(setter, FontRole::Strong).coloured(setter.style.alarm);
    strong.set.size *= 1.25;
    let mark = text::shortened(setter, &draft.mark, strong, right - left);
    let width = setter.width(FontRole::Strong, &mark, strong.set.size, strong.place);
    put(setter, page, &mark, strong, (left + right - width) / 2.0, setter.style.banner);
    let rule = |x: Pt, width: Pt| {
        let (y, thickness, colour) = (setter.style.banner - 3.2, 1.2, setter.style.alarm);
        Item::Rule(Rule { x, y, width: width.max(0.0), thickness, colour })
    };
    let side = (right - left - width) / 2.0 - 8.0;
    page.items.extend([rule(left, side), rule(right - side, side)]);
}

/// Puts one line on the page.
fn put(setter: &mut LayoutContext, page: &mut Page, words: &str, ink: TextFormat, x: Pt, y: Pt) {
    for line in text::set_plain(setter, words, ink, Pt::MAX) {
        page.items.extend(line.at(x, y));
    }
}
