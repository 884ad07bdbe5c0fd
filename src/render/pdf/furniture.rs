//! What stands on every page and belongs to none: running head, page numbers, the draft's mark.

use super::{
    faces::Voice,
    frame::{Item, Layout, Page, Rule},
    print::{self, Part, Side, View},
    setter::{Ink, Setter},
    style::Pt,
    text,
};
use crate::{diag::Diagnostic, merge::Templates};

/// Between two texts on one side, in their size.
const GAP: f32 = 0.95;
/// How far a rule stands under the running head's baseline.
const UNDER: Pt = 5.0;

/// The parts of the cover; a template that fails is a finding.
pub fn cover(setter: &mut Setter, templates: &Templates) -> Vec<Part> {
    let plain = (setter.style.body, setter.style.ink);
    let parts = print::parts(templates, "cover", &View::new(setter.document), setter.style, plain);
    kept(setter, parts)
}

/// Adds the furniture to every page. It is outside the structure tree.
pub fn furnish(setter: &mut Setter, layout: &mut Layout, templates: &Templates) {
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
            let parts = print::parts(templates, name, &view, setter.style, plain);
            let Some(parts) = parts.map_err(|finding| setter.findings.push(finding)).ok() else { return };
            line(setter, page, &parts, sides, baseline);
        }
        banner(setter, page, sides);
    }
}

fn kept(setter: &mut Setter, parts: Result<Vec<Part>, Diagnostic>) -> Vec<Part> {
    parts.map_err(|finding| setter.findings.push(finding)).unwrap_or_default()
}

fn ink(setter: &Setter, voice: Voice) -> Ink<'static> {
    setter.ink(setter.style.furniture, "the running head").voiced(voice).coloured(setter.style.quiet)
}

/// One line of furniture: texts on the right, then those in the middle and on the left in the room that is left.
/// A text too long for its room ends in an ellipsis.
fn line(setter: &mut Setter, page: &mut Page, parts: &[Part], (mut left, mut right): (Pt, Pt), baseline: Pt) {
    let (start, end) = (left, right);
    for wanted in [Side::Right, Side::Centre, Side::Left] {
        for part in parts {
            let Part::Line { side, voice, set, colour, text } = part else { continue };
            if *side != wanted || text.is_empty() {
                continue;
            }
            let ink = Ink { set: *set, ..ink(setter, *voice).coloured(*colour) };
            let text = shortened(setter, text, ink, right - left);
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

/// A draft says so at the top of each page.
fn banner(setter: &mut Setter, page: &mut Page, (left, right): (Pt, Pt)) {
    let Some(draft) = &setter.document.draft else { return };
    let mut strong = ink(setter, Voice::Strong).coloured(setter.style.alarm);
    strong.set.size *= 1.25;
    let mark = shortened(setter, &draft.mark, strong, right - left);
    let width = setter.width(Voice::Strong, &mark, strong.set.size, strong.place);
    put(setter, page, &mark, strong, (left + right - width) / 2.0, setter.style.banner);
    let rule = |x: Pt, width: Pt| {
        let (y, thickness, colour) = (setter.style.banner - 3.2, 1.2, setter.style.alarm);
        Item::Rule(Rule { x, y, width: width.max(0.0), thickness, colour })
    };
    let side = (right - left - width) / 2.0 - 8.0;
    page.items.extend([rule(left, side), rule(right - side, side)]);
}

/// Puts one line on the page.
fn put(setter: &mut Setter, page: &mut Page, words: &str, ink: Ink, x: Pt, y: Pt) {
    for line in text::set_plain(setter, words, ink, Pt::MAX) {
        page.items.extend(line.at(x, y));
    }
}

/// As much of a text as has room, with an ellipsis for the rest. A word is not cut where there is a space before it.
fn shortened(setter: &mut Setter, text: &str, ink: Ink, room: Pt) -> String {
    let mut fits = |text: &str| setter.width(ink.voice, text, ink.set.size, ink.place) <= room;
    if fits(text) {
        return text.to_owned();
    }
    let ends: Vec<usize> = text.char_indices().map(|(end, _)| end).collect();
    let kept = ends.partition_point(|&end| fits(&format!("{}…", &text[..end])));
    let Some(&end) = kept.checked_sub(1).and_then(|last| ends.get(last)) else { return String::new() };
    let head = &text[..end];
    let whole = if text[end..].starts_with(' ') { head } else { head.rsplit_once(' ').map_or(head, |(head, _)| head) };
    format!("{}…", whole.trim_end_matches([',', ';', ':', ' ']))
}
