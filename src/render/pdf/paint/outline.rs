//! The outline that readers show beside the pages: headings under headings.

use lopdf::{Document, Object, ObjectId};

use super::object::{destination, dictionary, integer, text};
use crate::render::pdf::frame::{Bookmark, Layout};

/// Adds the outline and gives its root; none without headings.
pub fn add(out: &mut Document, layout: &Layout, pages: &[ObjectId]) -> Option<ObjectId> {
    if layout.outline.is_empty() {
        return None;
    }
    let root = out.new_object_id();
    let ids: Vec<ObjectId> = layout.outline.iter().map(|_| out.new_object_id()).collect();
    let parents = parents(&layout.outline);
    let children =
        |parent: Option<usize>| (0..ids.len()).filter(|&i| parents.get(i) == Some(&parent)).collect::<Vec<usize>>();
    let reference = |i: usize| ids.get(i).map_or(Object::Null, |&id| Object::Reference(id));
    let top = children(None);
    let mut entries = dictionary([("Type", super::object::name("Outlines")), ("Count", integer(top.len()))]);
    ends(&mut entries, &top, reference);
    out.set_object(root, entries);
    for parent in std::iter::once(None).chain((0..ids.len()).map(Some)) {
        let siblings = children(parent);
        for (place, &i) in siblings.iter().enumerate() {
            let (Some(bookmark), Some(&id)) = (layout.outline.get(i), ids.get(i)) else { continue };
            let mut item =
                dictionary([("Title", text(&bookmark.text)), ("Parent", parent.map_or(root.into(), reference))]);
            if let (Some(&page), Some(frame)) = (pages.get(bookmark.spot.page), layout.pages.get(bookmark.spot.page)) {
                item.set("Dest", destination(bookmark.spot, page, frame.height));
            }
            if let Some(&before) = place.checked_sub(1).and_then(|before| siblings.get(before)) {
                item.set("Prev", reference(before));
            }
            if let Some(&after) = siblings.get(place + 1) {
                item.set("Next", reference(after));
            }
            let below = children(Some(i));
            if !below.is_empty() {
                // Negative: closed until the reader opens it.
                item.set("Count", Object::Integer(-i64::try_from(below.len()).unwrap_or_default()));
                ends(&mut item, &below, reference);
            }
            out.set_object(id, item);
        }
    }
    Some(root)
}

fn ends(entries: &mut lopdf::Dictionary, children: &[usize], reference: impl Fn(usize) -> Object) {
    if let (Some(&first), Some(&last)) = (children.first(), children.last()) {
        entries.set("First", reference(first));
        entries.set("Last", reference(last));
    }
}

/// Under which heading each heading stands: the last one before it of a higher rank.
fn parents(outline: &[Bookmark]) -> Vec<Option<usize>> {
    let mut above: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(outline.len());
    for (i, bookmark) in outline.iter().enumerate() {
        while above.last().and_then(|&last| outline.get(last)).is_some_and(|last| last.level >= bookmark.level) {
            above.pop();
        }
        parents.push(above.last().copied());
        above.push(i);
    }
    parents
}
