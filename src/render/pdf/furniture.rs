//! What stands on every page and belongs to none: running head, page numbers, the draft's mark.

use super::{
    faces::Voice,
    frame::{Item, Layout, Page, Rule},
    setter::{Ink, Setter},
    style::Pt,
    text,
};
use crate::present::document::plain;

/// Distances from the sheet's upper and lower edge.
const HEAD: Pt = 34.0;
const FOOT: Pt = 30.0;
const BANNER: Pt = 18.0;

/// Adds the furniture to every page. It is outside the structure tree.
pub fn furnish(setter: &mut Setter, layout: &mut Layout) {
    let count = layout.pages.len();
    for (i, page) in layout.pages.iter_mut().enumerate() {
        let landscape = page.width > page.height;
        let [_, right, _, left] = setter.style.margins(landscape);
        let sides = (left, page.width - right);
        if i > 0 {
            head(setter, page, sides);
        }
        foot(setter, page, sides, i + 1, count);
        banner(setter, page, sides);
    }
}

fn ink(setter: &Setter, voice: Voice) -> Ink<'static> {
    setter.ink(setter.style.furniture, "the running head").voiced(voice).coloured(setter.style.quiet)
}

/// Issuer and title, with a rule under them. A title too long for its line ends in an ellipsis.
fn head(setter: &mut Setter, page: &mut Page, (left, right): (Pt, Pt)) {
    let document = setter.document;
    let (strong, regular) = (ink(setter, Voice::Strong), ink(setter, Voice::Regular));
    let issuer = shortened(setter, &document.issuer, strong, right - left);
    let x = left + put(setter, page, &issuer, strong, left, HEAD) + 7.0;
    let title = shortened(setter, &plain(&document.title), regular, right - x);
    put(setter, page, &title, regular, x, HEAD);
    let (thickness, colour) = (setter.style.hairline, setter.style.quiet);
    page.items.push(Item::Rule(Rule { x: left, y: HEAD + 5.0, width: right - left, thickness, colour }));
}

/// The date of publication, and the page's number among all.
fn foot(setter: &mut Setter, page: &mut Page, (left, right): (Pt, Pt), number: usize, count: usize) {
    let y = page.height - FOOT;
    let regular = ink(setter, Voice::Regular);
    let date = &setter.document.date.text;
    put(setter, page, date, regular, left, y);
    let pattern = setter.word("page_of", "Page {page} of {pages}");
    let text = pattern.replace("{page}", &number.to_string()).replace("{pages}", &count.to_string());
    let width = setter.width(Voice::Regular, &text, regular.set.size, regular.place);
    put(setter, page, &text, regular, right - width, y);
}

/// A draft says so at the top of each page.
fn banner(setter: &mut Setter, page: &mut Page, (left, right): (Pt, Pt)) {
    let Some(draft) = &setter.document.draft else { return };
    let mut strong = ink(setter, Voice::Strong).coloured(setter.style.alarm);
    strong.set.size *= 1.25;
    let mark = shortened(setter, &draft.mark, strong, right - left);
    let width = setter.width(Voice::Strong, &mark, strong.set.size, strong.place);
    put(setter, page, &mark, strong, (left + right - width) / 2.0, BANNER);
    let rule = |x: Pt, width: Pt| {
        let (y, thickness, colour) = (BANNER - 3.2, 1.2, setter.style.alarm);
        Item::Rule(Rule { x, y, width: width.max(0.0), thickness, colour })
    };
    let side = (right - left - width) / 2.0 - 8.0;
    page.items.extend([rule(left, side), rule(right - side, side)]);
}

/// Puts one line on the page and gives its width.
fn put(setter: &mut Setter, page: &mut Page, words: &str, ink: Ink, x: Pt, y: Pt) -> Pt {
    let mut width = 0.0;
    for line in text::set_plain(setter, words, ink, Pt::MAX) {
        width = line.width;
        page.items.extend(line.at(x, y));
    }
    width
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
